"""The lines that programs print, gathered over rounds: medians, spreads, and whether all agree."""
import dataclasses
import re
import statistics

LINE = re.compile(
    r"^(?P<who>\S.*?)\s+(?P<what>(?:W\d\w*|scaling)\s.*?)\s+med\s+(?P<median>\S+)"
    r"\s+min\s+(?P<least>\S+)\s+(?P<unit>\S+)\s+check\s+(?P<check>\S+)"
    r"(?:\s+units\s+(?P<units>\d+))?$")
OURS = re.compile(r"^Swift(?: (SSE2|AVX2|AVX-512))?$")
TOLERANCE = 1e-9


@dataclasses.dataclass
class Line:
    who: str
    what: str
    median: float
    least: float
    unit: str
    check: float
    units: int


def lines(text):
    """The lines of a program's output that report a figure; the others are for people."""
    found = []
    for match in filter(None, map(LINE.match, text.splitlines())):
        numbers = {name: float(match[name]) for name in ("median", "least", "check")}
        found.append(Line(who=match["who"], what=match["what"], unit=match["unit"],
                          units=int(match["units"] or 0), **numbers))
    return found


class Row:
    """One program at one job: the median of its medians over the rounds, and their spread."""

    def __init__(self, line):
        self.who, self.what, self.unit = line.who, line.what, line.unit
        self.rounds, self.least, self.checks = {}, line.least, []

    def add(self, line, number=None):
        # Without a number it is the next round.
        self.rounds[len(self.rounds) if number is None else number] = line.median
        self.least = min(self.least, line.least)
        self.checks.append(line.check)

    @property
    def medians(self):
        return list(self.rounds.values())

    @property
    def median(self):
        return statistics.median(self.medians)

    @property
    def spread(self):
        return self.least, max(self.medians)

    @property
    def workload(self):
        return self.what.split()[0]

    @property
    def ours(self):
        return OURS.match(self.who) is not None


class Figures:
    def __init__(self):
        self.rows = {}

    def add(self, line, number=None):
        row = self.rows.setdefault((line.who, line.what), Row(line))
        row.add(line, number)

    def row(self, who, what):
        """The row, or None; `Swift` means ours as it runs by itself, else with the widest instructions."""
        if who != "Swift":
            return self.rows.get((who, what))
        for name in ("Swift", "Swift AVX-512", "Swift AVX2", "Swift SSE2"):
            if (name, what) in self.rows:
                return self.rows[(name, what)]
        return None

    def of(self, workload):
        return [row for row in self.rows.values() if row.workload == workload]

    def disagreements(self):
        """For every quantity that several programs compute, who differs from most of the others."""
        groups = {}
        for row in self.rows.values():
            quantity = compared(row.what)
            if quantity is not None:
                for check in row.checks:
                    groups.setdefault(quantity, []).append((check, row))
        found = []
        for quantity, answers in groups.items():
            checks = [check for check, _ in answers]
            common = max(checks, key=lambda one: sum(agree(one, other) for other in checks))
            odd = {"%s in “%s” has %.15g" % (row.who, row.what, check): None
                   for check, row in answers if not agree(check, common)}
            if odd:
                found.append("%s: most have %.15g, but %s" % (quantity, common, "; ".join(odd)))
        return found


def agree(one, other):
    # A NaN agrees with nothing, not even with itself.
    return abs(one - other) <= TOLERANCE * max(abs(one), abs(other))


def compared(what):
    """The quantity that a job's check stands for; None where there is nothing to compare."""
    workload = what.split()[0]
    if "bytes" in what:
        return None
    if workload in ("W2", "W2b"):
        return workload + (" derivatives" if "backward" in what else " value")
    if workload == "scaling":
        return what
    return workload + ("," + what.partition(",")[2] if "first" in what else "")
