#!/usr/bin/env bash
#
# Brings what the end-to-end tests run against: a folder with etcd and kube-apiserver, laid out as
# KUBEBUILDER_ASSETS has it, made from Debian's own packages; and the programs that they call besides.
#
#   tests/envtest/install.sh [FOLDER]
#
# FOLDER is the argument, else AUTHMAP_ENVTEST_DIR, else authmap/envtest in the user's cache.
# The last line on standard output is the folder; everything else is talk and goes to standard error.
# The first run compiles for a few minutes; later ones find everything there and return at once.

set -euo pipefail

exec 3>&1 1>&2

say() { printf 'envtest: %s\n' "$*"; }
fail() { say "$*"; exit 1; }

has_servers() { [[ -x $1/etcd && -x $1/kube-apiserver ]]; }

# A kubectl on PATH may be a wrapper whose real client is not there, so it is asked, not only looked up.
works() { "$1" version --client >/dev/null 2>&1; }
has_kubectl() { works "$assets/kubectl" || works kubectl; }

# The shells that the completion scripts are tested in.
has_shells() { zsh --version >/dev/null 2>&1 && fish --version >/dev/null 2>&1; }

# The same of the AWS CLI, which the stand-ins for AWS are held against.
has_aws() { aws --version >/dev/null 2>&1; }

# Native AOT links with clang or gcc, against the C library's and zlib's headers.
has_linker() {
  local compiler
  for compiler in clang gcc; do
    printf '#include <stdlib.h>\n#include <zlib.h>\n' | "$compiler" -E -x c - >/dev/null 2>&1 && return
  done
  return 1
}

finish() { printf '%s\n' "$1" >&3; exit 0; }

if [[ -n ${KUBEBUILDER_ASSETS:-} ]] && has_servers "$KUBEBUILDER_ASSETS"; then
  say "KUBEBUILDER_ASSETS has etcd and kube-apiserver; nothing to do"
  finish "$KUBEBUILDER_ASSETS"
fi

assets=${1:-${AUTHMAP_ENVTEST_DIR:-${XDG_CACHE_HOME:-${HOME:?}/.cache}/authmap/envtest}}
has_everything() { has_servers "$assets" && has_kubectl && has_aws && has_linker && has_shells; }

if has_everything; then
  say "everything is there"
  finish "$assets"
fi

# In a subshell: os-release sets many names.
# shellcheck source=/dev/null
distribution=$(. /etc/os-release 2>/dev/null && echo "${ID:-}") || true
if [[ $distribution != debian || $EUID -ne 0 ]]; then
  if has_servers "$assets"; then
    has_kubectl || say "there is no kubectl; please install one"
    has_shells || say "there is no zsh, or no fish; please install them"
    has_aws || say "there is no AWS CLI; please install one"
    has_linker || say "there is no C compiler with zlib's headers, which Native AOT links with; please install them"
    finish "$assets"
  fi
  fail "only root on Debian can make the assets; elsewhere set KUBEBUILDER_ASSETS to a folder with etcd and kube-apiserver"
fi

mkdir -p "$assets"
assets=$(cd "$assets" && pwd)

exec 9>"$assets/.lock"
flock --nonblock 9 || { say "another run is at work; waiting for it"; flock 9; }
if has_everything; then
  finish "$assets"
fi
rm -rf "$assets"/.build.* # of a run that was killed

