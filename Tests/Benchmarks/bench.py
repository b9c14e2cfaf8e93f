#!/usr/bin/env python3
"""Measures ours and the peers in one run, and what people wait for; writes docs/benchmarks.md.

Usage: bench.py PROGRAM.  Our other executables are looked for beside PROGRAM; one that is not
there, and a peer that is not there, is named in the page. Status 1: a bound does not hold, or the
programs disagree.
"""
import argparse
import os
import sys

import data
import page
import peers
import rounds
import versions
import waits


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--only", choices=["peers", "waits"])
    parser.add_argument("--output", default=os.path.join(peers.ROOT, "docs", "benchmarks.md"))
    options = parser.parse_args()
    program = os.path.abspath(options.program)
    run = waited = checks = None
    if options.only != "peers":
        print("what people wait for", flush=True)
        waited, checks = waits.measure(program)
    if options.only != "waits":
        data.make(peers.DATA)
        try:
            run = rounds.measure(os.path.dirname(program), options.rounds)
        except rounds.Disagreement as error:
            sys.exit(str(error))
        run.text_size = os.path.getsize(os.path.join(peers.DATA, "w6.txt"))
    text = page.write(options.output, run, waited, checks, versions.table(run, program),
                      options.rounds)
    print(text)
    if "NO |" in text:
        sys.exit("A bound does not hold: see NO above.")


if __name__ == "__main__":
    main()
