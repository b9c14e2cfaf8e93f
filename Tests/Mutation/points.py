"""Finds the places of a Swift file where something can be mutated.

A point has one or more alternatives. What it is replaced by asks at run time which of them is wanted,
so that one build holds all mutants.
"""

import re
from dataclasses import dataclass, field

import formulas
from tokens import Token, tokens

BINARY = {
    "+": ["-"], "-": ["+"], "*": ["/"], "/": ["*"], "%": ["*"],
    "&+": ["&-"], "&-": ["&+"], "&*": ["&+"], "&<<": ["&>>"], "&>>": ["&<<"],
    "<<": [">>"], ">>": ["<<"], "&": ["|"], "|": ["&"], "^": ["|"],
    "<": ["<=", ">="], "<=": ["<", ">"], ">": [">=", "<="], ">=": [">", "<"],
    "==": ["!="], "!=": ["=="], "&&": ["||"], "||": ["&&"],
    "+=": ["-="], "-=": ["+="], "*=": ["+="], "/=": ["*="], "|=": ["&="],
    "&+=": ["&-="], "&-=": ["&+="], "&>>=": ["&<<="], "..<": ["..."], "...": ["..<"],
}
NAMES = {
    "arithmetic": "+ - * / % &+ &- &* += -= *= /= &+= &-=",
    "bits": "&<< &>> << >> & | ^ |= &>>=",
    "comparison": "< <= > >= == !=",
    "logic": "&& ||",
    "range": "..< ...",
}
KIND = {sign: kind for kind, signs in NAMES.items() for sign in signs.split()}
# Words of people: what they say is judged by readers and by the golden screens.
PROSE = {
    "summary", "sentence", "sentences", "belief", "correction", "finding", "happened", "symptom",
    "place", "blindSpot", "hint", "requirement", "reason",
}
FORMULAS = {"rule", "rules", "ruleTexts", "parts", "when"}
KEYWORDS = set(
    "let var func if guard for while switch return throw case default static private package "
    "mutating struct enum extension init deinit import defer do repeat break continue typealias "
    "internal fileprivate indirect subscript get set try await".split())
MODIFIERS = {"private", "package", "static", "mutating", "fileprivate", "public", "convenience"}


@dataclass
class Point:
    file: str
    line: int
    start: int
    end: int
    kind: str
    before: str
    after: list
    how: str
    text: str  # the line as it is
    column: int = 0
    ids: list = field(default_factory=list)
    spare: object = None  # what the rewriting needs besides


def shorten(text):
    text = re.sub(r"\s+", " ", text)
    return text if len(text) <= 70 else text[:67] + "..."


