#!/usr/bin/env python3
"""Feeds each fuzz target for some seconds, and writes down what came of it.

    fuzz.py [--seconds 60] [--target NAME] [--address] [--record] [--runs N]
    fuzz.py --merge             what of all inputs so far takes a way of its own goes into Corpus/

`docs/fuzzing.md` explains it. Inputs live in .build/fuzz-inputs, figures in .build/evidence/fuzz.json.
"""

import argparse
import datetime
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
BUILD = ROOT / ".build"
INPUTS = BUILD / "fuzz-inputs"
CRASHES = BUILD / "fuzz-crashes"
EVIDENCE = BUILD / "evidence" / "fuzz.json"
CORPUS = HERE / "Corpus"
RECORD = HERE / "record.json"
MEMORY = 2048
SLOWEST = 10


def scratch(address):
    return BUILD / ("fuzz-address" if address else "fuzz")


def build(address):
    """Compiles the fuzz package; what it builds has libFuzzer's main."""
    command = os.environ.get("SWIFT", "swift").split() + [
        "build", "--package-path", str(HERE), "--scratch-path", str(scratch(address)),
        "-c", "release", "--sanitize=fuzzer"]
    if address:
        command.append("--sanitize=address")
    built = commit()
    subprocess.run(command, check=True)
    (scratch(address) / "commit").write_text(built + "\n", encoding="ascii")
    return scratch(address) / "release" / "Fuzz"


def targets(program):
    """The targets from the program's own records: their longest input, and of how many one is checked for all."""
    lines = subprocess.run([program, "--list"], check=True, capture_output=True, text=True).stdout
    return {name: (int(length), int(share)) for name, length, share in map(str.split, lines.splitlines())}


def transcript_lines(path):
    """Blocks of commands of a lesson or a page of the handbook, each as a session."""
    blocks, block = [], None
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("```"):
            if block:
                blocks.append("\n".join(block))
            block = [] if line.startswith("```backstep") else None
        elif block is not None and line.startswith("> "):
            block.append(line[2:])
    return blocks


def seeds(name):
    """Inputs to begin with: what the repository has anyway, so that nothing is kept twice."""
    pages = sorted(ROOT.glob("lessons/*.md")) + sorted(ROOT.glob("docs/*.md"))
    sessions = [block for page in pages for block in transcript_lines(page)]
    if name == "formula":
        lines = (ROOT / "Tests/LanguageTests/Oracle/syntax.jsonl").read_text(encoding="utf-8")
        records = [json.loads(line) for line in lines.splitlines()]
        yield from (record["text"] for record in records if "text" in record)
        for session in sessions:
            yield from session.splitlines()
    elif name == "lesson":
        for page in pages + sorted(ROOT.glob("lessons/problems/*.md")):
            text = page.read_text(encoding="utf-8")
            yield text
            # Cards and blocks alone are short enough to be changed much.
            yield from ("# T\n\n" + card for card in re.split(r"(?m)^#+ .*\n", text))
            for block in re.findall(r"(?ms)^```problem\n.*?^```", text):
                lines = block.splitlines()
                yield "# P\n\n" + block + "\n"
                yield "# P\n\n" + "\n".join(lines[:6]) + "\n```\n"
    elif name == "csv":
        yield from ("x1,x2,y\n0,1,1\n1,0,1\n", "\"a\", b\r\n-1.5,2e3\r\n", "a;b\n1;2\n",
                    "form,name,value-f,gate\nf,Ada,-12,a\n", "1/3", "−12,5", "1e-3")
    elif name == "prompt":
        yield from sessions
    elif name == "export":
        hostile = (ROOT / "Tests/LanguageTests/Oracle/hostile.jsonl").read_text(encoding="utf-8")
        words = [bytes.fromhex(json.loads(line)["hex"]) for line in hostile.splitlines()]
        for place, word in enumerate(words):
            yield bytes([place % 18]) + word[:60].replace(b"\n", b" ")
        for place, session in enumerate(sessions):
            yield bytes([place % 18]) + b"a\n" + session.encode()


def unpacked(name):
    """The corpus of a target: one input a line, as text or, where it is none, in hexadecimal."""
    path = CORPUS / f"{name}.jsonl"
    for line in path.read_text(encoding="ascii").splitlines() if path.exists() else []:
        entry = json.loads(line)
        yield bytes.fromhex(entry["hex"]) if "hex" in entry else entry["text"].encode()


