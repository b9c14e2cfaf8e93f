"""The figures of docs/evidence.md: where each comes from, which command makes it, what must hold."""
import dataclasses
import typing


@dataclasses.dataclass(frozen=True)
class Row:
    """One line of a table. `bound`: what must hold, in words; `holds`: whether it does."""
    what: str
    figure: str
    bound: str = ""
    holds: typing.Optional[bool] = None


@dataclasses.dataclass(frozen=True)
class Section:
    """Figures that one command makes. `record`: the file it writes them to, from the project's root."""
    title: str
    means: str
    command: str
    record: str
    rows: typing.Callable[[typing.Any], typing.List[Row]]


def count(number):
    return "{:,}".format(number)


def none_wrong(what, figure, wrong):
    """So many compared, none of which may differ."""
    return Row(what, count(figure), "%s differ; bound 0" % count(wrong), wrong == 0)


def formulas(record):
    oracle, gates, syntax = record["oracle"], record["gates"], record["syntax"]
    compiled, step = record["compiled"], record["complex-step"]
    return [
        none_wrong("formulas with exact answers: values and gradients, each within its own bound",
                   oracle["formulas"], oracle["wrong"]),
        Row("numbers compared in them", count(oracle["numbers"])),
        none_wrong("gates whose value and gradient were traced by other means", gates["gates"],
                   gates["wrong"]),
        none_wrong("texts to be read or refused as stated", syntax["cases"], syntax["wrong"]),
        none_wrong("nodes of %s random graphs against the complex step" % count(step["graphs"]),
                   step["nodes"], step["wrong"]),
        none_wrong("random graphs, compiled: the tape's bits", compiled["graphs"],
                   compiled["wrong"]),
    ]


def peers(record):
    return [none_wrong("%s: circuits run, of which a written convention explains %s" % (
        name, count(peer["explained"])), peer["circuits"], peer["wrong"])
        for name, peer in sorted(record.items())]


def lessons(record):
    return [Row("files", count(record["files"])),
            none_wrong("outputs, assertions and answers verified", record["checks"],
                       record["failed"])]


def fuzzing(record):
    rows = []
    for name in dict.fromkeys(run["target"] for run in record):
        runs = [run for run in record if run["target"] == name]
        executions = sum(run["executions"] for run in runs)
        # Runs of one commit, with a sanitizer and without, are rows of their own.
        crashes = sum(run["crashes"] for run in runs if run["commit"] == runs[-1]["commit"])
        checked = sum(run["executions"] // run.get("share", 1) for run in runs)
        commits = ", ".join(dict.fromkeys(run["commit"] for run in runs))
        rows.append(Row(
            "%s: executions (%s of them checked for everything; %s edges, %s features; at %s)" % (
                name, count(checked), count(max(run["edges"] for run in runs)),
                count(max(run["features"] for run in runs)), commits),
            count(executions), "at least 10,000,000, %s crashes at the last" % count(crashes),
            executions >= 10_000_000 and crashes == 0))
    return rows


def mutants(record):
    killed = record["killed"]
    total = sum(killed.values()) if isinstance(killed, dict) else killed
    left = len(record["survivors_not_explained"])
    return [Row("mutants that compile", count(record["mutants"] - record["not_compiling"])),
            Row("not run", count(record["not_run"]), "0", record["not_run"] == 0),
            Row("killed", count(total)),
            Row("equivalent, each explained", count(record["equivalent"])),
            Row("survivors without an explanation", count(left), "0", left == 0)]


def coverage(record):
    total = record["total"]
    rows = [Row("lines of the floors below the terminal", "%.1f %%" % total["lines"]["percent"],
                "at least %g %%" % record["bound"], total["lines"]["percent"] >= record["bound"]),
            Row("regions of them", "%.1f %%" % total["regions"]["percent"])]
    for name, floor in record["floors"].items():
        rows.append(Row("%s: lines; regions" % name, "%.1f %%; %.1f %%" % (
            floor["lines"]["percent"], floor["regions"]["percent"])))
    return rows


def sanitizers(record):
    rows = []
    for run in record["runs"]:
        reports = run["reports"]
        rows.append(Row("%s sanitizer: tests run, %s of them skipped" % (
            run["sanitizer"], count(len(run["skipped"]))), count(run["tests"]),
            "%s reports; bound 0" % count(reports), run["clean"]))
    return rows


def hostile(record):
    rows = [Row("hostile texts", count(record["records"]))]
    for place, channels in sorted(record.items()):
        if isinstance(channels, dict):
            rows.append(Row("%s: texts through %s ways in" % (place, count(len(channels))),
                            count(sum(channels.values()))))
    return rows


def signals(record):
    return [Row("interruptions sent at random moments (%s)" % ", ".join(
        "%s %s" % (count(number), moment) for moment, number in sorted(record["moments"].items())),
        count(record["sent"]), "at least 1,000", record["sent"] >= 1000),
        Row("after which the session went on in order", count(record["survived"]), "all",
            record["survived"] == record["sent"])]


SUITE = ".build/evidence/"
SECTIONS = [
    Section("Formulas agreed", "The engine against answers made by other means.", "make test",
            SUITE + "suite.json", formulas),
    Section("Peers", "The exports of every lesson and of random formulas, run by the frameworks.",
            "make test", SUITE + "peers.json", peers),
    Section("Lessons", "Every transcript in lessons and handbook, played and compared.",
            "backstep check lessons docs", SUITE + "lessons.json", lessons),
    Section("Coverage", "What of the floors below the terminal the tests reach.", "make coverage",
            SUITE + "coverage.json", coverage),
    Section("Mutants", "Small mistakes put into the catalog, the misconceptions and the parser.",
            "make mutation", "Tests/Mutation/record.json", mutants),
    Section("Fuzzing", "Inputs made up by libFuzzer; the record sums the runs that were kept.",
            "make fuzz", "Tests/Fuzz/record.json", fuzzing),
    Section("Sanitizers", "The suite with every memory access and every thread watched.",
            "make sanitize", SUITE + "sanitize.json", sanitizers),
    Section("Hostile texts", "Escapes, controls and injections, as names, cells, titles, file names.",
            "make test", SUITE + "hostile.json", hostile),
    Section("Signals", "^C while training, stepping and typing.", "make signals COUNT=1000",
            SUITE + "signals.json", signals),
]
