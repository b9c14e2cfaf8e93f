#!/bin/sh
# What the formatter does not see: traps, loose ends, and paths of one particular machine.
cd "$(dirname "$0")/.." || exit 2
status=0
refuse() {
  found=$(grep -rnE "$1" --include='*.swift' Sources | grep -v '^Sources/[^:]*:[0-9]*: *///* ' )
  if [ -n "$found" ]; then printf '%s:\n%s\n' "$2" "$found"; status=1; fi
}
refuse 'try!|as!|fatalError\(|preconditionFailure\(|unsafelyUnwrapped' 'This can end the program'
refuse '// *(TODO|FIXME|HACK|XXX)' 'Loose ends'
refuse '(^|[^A-Za-z.])print\(' 'Output goes through Terminal.Output, which checks it'
long=$(find Sources Tests -name '*.swift' -o -name '*.c' | xargs wc -l | awk '$2 != "total" && $1 > 300 { print $1, $2 }')
if [ -n "$long" ]; then printf 'Files over 300 lines; one idea each:\n%s\n' "$long"; status=1; fi
exit $status
