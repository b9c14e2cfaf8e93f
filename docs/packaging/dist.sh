#!/bin/sh
# Writes the archives of a release and their checksums: the sources of the last commit, and the
# program with all that belongs to it as stage.sh has laid it out.
set -eu
cd "$(dirname "$0")/../.."
. docs/packaging/about.sh
stage=${1:?usage: dist.sh STAGE FOLDER}
out=${2:?usage: dist.sh STAGE FOLDER}
mkdir -p "$out"
rm -f "$out"/backstep-*.tar.gz "$out/SHA256SUMS"

if [ -n "$(git status --porcelain 2>/dev/null)" ]; then
  echo 'Note: the sources are those of the last commit; what is not committed is not in them.' >&2
fi
git archive --format=tar --prefix="backstep-$version/" HEAD | gzip -9n > "$out/backstep-$version.tar.gz"

name=backstep-$version-$(uname -s | tr 'A-Z' 'a-z')-$(uname -m)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -R "$stage" "$work/$name"
cp docs/packaging/install.sh "$work/$name/install.sh"
cp docs/installing.md "$work/$name/INSTALL.md"
cp LICENSE "$work/$name/LICENSE"
chmod 755 "$work/$name/install.sh"
tar -C "$work" --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner \
  --format=ustar -cf - "$name" | gzip -9n > "$out/$name.tar.gz"

(cd "$out" && sha256sum backstep-*.tar.gz $(ls | grep "^backstep_$version-.*\.deb\$" || :) > SHA256SUMS)
(cd "$out" && cat SHA256SUMS)
