# Shows the file, and saves it as it is.
cp "$1" shown.yaml
cat shown.yaml > "$1"
