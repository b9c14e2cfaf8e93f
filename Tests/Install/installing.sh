#!/bin/sh
# install.sh: what it puts where, and that it takes away all of that and nothing else.
cd "$(dirname "$0")/../.." || exit 2
. Tests/Install/harness.sh
cp -R "$stage" "$place/tree"
cp docs/packaging/install.sh "$place/tree"
script=$place/tree/install.sh
install() { PREFIX=$1 DESTDIR=$2 sh "$script" install; }
uninstall() { PREFIX=$1 DESTDIR=$2 sh "$script" uninstall; }

# Blanks, and signs that mean something to shells and to sed, in folders that are not there yet.
prefix='/opt/my programs/back & step|1'
top="$place/not there/yet"
expect 'installs below folders that are not there' install "$prefix" "$top"
program="$top$prefix/bin/backstep"
works 'a prefix with blanks'
same 'all files are there, and the record' "$(cd "$top$prefix" && find . -type f | sort)" \
  "$( (cd "$stage" && find . -type f; echo ./share/backstep/installed) | sort)"
same 'nobody else may write' "$(find "$top" -perm /022)" ''
for link in one two; do mkdir -p "$place/$link"; done
ln -s "$program" "$place/one/step"
ln -s ../one/step "$place/two/backstep"
program=$place/two/backstep
works 'a link to a link'
program="$top$prefix/bin/backstep"
before=$(snapshot "$top")
expect 'installs elsewhere with the same prefix' install "$prefix" "$place/other"
same 'the first installation is as it was' "$(snapshot "$top")" "$before"
expect 'installs a second time over the first' install "$prefix" "$top"
same 'a second time changes nothing' "$(snapshot "$top")" "$before"
expect 'uninstalls' uninstall "$prefix" "$top"
same 'the folders are gone that were made' "$(snapshot "$place/not there")" 'nothing is there'
expect 'the other one still is there' test -x "$place/other$prefix/bin/backstep"
expect 'uninstalls the other' uninstall "$prefix" "$place/other"
same 'nothing is left of it' "$(snapshot "$place/other")" 'nothing is there'
expect 'uninstalling nothing is no error' uninstall "$prefix" "$place/other"

# A system with files of others, and with folders that are empty.
top=$place/system
mkdir -p "$top/usr/local/share/man/man1" "$top/usr/local/bin" "$top/usr/local/share/doc/other"
echo other > "$top/usr/local/share/doc/other/README"
before=$(snapshot "$top")
expect 'installs beside others' install /usr/local/ "$top/"
expect 'uninstalls beside others' uninstall /usr/local "$top"
same 'the system is as it was' "$(snapshot "$top")" "$before"

# An older version that had a file more; then a file of the user's own among ours.
echo old > "$place/tree/share/doc/backstep/docs/old.md"
expect 'installs the older version' install /usr/local "$top"
rm "$place/tree/share/doc/backstep/docs/old.md"
expect 'installs the newer version' install /usr/local "$top"
refuse 'the file of the older version is gone' test -e "$top/usr/local/share/doc/backstep/docs/old.md"
echo mine > "$top/usr/local/share/backstep/lessons/99-mine.md"
expect 'uninstalls around a file of others' uninstall /usr/local "$top"
same 'only that file is left' "$(cd "$top" && find . -type f | sort)" \
  './usr/local/share/backstep/lessons/99-mine.md
./usr/local/share/doc/other/README'
rm -r "$top/usr/local/share/backstep"
same 'and the folders it is in' "$(snapshot "$top")" "$before"

# Somebody who lets nobody read his files installs for all the same.
(umask 077 && install /usr "$place/strict" >/dev/null)
same 'the umask does not matter' "$(find "$place/strict/usr" ! -perm -044)" ''

refuse 'a relative prefix' install usr/local "$place/x"
same 'which leaves nothing' "$(snapshot "$place/x")" 'nothing is there'

# `make` hands over what was said to it.
expect 'make install' make -s -o stage install "PREFIX=/my programs" "DESTDIR=$place/made by" \
  "STAGE=$stage"
expect 'which installs there' test -x "$place/made by/my programs/bin/backstep"
expect 'make uninstall' make -s uninstall "PREFIX=/my programs" "DESTDIR=$place/made by"
same 'which leaves nothing' "$(snapshot "$place/made by")" 'nothing is there'

# Somebody without rights, in their own home, and where they may not.
if [ "$(id -u)" = 0 ] && has setpriv; then
  mkdir -p "$place/somebody"
  chown 65534:65534 "$place/somebody"
  as() { setpriv --reuid 65534 --regid 65534 --clear-groups env HOME="$place/somebody" "$@"; }
else
  mkdir -p "$place/somebody"
  as() { env HOME="$place/somebody" "$@"; }
fi
mkdir "$place/locked"
before=$(snapshot "$place/somebody")
expect 'installs in a home' as env PREFIX="$place/somebody/.local" sh "$script"
program=$place/somebody/.local/bin/backstep
works 'a home'
expect 'uninstalls there' as env PREFIX="$place/somebody/.local" sh "$script" uninstall
same 'the home is as it was' "$(snapshot "$place/somebody")" "$before"
chmod 555 "$place/locked"
if as test -w "$place/locked"; then
  skip 'installing where one may not, as this user may everywhere'
else
  refuse 'installing where one may not' as env PREFIX="$place/locked/x" sh "$script"
  cp "$place/.said" "$place/answer"
  expect 'which says what to do' grep -q 'PREFIX=$HOME/.local' "$place/answer"
  same 'and leaves nothing' "$(find "$place/locked" | wc -l)" 1
fi
finish installing
