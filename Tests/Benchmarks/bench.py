#!/usr/bin/env python3
"""Measures what people wait for, from outside the program, and writes docs/benchmarks.md.

Usage: bench.py PROGRAM.  Times are wall-clock medians with their spread; where a bound is given, the
line says whether it holds on this machine in this run.
"""
import json
import os
import pty
import random
import select
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROGRAM = os.path.abspath(sys.argv[1])


def environment(home):
    return {"HOME": home, "PATH": os.environ["PATH"], "TERM": "xterm-256color", "LANG": "C.UTF-8"}


def until(argv, wanted, home):
    """Seconds from starting argv on a new terminal until it has written `wanted` (or ended)."""
    start = time.perf_counter()
    child, master = pty.fork()
    if child == 0:
        os.execve(argv[0], argv, environment(home))
    seen = b""
    try:
        while wanted is None or wanted not in seen:
            data = os.read(master, 4096)
            if not data:
                break
            seen += data
    except OSError:
        pass
    elapsed = time.perf_counter() - start
    if wanted is not None:
        os.write(master, b"\x04")
    os.close(master)
    os.waitpid(child, 0)
    return elapsed


def summary(times):
    times = [t * 1000 for t in times]
    return statistics.median(times), min(times), max(times)


def start_up(home, rounds=60):
    """First prompt and /bin/true in turns, so that both see the same machine."""
    ours, theirs = [], []
    for _ in range(rounds):
        theirs.append(until(["/bin/true"], None, home))
        ours.append(until([PROGRAM], b"backstep> ", home))
    return summary(ours[5:]), summary(theirs[5:])


