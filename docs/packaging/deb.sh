#!/bin/sh
# Makes a Debian package of what stage.sh has laid out. Twice the same files, twice the same bytes.
set -eu
cd "$(dirname "$0")/../.."
. docs/packaging/about.sh
stage=${1:?usage: deb.sh STAGE FOLDER}
out=${2:?usage: deb.sh STAGE FOLDER}
for tool in dpkg-deb dpkg-shlibdeps; do
  command -v "$tool" >/dev/null || { echo "$tool is missing: apt-get install dpkg-dev" >&2; exit 69; }
done

revision=$version-1
architecture=$(dpkg --print-architecture)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/root
mkdir -p "$root/DEBIAN" "$work/debian" "$out"
cp -R "$stage" "$root/usr"
docs=$root/usr/share/doc/backstep

# Debian has the licence of its own, and two change logs: ours, and that of the package.
rm "$docs/LICENSE"
sed -e 's|^Files: bin/|Files: usr/bin/|' "$stage/share/doc/backstep/copyright" > "$docs/copyright"
gzip -9n < docs/CHANGELOG.md > "$docs/changelog.gz"
{
  echo "backstep ($revision) unstable; urgency=medium"
  echo
  echo "  * Version $version; changelog.gz says what is new in it."
  echo
  echo " -- $maintainer  $(date -u -d "@$SOURCE_DATE_EPOCH" '+%a, %d %b %Y %H:%M:%S +0000')"
} | gzip -9n > "$docs/changelog.Debian.gz"
gzip -9n "$root"/usr/share/man/man*/*

# zsh of Debian looks in another folder than zsh as it comes.
mkdir -p "$root/usr/share/zsh/vendor-completions"
mv "$root/usr/share/zsh/site-functions/_backstep" "$root/usr/share/zsh/vendor-completions"
rmdir "$root/usr/share/zsh/site-functions"

mkdir -p "$root/usr/share/lintian/overrides"
cp docs/packaging/lintian-overrides "$root/usr/share/lintian/overrides/backstep"

# Which libraries the program needs, and of which version, is asked and not written down.
printf 'Source: backstep\n\nPackage: backstep\nArchitecture: any\n' > "$work/debian/control"
depends=$(cd "$work" && dpkg-shlibdeps -O "$root/usr/bin/backstep" | sed -n 's/^shlibs:Depends=//p')
[ -n "$depends" ] || { echo 'dpkg-shlibdeps named no library.' >&2; exit 1; }
size=$(find "$root/usr" -type f -printf '%s\n' | awk '{ k += int(($1 + 1023) / 1024) } END { print k }')

cat > "$root/DEBIAN/control" <<END
Package: backstep
Version: $revision
Architecture: $architecture
Maintainer: $maintainer
Installed-Size: $size
Depends: $depends
Suggests: texlive-pictures | chromium
Section: education
Priority: optional
Description: debugger for the chain rule
 backstep steps through the values of a formula forward and through its
 gradients backward, gate by gate, and undoes any step. It is made for courses
 on neural networks.
 .
 It plays lessons in the terminal, from one neuron to a small convolutional
 network, and verifies them; it makes exercise sheets with keys and marks
 answers with errors carried forward.
END
(cd "$root" && find usr -type f | sort | xargs -d '\n' md5sum) > "$root/DEBIAN/md5sums"
find "$root" -type d -exec chmod 755 {} +
chmod 644 "$root/DEBIAN/control" "$root/DEBIAN/md5sums"
find "$root" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

# One thread: how many share the work of xz changes what comes out.
export DPKG_DEB_THREADS_MAX=1
dpkg-deb --root-owner-group -Zxz --build "$root" "$out/backstep_${revision}_$architecture.deb" >/dev/null
echo "$out/backstep_${revision}_$architecture.deb"
