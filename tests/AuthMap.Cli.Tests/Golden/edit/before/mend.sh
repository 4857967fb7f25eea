# Makes two mistakes, and mends each when it is told of it.
if grep -q 'is no key of aws-auth' "$1"; then
  cp "$1" second.yaml
  sed 's/^mapUser:/mapUsers:/' "$1" > new
elif grep -q '(column' "$1"; then
  cp "$1" first.yaml
  sed 's/: dev: user/: dev-user/' "$1" > new
else
  sed 's/: developer/: dev: user/' "$1" > new
  printf 'mapUser:\n  - userarn: arn:aws:iam::111122223333:user/ann\n    username: ann\n' >> new
fi
cat new > "$1"
rm new
