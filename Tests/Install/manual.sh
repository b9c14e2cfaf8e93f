#!/bin/sh
# The manual pages: that formatters have nothing to say about them, and that nothing is missing.
cd "$(dirname "$0")/../.." || exit 2
. Tests/Install/harness.sh
backstep=$stage/bin/backstep

for page in "$stage"/share/man/man*/*; do
  name=${page##*/}
  if has groff; then
    groff -man -ww -K utf8 -Tutf8 "$page" 2> "$place/warnings" > "$place/$name.text"
    same "groff has no warning about $name" "$(cat "$place/warnings")" ''
  else
    skip "groff on $name"
  fi
  if has mandoc; then
    expect "mandoc has no warning about $name" mandoc -T lint -W warning "$page"
  else
    skip "mandoc on $name"
  fi
  if has man; then
    env -u MANPAGER LC_ALL=C.UTF-8 MANWIDTH=80 MAN_KEEP_FORMATTING= man --warnings -l "$page" \
      > "$place/$name.text" 2> "$place/warnings"
    same "man has no warning about $name" "$(cat "$place/warnings")" ''
    same "$name fits into 80 columns" "$(LC_ALL=C.UTF-8 grep -E '^.{81}' "$place/$name.text")" ''
  else
    skip "man on $name"
  fi
  expect "$name tells version and day" grep -q "^\.TH .* 20..-..-.. \"$("$backstep" --version)\"" "$page"
done

# The page as plain text, without the backslashes of its source.
page=$(sed -e 's/\\-/-/g' -e 's/\\f[BIR]//g' "$stage/share/man/man1/backstep.1")
tells() { printf '%s\n' "$page" | grep -Fq -- "$1"; }
subcommands=$("$backstep" --help | sed -n '/^SUBCOMMANDS:/,/^$/s/^  \([a-z]*\) .*/\1/p')
expect 'subcommands are found in the help' test "$(printf '%s\n' "$subcommands" | wc -l)" -ge 11
for subcommand in $subcommands; do
  expect "the page has a section on $subcommand" tells "\"backstep $subcommand\""
  for option in $("$backstep" "$subcommand" --help | sed -n '/^OPTIONS:/,$p' | grep -oE '^  (-[a-z], )?-?-[a-z-]+' |
    tr -d ','); do
    expect "the page tells of $option, of $subcommand" tells "$option"
  done
done
variables=$(grep -rhoE '(getenv\(|variables\[|isSet\(|absolute\(|folder\(application, )"[A-Z_]+"' Sources |
  grep -oE '[A-Z_]{3,}' | sort -u)
expect 'variables are found in the sources' test "$(printf '%s\n' "$variables" | wc -l)" -ge 8
for variable in $variables; do expect "the page tells of $variable" tells "$variable"; done
for command in $(sed -n 's/^### `\([a-z]*\).*/\1/p' docs/commands.md); do
  expect "the page tells of the command $command" \
    sh -c 'printf "%s\n" "$1" | grep -qE "^$2( |$)"' - "$page" "$command"
done
for status in $(sed -n 's/^  case [a-zA-Z]* = \([0-9]*\)$/\1/p' Sources/backstep/Exit.swift); do
  expect "the page tells of status $status" sh -c 'printf "%s\n" "$1" | grep -qx "$2"' - "$page" "$status"
done
finish 'manual pages'
