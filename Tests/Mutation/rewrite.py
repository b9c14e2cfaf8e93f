"""Writes a file again with all its mutants inside, each asked for by its number at run time.

Operators are replaced by operators of our own with the same precedence, so that no expression has to
be taken apart. Nothing is added to the number of lines: an error of the compiler names the line of
the original.
"""

PRECEDENCE = {
    "+": "Addition", "-": "Addition", "&+": "Addition", "&-": "Addition", "|": "Addition",
    "^": "Addition", "*": "Multiplication", "/": "Multiplication", "%": "Multiplication",
    "&*": "Multiplication", "&": "Multiplication", "<<": "BitwiseShift", ">>": "BitwiseShift",
    "&<<": "BitwiseShift", "&>>": "BitwiseShift", "&&": "LogicalConjunction",
    "||": "LogicalDisjunction", "..<": "RangeFormation", "...": "RangeFormation",
}
COMPARISONS = ("<", "<=", ">", ">=", "==", "!=")
INTEGERS = ("&+", "&-", "&*", "&<<", "&>>", "<<", ">>", "&", "|", "^", "%")
DIGITS = "←↑→↓↔↕↖↗"


def sign(number):
    """An operator that nobody else has: a bar and the number in arrows."""
    digits = ""
    while number:
        number, digit = divmod(number, 8)
        digits = DIGITS[digit] + digits
    return "‖" + digits


def number(arrows):
    """The number that such an operator has."""
    result = 0
    for arrow in arrows:
        result = result * 8 + DIGITS.index(arrow)
    return result


def rewritten(text, points, imports):
    """The file with its points replaced."""
    opening, closing = [], []
    for order, point in enumerate(points):
        first = point.ids[0]
        own = text[point.start:point.end]
        before, after, instead = "", "", None
        if point.how in ("binary", "nil", "prefix"):
            instead = sign(first)
        elif point.how == "ternary":
            instead = f"{sign(first)} () ?"
        elif point.how == "value":
            instead = f"pick({first}, {own}, {', '.join(point.after)})"
        elif point.how == "extreme":
            instead = f"{point.spare}OrOther({first}, "
        elif point.how == "array":
            before, after = f"without({first}, {len(point.ids)}, ", ")"
        elif point.how == "clause":
            never = point.ids[-1]
            before = f"(mutant({never}) ? false : " + (
                f"mutant({first}) ? true : (" if len(point.ids) == 2 else "(")
            after = "))"
        elif point.how == "statement":
            before, after = f"if !mutant({first}) {{ ", " }"
        length = point.end - point.start
        if instead is not None:
            opening.append((point.start, 2, 0, order, instead, point.end))
        else:
            opening.append((point.start, 1, -length, order, before, point.start))
            closing.append((point.end, 0, length, -order, after, point.end))
    pieces, place = [], 0
    for start, _, _, _, inserted, end in sorted(opening + closing):
        pieces += [text[place:start], inserted]
        place = end
    pieces.append(text[place:])
    # On the first line, so that the others keep their numbers.
    return imports + "; " + "".join(pieces) if not text.startswith("//") else (
        "/**/" + imports + "; " + "".join(pieces))


def operators(points):
    """The operators that the rewritten files of one module use."""
    found = [SUPPORT]
    for point in points:
        name, first = sign(point.ids[0]), point.ids[0]
        if point.how == "ternary":
            found.append(
                f"infix operator {name}: MutatedChoicePrecedence\n"
                f"func {name} (a: Bool, b: Void) -> Bool {{ mutant({first}) != a }}")
        elif point.how == "prefix":
            found.append(f"prefix operator {name}")
            if point.before == "!":
                found.append(f"prefix func {name} (a: Bool) -> Bool {{ mutant({first}) == a }}")
            else:
                for type, name_of in (("<T: SignedNumeric>", "T"), ("", "Complex")):
                    found.append(
                        f"prefix func {name}{type}(a: {name_of}) -> {name_of} "
                        f"{{ mutant({first}) ? a : -a }}")
        elif point.how == "nil":
            found.append(f"infix operator {name}: ComparisonPrecedence")
            found.append(
                f"func {name}<T>(a: T?, b: _OptionalNilComparisonType) -> Bool "
                f"{{ let found = a {point.before} nil; return found != mutant({first}) }}")
        elif point.how == "binary":
            found += binary(name, point)
    return "\n".join(found) + "\n"


