"""Runs ours and the peers in turns, and counts instructions where that can be done."""
import glob
import os
import shutil
import subprocess
import tempfile

import peers
from figures import Figures, lines

WORKLOADS = ["W1", "W2", "W2b", "W3", "W4", "W5", "W6"]


class Run:
    """What came of it: figures, instructions by who and what, who is missing, who broke down."""

    def __init__(self):
        self.figures, self.instructions, self.missing, self.broken = Figures(), {}, {}, {}
        self.present = []


class Disagreement(Exception):
    pass


def measure(products, rounds):
    run = Run()
    for program in peers.OURS + peers.PEERS:
        why = peers.ready(program, products)
        if why is None:
            run.present.append(program)
        else:
            run.missing[program.name] = why
            print("missing: %s: %s" % (program.name, why), flush=True)
    for number in range(rounds):
        one_round(run, products, number)
        disagreements = run.figures.disagreements()
        if disagreements:
            raise Disagreement("The results differ by more than 1e-9:\n" + "\n".join(disagreements))
    if shutil.which("valgrind"):
        for program in run.present:
            if program.counted and peers.countable(program):
                count(run, program, products)
    else:
        run.missing["instruction counts"] = "install the Debian package `valgrind`"
    return run


def one_round(run, products, number):
    """Every program once a workload; within a workload one after the other, ours among them."""
    for workload in [None] + WORKLOADS:
        for program in run.present:
            wanted = workload in program.workloads or (workload is None and not program.workloads)
            name = program.name + (", " + workload if workload else "")
            again = number > 0 and workload in program.once
            if not wanted or again or name in run.broken:
                continue
            print("round %d: %s" % (number + 1, name), flush=True)
            output = words(run, name, program, peers.command(program, products, workload))
            found = lines(output)
            for line in found:
                run.figures.add(line, number)
            if not found:
                run.broken.setdefault(name, "it prints no figures")


def words(run, name, program, command, more=None):
    """What the program prints; a crash or a program that does not end is noted, not fatal."""
    environment = dict(os.environ, **peers.ALONE, **dict(program.extra), **(more or {}))
    try:
        result = subprocess.run(command, env=environment, capture_output=True, text=True,
                                errors="replace", timeout=program.limit)
    except subprocess.TimeoutExpired as late:
        run.broken[name] = "not done after %g seconds" % program.limit
        return (late.stdout or b"").decode(errors="replace")
    except OSError as error:
        run.broken[name] = error.strerror
        return ""
    if result.returncode != 0:
        why = peers.first_error("\n".join(result.stderr.splitlines()[-5:]))
        run.broken[name] = "ends with status %d: %s" % (result.returncode, why)
    return result.stdout


def count(run, program, products):
    """Instructions a unit of each measured part, in the order of the lines.

    The tool writes its count to a file whenever the program calls its mark, which it does before
    and after each part: so every second file is a part.
    """
    for workload in program.workloads or [None]:
        name = "counting %s" % program.name + (", " + workload if workload else "")
        print(name, flush=True)
        with tempfile.TemporaryDirectory() as folder:
            out = os.path.join(folder, "count")
            tool = ["valgrind", "-q", "--tool=callgrind", "--callgrind-out-file=" + out,
                    "--dump-before=bench_mark", "--dump-before=*benchMark*"]
            command = tool + peers.command(program, products, workload, counting=True)
            text = words(run, name, program, command, {"BENCH_COUNT": "1"})
            found = [line for line in lines(text) if line.units > 0]
            parts = [total(out + "." + str(2 * index + 2)) for index in range(len(found))]
            if len(glob.glob(out + ".*")) != 2 * len(found) or None in parts:
                run.broken.setdefault(name, "its marks and its lines do not match")
                continue
            for line, part in zip(found, parts):
                run.instructions[(line.who, line.what)] = part / line.units


def total(path):
    try:
        with open(path) as file:
            for line in file:
                if line.startswith("summary:"):
                    return int(line.split()[1])
    except OSError:
        pass
    return None
