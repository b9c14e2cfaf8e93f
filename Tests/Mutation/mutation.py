#!/usr/bin/env python3
"""Mutation testing of the primitive catalog, the misconceptions and the parser.

One build holds every mutant; an environment variable says which of them is active. See
docs/mutation.md.
"""

import argparse
import json
import os
import queue
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from fnmatch import fnmatch
from pathlib import Path

import sources
from bundle import Bundle

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SCRATCH = ROOT / ".build/mutation"
# A chunk of suites that are run in one process, in seconds of a quiet run.
FIRST_CHUNK, NEXT_CHUNK = 0.6, 6.0


def say(text):
    print(text, flush=True)


def arguments():
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--files", default="", help="only files that contain this, or match it")
    reader.add_argument("--mutants", default="", help="only these numbers: 17 or 17-30, with commas")
    reader.add_argument("--survivors", action="store_true",
                        help="only those that the last run did not kill, and new ones")
    reader.add_argument("--list", action="store_true", help="list the mutants and stop")
    reader.add_argument("--build-only", action="store_true", help="build and stop")
    reader.add_argument("--no-build", action="store_true", help="use the build there is")
    reader.add_argument("--jobs", type=int, default=max(1, (os.cpu_count() or 2)))
    reader.add_argument("--suites", default="", help="a quick look: only suites with such a name")
    reader.add_argument("--most-seconds", type=float, default=0,
                        help="a quick look: leave out suites that take longer")
    reader.add_argument("--failing", action="store_true",
                        help="go on without suites that fail by themselves")
    reader.add_argument("--minutes", type=float, default=0, help="stop after so long")
    return reader.parse_args()


def chosen(mutants, options):
    if options.files:
        mutants = [one for one in mutants
                   if options.files in one.file or fnmatch(one.file, options.files)]
    if options.mutants:
        numbers = set()
        for part in options.mutants.split(","):
            first, _, last = part.partition("-")
            numbers |= set(range(int(first), int(last or first) + 1))
        mutants = [one for one in mutants if one.number in numbers]
    return mutants


def load(path, standard):
    return json.loads(path.read_text()) if path.exists() else standard


def save(path, value):
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    new.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n")
    new.replace(path)


