# Takes the administrators away, once.
grep -v -e k8sAdmin -e 'username: admin' -e system:masters "$1" > new
cat new > "$1"
rm new
