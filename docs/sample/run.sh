#!/usr/bin/env bash
# Runs the main job on a copy of the sample manifest: three mappings come, one goes, and the result is compared with what a
# person would have written. AUTHMAP_BINARY names the program to use; without it the program is built from this checkout.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)

if [ -z "${AUTHMAP_BINARY:-}" ]; then
  dotnet build "$root/src/AuthMap.Cli" --nologo --verbosity quiet
  program=(dotnet "$root/src/AuthMap.Cli/bin/Debug/net10.0/authmap.dll")
else
  program=("$AUTHMAP_BINARY")
fi

mkdir -p "$root/artifacts"
copy="$root/artifacts/aws-auth.yaml"
cp "$here/aws-auth.yaml" "$copy"

authmap() {
  printf '\n$ authmap %s\n' "$*"
  (cd "$root/artifacts" && "${program[@]}" "$@")
}

authmap create iamidentitymapping --manifest aws-auth.yaml --arn arn:aws:iam::111122223333:role/k8sDev --username dev-user
authmap create iamidentitymapping --manifest aws-auth.yaml --arn arn:aws:iam::111122223333:role/k8sInteg --username integ-user
authmap create iamidentitymapping --manifest aws-auth.yaml --arn arn:aws:iam::111122223333:role/k8sAdmin --username admin --group system:masters
authmap get iamidentitymapping --manifest aws-auth.yaml
authmap delete iamidentitymapping --manifest aws-auth.yaml --arn arn:aws:iam::111122223333:role/k8sDev --username dev-user

printf '\n$ diff docs/sample/aws-auth.yaml artifacts/aws-auth.yaml\n'
diff "$here/aws-auth.yaml" "$copy" || true
cmp "$here/expected.yaml" "$copy"
