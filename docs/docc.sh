#!/bin/sh
# Builds the reference of the code, one page for each declaration, with the toolchain's own docc.
#
# The package gets no dependency for it: what was compiled already knows its declarations and their comments.
# Any warning is an error: a link in a comment that leads nowhere, a parameter that is not there.
set -e
cd "$(dirname "$0")/.."
built=${1:?usage: docs/docc.sh FOLDER-OF-THE-BUILD [OUTPUT]}
output=${2:-.build/docc}
modules="Language Kernels Engine Drawing Typesetting Lessons Exercises Export Console Terminal"

# docc stands beside the compiler; what is on the path may be a shim.
compiler=$(command -v swift) || { echo 'docc: no swift here' >&2; exit 69; }
docc=$(dirname "$(readlink -f "$compiler")")/docc
[ -x "$docc" ] || docc=$(command -v docc) || { echo 'docc: this toolchain has no docc' >&2; exit 69; }
target=$(swift -print-target-info | sed -n 's/.*"triple": "\(.*\)",/\1/p' | head -n 1)

rm -rf "$output"
mkdir -p "$output/symbols" "$output/archives"
archives=
for module in $modules; do
  mkdir "$output/symbols/$module"
  swift symbolgraph-extract -module-name "$module" -target "$target" -I "$built/Modules" \
    -Xcc "-fmodule-map-file=$built/CProcessor.build/module.modulemap" \
    -Xcc "-fmodule-map-file=$built/CLineEdit.build/module.modulemap" \
    -minimum-access-level package -skip-inherited-docs -skip-synthesized-members \
    -output-dir "$output/symbols/$module"
  echo "$module:"
  "$docc" convert "Sources/$module/$module.docc" --warnings-as-errors --experimental-documentation-coverage \
    --additional-symbol-graph-dir "$output/symbols/$module" \
    --fallback-display-name "$module" --fallback-bundle-identifier "backstep.$module" \
    --fallback-default-module-kind Module --output-dir "$output/archives/$module.doccarchive" \
    > "$output/$module.log" 2>&1 || { cat "$output/$module.log" >&2; exit 1; }
  grep -E '^(Types|Members|Globals) ' "$output/$module.log"
  archives="$archives $output/archives/$module.doccarchive"
done
# shellcheck disable=SC2086 # names without blanks, one word each
"$docc" merge $archives --synthesized-landing-page-name backstep \
  --synthesized-landing-page-kind Package --synthesized-landing-page-topics-style detailedGrid \
  --output-path "$output/backstep.doccarchive"
rm -rf "$output/archives"
echo "Ten modules in $output/backstep.doccarchive. To read them:"
echo "  python3 -m http.server -d $output/backstep.doccarchive    and open /documentation"
