#!/bin/sh
# Compiles the kernels for ARM, where this machine can: with the small standard library that comes with
# Swift for processors without a system. It shows that they compile, and to vectors of NEON; not that they
# run. What they need of the C library is declared here; nothing is linked.
cd "$(dirname "$0")/.." || exit 2
swift=$(command -v "${SWIFTC:-swiftc}") || { echo 'neon: skipped, there is no swiftc'; exit 0; }
target=aarch64-none-none-elf
bin=$(dirname "$(readlink -f "$swift")")
if [ ! -d "$bin/../lib/swift/embedded/$target" ] &&
  [ ! -e "$bin/../lib/swift/embedded/Swift.swiftmodule/$target.swiftmodule" ]; then
  echo "neon: skipped, this Swift has no library for $target"
  exit 0
fi
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT INT TERM
mkdir "$work/libc" "$work/processor"
echo "module CProcessor { header \"$PWD/Sources/CProcessor/include/processor.h\" export * }" \
  > "$work/processor/module.modulemap"
echo 'module Glibc { header "glibc.h" export * }' > "$work/libc/module.modulemap"
cat > "$work/libc/glibc.h" <<'DECLARATIONS'
#include <stddef.h>
double log(double);
double log1p(double);
void *memset(void *, int, size_t);
void *aligned_alloc(size_t, size_t);
void free(void *);
void *mmap(void *, size_t, int, int, int, long);
int munmap(void *, size_t);
int madvise(void *, size_t, int);
extern void *const MAP_FAILED;
#define PROT_READ 1
#define PROT_WRITE 2
#define MAP_PRIVATE 2
#define MAP_ANONYMOUS 32
#define MADV_HUGEPAGE 14
DECLARATIONS
compile() {
  "$swift" -target $target -enable-experimental-feature Embedded -wmo -O -parse-as-library \
    -package-name backstep -swift-version 6 -enable-upcoming-feature InternalImportsByDefault \
    -enable-upcoming-feature MemberImportVisibility -enable-upcoming-feature ExistentialAny \
    -module-cache-path "$work/cache" -I "$work" -I "$work/libc" -I "$work/processor" -suppress-warnings "$@"
}
compile -emit-module -module-name Kernels -emit-module-path "$work/Kernels.swiftmodule" \
  Sources/Kernels/*.swift || exit 1
compile -emit-assembly -module-name KernelsBaseline -o "$work/kernels.s" \
  Sources/KernelsBaseline/*.swift || exit 1
vectors=$(grep -cE '(fmul|fadd|fsub|fdiv)[[:space:]]+v[0-9]+\.2d' "$work/kernels.s")
if [ "$vectors" -lt 500 ]; then
  echo "neon: only $vectors instructions of the kernels are of vectors"
  exit 1
fi
echo "neon: the kernels compile for ARM, with $vectors instructions of two numbers each"
