#!/bin/sh
# Installs backstep, or takes it away again without a trace.
#
#   ./install.sh                       under /usr/local
#   PREFIX=$HOME/.local ./install.sh   under another folder
#   ./install.sh uninstall             the other way; PREFIX and DESTDIR as they were then
#
# With DESTDIR, everything is put below that folder instead, for those who make packages. What was
# put where, and which folders had to be made for it, is kept in PREFIX/share/backstep/installed.
set -eu
umask 022
what=${1:-install}
tree=${2:-$(cd "$(dirname "$0")" && pwd)}
prefix=${PREFIX-/usr/local}
top=${DESTDIR-}

case $prefix in /*) ;; *) echo "PREFIX has to begin with a slash: $prefix" >&2; exit 64 ;; esac
case $top in '' | /*) ;; *) top=$PWD/$top ;; esac
case "$prefix$top" in *'
'*) echo 'A line break is too much in PREFIX or DESTDIR.' >&2; exit 64 ;; esac
while [ "$prefix" != "${prefix%/}" ]; do prefix=${prefix%/}; done
while [ "$top" != "${top%/}" ]; do top=${top%/}; done
record=$prefix/share/backstep/installed

# Entries of a record: `f FILE`, `d FOLDER` below DESTDIR, `D FOLDER` that is DESTDIR or above it.
entries() { if [ -f "$top$record" ]; then sed -n "s/^$1 //p" "$top$record"; fi; }

# Deepest folders come first in this order; what still holds something stays.
remove_folders() {
  LC_ALL=C sort -ru | while IFS= read -r folder; do rmdir "$1$folder" 2>/dev/null || :; done
}

uninstall() {
  if [ ! -f "$top$record" ]; then
    echo "Nothing is installed under $top$prefix."
    return
  fi
  below=$(entries d)
  above=$(entries D)
  entries f | while IFS= read -r file; do rm -f "$top$file"; done
  rm -f "$top$record"
  printf '%s\n' "$below" | sed '/^$/d' | remove_folders "$top"
  printf '%s\n' "$above" | sed '/^$/d' | remove_folders ''
  echo "Removed backstep from $top$prefix."
}

# Makes a folder and those it is in, and notes those that were not there.
make_folder() {
  if [ -d "$1" ]; then return; fi
  make_folder "$(dirname "$1")"
  mkdir "$1"
  chmod 755 "$1"
  case $1 in
    "$top"/*) printf 'd %s\n' "${1#"$top"}" ;;
    *) printf 'D %s\n' "$1" ;;
  esac >> "$notes"
}

give_up() {
  status=$?
  if [ "$status" != 0 ] && [ ! -f "$top$record" ]; then
    sed -n 's/^d //p' "$notes" | remove_folders "$top"
    sed -n 's/^D //p' "$notes" | remove_folders ''
    echo "backstep could not be installed under $top$prefix. As another user, or with PREFIX=\$HOME/.local?" >&2
  fi
  rm -f "$notes" "$notes.old" "$notes.sorted"
}

put() { # FROM TO MODE: what is there stays whole until the new one takes its place
  cp "$1" "$2.new"
  chmod "$3" "$2.new"
  mv -f "$2.new" "$2"
}

install() {
  [ -x "$tree/bin/backstep" ] || { echo "There is no program in $tree/bin." >&2; exit 66; }
  notes=$(mktemp)
  trap give_up EXIT
  entries f > "$notes.old"
  { entries d | sed 's/^/d /'; entries D | sed 's/^/D /'; } >> "$notes"
  (cd "$tree" && find bin share -type d) | while IFS= read -r folder; do
    make_folder "$top$prefix/$folder"
  done
  (cd "$tree" && find bin share -type f) | LC_ALL=C sort | sed "s|^|f $(quoted "$prefix")/|" >> "$notes"
  # The record is there before what it tells of: half an installation can be taken away too.
  LC_ALL=C sort -u "$notes" > "$notes.sorted"
  put "$notes.sorted" "$top$record" 644
  (cd "$tree" && find bin share -type f) | while IFS= read -r file; do
    mode=644
    if [ "$file" = bin/backstep ]; then mode=755; fi
    put "$tree/$file" "$top$prefix/$file" "$mode"
  done
  # What an earlier version brought and this one does not.
  while IFS= read -r file; do
    if ! grep -Fqx "f $file" "$notes"; then rm -f "$top$file"; fi
  done < "$notes.old"
  echo "Installed backstep under $top$prefix."
}

# A text as the second half of a `sed` command takes it.
quoted() { printf '%s' "$1" | sed 's/[\\&|]/\\&/g'; }

case $what in
  install) install ;;
  uninstall) uninstall ;;
  *) echo 'usage: install.sh [install | uninstall]' >&2; exit 64 ;;
esac