def entry(data, why=None):
    try:
        found = {"text": data.decode("utf-8")}
    except UnicodeDecodeError:
        found = {"hex": data.hex()}
    return {**found, "why": why} if why else found


def put(folder, data):
    data = data if isinstance(data, bytes) else data.encode()
    (folder / hashlib.sha1(data).hexdigest()).write_bytes(data)


def prepare(name, length):
    """A folder with everything there is to begin with."""
    folder = INPUTS / name
    folder.mkdir(parents=True, exist_ok=True)
    for data in [*seeds(name), *unpacked(name)]:
        data = data if isinstance(data, bytes) else data.encode()
        if data:
            put(folder, data[:length])
    return folder


def number(text, pattern):
    found = re.findall(pattern, text)
    return int(found[-1]) if found else 0


def run(program, name, length, share, options):
    """One target for some seconds; what was counted, and the crash if there was one."""
    folder = prepare(name, length)
    mark = scratch(options.address) / "commit"
    built = mark.read_text(encoding="ascii").strip() if mark.exists() else "unknown"
    dictionary = scratch(options.address) / f"{name}.dict"
    dictionary.write_bytes(
        subprocess.run([program, "--dictionary", f"--target={name}"], check=True,
                       capture_output=True).stdout)
    CRASHES.mkdir(parents=True, exist_ok=True)
    prefix = CRASHES / f"{name}-"
    before = set(CRASHES.glob(f"{name}-*"))
    command = [
        str(program), f"--target={name}", f"-max_len={length}", f"-dict={dictionary}",
        f"-rss_limit_mb={MEMORY}", f"-malloc_limit_mb={MEMORY}", f"-timeout={SLOWEST}",
        f"-max_total_time={options.seconds}", f"-artifact_prefix={prefix}", "-print_final_stats=1",
        "-verbosity=1", "-use_value_profile=0", f"-seed={options.seed}",
        # To weigh inputs by how rare their ways are takes a third of the time of these short runs.
        "-entropic=0"]
    if options.runs:
        command.append(f"-runs={options.runs}")
    log = BUILD / f"fuzz-{name}.log"
    with log.open("w", encoding="utf-8", errors="replace") as out:
        started = datetime.datetime.now(datetime.timezone.utc)
        status = subprocess.run(command + [str(folder)], stdout=out, stderr=out,
                                env={**os.environ, "SWIFT_BACKTRACE": "enable=no"}).returncode
    seconds = (datetime.datetime.now(datetime.timezone.utc) - started).total_seconds()
    text = log.read_text(encoding="utf-8", errors="replace")
    found = sorted(set(CRASHES.glob(f"{name}-*")) - before)
    result = {
        "target": name,
        "executions": number(text, r"stat::number_of_executed_units:\s*(\d+)") or number(text, r"(?m)^#(\d+)"),
        "edges": number(text, r"cov: (\d+)"), "features": number(text, r"ft: (\d+)"),
        "crashes": sum("-slow-unit-" not in path.name for path in found),
        "seconds": round(seconds, 1), "address": options.address, "rss": number(text, r"rss: (\d+)Mb"),
        "commit": built, "share": share, "entropic": 0,
    }
    result["perSecond"] = round(result["executions"] / max(seconds, 0.001))
    print("{target:8} {executions:>10} executions, {perSecond:>6} each second, {edges} edges, "
          "{features} features, {crashes} crashes".format(**result), flush=True)
    if status != 0 and not result["crashes"]:
        result["crashes"] = 1
        print(f"{name} ended with status {status}; see {log}", file=sys.stderr)
    for path in found:
        if "-slow-unit-" in path.name:
            continue
        print(f"\n{name}: this input broke it: {path}", file=sys.stderr)
        for line in [line for line in text.splitlines() if line.startswith("violated:")][-1:]:
            print(f"  {line[:400]}", file=sys.stderr)
        print(f"Again:   {program} --target={name} {path}", file=sys.stderr)
        print(f"Shorter: {program} --target={name} -minimize_crash=1 -max_total_time=60 {path}",
              file=sys.stderr)
        print("Once the program is mended, keep it: "
              f"python3 Tests/Fuzz/fuzz.py --keep {name} {path} 'what was wrong'\n", file=sys.stderr)
    return result


