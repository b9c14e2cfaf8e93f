"""What people wait for, from outside the program: the rows of a table with medians and bounds."""
import json
import os
import random
import subprocess
import tempfile
import time

from bounds import START, START_LIMIT
from outside import ROOT, environment, summary, whole
from sessions import drawing, network, start_up, stepping

MOONS = """data moons
seed 1
W = normal(0, 1, 16, 2), b = normal(0, 0.1, 16), V = normal(0, 0.3, 16, 16), c = normal(0, 0.1, 16)
v = normal(0, 0.3, 16), d = 0
x = [x1, x2]
z = v @ tanh(V @ tanh(W @ x + b) + c) + d
L = binary_cross_entropy(y, z)
train L wrt W, b, V, c, v, d rate 0.5 epochs 200
"""


def script(program, text, home):
    path = os.path.join(home, "script.backstep")
    with open(path, "w") as file:
        file.write(text)
    return whole([program, path], home)


def desk(program, home):
    """What instructors wait for: variants, a class of 1,000, every variant of every problem."""
    sheets = [program, "sheet", "Q10", "--variants", "200", "--force", "--output",
              os.path.join(home, "sheets")]
    variants = whole(sheets, home, rounds=4)
    exam = os.path.join(home, "exam")
    subprocess.run([program, "sheet", "Q10", "--forms", "A..D", "--force", "--output", exam],
                   env=environment(home), cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    key = os.path.join(exam, "a-network-with-a-dead-unit-key.json")
    answers = os.path.join(home, "class.csv")
    with open(key) as file:
        handed_in = class_of(1000, json.load(file)["items"])
    with open(answers, "w") as file:
        file.write(handed_in)
    marked = whole([program, "grade", key, answers, "--force", "--results",
                    os.path.join(home, "r.csv"), "--feedback", os.path.join(home, "feedback")],
                   home, rounds=4)
    stressed = whole([program, "stress"], home, rounds=2)
    return variants, marked, stressed


def class_of(students, items):
    """What they hand in: most answers right, some blank, some with a wrong sign, some wrong."""
    random.seed(1)
    ids = [name for name, _ in items[0]["answers"]]
    lines = ["student,form," + ",".join(ids)]
    for student in range(students):
        item = items[student % len(items)]
        cells = []
        for _, answer in item["answers"]:
            luck = random.random()
            cells.append(answer if luck < 0.6 else "" if luck < 0.7
                         else "-" + answer if luck < 0.8 and answer[0] != "-"
                         else str(random.randint(-9, 9)))
        lines.append("s%d,%s,%s" % (student, item["form"], ",".join(cells)))
    return "\n".join(lines) + "\n"


def deep(program, home):
    """A million brackets and a million terms, with a small stack."""
    nested = os.path.join(home, "nested.jsonl")
    with open(nested, "w") as file:
        file.write('{"formula":"%sx%s","bindings":{"x":1}}\n' % ("(" * 10**6, ")" * 10**6))
        file.write('{"formula":"%sx","bindings":{"x":1}}\n' % ("x+" * (10**6 - 1)))
    times = []
    for _ in range(5):
        start = time.perf_counter()
        with open(nested) as file:
            result = subprocess.run(
                ["/bin/sh", "-c", 'ulimit -s 256; exec "$0" eval --jsonl', program],
                stdin=file, env=environment(home), capture_output=True)
        times.append(time.perf_counter() - start)
        assert result.returncode in (0, 1), result
        assert result.stdout.count(b"\n") == 2, result.stdout[:200]
    return summary(times)


def lessons_with_training():
    return ["lessons/" + name for name in sorted(os.listdir(os.path.join(ROOT, "lessons")))
            if name[:2] in ("18", "19", "20", "21")]


def checks(program, home):
    """`check lessons` with one processor and with two, by how many it had."""
    few = min(2, len(os.sched_getaffinity(0)))
    return {count: whole([program, "check", "lessons"], home, processors=count)
            for count in range(1, few + 1)}


def measure(program):
    """Rows of what, figures and bound, and the checks by processors; all in milliseconds."""
    with tempfile.TemporaryDirectory() as home:
        ours, true = start_up(program, home)
        over = tuple(a - true[0] for a in ours)
        steps = stepping(program, home)
        drawn, slowest_drawn, bare, whole_graph = drawing(program, home)
        site = os.path.join(home, "site")
        os.mkdir(site)
        build, gradient = network(program, home)
        slowest = max(whole([program, "check", name], home) for name in lessons_with_training())
        variants, marked, stressed = desk(program, home)
        lessons = sum(name.endswith(".md") for name in os.listdir(os.path.join(ROOT, "lessons")))
        rows = [
            ("`/bin/true` on a terminal", true, None),
            ("start to first prompt", ours, None),
            (START, over, START_LIMIT),
            ("10,000 gates: a line that does nothing, through a pipe", steps["an empty line"],
             None),
            ("10,000 gates: first `step`, which makes the tape", steps["first"], 5),
            ("10,000 gates: `step` forward", steps["forward"], 5),
            ("10,000 gates: `step` backward", steps["backward"], 5),
            ("10,000 gates: `undo`", steps["undo"], 5),
            ("60 nodes, 10 random circuits: `step` with its drawing", drawn, 10),
            ("60 nodes: the slowest of these steps", (slowest_drawn,) * 3, 10),
            ("60 nodes: `step` with `set drawing off`", bare, None),
            ("60 nodes: `graph`, as large as it is", whole_graph, None),
            ("lesson 25 as a web page, whole process",
             whole([program, "lesson", "25", "--html"], home), None),
            ("all %d lessons as web pages, whole process" % lessons,
             whole([program, "site", site], home), None),
            ("784-64-10 network, 50,000 weights: defining its loss builds the graph", build, 500),
            ("784-64-10 network: all gradients, without a tape", gradient, None),
            ("2-16-16-1 network on 100 moons, 200 epochs, whole process",
             script(program, MOONS, home), 2000),
            ("the slowest lesson with training in it, whole process", slowest, 2000),
            ("`backstep check lessons`, whole process",
             whole([program, "check", "lessons"], home), 2000),
            ("`backstep lint lessons`, whole process",
             whole([program, "lint", "lessons"], home), None),
            ("200 variants of the 2-2-1 network, with keys and worked answers, written to files",
             variants, 2000),
            ("a class of 1,000 marked, 17 answers each, with a feedback sheet for each student",
             marked, 5000),
            ("`backstep stress`: all variants of the twenty problems, or 10,000", stressed, 60000),
            ("a million brackets and a million terms under a 256 KiB stack",
             deep(program, home), None),
        ]
        return rows, checks(program, home)
