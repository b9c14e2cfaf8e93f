#!/bin/sh
# The Debian package: what is in it, the same bytes twice, and installed into a Debian that has nothing else.
cd "$(dirname "$0")/../.." || exit 2
. Tests/Install/harness.sh
if ! has dpkg-deb || ! has dpkg-shlibdeps; then
  skip 'the Debian package, which needs dpkg-dev'
  finish 'Debian package'
  exit
fi
expect 'makes the package' sh docs/packaging/deb.sh "$stage" "$place/deb"
deb=$(echo "$place"/deb/*.deb)
cp -R "$stage" "$place/stage"
find "$place/stage" -exec touch {} +
(umask 077 && sh docs/packaging/deb.sh "$place/stage" "$place/again" >/dev/null)
expect 'the same bytes twice' cmp "$deb" "$place/again/${deb##*/}"

version=$("$stage/bin/backstep" --version | sed 's/.* //')
field() { dpkg-deb -f "$deb" "$1"; }
same 'version' "$(field Version)" "$version-1"
same 'architecture' "$(field Architecture)" "$(dpkg --print-architecture)"
expect 'the libraries it loads are in its dependencies' sh -c '
  readelf -d "$1" | sed -n "s/.*NEEDED.*\[\(.*\)\]/\1/p" | while read -r library; do
    case $library in ld-linux*) continue ;; esac
    # Some systems know a library by a path behind a link.
    path=$(ldd "$1" | sed -n "s/^[[:space:]]*$library => \([^ ]*\) .*/\1/p")
    owner=$(dpkg -S "$path" 2>/dev/null || dpkg -S "/usr$path" 2>/dev/null || dpkg -S "${path#/usr}") || exit 1
    case ", $2," in *", ${owner%%:*} "* | *", ${owner%%:*},"*) ;; *) echo "$library of ${owner%%:*}: $2"; exit 1 ;; esac
  done' - "$stage/bin/backstep" "$(field Depends)"
expect 'unpacks' dpkg -x "$deb" "$place/root"
dpkg-deb -e "$deb" "$place/control"
expect 'checksums agree' sh -c 'cd "$1" && md5sum --strict -c "$2"' - "$place/root" "$place/control/md5sums"
same 'every file has a checksum' "$(cd "$place/root" && find usr -type f | sort)" \
  "$(sed 's/^[^ ]*  //' "$place/control/md5sums" | sort)"
program=$place/root/usr/bin/backstep
works 'as it was unpacked'
if has lintian; then
  expect 'lintian finds nothing' lintian --allow-root --fail-on error,warning "$deb"
  same 'and has nothing to say' "$(cat "$place/.said")" ''
else
  skip 'lintian on the package'
fi

if [ "$(id -u)" != 0 ] || ! has mmdebstrap; then
  skip 'the package in a clean Debian, which needs root and mmdebstrap'
else
  codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-bookworm}")
  cp "$deb" "$place/backstep.deb"
  if ! mmdebstrap --quiet --variant=apt "$codename" /dev/null \
    --customize-hook="touch '$place/.has-root'; sh Tests/Install/clean-root.sh \"\$1\" '$place/backstep.deb' 2>&1" \
    > "$place/.root" 2>&1 && [ ! -e "$place/.has-root" ]; then
    sed 's/^/    /' "$place/.root" | tail -5 >&2
    skip 'the package in a clean Debian, as that could not be loaded'
  else
    expect 'a clean Debian takes it, runs it and is rid of it' grep -qx 'clean root: good' "$place/.root"
    grep -qx 'clean root: good' "$place/.root" || tail -30 "$place/.root" >&2
  fi
fi
finish 'Debian package'
