"""docs/benchmarks.md: every table of it, from the measured figures and the list of bounds."""
import bounds
import peers

TITLES = {
    "W1": ("W1: a small circuit", "`(a + b) * c` at (-2, 5, -4): value and three derivatives."),
    "W2": ("W2: a random graph of a million nodes",
           "36 % add, 10 % subtract, 39 % multiply, 11 % tanh, 4 % exp; 10,000 inputs."),
    "W2b": ("W2b: the same without tanh and exp", "41 % add, 12 % subtract, 47 % multiply."),
    "W3": ("W3: training a 2-16-16-1 network",
           "100 points of two moons at once, hinge loss, a penalty on squares, 100 epochs. "
           "An epoch is the loss, its 337 derivatives and a step; slow peers do only the first."),
    "W4": ("W4: XOR", "A 2-4-1 network, 10,000 epochs over its four examples."),
    "W5": ("W5: a convolution", "A signal of 10,000 and a filter of 5: half the sum of squares, "
           "and its derivatives by signal and filter."),
    "W6": ("W6: reading a formula", "A sum of 50,000 terms over 100 names, 0.89 MB of text."),
}
INTRODUCTION = """# Benchmarks

Written by `make bench`; nothing here is typed by hand. One run measures ours and the peers on the
same data, in turns, on one machine, and stops unless all results agree to 1e-9. `make bench-peers`
installs what Debian has of the peers."""
PAIRED = """What is measured is the median of the rounds' own ratios: a machine that is slow for a minute is slow
for both programs of a round. The ratio of the medians over all rounds stands on the right; where
the two differ, the speed of the machine changed during the run."""
EXPLANATION = """A figure is the median over %s of each program's own median; the spread goes from
its fastest repeat to its slowest round. What takes seconds is done in the first round only.
“× ours” is the time relative to ours at the same job (above 1: slower than ours), where ours is
the program as it runs by itself, or has the widest vector instructions of this processor. Instructions are counted by callgrind, for a
unit, with one process for each workload; that tool knows no AVX-512, so the counted programs are
built for AVX2 (x86-64-v3). Each peer has one thread, but for JAX, which has its own ways."""
NUMBERS = ["bound", "measured", "of the medians", "median", "spread", "× ours", "instructions"]


def table(heads, rows):
    marks = ["---:" if head in NUMBERS else "---" for head in heads]
    lines = [heads, marks] + [list(row) for row in rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def number(value):
    """Four digits that matter, without an exponent."""
    if value >= 1000:
        return "{:,.0f}".format(value)
    return "%.1f" % value if value >= 100 else "%.2f" % value if value >= 1 else "%.3f" % value


def span(row):
    return "%s – %s" % tuple(number(value) for value in row.spread)


def must_hold(verdicts):
    heads = ["job", "ours; the other = 1", "bound", "measured", "holds", "prototype", "of the medians"]
    return table(heads, verdicts)


# What another calls the job that ours calls by the second name.
SAME_JOB = {"W6 text to program": "W6 text to graph"}


def base(row):
    """The job without what a peer says of its own way to do it."""
    job = row.what.partition(",")[0]
    return SAME_JOB.get(job, job)


def workload(name, run):
    """Who did what, jobs one after the other, the fastest first; the same job of ours is 1."""
    title, words = TITLES[name]
    rows = run.figures.of(name)
    jobs = list(dict.fromkeys(base(row) for row in sorted(rows, key=lambda row: not row.ours)))
    lines = []
    for row in sorted(rows, key=lambda row: (jobs.index(base(row)), row.median)):
        ours = run.figures.row("Swift", base(row))
        count = run.instructions.get((row.who, row.what))
        lines.append((
            "**%s**" % row.who if row.ours else row.who, row.what.partition(" ")[2],
            "%s %s" % (number(row.median), row.unit), span(row),
            number(row.median / ours.median) if ours else "", number(count) if count else ""))
    heads = ["who", "what", "median", "spread", "× ours", "instructions"]
    text = "### %s\n\n%s\n\n%s" % (title, words, table(heads, lines))
    return text + (speeds(rows, run.text_size) if name == "W6" else "")


def speeds(rows, size):
    each = ["%s, %s: %s MB/s" % (row.who, row.what.partition(" ")[2],
                                 number(size / row.median / 1e3)) for row in rows]
    return "\n\nAs speeds: " + "; ".join(each) + "."


def scaling(run, checks):
    parts = []
    for kind, words in (("nodes", "Nodes of a graph: forward and backward, for a node."),
                        ("examples", "Examples of the W3 network: an epoch, for an example.")):
        rows = [row for row in run.figures.of("scaling") if row.what.split()[1] == kind]
        names = sorted({row.who for row in rows})
        sizes = sorted({int(row.what.split()[2]) for row in rows})
        cells = {(row.who, int(row.what.split()[2])): row for row in rows}
        lines = [["{:,}".format(size)] + [
            "%s %s" % (number(cells[who, size].median), cells[who, size].unit)
            if (who, size) in cells else "" for who in names] for size in sizes]
        parts.append(words + "\n\n" + (
            table([kind] + names, lines) if rows else "Not measured: ours prints no such rows."))
    if checks:
        lines = [("%d" % count, "%.1f ms" % figures[0], "%.1f – %.1f" % figures[1:],
                  number(checks[1][0] / figures[0])) for count, figures in checks.items()]
        parts.append("Processors: `backstep check lessons`, whole process.\n\n" + table(
            ["processors", "median", "spread", "times as fast"], lines))
    return "\n\n".join(["## How it grows"] + parts)


def waits(rows):
    lines = []
    for what, (median, low, high), bound in rows:
        verdict = "" if bound is None else (
            "≤ %g: %s" % (bound, "yes" if median <= bound else "NO"))
        lines.append((what, "%.2f" % median, "%.2f – %.2f" % (low, high), verdict))
    return "\n\n".join([
        "## What people wait for",
        "The optimised program (Swift runtime inside), measured from outside, in milliseconds.",
        table(["what", "median", "spread", "bound"], lines),
        "`step` is the time from writing the line to having read its card and the answer to a "
        "second\nline, `123456789 + 1`, which marks its end; the first row of its group is that "
        "second line alone."])


def missing(run):
    lines = ["- %s: %s" % one for one in run.missing.items()]
    lines += ["- %s: %s" % one for one in run.broken.items()]
    lines.append("- %s: in neither Debian nor PyPI" % ", ".join(peers.ELSEWHERE))
    return "## Missing\n\n" + "\n".join(lines)


def write(path, run, waited, checks, versions, rounds):
    """`run` is None if the engine was not measured, `waited` if the program was not."""
    start = next((median for what, (median, _, _), _ in waited or [] if what == bounds.START), None)
    parts = [INTRODUCTION]
    if run:
        verdicts = bounds.verdicts(run.figures, start)
        parts += ["## What must hold", PAIRED, must_hold(verdicts), "## Ours and the peers",
                  EXPLANATION % ("%d rounds" % rounds if rounds > 1 else "one round")]
        parts += [workload(name, run) for name in TITLES if run.figures.of(name)]
        parts.append(scaling(run, checks))
    if waited:
        parts.append(waits(waited))
    parts.append("## Versions\n\n" + table(["what", "version"], versions))
    if run:
        parts.append(missing(run))
    text = "\n\n".join(parts) + "\n"
    with open(path, "w") as file:
        file.write(text)
    return text