# Beside the result, so that the last step is a rename; gone however the script ends, with all it downloaded and built.
work=$(mktemp -d "$assets/.build.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# The build belongs to root as a whole, so apt need not download as somebody else.
apt() { apt-get -qq -o APT::Sandbox::User=root "$@"; }

# A package's files, without installing it: etcd's would start a server, Go's would stay behind.
unpack() {
  local folder=$1
  shift
  mkdir -p "$work/debs" "$folder"
  (cd "$work/debs" && apt download "$@")
  find "$work/debs" -name '*.deb' -exec dpkg-deb -x '{}' "$folder" ';' -delete
}

# One file at a time: the folder may be the user's, and a rename is never seen half done.
publish() { chmod 755 "$1" && mv -f "$1" "$assets/$(basename "$1")"; }

# The source index, from the places the system takes its Debian packages from, kept in a list of our own:
# the system's configuration and its indexes stay as they are.
download_source() {
  local list=$work/sources.list
  # shellcheck disable=SC2016  # the names in the format are apt's, not the shell's
  apt-get indextargets 'Created-By: Packages' 'Origin: Debian' --format \
    'deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $(REPO_URI) $(RELEASE) $(COMPONENT)' \
    | sort -u >"$list"

  local own=(-o Dir::Etc::SourceList="$list" -o Dir::Etc::SourceParts=/dev/null -o Dir::State::Lists="$work/lists")
  mkdir -p "$work/lists/partial"
  apt "${own[@]}" update
  (cd "$work" && apt "${own[@]}" --download-only source kubernetes)
}

# Kubernetes finds its own packages, the vendored ones included, only as k8s.io/kubernetes in a GOPATH.
build_apiserver() {
  local go_root tree=$work/gopath/src/k8s.io/kubernetes
  go_root=$(echo "$work"/go/usr/lib/go-*)

  mkdir -p "$tree" "$work/tmp"
  tar -xf "$work"/kubernetes_*.orig.tar.* --strip-components=1 -C "$tree"

  # Nothing of the caller's Go setup reaches the build, and the build leaves nothing in it.
  local go=(env -u GOFLAGS -u GOOS -u GOARCH GOROOT="$go_root" GOPATH="$work/gopath" GOCACHE="$work/gocache" GOENV=off
    GOTMPDIR="$work/tmp" GO111MODULE=off CGO_ENABLED=0)

  cd "$tree"

  # The one generated file that the tarball lacks, made as Makefile.generated_files says.
  local packages
  packages=$(grep -rl --include='*.go' '^// *+k8s:openapi-gen=' cmd pkg plugin staging/src/k8s.io \
    | grep -v -e '/code-generator/' -e '/sample-apiserver/' \
    | xargs -n1 dirname | sed 's|^staging/src/|vendor/|; s|^|k8s.io/kubernetes/|' | LC_ALL=C sort -u | paste -sd,)
  "${go[@]}" "$go_root/bin/go" build -o "$work/openapi-gen" ./vendor/k8s.io/kube-openapi/cmd/openapi-gen
  "${go[@]}" PATH="$go_root/bin:$PATH" "$work/openapi-gen" --input-dirs "$packages" \
    --output-base "$work/gopath/src" --output-package k8s.io/kubernetes/pkg/generated/openapi \
    --output-file-base zz_generated.openapi --go-header-file hack/boilerplate/boilerplate.go.txt \
    --report-filename "$work/violations"

  # Without a version the server calls itself 0.0, and clients that look at it go wrong.
  local version flags='-s -w' package
  version=$(basename "$work"/kubernetes_*.orig.tar.* | grep -oE '[0-9]+\.[0-9]+\.[0-9]+' | tail -n1)
  for package in client-go/pkg/version component-base/version; do
    package=k8s.io/kubernetes/vendor/k8s.io/$package
    flags+=" -X $package.gitVersion=v$version -X $package.gitMajor=${version%%.*} -X $package.gitMinor=$(cut -d. -f2 <<<"$version")"
  done
  "${go[@]}" "$go_root/bin/go" build -ldflags "$flags" -o "$work/kube-apiserver" ./cmd/kube-apiserver
  cd /
}

say "reading the package index"
apt update

if ! has_linker; then
  say "installing what Native AOT links with"
  DEBIAN_FRONTEND=noninteractive apt install -y --no-install-recommends gcc libc6-dev zlib1g-dev >/dev/null
fi

if ! has_shells; then
  say "installing zsh and fish"
  DEBIAN_FRONTEND=noninteractive apt install -y --no-install-recommends zsh fish >/dev/null
fi

if ! has_kubectl; then
  say "fetching kubectl"
  unpack "$work/client" kubernetes-client
  publish "$work/client/usr/bin/kubectl"
fi

# A program of many Python packages: apt puts it together, an unpacked folder would not run.
if ! has_aws; then
  say "installing the AWS CLI"
  DEBIAN_FRONTEND=noninteractive apt install -y --no-install-recommends awscli >/dev/null
fi

if [[ ! -x $assets/etcd ]]; then
  say "fetching etcd"
  unpack "$work/etcd-server" etcd-server
  publish "$work/etcd-server/usr/bin/etcd"
fi

if [[ ! -x $assets/kube-apiserver ]]; then
  say "fetching Go and the source of Kubernetes"
  unpack "$work/go" golang-1.19-go golang-1.19-src
  download_source
  say "building kube-apiserver, which takes a few minutes"
  build_apiserver
  publish "$work/kube-apiserver"
fi

finish "$assets"
