#!/usr/bin/env python3
"""Runs the tests under AddressSanitizer and ThreadSanitizer; writes sanitize.json for the evidence.

Each has a scratch path of its own, so that the usual build stays as it is. The program that the
end-to-end tests start is watched as well. Everything printed is kept in .build/sanitize. Status 1:
a test failed or something was reported.
"""
import argparse
import glob
import json
import os
import subprocess
import sys
import time

import reports
from sanitizers import SANITIZERS, environment

ROOT = os.path.realpath(os.path.join(os.path.dirname(__file__), "..", ".."))
LOGS = os.path.join(ROOT, ".build", "sanitize")
OUTPUT = os.path.join(ROOT, ".build", "evidence", "sanitize.json")
SWIFT = os.environ.get("SWIFT", "swift").split()


def read(path):
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.read()


def build(sanitizer):
    subprocess.run(SWIFT + ["build", "--build-tests"] + chosen(sanitizer), cwd=ROOT, check=True)


def chosen(sanitizer):
    return ["--sanitize=" + sanitizer.name, "--scratch-path", ".build/" + sanitizer.name]


def run(sanitizer, tests):
    """Runs the tests and returns what they said, with the seconds they took."""
    log = os.path.join(LOGS, sanitizer.name)
    for old in glob.glob(log + ".*"):
        os.remove(old)
    command = SWIFT + ["test", "--skip-build"] + chosen(sanitizer)
    for one in tests:
        command += ["--filter", one]
    start = time.monotonic()
    with open(log + ".output", "wb") as output:
        status = subprocess.run(command, cwd=ROOT, env=environment(sanitizer, log), stdout=output,
                                stderr=subprocess.STDOUT).returncode
    seconds = time.monotonic() - start
    told = reports.Run(read(log + ".output"), map(read, sorted(glob.glob(log + ".[0-9]*"))))
    return told, status, seconds


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", choices=[one.name for one in SANITIZERS])
    parser.add_argument("--filter", action="append", default=[], help="run only these tests")
    parser.add_argument("--output", default=OUTPUT)
    options = parser.parse_args()
    os.makedirs(LOGS, exist_ok=True)
    record = {"command": "make sanitize", "commit": subprocess.run(
        ["git", "-C", ROOT, "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"], check=True,
        stdout=subprocess.PIPE, text=True).stdout.strip(), "filter": options.filter, "runs": []}
    for sanitizer in SANITIZERS:
        if options.only not in (None, sanitizer.name):
            continue
        build(sanitizer)
        told, status, seconds = run(sanitizer, options.filter)
        clean = told.is_clean and status == 0
        record["runs"].append({"sanitizer": sanitizer.name, "finds": sanitizer.finds,
                               "clean": clean, "seconds": round(seconds), **told.record()})
        print("%s: %d tests, %d failed, %d skipped, %d reports, %d s%s" % (
            sanitizer.name, told.tests, len(told.failed), len(told.skipped),
            sum(told.reports.values()), seconds,
            "" if clean else "; see .build/sanitize/%s.*" % sanitizer.name), flush=True)
        for test, why in told.skipped:
            print("  skipped: %s (%s)" % (test, why))
        for test in told.failed:
            print("  failed: %s" % test)
        for what, count in sorted(told.reports.items()):
            print("  %d times: %s" % (count, what))
    os.makedirs(os.path.dirname(options.output), exist_ok=True)
    with open(options.output, "w", encoding="utf-8") as file:
        json.dump(record, file, indent=2)
        file.write("\n")
    sys.exit(0 if all(one["clean"] for one in record["runs"]) else 1)


if __name__ == "__main__":
    main()
