"""From what llvm-cov counted in each file to lines, regions and functions of each floor."""
import dataclasses
import os

KINDS = ["lines", "regions", "functions"]


@dataclasses.dataclass
class Count:
    """How many there are of a kind, and how many of them ran."""
    count: int = 0
    covered: int = 0

    def add(self, other):
        self.count += other.count
        self.covered += other.covered

    @property
    def percent(self):
        """All of nothing is all: a folder that lost its files is noticed by `floors`."""
        return 100 * self.covered / self.count if self.count else 100.0

    @property
    def shown(self):
        """With one decimal, rounded down: 94.96 % must not read as 95.0 %."""
        return "%d.%d %%" % divmod(1000 * self.covered // self.count if self.count else 1000, 10)

    def record(self):
        return {"count": self.count, "covered": self.covered, "percent": round(self.percent, 2)}


class Floor:
    """A target with its counts."""

    def __init__(self, name):
        self.name = name
        self.files = 0
        self.counts = {kind: Count() for kind in KINDS}

    def add(self, counts, files=1):
        self.files += files
        for kind in KINDS:
            self.counts[kind].add(counts[kind])

    def record(self):
        return {kind: count.record() for kind, count in self.counts.items()}


def floors(files, root, names):
    """The floors named, in that order, and their total. `files` is what llvm-cov exports."""
    found = {name: Floor(name) for name in names}
    for one in files:
        folders = os.path.relpath(one["filename"], root).split(os.sep)
        if folders[0] == "Sources" and folders[1] in found:
            found[folders[1]].add({kind: Count(one["summary"][kind]["count"],
                                               one["summary"][kind]["covered"]) for kind in KINDS})
    empty = [floor.name for floor in found.values() if not floor.files]
    if empty:
        raise LookupError("nothing was counted in: " + ", ".join(empty))
    total = Floor("total")
    for floor in found.values():
        total.add(floor.counts, floor.files)
    return list(found.values()), total


def table(floors, total):
    """Rows of text, right-aligned under their titles."""
    rows = [["floor", "files"] + [word for kind in KINDS for word in (kind, "ran")]]
    for floor in floors + [total]:
        row = [floor.name, str(floor.files)]
        for kind in KINDS:
            row += [str(floor.counts[kind].count), floor.counts[kind].shown]
        rows.append(row)
    widths = [max(map(len, column)) for column in zip(*rows)]
    return "\n".join("  ".join([row[0].ljust(widths[0])]
                               + [cell.rjust(width) for cell, width in zip(row[1:], widths[1:])])
                     for row in rows)


def shortfalls(floors, total, bounds):
    """What is under its bound, in words."""
    wanted = [(total, bounds.total)] + [(floor, bounds.floor) for floor in floors]
    return ["%s: %s of the lines ran; the bound is %g %%" % (
        floor.name, floor.counts["lines"].shown, bound)
        for floor, bound in wanted if floor.counts["lines"].percent < bound]


def missing(lcov, root, floor):
    """The lines that never ran, as (file, [(first, last)]), from llvm-cov's lcov text."""
    found, path = {}, None
    for line in lcov.splitlines():
        if line.startswith("SF:"):
            path = os.path.relpath(line[3:], root)
        elif line.startswith("DA:") and path.startswith(os.path.join("Sources", floor) + os.sep):
            number, count = line[3:].split(",")[:2]
            if int(count) == 0:
                found.setdefault(path, []).append(int(number))
    return [(path, ranges(numbers)) for path, numbers in sorted(found.items())]


def ranges(numbers):
    """[1, 2, 3, 7] as [(1, 3), (7, 7)]."""
    result = []
    for number in sorted(numbers):
        if result and result[-1][1] == number - 1:
            result[-1] = (result[-1][0], number)
        else:
            result.append((number, number))
    return result
