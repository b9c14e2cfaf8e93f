"""Mutants of the formulas that the catalog holds as text: derivative rules, conditions, parts."""

import re

PIECE = re.compile(r"\s+|\d+(?:\.\d+)?|[A-Za-z_]\w*|<=|>=|==|!=|.")
SIGNS = {
    "+": ["-"], "-": ["+"], "*": ["/"], "/": ["*"], "^": ["*"],
    "<": ["<=", ">="], "<=": ["<", ">"], ">": [">=", "<="], ">=": [">", "<"],
    "==": ["!="], "!=": ["=="],
}
# What stands for a name where the formula has no other.
NAMES = {"x": "y", "y": "x", "a": "b", "b": "a", "n": "j", "p": "x", "t": "j"}
FUNCTIONS = {
    "sin": "cos", "cos": "sin", "exp": "ln", "ln": "exp", "sigmoid": "tanh", "abs": "copy",
    "sum": "mean", "mean": "sum", "max": "min", "min": "max", "softplus": "exp", "sqrt": "copy",
    "softmax": "copy",
}


def numbers(text):
    """What a number is changed to: one more, and nothing at all."""
    if "." in text:
        return [str(float(text) + 1), "0"]
    value = int(text)
    return {0: ["1"], 1: ["0", "2"]}.get(value, [str(value + 1), str(value - 1)])


def mutants(text):
    """Pairs of an operator's name and the mutated formula."""
    pieces = PIECE.findall(text)
    found = []
    names = sorted({
        piece for place, piece in enumerate(pieces)
        if piece[0].isalpha() and "".join(pieces[place + 1:]).lstrip()[:1] != "("
    })

    def put(index, new, name, dropping=1):
        found.append((name, "".join(pieces[:index] + new + pieces[index + dropping:])))

    for index, piece in enumerate(pieces):
        before = "".join(pieces[:index]).rstrip()
        follows = "".join(pieces[index + 1:]).lstrip()
        if piece in SIGNS:
            if piece == "-" and (not before or before[-1] in "(,*/+-^<>="):
                put(index, [], "rule sign")
            else:
                for other in SIGNS[piece]:
                    put(index, [other], "rule operator")
        elif piece[0].isdigit():
            for other in numbers(piece):
                put(index, [other], "rule number")
        elif follows.startswith("("):
            if piece in FUNCTIONS:
                put(index, [FUNCTIONS[piece]], "rule function")
            cuts = commas(pieces, index + 1)
            if len(cuts) > 2:
                first, middle, last = cuts[-3:]
                left, right = pieces[first + 1:middle], pieces[middle + 1:last]
                put(first + 1, [" ".join(["".join(right).strip()]), ", ", "".join(left).strip()],
                    "rule arguments", last - first - 1)
        elif piece in names:
            others = names[names.index(piece) + 1:] + names[:names.index(piece)]
            put(index, [others[0] if others else NAMES.get(piece, "y")], "rule name")
    return [(name, new) for name, new in found if new != text]


def commas(pieces, opening):
    """The places of a call's brackets and of the commas between them."""
    depth, cuts = 0, []
    for index in range(opening, len(pieces)):
        if pieces[index] == "(":
            depth += 1
        if depth == 1 and pieces[index] in "(,)":
            cuts.append(index)
        if pieces[index] == ")":
            depth -= 1
            if depth == 0:
                return cuts
    return cuts