class Run:
    """The mutants one by one, each until something fails."""

    def __init__(self, bundle, suites, results):
        self.bundle, self.suites, self.results = bundle, suites, results
        # Which suites have killed mutants of a file before: those are asked first.
        self.kills = defaultdict(Counter)
        self.lock = threading.Lock()

    def chunks(self, mutant):
        reaching = [suite for suite in self.suites if mutant.number in suite.reached]
        with self.lock:
            kills = self.kills[mutant.file].copy()
        reaching.sort(key=lambda one: ((1 + kills[one.name]) / (0.02 + one.seconds)), reverse=True)
        chunk, seconds, limit = [], 0, FIRST_CHUNK
        for suite in reaching:
            if chunk and seconds + suite.seconds > limit:
                yield chunk, seconds
                chunk, seconds, limit = [], 0, NEXT_CHUNK
            chunk.append(suite)
            seconds += suite.seconds
        if chunk:
            yield chunk, seconds

    def judge(self, mutant):
        began = time.monotonic()
        how, test, tried = "survived", "never reached", False
        for chunk, seconds in self.chunks(mutant):
            tried = True
            outcome = self.bundle.run(chunk, {"MUTANT": str(mutant.number)}, 2 + 4 * seconds)
            if outcome.how != "passed":
                how, test = outcome.how, outcome.test
                with self.lock:
                    for suite in chunk:
                        if outcome.how != "assertion" or len(chunk) == 1:
                            self.kills[mutant.file][suite.name] += 1 / len(chunk)
                break
        if how == "survived" and tried:
            test = ""
        return {"how": how, "test": test, "seconds": round(time.monotonic() - began, 2)}

    def all(self, mutants, jobs, minutes, keep):
        work = queue.Queue()
        for mutant in mutants:
            work.put(mutant)
        began, count = time.monotonic(), 0

        def worker():
            nonlocal count
            while not minutes or time.monotonic() - began < 60 * minutes:
                try:
                    mutant = work.get_nowait()
                except queue.Empty:
                    return
                result = self.judge(mutant)
                with self.lock:
                    self.results[name(mutant)] = result
                    count += 1
                    if result["how"] == "survived":
                        tell(mutant, result)
                    if count % 50 == 0:
                        say(f"{count} of {len(mutants)} in {time.monotonic() - began:.0f} s")
                        keep()

        threads = [threading.Thread(target=worker) for _ in range(jobs)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        keep()


def name(mutant):
    return json.dumps(mutant.key, ensure_ascii=False)


def tell(mutant, result, why=""):
    say(f"{mutant.file}:{mutant.line}: #{mutant.number} {mutant.operator}: "
        f"{mutant.before}  ->  {mutant.after}{'   ' + result['test'] if result['test'] else ''}{why}\n"
        f"      {mutant.text}")


def baseline(bundle, options):
    """How much of the processor each suite takes, and which mutants it reaches."""
    patience = 4 * options.most_seconds or 600

    def measure(suite):
        with tempfile.NamedTemporaryFile(dir=SCRATCH) as seen:
            outcome = bundle.run([suite], {"MUTANTS_SEEN": seen.name}, patience)
            if outcome.how == "passed":
                suite.reached = {
                    place for place, one in enumerate(Path(seen.name).read_bytes()) if one}
        suite.seconds = outcome.seconds
        too_slow = options.most_seconds and outcome.seconds > options.most_seconds
        if outcome.how != "passed" and not too_slow:
            failing.append(suite.name)
            say(f"mutation: {suite.name} fails without a mutant: {outcome.how} {outcome.test}")
        return suite if outcome.how == "passed" and not too_slow else None

    failing = []
    with ThreadPoolExecutor(options.jobs) as workers:
        wanted = [one for one in bundle.suites() if re.search(options.suites, one.name)]
        suites = [one for one in workers.map(measure, wanted) if one]
    if failing and not options.failing:
        raise SystemExit("mutation: these have to pass first: " + ", ".join(failing))
    return suites


def equivalents():
    groups = load(HERE / "equivalents.json", [])
    return {sources.key(one): group["why"] for group in groups for one in group["mutants"]}


def report(mutants, results, refused, seconds, options):
    """The figures, the survivors, and whether all is as the list of equivalents says."""
    known = equivalents()
    dropped = [one for one in mutants if sources.identity(one.point) in refused]
    own = [one for one in mutants if sources.identity(one.point) not in refused]
    how = {one.number: results.get(name(one), {"how": "not run", "test": ""}) for one in own}
    survivors = [one for one in own if how[one.number]["how"] == "survived"]
    open_survivors = [one for one in survivors if one.key not in known]
    count = Counter(one["how"] for one in how.values())
    keys = {one.key: one for one in own}
    gone = [one for one in known if one not in keys]
    killed = [keys[one] for one in known if one in keys
              and how[keys[one].number]["how"] not in ("survived", "not run")]
    # A part of the files says nothing about entries for the others.
    if options.files or options.mutants:
        gone = []
    commit = subprocess.run(["git", "rev-parse", "--short=12", "HEAD"], cwd=ROOT, capture_output=True, text=True)
    record = {
        "command": "make mutation", "commit": commit.stdout.strip(),
        "part": options.files or options.mutants or "all",
        "mutants": len(mutants), "not_compiling": len(dropped), "not_run": count["not run"],
        "killed": {each: count[each] for each in ("assertion", "crash", "timeout")},
        "survived": len(survivors), "equivalent": len(survivors) - len(open_survivors),
        "survivors_not_explained": [one.record() for one in open_survivors],
        "seconds": round(seconds),
        "files": {
            file: {"mutants": len(group), "killed": sum(
                how[one.number]["how"] in ("assertion", "crash", "timeout") for one in group)}
            for file, group in grouped(own).items()
        },
        "operators": {
            operator: {"mutants": len(group), "killed": sum(
                how[one.number]["how"] in ("assertion", "crash", "timeout") for one in group)}
            for operator, group in grouped(own, "operator").items()
        },
    }
    say(f"\n{len(mutants)} mutants, {len(dropped)} of them do not compile; killed: "
        f"{count['assertion']} by assertions, {count['crash']} by crashes, {count['timeout']} by timeouts; "
        f"{len(survivors)} survived, {record['equivalent']} of them explained; {count['not run']} not run")
    if open_survivors:
        say("\nSurvivors that nobody has explained:")
        for one in open_survivors:
            tell(one, how[one.number])
    for one in gone:
        say(f"No such mutant any more; take it off the list: {one}")
    for one in killed:
        say(f"Killed, so it is no equivalent: {one.record()}")
    return record, not (open_survivors or gone or killed)


def grouped(mutants, by="file"):
    groups = {}
    for one in mutants:
        groups.setdefault(getattr(one, by), []).append(one)
    return groups


def main():
    options = arguments()
    points, everything = sources.found(ROOT)
    mutants = chosen(everything, options)
    refused_file, results_file = SCRATCH / "refused.json", SCRATCH / "results.json"
    refused, results = load(refused_file, {}), load(results_file, {})
    if options.list:
        for one in mutants:
            tell(one, {"test": ""})
        return 0
    began = time.monotonic()
    bundle = Bundle(ROOT, os.environ.get("SWIFT", "swift"), SCRATCH)
    if not options.no_build:
        say("Building one program with all mutants ...")
        bundle.build(points, refused, say)
        save(refused_file, refused)
        if options.build_only:
            return 0
    say("Running the suites without a mutant ...")
    suites = baseline(bundle, options)
    for suite in suites:
        say(f"  {suite.name}: {suite.seconds:.2f} s, {len(suite.reached)} mutants")
    if not options.survivors:
        for one in mutants:
            results.pop(name(one), None)
    todo = [one for one in mutants if sources.identity(one.point) not in refused
            and results.get(name(one), {"how": "survived"})["how"] == "survived"]
    # In an order that is mixed but always the same: what a run that is stopped has seen is a fair sample.
    random.Random(1).shuffle(todo)
    run = Run(bundle, suites, results)
    run.all(todo, options.jobs, options.minutes, lambda: save(results_file, results))
    record, is_right = report(mutants, results, refused, time.monotonic() - began, options)
    save(ROOT / ".build/evidence/mutation.json", record)
    if record["part"] == "all" and not record["not_run"] and not (
            options.most_seconds or options.suites or options.failing):
        save(HERE / "record.json", record)
    return 0 if is_right else 1


if __name__ == "__main__":
    sys.exit(main())
