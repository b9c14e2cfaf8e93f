# What the tests of this folder share; read with `.` from the package's folder.
# $stage: the tree that stage.sh has laid out; $place: an empty folder of this test's own.
LC_ALL=C
LANG=C.UTF-8
export LC_ALL LANG
umask 022
set -u
stage=${1:?usage: TEST STAGE}
case $stage in /*) ;; *) stage=$PWD/$stage ;; esac
place=$(mktemp -d)
chmod 755 "$place"
trap 'chmod -R u+w "$place"; rm -rf "$place"' EXIT
failures=0

# expect WHAT COMMAND...: the command has to succeed.
expect() {
  what=$1
  shift
  if ! "$@" > "$place/.said" 2>&1; then
    echo "FAILED: $what" >&2
    sed 's/^/    /' "$place/.said" | head -30 >&2
    failures=$((failures + 1))
  fi
}

# refuse WHAT COMMAND...: the command has to fail.
refuse() {
  what=$1
  shift
  expect "$what" not "$@"
}
not() { ! "$@"; }

# same WHAT A B: two texts have to be equal.
same() {
  printf '%s\n' "$2" > "$place/.a"
  printf '%s\n' "$3" > "$place/.b"
  expect "$1" diff "$place/.a" "$place/.b"
}

# skip WHAT: says loudly what could not be looked at here.
skip() { echo "SKIPPED: $1" >&2; }

has() { command -v "$1" >/dev/null; }

# Ends a test.
finish() {
  if [ "$failures" != 0 ]; then
    echo "$1: $failures failed" >&2
    exit 1
  fi
  echo "$1: good"
}

# All that is below a folder: kind, mode, name, and what is in the files.
snapshot() {
  [ -e "$1" ] || { echo 'nothing is there'; return; }
  (cd "$1" && find . -printf '%y %m %p %l\n' | sort
    find . -type f -print0 | sort -z | xargs -0r sha256sum)
}

# The program as somebody starts it who has nothing of ours: no settings, no Swift, another folder.
# The caller sets $program.
run() {
  mkdir -p "$place/home"
  (cd / && env -i PATH=/usr/bin:/bin HOME="$place/home" LC_ALL=C.UTF-8 "$program" "$@" </dev/null)
}

# An installed program has to find everything that came with it.
works() { # WHERE
  same "$1: version" "$(run --version)" "$("$stage/bin/backstep" --version)"
  same "$1: a formula" "$(run -e 'w1=-2, w2=5, w3=-4' -e 'f = (w1+w2)*w3' -e 'grad w1' | tail -1)" -4
  same "$1: all lessons are listed" "$(run lesson | grep -cE '^ *[0-9]+ ')" \
    "$(find lessons -maxdepth 1 -name '[0-9]*.md' | wc -l)"
  same "$1: all problems are found" "$(run sheet --list | grep -c '^Q[0-9]')" \
    "$(find lessons/problems -name '*.md' | wc -l)"
  expect "$1: a lesson plays" run lesson 5 --script
}
