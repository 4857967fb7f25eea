sed 's/username: dev-user/username: dev-user\n    group: view/' "$1" > new
cat new > "$1"
rm new
