#!/usr/bin/env python3
"""Measures what can be measured in one go, and writes docs/evidence.md from the records of all figures.

make evidence: everything. With --page: the page only, from the records that are there. Records of
mutation testing and fuzzing take hours and are kept in the repository, by the tools that make them.
"""
import argparse
import json
import os
import re
import shutil
import subprocess
import sys

from figures import SECTIONS, Row

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
FOLDER = os.path.join(ROOT, ".build", "evidence")
PROGRAM = os.path.join(ROOT, ".build", "debug", "backstep")
# What is run, in this order; the suite itself runs once, counting what it reaches.
STEPS = [["make", "coverage"], ["make", "sanitize"], ["make", "signals", "COUNT=1000"]]
INTRODUCTION = """# Evidence

Written by `make evidence`; nothing here is typed by hand. Each table says which command makes its
figures and of which commit they are. Figures that take hours come from records that the tools themselves
keep in the repository; the other records are made anew. [Testing](testing.md) says what each suite is for,
[benchmarks](benchmarks.md) has the figures of speed."""


def commit():
    """The commit that is there; with a mark where files differ from it."""
    def git(*words):
        return subprocess.run(["git", "-C", ROOT, *words], check=True, stdout=subprocess.PIPE,
                              text=True).stdout.strip()
    changed = git("status", "--porcelain", "--", "Sources", "Tests", "lessons")
    return git("rev-parse", "--short=12", "HEAD") + ("+" if changed else "")


def read(path):
    """A record, or nothing where it has not been made."""
    try:
        with open(os.path.join(ROOT, path), encoding="utf-8") as file:
            return json.load(file)
    except FileNotFoundError:
        return None


def measured_at(section, record, commits):
    """The commit a record is of: what it says itself, else what was there when it was made."""
    if isinstance(record, dict) and "commit" in record:
        return re.sub(r"^([0-9a-f]{12})[0-9a-f]+", r"\1", record["commit"])
    if isinstance(record, list):
        return ", ".join(dict.fromkeys(one["commit"] for one in record))
    return commits.get(section.record, "an unknown commit")


def told(section, record, commits, passed):
    """A section of the page, and whether everything in it holds. `passed`: which steps did, by command."""
    lines = ["## " + section.title, "", section.means]
    if record is None:
        return lines + ["", "Not measured yet: `%s` measures it." % section.command], False
    rows = section.rows(record)
    if section.command == "make test":
        # The suite runs once, counting what it reaches.
        suite = passed.get("make coverage")
        rows.append(Row("the tests that make these figures", {
            True: "passed", False: "failed", None: "unknown"}[suite], "passed", suite is True))
    lines += ["", "| what | figure | must hold | holds |", "| --- | ---: | --- | --- |"]
    lines += ["| %s | %s | %s | %s |" % (
        row.what, row.figure, row.bound, {None: "", True: "yes", False: "NO"}[row.holds])
        for row in rows]
    lines += ["", "Made by `%s`, at commit %s." % (
        section.command, measured_at(section, record, commits))]
    return lines, all(row.holds is not False for row in rows)


def page(sections, find, commits, passed):
    """The whole page, and the titles of the sections in which something does not hold."""
    lines, open_sections = [INTRODUCTION], []
    for section in sections:
        text, holds = told(section, find(section.record), commits, passed)
        lines += [""] + text
        if not holds:
            open_sections.append(section.title)
    return "\n".join(lines) + "\n", open_sections


def check_lessons():
    said = subprocess.run([PROGRAM, "check", "lessons", "docs"], cwd=ROOT, stdout=subprocess.PIPE,
                          text=True).stdout
    found = re.search(r"(\d+) files, (\d+) checks, (\d+) failed", said)
    files, checks, failed = map(int, found.groups()) if found else (0, 0, 1)
    with open(os.path.join(FOLDER, "lessons.json"), "w", encoding="utf-8") as file:
        json.dump({"files": files, "checks": checks, "failed": failed, "commit": commit()}, file)


def measure():
    """Runs every step; says what failed and goes on, as the page shows what there is."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    os.makedirs(FOLDER)
    passed = {}
    for step in STEPS:
        command = " ".join(step)
        print("==", command, flush=True)
        passed[command] = subprocess.run(step, cwd=ROOT).returncode == 0
        if not passed[command]:
            print("This failed; the page will say what is missing.", file=sys.stderr)
    with open(os.path.join(FOLDER, "steps.json"), "w", encoding="utf-8") as file:
        json.dump(passed, file)
    subprocess.run(["swift", "build", "--product", "backstep"], cwd=ROOT, check=True)
    check_lessons()
    with open(os.path.join(FOLDER, "commits.json"), "w", encoding="utf-8") as file:
        json.dump({section.record: commit() for section in SECTIONS}, file)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--page", action="store_true", help="write the page from the records that are there")
    options = parser.parse_args()
    if not options.page:
        measure()
    text, open_sections = page(SECTIONS, read, read(".build/evidence/commits.json") or {},
                               read(".build/evidence/steps.json") or {})
    with open(os.path.join(ROOT, "docs", "evidence.md"), "w", encoding="utf-8") as file:
        file.write(text)
    if open_sections:
        sys.exit("Not all of it holds: " + ", ".join(open_sections))


if __name__ == "__main__":
    main()
