#!/bin/sh
# Writes the pages that come from the program's own records; a test compares them with the records.
set -e
cd "$(dirname "$0")"
program=${1:?usage: generate.sh PROGRAM}
case $program in /*) ;; *) program=../$program ;; esac
for page in commands functions conventions command-line; do
  "$program" manual "$page" > "$page.md.new"
  mv "$page.md.new" "$page.md"
done
