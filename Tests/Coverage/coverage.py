#!/usr/bin/env python3
"""How much of the floors below the terminal the tests reach; writes coverage.json for the evidence.

Builds into a scratch path of its own, so that the usual build stays as it is, and runs every test.
What the program does as a child of the end-to-end tests counts too. Status 1: a test failed, or
fewer lines ran than `bounds.py` asks for. `--missing FLOOR` lists the lines that did not run the
last time, without running anything.
"""
import argparse
import glob
import json
import os
import shutil
import subprocess
import sys

import figures
from bounds import BOUNDS, FLOORS

ROOT = os.path.realpath(os.path.join(os.path.dirname(__file__), "..", ".."))
SCRATCH = os.path.join(ROOT, ".build", "coverage")
COUNTS = os.path.join(SCRATCH, "counts")
MERGED = os.path.join(SCRATCH, "merged.profdata")
OUTPUT = os.path.join(ROOT, ".build", "evidence", "coverage.json")
SWIFT = os.environ.get("SWIFT", "swift").split()


def said(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def run_tests():
    """Builds and runs the tests. Every process writes a file of its own, of a megabyte: `%m`, which
    adds to one file, counts wrongly where optimised modules share a function."""
    subprocess.run(SWIFT + ["build", "--build-tests", "--enable-code-coverage",
                            "--scratch-path", SCRATCH], cwd=ROOT, check=True)
    shutil.rmtree(COUNTS, ignore_errors=True)
    counts = {**os.environ, "LLVM_PROFILE_FILE": os.path.join(COUNTS, "%p.profraw")}
    return subprocess.run(SWIFT + ["test", "--skip-build", "--quiet", "--scratch-path", SCRATCH],
                          cwd=ROOT, env=counts).returncode


def tool(name):
    """A tool of Swift's own: another LLVM may not understand what this compiler wrote."""
    paths = json.loads(said(*SWIFT, "-print-target-info"))["paths"]
    found = os.path.normpath(os.path.join(paths["runtimeResourcePath"], "..", "..", "bin", name))
    return found if os.path.exists(found) else name


def merge(counts):
    """Puts the counts of all processes into one file, and gives their gigabyte back."""
    listed = os.path.join(COUNTS, "all.txt")
    with open(listed, "w", encoding="utf-8") as file:
        file.write("\n".join(counts) + "\n")
    # A program that was killed on purpose may have left half a file; the others count.
    subprocess.run([tool("llvm-profdata"), "merge", "-sparse", "-failure-mode=all",
                    "-input-files", listed, "-o", MERGED], check=True)
    shutil.rmtree(COUNTS)


def exporter():
    """A function that calls `llvm-cov export` on what the last run counted."""
    counts = sorted(glob.glob(os.path.join(COUNTS, "*.profraw")))
    if counts:
        merge(counts)
    bundles = glob.glob(os.path.join(SCRATCH, "debug", "*.xctest"))
    if not bundles or not os.path.exists(MERGED):
        sys.exit("%s: nothing was counted yet" % SCRATCH)
    return lambda option: said(tool("llvm-cov"), "export", option, "-instr-profile", MERGED,
                               bundles[0])


def print_missing(floor):
    for path, ranges in figures.missing(exporter()("-format=lcov"), ROOT, floor):
        print("%s: %s" % (path, ", ".join(
            "%d" % first if first == last else "%d-%d" % (first, last) for first, last in ranges)))


def commit():
    return said("git", "-C", ROOT, "describe", "--always", "--dirty", "--abbrev=40",
                "--exclude=*").strip()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--missing", choices=FLOORS)
    parser.add_argument("--again", action="store_true", help="read the last run's counts")
    parser.add_argument("--output", default=OUTPUT)
    options = parser.parse_args()
    if options.missing:
        print_missing(options.missing)
        return
    if not options.again and run_tests() != 0:
        sys.exit("A test failed, so there are no figures.")
    counted = json.loads(exporter()("-summary-only"))["data"][0]["files"]
    floors, total = figures.floors(counted, ROOT, FLOORS)
    print(figures.table(floors, total))
    short = figures.shortfalls(floors, total, BOUNDS)
    record = {
        "command": "make coverage", "commit": commit(),
        "bound": BOUNDS.total, "floor_bound": BOUNDS.floor, "holds": not short,
        "floors": {floor.name: floor.record() for floor in floors}, "total": total.record(),
    }
    os.makedirs(os.path.dirname(options.output), exist_ok=True)
    with open(options.output, "w", encoding="utf-8") as file:
        json.dump(record, file, indent=2)
        file.write("\n")
    if short:
        sys.exit("\n".join(short))


if __name__ == "__main__":
    main()
