#!/bin/sh
# The archives of a release: checksums, the same bytes twice, and a program that runs where it is unpacked.
cd "$(dirname "$0")/../.." || exit 2
. Tests/Install/harness.sh
if ! git rev-parse HEAD >/dev/null 2>&1; then
  skip 'archives of a release, which are made in a clone of the repository'
  finish archives
  exit
fi
expect 'makes the archives' sh docs/packaging/dist.sh "$stage" "$place/dist"
# Another day, from files of another day.
cp -R "$stage" "$place/stage"
find "$place/stage" -exec touch {} +
expect 'makes them again' sh docs/packaging/dist.sh "$place/stage" "$place/again"
same 'the same bytes twice' "$(cd "$place/dist" && sha256sum ./*)" "$(cd "$place/again" && sha256sum ./*)"
expect 'checksums agree' sh -c 'cd "$1" && sha256sum --strict -c SHA256SUMS' - "$place/dist"
same 'every archive has a checksum' "$(cd "$place/dist" && ls | grep -v SHA256SUMS | sort)" \
  "$(sed 's/.* //' "$place/dist/SHA256SUMS" | sort)"

version=$("$stage/bin/backstep" --version | sed 's/.* //')
mkdir "$place/unpacked" "$place/sources"
expect 'unpacks the sources' tar -C "$place/sources" -xzf "$place/dist/backstep-$version.tar.gz"
same 'the sources are those of the commit' \
  "$(cd "$place/sources/backstep-$version" && find . ! -type d | sed 's|^./||' | sort)" \
  "$(git ls-tree -r --name-only -z HEAD | tr '\0' '\n' | sort)"

for archive in "$place/dist/backstep-$version"-*.tar.gz; do
  expect 'unpacks the program' tar -C "$place/unpacked" -xzf "$archive"
  tree=$place/unpacked/$(basename "$archive" .tar.gz)
  program=$tree/bin/backstep
  works 'as it was unpacked'
  expect 'its lessons are right' run check "$tree/share/backstep/lessons"
  expect 'it can be installed' env PREFIX="$place/prefix" "$tree/install.sh"
  program=$place/prefix/bin/backstep
  works 'as it was installed'
  expect 'and taken away' env PREFIX="$place/prefix" "$tree/install.sh" uninstall
  same 'with nothing left' "$(snapshot "$place/prefix")" 'nothing is there'
done
finish archives