class Session:
    """The program behind pipes, one question and answer at a time."""

    def __init__(self, home):
        self.process = subprocess.Popen(
            [PROGRAM, "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment(home))

    def ask(self, line):
        """Seconds until the answer, which an empty sum marks the end of, has been read."""
        start = time.perf_counter()
        self.process.stdin.write(line.encode() + b"\n123456789 + 1\n")
        self.process.stdin.flush()
        seen = b""
        while not seen.endswith(b"123456790\n"):
            ready, _, _ = select.select([self.process.stdout], [], [], 60)
            if not ready:
                raise SystemExit("no answer to " + line[:60])
            data = os.read(self.process.stdout.fileno(), 65536)
            if not data:
                raise SystemExit("the program ended at " + line[:60])
            seen += data
        return time.perf_counter() - start

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def stepping(home, gates=10_000, steps=200):
    """The first step (which makes the tape), then steps forward, backward, undo and back."""
    firsts = []
    for _ in range(9):
        session = Session(home)
        session.ask("x = 0.5")
        session.ask("f = " + "sin(" * gates + "x" + ")" * gates)
        empty = summary([session.ask("") for _ in range(50)])
        firsts.append(session.ask("step"))
        if len(firsts) < 9:
            session.close()
    forward = summary([session.ask("step") for _ in range(steps)])
    session.ask("forward")
    session.ask("step")
    backward = summary([session.ask("step") for _ in range(steps)])
    undo = summary([session.ask("undo") for _ in range(steps)])
    session.close()
    return {"an empty line": empty, "first": summary(firsts), "forward": forward,
            "backward": backward, "undo": undo}


def random_circuit(seed, nodes=60):
    """Lines that define a graph of so many nodes, a third of them inputs, with sharing."""
    random.seed(seed)
    known = ["i%d" % n for n in range(nodes // 3)]
    lines = ["%s = %d.25" % (name, random.randrange(-9, 9)) for name in known]
    unused = list(known)
    for gate in range(nodes - len(known)):
        left = nodes - len(known) - gate
        first = unused.pop(random.randrange(len(unused)))
        shared = len(unused) < left and random.random() < 0.5
        second = random.choice(known) if shared or not unused else unused.pop(
            random.randrange(len(unused)))
        lines.append("g%d = %s %s %s" % (gate, first, random.choice("+-**"), second))
        unused.append("g%d" % gate)
    if len(unused) > 1:
        lines.append("f = " + " + ".join(unused))
    return lines


def drawing(home, seeds=range(1, 11)):
    """Every step through circuits of 60 nodes, drawn and not, and the whole circuit by graph."""
    drawn, bare, whole_graph = [], [], []
    for seed in seeds:
        for setting, times in (("on", drawn), ("off", bare)):
            session = Session(home)
            for line in ["set drawing " + setting] + random_circuit(seed):
                session.ask(line)
            session.ask("step")
            times += [session.ask("step") for _ in range(70)]
            if setting == "on":
                whole_graph.append(session.ask("graph"))
            session.close()
    return summary(drawn), max(drawn) * 1e3, summary(bare), summary(whole_graph)


def whole(argv, home, rounds=9):
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        subprocess.run(argv, env=environment(home), cwd=ROOT, check=True,
                       stdout=subprocess.DEVNULL)
        times.append(time.perf_counter() - start)
    return summary(times[1:])


def row(what, figures, bound=None):
    median, low, high = figures
    verdict = "" if bound is None else ("≤ %g: %s" % (bound, "yes" if median <= bound else "NO"))
    return "| %s | %.2f | %.2f – %.2f | %s |" % (what, median, low, high, verdict)


NETWORK = """x = uniform(0, 1, 784)
W1 = normal(0, 0.05, 64, 784)
b1 = normal(0, 0.05, 64)
W2 = normal(0, 0.1, 10, 64)
b2 = normal(0, 0.1, 10)
h = relu(W1 @ x + b1)
s = W2 @ h + b2
"""
MOONS = """data moons
seed 1
W = normal(0, 1, 16, 2), b = normal(0, 0.1, 16), V = normal(0, 0.3, 16, 16), c = normal(0, 0.1, 16)
v = normal(0, 0.3, 16), d = 0
x = [x1, x2]
z = v @ tanh(V @ tanh(W @ x + b) + c) + d
L = binary_cross_entropy(y, z)
train L wrt W, b, V, c, v, d rate 0.5 epochs 200
"""


def network(home, rounds=7):
    """Building 784-64-10 with its loss, in a session that holds the layers; then one gradient."""
    builds, gradients = [], []
    for _ in range(rounds):
        session = Session(home)
        for line in NETWORK.splitlines():
            session.ask(line)
        builds.append(session.ask("L = softmax_cross_entropy(s, 3)"))
        gradients.append(session.ask("grad W2[1,1]"))
        session.close()
    return summary(builds), summary(gradients)


def script(text, home):
    path = os.path.join(home, "script.backstep")
    with open(path, "w") as file:
        file.write(text)
    return whole([PROGRAM, path], home)


def desk(home):
    """What instructors wait for: variants, a class of 1,000, every variant of every problem."""
    def sheets():
        folder = os.path.join(home, "sheets")
        return [PROGRAM, "sheet", "Q10", "--variants", "200", "--force", "--output", folder]
    variants = whole(sheets(), home, rounds=4)
    exam = os.path.join(home, "exam")
    subprocess.run([PROGRAM, "sheet", "Q10", "--forms", "A..D", "--force", "--output", exam],
                   env=environment(home), cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    key = os.path.join(exam, "a-network-with-a-dead-unit-key.json")
    with open(key) as file:
        items = json.load(file)["items"]
    random.seed(1)
    ids = [name for name, _ in items[0]["answers"]]
    lines = ["student,form," + ",".join(ids)]
    for student in range(1000):
        item = items[student % len(items)]
        cells = []
        for _, answer in item["answers"]:
            luck = random.random()
            cells.append(answer if luck < 0.6 else "" if luck < 0.7
                         else "-" + answer if luck < 0.8 and answer[0] != "-"
                         else str(random.randint(-9, 9)))
        lines.append("s%d,%s,%s" % (student, item["form"], ",".join(cells)))
    answers = os.path.join(home, "class.csv")
    with open(answers, "w") as file:
        file.write("\n".join(lines) + "\n")
    marked = whole([PROGRAM, "grade", key, answers, "--force", "--results",
                    os.path.join(home, "r.csv"), "--feedback", os.path.join(home, "feedback")],
                   home, rounds=4)
    stressed = whole([PROGRAM, "stress"], home, rounds=2)
    return variants, marked, stressed


def main():
    with tempfile.TemporaryDirectory() as home:
        ours, true = start_up(home)
        steps = stepping(home)
        drawn, slowest_drawn, bare, whole_graph = drawing(home)
        page = whole([PROGRAM, "lesson", "25", "--html"], home)
        site_folder = os.path.join(home, "site")
        os.mkdir(site_folder)
        site = whole([PROGRAM, "site", site_folder], home)
        check = whole([PROGRAM, "check", "lessons"], home)
        lint = whole([PROGRAM, "lint", "lessons"], home)
        build, gradient = network(home)
        moons = script(MOONS, home)
        training = [whole([PROGRAM, "check", "lessons/" + name], home)
                    for name in sorted(os.listdir(os.path.join(ROOT, "lessons")))
                    if name[:2] in ("18", "19", "20", "21")]
        slowest = max(training)
        variants, marked, stressed = desk(home)
        nested = os.path.join(home, "nested.jsonl")
        with open(nested, "w") as file:
            file.write('{"formula":"%sx%s","bindings":{"x":1}}\n' % ("(" * 10**6, ")" * 10**6))
            file.write('{"formula":"%sx","bindings":{"x":1}}\n' % ("x+" * (10**6 - 1)))
        deep = []
        for _ in range(5):
            start = time.perf_counter()
            with open(nested) as file:
                result = subprocess.run(
                    ["/bin/sh", "-c", 'ulimit -s 256; exec "$0" eval --jsonl', PROGRAM],
                    stdin=file, env=environment(home), capture_output=True)
            deep.append(time.perf_counter() - start)
            assert result.returncode in (0, 1), result
            assert result.stdout.count(b"\n") == 2, result.stdout[:200]
    over = tuple(a - true[0] for a in ours)
    lines = [
        "# Benchmarks", "",
        "Written by `make bench`, which measures the optimised program (Swift runtime inside) from",
        "outside; nothing here is typed by hand. Times are milliseconds.", "",
        "Machine: %s, %d cores, %s." % (
            os.uname().machine, os.cpu_count(), os.uname().sysname), "",
        "| what | median | spread | bound |", "|---|---|---|---|",
        row("`/bin/true` on a terminal", true),
        row("start to first prompt", ours),
        row("start to first prompt, over `/bin/true`", over, 10),
        row("10,000 gates: a line that does nothing, through a pipe", steps["an empty line"]),
        row("10,000 gates: first `step`, which makes the tape", steps["first"], 5),
        row("10,000 gates: `step` forward", steps["forward"], 5),
        row("10,000 gates: `step` backward", steps["backward"], 5),
        row("10,000 gates: `undo`", steps["undo"], 5),
        row("60 nodes, 10 random circuits: `step` with its drawing", drawn, 10),
        row("60 nodes: the slowest of these steps", (slowest_drawn,) * 3, 10),
        row("60 nodes: `step` with `set drawing off`", bare),
        row("60 nodes: `graph`, as large as it is", whole_graph),
        row("lesson 25 as a web page, whole process", page),
        row("all 28 lessons as web pages, whole process", site),
        row("784-64-10 network, 50,000 weights: defining its loss builds the graph", build, 500),
        row("784-64-10 network: all gradients, without a tape", gradient),
        row("2-16-16-1 network on 100 moons, 200 epochs, whole process", moons, 2000),
        row("the slowest lesson with training in it, whole process", slowest, 2000),
        row("`backstep check lessons`, whole process", check, 2000),
        row("`backstep lint lessons`, whole process", lint),
        row("200 variants of the 2-2-1 network, with keys and worked answers, written to files",
            variants, 2000),
        row("a class of 1,000 marked, 17 answers each, with a feedback sheet for each student",
            marked, 5000),
        row("`backstep stress`: all variants of the twenty problems, or 10,000", stressed, 60000),
        row("a million brackets and a million terms under a 256 KiB stack", summary(deep)), "",
        "`step` is the time from writing the line to having read its card and the answer to a second",
        "line, `123456789 + 1`, which marks its end; the first row of its group is that second line alone.",
    ]
    text = "\n".join(lines) + "\n"
    with open(os.path.join(ROOT, "docs/benchmarks.md"), "w") as file:
        file.write(text)
    print(text)
    if "NO" in text:
        raise SystemExit(1)


main()
