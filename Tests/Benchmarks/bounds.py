"""What must hold, as ratios within one run on one machine; the page has its table from here."""
import dataclasses
import statistics

START = "start to first prompt, over `/bin/true`"
START_LIMIT = 5  # milliseconds


@dataclasses.dataclass(frozen=True)
class Bound:
    workload: str
    what: str
    ours: tuple              # who and what
    other: tuple             # who and what; none: the figure itself is bounded
    bound: float
    prototype: str = ""
    at_least: bool = False
    unit: str = ""


def same(workload, what, name, other, bound, prototype, other_name=None, who="Swift", **more):
    """Ours against another at the same job, which the other may call by another name."""
    theirs = (other, other_name or name)
    return Bound(workload, what, (who, name), theirs, bound, prototype, **more)


W1, W3, W4, W5 = ("W1 value and gradients", "W3 epoch", "W4 epoch", "W5 loss and gradients")
TAPE = "C tape with a switch"
ONE_JIT = ", one jit"
BOUNDS = [
    same("W1", "record and backward; Swift `_Differentiation` = 1", W1,
         "Swift _Differentiation", 0.12, "0.08"),
    same("W1", "the same; C by hand = 1", W1, "C", 5, "3.8"),
    same("W2", "backward; a C tape with a `switch` = 1", "W2 backward", TAPE, 0.28, "0.23"),
    same("W2", "replay forward with tanh and exp; the C tape = 1", "W2 replay forward", TAPE,
         0.6, "0.45–0.56"),
    same("W2", "build from a graph; ADOL-C recording = 1", "W2 build from a graph", "ADOL-C",
         0.2, "0.15"),
    Bound("W2", "bytes a node", ("Swift", "W2 bytes a node"), (), 48, "40.4", unit="B"),
    same("W3", "an epoch, AVX2; JAX in one jit = 1", W3, "JAX", 0.9, "0.8", W3 + ONE_JIT,
         "Swift AVX2"),
    same("W3", "an epoch, AVX-512; JAX in one jit = 1", W3, "JAX", 0.6, "0.5", W3 + ONE_JIT,
         "Swift AVX-512"),
    same("W3", "an epoch, AVX-512; C with 8 examples at a time = 1", W3,
         "C, 8 examples at a time", 1.6, "1.4", who="Swift AVX-512"),
    same("W4", "an epoch; JAX in one jit = 1", W4, "JAX", 0.4, "0.32", W4 + ONE_JIT),
    same("W4", "an epoch; C with plain loops = 1", W4, "C, plain loops", 1, "0.74"),
    same("W5", "loss and gradients, AVX2; NumPy by hand = 1", W5, "NumPy by hand", 0.7, "0.56",
         who="Swift AVX2"),
    same("W5", "loss and gradients, AVX-512; NumPy by hand = 1", W5, "NumPy by hand", 0.55,
         "0.46", who="Swift AVX-512"),
    same("W6", "formula text to graph, MB/s; LuaJIT's `load` = 1", "W6 text to graph", "LuaJIT",
         6, "13", "W6 text to program", at_least=True),
    Bound("scaling", "a node of 1,000,000; a node of 1,000 = 1",
          ("Swift", "scaling nodes 1000000"), ("Swift", "scaling nodes 1000"), 3),
    Bound("start", START, ("Swift", START), (), START_LIMIT, unit="ms"),
]


def name_of(row):
    return "“%s” of %s" % (row[1], row[0])


def verdicts(figures, start):
    """For each bound its row of the table; `start` is the time over /bin/true, if measured."""
    rows = []
    for bound in BOUNDS:
        value, verdict = judged(bound, figures, start)
        sign = "≥" if bound.at_least else "≤"
        rows.append((bound.workload, bound.what, "%s %g%s" % (
            sign, bound.bound, " " + bound.unit if bound.unit else ""), value, verdict,
            bound.prototype, of_medians(bound, figures)))
    return rows


def ratio(bound, times):
    """Ours over the other's; where more is better, as with MB a second, the times turn over."""
    if not bound.other:
        return times[0]
    ours, other = times
    return other / ours if bound.at_least else ours / other


def paired(bound, found):
    """The median of the ratios of those rounds in which both ran: a machine that is slow for a minute
    is slow for both. None where there is no such round."""
    common = [number for number in found[0].rounds if all(number in row.rounds for row in found)]
    ratios = [ratio(bound, [row.rounds[number] for row in found]) for number in common]
    return statistics.median(ratios) if ratios else None


def wanted(bound):
    return [bound.ours] + ([bound.other] if bound.other else [])


def of_medians(bound, figures):
    """The ratio of the medians over all rounds, to be seen beside the one that is judged."""
    found = [figures.row(*one) for one in wanted(bound)]
    return "" if None in found else "%.3g" % ratio(bound, [row.median for row in found])


def judged(bound, figures, start):
    if bound.what == START:
        value = start
        missing = [] if start is not None else [bound.ours]
    else:
        found = [figures.row(*one) for one in wanted(bound)]
        missing = [one for one, row in zip(wanted(bound), found) if row is None]
        value = None if missing else paired(bound, found)
    if missing:
        return "", "not measured: " + ", ".join(name_of(one) for one in missing)
    if value is None:
        return "", "never in the same round"
    holds = value >= bound.bound if bound.at_least else value <= bound.bound
    return "%.3g" % value, "yes" if holds else "NO"
