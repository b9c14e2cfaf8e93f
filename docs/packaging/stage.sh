#!/bin/sh
# Lays out all that is installed, as it will stand below a prefix. Everything that installs or packs
# the program takes it from there, so there is one list of files.
set -eu
cd "$(dirname "$0")/../.."
. docs/packaging/about.sh
program=${1:?usage: stage.sh PROGRAM FOLDER}
stage=${2:?usage: stage.sh PROGRAM FOLDER}

rm -rf "$stage"
mkdir -p "$stage/bin" "$stage/share/backstep/lessons/problems" "$stage/share/doc/backstep/docs" \
  "$stage/share/man/man1" "$stage/share/man/man5" "$stage/share/zsh/site-functions" \
  "$stage/share/bash-completion/completions" "$stage/share/fish/vendor_completions.d"

cp "$program" "$stage/bin/backstep"
# Names of functions are of use to those who build it, and more than half of its size.
if command -v strip >/dev/null; then strip "$stage/bin/backstep"; fi
case $("$stage/bin/backstep" --version) in
  "backstep $version") ;;
  *) echo "$program is of another version than the sources, $version." >&2; exit 1 ;;
esac

cp lessons/*.md "$stage/share/backstep/lessons"
cp lessons/problems/*.md "$stage/share/backstep/lessons/problems"
cp README.md LICENSE docs/packaging/copyright "$stage/share/doc/backstep"
cp docs/*.md "$stage/share/doc/backstep/docs"

manual() { # NAME SECTION PAGE SUMMARY RELATED
  awk -v page="$1" -v section="$2" -v date="$day" -v version="$version" -v summary="$4" \
    -v related="$5" -f docs/packaging/man.awk "docs/$3.md" > "$stage/share/man/man$2/$1.$2"
}
manual backstep 1 command-line 'a debugger for the chain rule' 'backstep\-lesson(5), backstep\-problem(5)'
manual backstep-lesson 5 lessons 'lessons for backstep' 'backstep(1), backstep\-problem(5)'
manual backstep-problem 5 problems 'exercise problems for backstep' 'backstep(1), backstep\-lesson(5)'

# The program is asked here and not in the build folder, so that nothing of that can get into it.
completion() { "$stage/bin/backstep" --generate-completion-script "$1" > "$stage/share/$2"; }
completion bash bash-completion/completions/backstep
completion zsh zsh/site-functions/_backstep
completion fish fish/vendor_completions.d/backstep.fish
# The one of bash is read by a running shell and is no program, whatever its first line says.
sed -i.old '1{/^#!/d;}' "$stage/share/bash-completion/completions/backstep"
rm "$stage/share/bash-completion/completions/backstep.old"

find "$stage" -type d -exec chmod 755 {} +
find "$stage" -type f -exec chmod 644 {} +
chmod 755 "$stage/bin/backstep"