def binary(name, point):
    own, first = point.before, point.ids[0]
    precedence = PRECEDENCE.get(own, "Comparison" if own in COMPARISONS else "Assignment")
    head = [f"infix operator {name}: {precedence}Precedence"]

    def choice(original, mutated):
        text = original
        for place, one in reversed(list(enumerate(mutated))):
            text = f"mutant({first + place}) ? {one} : {text}"
        return text

    usual = choice(f"a {own} b", [f"a {other} b" for other in point.after])
    if own in COMPARISONS:
        protocol = "Equatable" if own in ("==", "!=") else "Comparable"
        return head + [
            f"func {name}<T: {protocol}>(a: T, b: T) -> Bool {{ {usual} }}",
            f"func {name}<T: {protocol}, U: {protocol}>(a: (T, U), b: (T, U)) -> Bool {{ {usual} }}",
        ]
    if own in ("&&", "||"):
        body = choice(f"a {own} b()", [f"a {other} b()" for other in point.after])
        return head + [f"func {name} (a: Bool, b: @autoclosure () -> Bool) -> Bool {{ {body} }}"]
    if own == "..<":
        return head + [
            f"func {name}<T: Strideable>(a: T, b: T) -> Range<T> where T.Stride: SignedInteger "
            f"{{ mutant({first}) ? a..<b.advanced(by: 1) : a..<b }}"]
    if own == "...":
        return head + [
            f"func {name}<T: Strideable>(a: T, b: T) -> ClosedRange<T> where T.Stride: SignedInteger "
            f"{{ mutant({first}) ? a...b.advanced(by: -1) : a...b }}"]
    if own.endswith("="):
        # `a += b` as a statement of each branch.
        def body(mutated):
            return f"if mutant({first}) {{ {mutated} }} else {{ a {own} b }}"

        swapped = body(f"a {point.after[0]} b")
        found = [f"func {name}<T: FixedWidthInteger>(a: inout T, b: T) {{ {swapped} }}"]
        if own in ("+=", "-=", "*=", "/="):
            found.append(f"func {name}<T: FloatingPoint>(a: inout T, b: T) {{ {swapped} }}")
        if own == "+=":
            found.append(
                f"func {name}<T: RangeReplaceableCollection, S: Sequence>(a: inout T, b: S) "
                f"where S.Element == T.Element {{ {body('')} }}")
        if own in ("+=", "-="):
            found.append(
                f"func {name} (a: inout UnsafeMutableRawPointer, b: Int) {{ {swapped} }}")
        return head + found
    found = [f"func {name}<T: FixedWidthInteger>(a: T, b: T) -> T {{ {usual} }}"]
    if own not in INTEGERS:
        found.append(f"func {name}<T: FloatingPoint>(a: T, b: T) -> T {{ {usual} }}")
        found.append(f"func {name} (a: Complex, b: Complex) -> Complex {{ {usual} }}")
    if own == "+":
        found.append(
            f"func {name}<T: RangeReplaceableCollection, S: Sequence>(a: T, b: S) -> T "
            f"where S.Element == T.Element {{ mutant({first}) ? a : a + b }}")
    if own in ("+", "-"):
        found.append(
            f"func {name} (a: UnsafeMutableRawPointer, b: Int) -> UnsafeMutableRawPointer {{ {usual} }}")
        found.append(f"func {name}<T>(a: UnsafePointer<T>, b: Int) -> UnsafePointer<T> {{ {usual} }}")
    if own == "-":
        found.append(
            f"func {name} (a: UnsafeMutableRawPointer, b: UnsafeMutableRawPointer) -> Int "
            f"{{ mutant({first}) ? b - a : a - b }}")
    return head + found


SUPPORT = """
precedencegroup MutatedChoicePrecedence {
  higherThan: TernaryPrecedence
  lowerThan: LogicalDisjunctionPrecedence
}
@inline(__always)
func pick<T>(_ first: Int, _ own: T, _ other: T) -> T { mutant(first) ? other : own }
@inline(__always)
func pick<T>(_ first: Int, _ own: T, _ other: T, _ third: T) -> T {
  mutant(first) ? other : mutant(first + 1) ? third : own
}
func pick<T>(_ first: Int, _ own: T, _ others: T...) -> T {
  var result = own
  for (place, other) in others.enumerated() where mutant(first + place) { result = other }
  return result
}
func without<T>(_ first: Int, _ count: Int, _ all: [T]) -> [T] {
  var result = all
  for place in 0..<count where mutant(first + place) { result.remove(at: place) }
  return result
}
func maxOrOther<T: Comparable>(_ first: Int, _ a: T, _ b: T) -> T {
  mutant(first) ? min(a, b) : max(a, b)
}
func maxOrOther<T: Comparable>(_ first: Int, _ a: T, _ b: T, _ c: T) -> T {
  mutant(first) ? min(a, b, c) : max(a, b, c)
}
func minOrOther<T: Comparable>(_ first: Int, _ a: T, _ b: T) -> T {
  mutant(first) ? max(a, b) : min(a, b)
}
"""

# Which mutant is active, and which of them are reached, is asked in C: it costs no more than a
# comparison, and is known before any Swift runs.
HEADER = """#pragma once
#include <stdbool.h>
extern long mutation_active;
extern unsigned char *mutation_seen;
static inline bool mutant(long number) {
  if (__builtin_expect(mutation_seen != 0, 0)) mutation_seen[number] = 1;
  return number == mutation_active;
}
"""
SOURCE = """#include "CMutation.h"
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>
long mutation_active = -1;
unsigned char *mutation_seen = 0;
__attribute__((constructor)) static void begin(void) {
  const char *number = getenv("MUTANT");
  if (number) mutation_active = atol(number);
  const char *path = getenv("MUTANTS_SEEN");
  if (!path) return;
  int file = open(path, O_RDWR | O_CREAT, 0644);
  if (file < 0 || ftruncate(file, 1 << 20) != 0) return;
  void *seen = mmap(0, 1 << 20, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  if (seen != MAP_FAILED) mutation_seen = seen;
}
"""
