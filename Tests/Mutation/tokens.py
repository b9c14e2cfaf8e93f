"""Cuts Swift into tokens: as much of the language as the mutated files use, and no more."""

import re
from dataclasses import dataclass

PATTERN = re.compile(
    r'''(?P<comment>//[^\n]*)
      | (?P<string>\#"[^\n]*?"\#|"(?:\\\((?:[^()"\n]|"[^"\n]*"|\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\))*\)|\\[^(\n]|[^"\\\n])*")
      | (?P<number>0x[0-9A-Fa-f_]+|\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][+-]?\d+)?)
      | (?P<word>[@\#]?[A-Za-z_]\w*|`\w+`|\$\d+)
      | (?P<operator>\.\.[.<]|[/=\-+!*%<>&|^~?]+)
      | (?P<mark>[()\[\]{},:;.\\])
      | (?P<blank>\s+)''',
    re.VERBOSE,
)
CLOSING = {"(": ")", "[": "]", "{": "}"}


@dataclass
class Token:
    kind: str
    text: str
    start: int
    line: int
    spaced: tuple  # whether blanks stand before and behind it
    starts_line: bool = False
    mate: int = -1  # the place of the bracket that belongs to this one
    owner: int = -1  # the place of the bracket it stands in

    @property
    def end(self):
        return self.start + len(self.text)


def tokens(text):
    """The tokens of a file without comments and blanks; brackets know their mates."""
    found, place, line, fresh = [], 0, 1, True
    while place < len(text):
        match = PATTERN.match(text, place)
        if not match:
            raise ValueError(f"line {line}: cannot read {text[place:place + 20]!r}")
        kind, piece = match.lastgroup, match.group()
        if kind in ("blank", "comment"):
            fresh = fresh or "\n" in piece
        else:
            before = place == 0 or text[place - 1].isspace()
            behind = match.end() == len(text) or text[match.end()].isspace()
            found.append(Token(kind, piece, place, line, (before, behind), fresh))
            fresh = False
        line += piece.count("\n")
        place = match.end()
    open_brackets = []
    for index, token in enumerate(found):
        if token.kind == "mark" and token.text in ")]}":
            start = open_brackets.pop()
            if CLOSING[found[start].text] != token.text:
                raise ValueError(f"line {token.line}: {token.text} closes nothing")
            found[start].mate, token.mate = index, start
        token.owner = open_brackets[-1] if open_brackets else -1
        if token.kind == "mark" and token.text in CLOSING:
            open_brackets.append(index)
    return found
