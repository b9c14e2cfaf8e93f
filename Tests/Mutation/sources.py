"""Which files are mutated, and a copy of the package with all mutants inside."""

import re
import subprocess
from collections import Counter
from pathlib import Path

import rewrite
from points import Reader

MUTATED = [
    "Sources/Language/Primitives/*.swift",
    "Sources/Engine/Misconceptions/*.swift",
    "Sources/Language/Syntax/Lexer*.swift",
    "Sources/Language/Syntax/Parser*.swift",
    "Sources/Language/Syntax/Workbench*.swift",
    "Sources/Language/Syntax/NameTable.swift",
    "Sources/Language/Syntax/PlainSigns.swift",
    "Sources/Language/Syntax/Assignment.swift",
    "Sources/Language/Syntax/Token.swift",
    "Sources/Language/Syntax/ByteWord.swift",
    "Sources/Language/Syntax/NumberReader.swift",
    "Sources/Language/Syntax/Loop.swift",
    "Sources/Language/Syntax/Operator.swift",
]
# What is quick to build and to run, and says in numbers what is right.
SUITES = ["LanguageTests", "EngineTests", "LessonsTests"]
KEPT = SUITES + [
    "CProcessor", "Kernels", "KernelsBaseline", "KernelsAVX2", "KernelsAVX512", "Language", "Engine",
    "Lessons", "TestSupport",
]

MANIFEST = """
// What the mutants need and no more.
package.products = []
package.dependencies = []
package.targets.removeAll {{ !{kept}.contains($0.name) }}
package.targets.append(.target(name: "CMutation"))
for target in package.targets where ["Language", "Engine"].contains(target.name) {{
  target.dependencies.append("CMutation")
}}
"""


class Mutant:
    """One change of one place."""

    def __init__(self, number, point, place, ordinal):
        self.number, self.point, self.ordinal = number, point, ordinal
        kind = point.kind[place] if isinstance(point.kind, list) else point.kind
        self.operator, self.before, self.after = kind, point.before, point.after[place]
        self.file, self.line, self.text = point.file, point.line, point.text

    @property
    def key(self):
        """What it is known by when lines have moved."""
        return (self.file, self.text, self.operator, self.before, self.after, self.ordinal)

    def record(self):
        own = {
            "file": self.file, "line": self.line, "text": self.text, "operator": self.operator,
            "before": self.before, "after": self.after,
        }
        return own | ({"ordinal": self.ordinal} if self.ordinal else {})


def key(record):
    return (
        record["file"], record["text"], record["operator"], record["before"], record["after"],
        record.get("ordinal", 0))


def found(root):
    """All points by file, and all mutants, numbered in the order of the files."""
    points, mutants, seen = {}, [], Counter()
    for pattern in MUTATED:
        for path in sorted(root.glob(pattern)):
            file = str(path.relative_to(root))
            points[file] = Reader(file, path.read_text()).read()
            for point in points[file]:
                for place, after in enumerate(point.after):
                    name = (file, point.text, str(point.kind), point.before, after)
                    mutant = Mutant(len(mutants), point, place, seen[name])
                    seen[name] += 1
                    point.ids.append(mutant.number)
                    mutants.append(mutant)
    return points, mutants


def copy(root, package):
    """Copies what is built and what the tests read; files that are the same stay as they are."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "Sources", "Tests", "lessons", "docs",
         "Package.swift"],
        cwd=root, check=True, capture_output=True, text=True).stdout.split("\n")
    wanted = set()
    for name in filter(None, listed):
        source = root / name
        if source.is_symlink() or source.is_file():
            if name.startswith("Tests/") and name.split("/")[1] not in SUITES + ["Support"]:
                continue
            wanted.add(name)
            target = package / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if source.is_symlink():
                if not target.is_symlink():
                    target.symlink_to(source.readlink())
            elif name not in ("Package.swift",) and not is_mutated(root, name):
                write(target, source.read_bytes())
    for path in sorted(package.rglob("*")):
        name = str(path.relative_to(package))
        if (path.is_file() or path.is_symlink()) and name not in wanted and not generated(name):
            path.unlink()
    return wanted


def is_mutated(root, name):
    return any((root / name).match(str(root / pattern)) for pattern in MUTATED)


def generated(name):
    return name.startswith((".", "Sources/CMutation")) or name.endswith("MutationOperators.swift")


def write(path, content):
    content = content if isinstance(content, bytes) else content.encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_bytes() != content:
        path.write_bytes(content)


def instrument(root, package, points, dropped):
    """Writes the mutated files of the copy, without the points in `dropped`."""
    manifest = (root / "Package.swift").read_text().replace("    .treatAllWarnings(as: .error),\n", "")
    as_list = lambda names: "[" + ", ".join(f'"{name}"' for name in names) + "]"
    write(package / "Package.swift", manifest + MANIFEST.format(
        kept=as_list(KEPT)))
    write(package / "Sources/CMutation/include/CMutation.h", rewrite.HEADER)
    write(package / "Sources/CMutation/CMutation.c", rewrite.SOURCE)
    modules = {}
    for file, own in points.items():
        kept = [point for point in own if identity(point) not in dropped]
        text = (root / file).read_text()
        write(package / file, rewrite.rewritten(text, kept, "internal import CMutation"))
        modules.setdefault(file.split("/")[1], []).extend(kept)
    for module, kept in modules.items():
        imports = "internal import CMutation\n" + (
            "internal import Language\n" if module != "Language" else "")
        write(
            package / "Sources" / module / "MutationOperators.swift",
            imports + rewrite.operators(kept))


def identity(point):
    """What a point that does not compile is remembered by: the same text at the same place."""
    return f"{point.file}:{point.text}:{point.how}:{point.before}:{point.column}"


MENTION = re.compile(r"(?:\b(?:pick|without|mutant|maxOrOther|minOrOther)\((\d+)|‖([←↑→↓↔↕↖↗]+))")


def refused(output, package, points):
    """The points that the compiler's errors are about: the nearest before each.

    A result that nobody uses any more means that what was removed was a result and no statement.
    """
    pattern = re.compile(
        r"^(?:" + re.escape(str(package)) + r"/)?(Sources/[^\n:]*):(\d+):(\d+): "
        r"(error: .*|warning: .*unused.*)$", re.MULTILINE)
    by_number = {number: point for own in points.values() for point in own for number in point.ids}
    found, strange = {}, []
    for file, line, column, message in sorted(set(pattern.findall(output))):
        if file not in points:
            strange.append(f"{file}:{line}: {message}")
            continue
        text = (package / file).read_text().split("\n")[int(line) - 1]
        inside = MENTION.findall(message)
        before = MENTION.findall(text[:int(column) + 12])
        behind = MENTION.findall(text[int(column):])
        above = MENTION.findall("\n".join(
            (package / file).read_text().split("\n")[max(0, int(line) - 12):int(line)]))
        for mentions in (inside[:1], before[-1:], behind[:1], above[-1:]):
            if mentions:
                plain, arrows = mentions[0]
                number = int(plain) if plain else rewrite.number(arrows)
                found[identity(by_number[number])] = message
                break
        else:
            strange.append(f"{file}:{line}: {message}")
    return found, strange