def commit():
    """The commit that is compiled; with a mark where files differ from it."""
    git = lambda *words: subprocess.run(["git", "-C", str(ROOT), *words], capture_output=True, text=True).stdout
    changed = git("status", "--porcelain", "--", "Sources", "Tests/Fuzz", ":!Tests/Fuzz/Corpus",
                  ":!Tests/Fuzz/record.json", ":!Tests/Fuzz/fuzz.py").strip()
    return git("rev-parse", "--short=12", "HEAD").strip() + ("+" if changed else "")


def write(path, value):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, indent=1) + "\n", encoding="utf-8")


def record(results):
    """Adds runs to the committed record, by target and commit: longer counts are sums of runs."""
    kept = json.loads(RECORD.read_text(encoding="utf-8")) if RECORD.exists() else []
    # What did not even begin is no run.
    kept = [old for old in kept if old["executions"]]
    for result in [result for result in results if result["executions"]]:
        same = [old for old in kept
                if all(old.get(key, 1) == result[key]
                       for key in ("target", "commit", "address", "share", "entropic"))]
        if same:
            old = same[0]
            for key in ("executions", "seconds", "crashes"):
                old[key] = round(old[key] + result[key], 1)
            for key in ("edges", "features", "rss"):
                old[key] = max(old[key], result[key])
            old["perSecond"] = round(old["executions"] / max(old["seconds"], 0.001))
        else:
            kept.append(result)
    write(RECORD, kept)


def merge(program, name, length):
    """Keeps one input for each way through the program, the shortest first, and the regressions."""
    small = BUILD / "fuzz-merged" / name
    shutil.rmtree(small, ignore_errors=True)
    small.mkdir(parents=True)
    subprocess.run(
        [str(program), f"--target={name}", "-merge=1", f"-max_len={length}", str(small),
         str(prepare(name, length))], check=True, stderr=subprocess.DEVNULL)
    path = CORPUS / f"{name}.jsonl"
    old = [json.loads(line) for line in path.read_text(encoding="ascii").splitlines()] if path.exists() else []
    entries = [known for known in old if "why" in known]
    size = sum(len(json.dumps(known)) for known in entries)
    for data in sorted((file.read_bytes() for file in small.iterdir()), key=lambda data: (len(data), data)):
        size += len(json.dumps(entry(data))) + 1
        if size > 90_000:
            break
        entries.append(entry(data))
    CORPUS.mkdir(exist_ok=True)
    path.write_text("".join(json.dumps(known) + "\n" for known in entries), encoding="ascii")
    print(f"{name}: {len(entries)} inputs, {path.stat().st_size} bytes")


def keep(name, file, why):
    """Adds an input that broke something to the corpus, which the test suite replays."""
    CORPUS.mkdir(exist_ok=True)
    with (CORPUS / f"{name}.jsonl").open("a", encoding="ascii") as corpus:
        corpus.write(json.dumps(entry(Path(file).read_bytes(), why)) + "\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--target")
    parser.add_argument("--runs", type=int, default=0)
    parser.add_argument("--seed", type=int, default=0, help="0 takes another one each time")
    parser.add_argument("--address", action="store_true", help="with the address and leak sanitizers")
    parser.add_argument("--record", action="store_true", help="add the figures to Tests/Fuzz/record.json")
    parser.add_argument("--merge", action="store_true")
    parser.add_argument("--no-build", action="store_true")
    parser.add_argument("--keep", nargs=3, metavar=("TARGET", "FILE", "WHY"))
    options = parser.parse_args()
    if options.keep:
        return keep(*options.keep)
    program = (scratch(options.address) / "release" / "Fuzz") if options.no_build else build(options.address)
    known = targets(program)
    if options.target and options.target not in known:
        sys.exit(f"there is no target {options.target}; try one of {', '.join(known)}")
    chosen = {options.target: known[options.target]} if options.target else known
    if options.merge:
        for name, (length, _) in chosen.items():
            merge(program, name, length)
        return None
    results = []
    for name, (length, share) in chosen.items():
        results.append(run(program, name, length, share, options))
        write(EVIDENCE, results)
    if options.record:
        record(results)
    return 1 if any(result["crashes"] for result in results) else 0


if __name__ == "__main__":
    sys.exit(main())