class Reader:
    """All points of one file."""

    def __init__(self, file, text):
        self.file, self.text = file, text
        self.tokens = tokens(text)
        # What stands behind the last token can be asked for.
        self.tokens.append(Token("end", "", len(text), text.count("\n") + 1, (True, True)))
        self.lines = text.split("\n")
        self.points = []
        # What is set once, somewhere behind its declaration, must be set.
        self.set_once = set(re.findall(r"\b(?:let|var) (\w+)(?:, \w+)*: [^=\n]+$", text, re.MULTILINE))

    def put(self, start, end, kind, before, after, how, line, spare=None):
        self.points.append(Point(
            self.file, line, start, end, kind, shorten(before), after, how,
            self.lines[line - 1].strip(), start - self.text.rfind("\n", 0, start), spare=spare))

    def read(self):
        for index, token in enumerate(self.tokens):
            if token.kind == "operator":
                self.operator(index, token)
            elif token.kind == "number":
                self.number(index, token)
            elif token.kind == "string":
                self.string(index, token)
            elif token.kind == "word":
                self.word(index, token)
            elif token.text == "[":
                self.array(index, token)
        self.statements()
        return self.points

    # Signs

    def operator(self, index, token):
        before, behind = self.tokens[index - 1], self.tokens[index + 1]
        if before.text == "func":
            return
        range_sign = token.text in ("..<", "...") and not self.ends_open(index)
        alone = before.text in "(,:" and behind.text in "),"
        if token.text in BINARY and (range_sign or alone or all(token.spaced)):
            for_nil = behind.text == "nil"
            self.put(
                token.start, token.end, KIND[token.text], token.text, BINARY[token.text],
                "nil" if for_nil else "binary", token.line)
        elif token.text == "?" and all(token.spaced):
            self.put(token.start, token.end, "choice", "? :", ["branches swapped"], "ternary",
                     token.line)
        elif token.text in ("!", "-") and token.spaced[1] is False and (
                token.spaced[0] or before.text in "([{,"):
            if behind.kind == "number":
                return
            self.put(token.start, token.end, "sign", token.text, ["(none)"], "prefix", token.line)

    def ends_open(self, index):
        """Whether a range has one end only: `2...`, `..<depth`."""
        before, behind = self.tokens[index - 1], self.tokens[index + 1]
        return before.text in "[(" or behind.text in "])"

    # Literals

    def label(self, index):
        """The argument label an expression belongs to, seen through arrays and conditions."""
        level = self.tokens[index].owner
        place = index
        while True:
            while place > level and place > 0:
                place -= 1
                token = self.tokens[place]
                if token.mate >= 0 and token.mate < place:
                    place = token.mate
                    continue
                if token.text == "," and token.owner == level:
                    return ""
                if token.text == ":" and token.owner == level and self.tokens[place - 1].kind == "word":
                    return self.tokens[place - 1].text
            if level >= 0 and self.tokens[level].text == "[":
                place = level
                level = self.tokens[level].owner
                continue
            return ""

    def within_examples(self, index):
        level = self.tokens[index].owner
        while True:
            if self.label(index) == "examples":
                return True
            if level < 0 or self.tokens[level].text == "{":
                return False
            index, level = level, self.tokens[level].owner

    def is_raw_value(self, token):
        return re.match(r"\s*case \w+ = ", self.lines[token.line - 1])

    def number(self, index, token):
        if self.is_raw_value(token) or self.within_examples(index):
            return
        if self.tokens[index - 1].text == ".":
            return
        text, start = token.text, token.start
        negative = self.tokens[index - 1].text == "-" and not self.tokens[index - 1].spaced[1] and (
            self.tokens[index - 1].spaced[0] or self.tokens[index - 2].text in "([{,")
        plain = text.replace("_", "")
        if plain.startswith("0x"):
            value = int(plain, 16)
            after = ["0x%X" % (value + 1), "0x%X" % (value - 1)] if value else ["1"]
        elif re.search(r"[.eE]", plain):
            after = [repr(float(plain) + 1 if float(plain) < 1e15 else float(plain) * 2)]
            after += ["0"] if float(plain) else []
        else:
            after = {0: ["1"], 1: ["0", "2"]}.get(int(plain), [str(int(plain) + 1), str(int(plain) - 1)])
        if negative:
            start, text = self.tokens[index - 1].start, "-" + text
            after = ["-" + one if one != "0" else "0" for one in after] + [plain]
        self.put(start, token.end, "number", text, after, "value", token.line)

    def string(self, index, token):
        content = token.text.strip("#")[1:-1]
        if "\\(" in content or self.within_examples(index):
            return
        label = self.label(index)
        if label == "ascii":
            other = chr(ord(content[-1]) + 1)
            if other not in '"\\' and len(content) == 1:
                self.put(token.start, token.end, "character", token.text, [f'"{other}"'], "value",
                         token.line)
            return
        caller = self.caller(index)
        if label in FORMULAS or caller == "formula":
            found = formulas.mutants(content)
            # One point for all, since they share the literal.
            if found:
                self.put(token.start, token.end, [kind for kind, _ in found], token.text,
                         [f'"{new}"' for _, new in found], "value", token.line)
            return
        if label in PROSE or not content or content[0] == "\\" or (" " in content and len(content) > 12 and label != "spoken"):
            return
        if caller in ("Convention",) and label == "":
            return
        self.put(token.start, token.end, "word", token.text, ['""'], "value", token.line)

    def caller(self, index):
        level = self.tokens[index].owner
        while level >= 0 and self.tokens[level].text == "[":
            level = self.tokens[level].owner
        return self.tokens[level - 1].text if level > 0 and self.tokens[level].text == "(" else ""

    def array(self, index, token):
        before = self.tokens[index - 1]
        if before.kind in ("word", "string") and not token.spaced[0] or before.text in ")]" and not token.spaced[0]:
            return
        if before.text == "?" or self.within_examples(index) or self.label(index) in PROSE:
            return
        if self.label(index) in FORMULAS:
            return
        mate = token.mate
        inner = self.tokens[index + 1:mate]
        if not inner or self.tokens[mate + 1].text == "(":
            return
        own = [one for one in inner if one.owner == index]
        # A dictionary, or a type.
        if any(one.text == ":" for one in own) or before.text in ("->",):
            return
        if all(one.kind == "word" and one.text[0].isupper() or one.text in "?[]." for one in inner):
            return
        if len(inner) > 3 and inner[0].text == "(" and inner[2].text == ":" and inner[3].text[0].isupper():
            return
        if before.text == ":" and self.tokens[mate + 1].text in ("=", "{"):
            return
        # A list of what a closure catches.
        if before.text == "{" and self.tokens[mate + 1].kind == "word":
            return
        starts = [inner[0]] + [
            inner[place + 1] for place, one in enumerate(inner[:-1])
            if one.text == "," and one.owner == index]
        ends = [one.start for one in inner if one.text == "," and one.owner == index]
        ends.append(self.tokens[mate].start)
        elements = [self.text[one.start:end].strip() for one, end in zip(starts, ends)]
        elements = [one for one in elements if one]
        self.put(token.start, self.tokens[mate].end, "element", "[…]",
                 [shorten(one) + " dropped" for one in elements], "array", token.line)

    # Words

    def word(self, index, token):
        if token.text in ("true", "false"):
            if self.tokens[index - 1].text == "while":
                return
            self.put(token.start, token.end, "truth", token.text,
                     ["false" if token.text == "true" else "true"], "value", token.line)
        elif token.text in ("if", "guard", "while"):
            self.conditions(index, token)
        elif token.text == "where" and self.tokens[index + 1].text != ":":
            self.filter(index, token)
        elif token.text in ("max", "min") and self.tokens[index + 1].text == "(":
            before = self.tokens[index - 1]
            if before.text == "func" or before.text == "." and self.tokens[index - 2].text != "Swift":
                return
            inside = [one for one in self.tokens[index + 2:self.tokens[index + 1].mate]
                      if one.owner == index + 1 and one.text == ","]
            if inside:
                start = self.tokens[index - 2].start if before.text == "." else token.start
                other = "min" if token.text == "max" else "max"
                self.put(start, self.tokens[index + 1].end, "extreme", token.text, [other],
                         "extreme", token.line, token.text)

    def conditions(self, index, token):
        """Each clause of a condition that is true or false by itself, forced to be both."""
        level = token.owner
        start = place = index + 1
        while True:
            here = self.tokens[place]
            at_end = here.owner == level and (
                here.text == "{" or here.text == "else" and token.text == "guard")
            if at_end or here.owner == level and here.text == ",":
                self.clause(start, place, token)
                start = place + 1
                if at_end:
                    return
            place += 1
            if place >= len(self.tokens):
                return

    def clause(self, start, end, token):
        first = self.tokens[start]
        if first.text in ("let", "var", "case"):
            return
        last = self.tokens[end - 1]
        after = ["false"] if token.text == "while" else ["true", "false"]
        text = self.text[first.start:last.end]
        if text in ("true", "false"):
            return
        self.put(first.start, last.end, f"{token.text} clause", text, after, "clause", first.line)

    def filter(self, index, token):
        level = token.owner
        place = index + 1
        while not (self.tokens[place].owner == level and self.tokens[place].text in "{:,"):
            place += 1
            if place - index > 80:
                return
        # A ternary's colon may come before the one that ends a case.
        text = self.text[self.tokens[index + 1].start:self.tokens[place - 1].end]
        if self.tokens[place].text == ":" and " ? " in text:
            return
        self.put(self.tokens[index + 1].start, self.tokens[place - 1].end, "where clause", text,
                 ["true", "false"], "clause", self.tokens[index + 1].line)

    # Statements

    def statements(self):
        """Assignments and calls that stand on lines of their own."""
        for index, token in enumerate(self.tokens):
            if not token.starts_line or token.owner < 0 or self.tokens[token.owner].text != "{":
                continue
            if token.kind != "word" and token.text != "(" or token.text in KEYWORDS:
                continue
            if token.kind == "word" and token.text[0] in "@#":
                continue
            if self.tokens[index - 1].text not in ("{", "}", ")", "]", "in", ":") and \
                    self.tokens[index - 1].kind in ("operator", "mark"):
                continue
            indent = self.indent(token)
            header = self.header(token.owner)
            place = index + 1
            while place < len(self.tokens):
                here = self.tokens[place]
                if here.owner == self.tokens[token.owner].owner and here.mate == token.owner:
                    break
                if here.starts_line and here.owner == token.owner and self.indent(here) <= indent:
                    break
                place += 1
            own = [one for one in self.tokens[index:place] if one.owner == token.owner]
            last = self.tokens[place - 1]
            sets = [one for one in own if one.kind == "operator" and one.text.endswith("=")
                    and one.text not in ("==", "!=", "<=", ">=")]
            if sets:
                if sets[0].text == "=" and ("init" in header or token.text in self.set_once
                                            or token.text in ("_", "(")):
                    continue
            elif not (last.text == ")" or last.text == "}") or self.tokens[last.mate].owner != token.owner:
                continue
            elif own[1].text not in (".", "(") or any(one.kind == "operator" for one in own):
                continue
            if not sets and self.is_result(token, index, place):
                continue
            text = self.text[token.start:last.end]
            self.put(token.start, last.end, "statement", text, ["(removed)"], "statement", token.line)

    def is_result(self, token, start, end):
        """Whether a call that stands alone in its braces may be what they return."""
        if token.text[0].isupper():
            return True
        brace = self.tokens[token.owner]
        first = [one for one in self.tokens[token.owner + 1:start] if one.owner == token.owner]
        if self.tokens[end].mate != token.owner or any(one.line != brace.line for one in first):
            return False
        line = self.lines[brace.line - 1].strip()
        inside = re.match(r"(\} else|if|for|while|defer|case|default)\b", line)
        function = re.search(r"\bfunc\b", line) and "->" not in line
        return not (inside or function)

    def indent(self, token):
        line = self.lines[token.line - 1]
        return len(line) - len(line.lstrip())

    def header(self, brace):
        """The words before the outermost braces of members: `init`, `func` and so on."""
        words = []
        while brace >= 0:
            if self.tokens[brace].text == "{":
                place = brace - 1
                while place > 0 and not self.tokens[place].starts_line:
                    place -= 1
                line = self.tokens[place]
                words += re.findall(r"\w+", self.lines[line.line - 1].split("(")[0])
                # The head of a long declaration stands some lines above.
                while place > 0 and self.tokens[place].owner >= 0 and self.indent(self.tokens[place]) > 2 \
                        and self.tokens[place].text in (")", "{"):
                    place -= 1
                if line.text == ")":
                    opening = self.tokens[line.mate]
                    words += re.findall(r"\w+", self.lines[opening.line - 1].split("(")[0])
            brace = self.tokens[brace].owner
        return words
