"""Reads a CSV file, or cards for Anki, with Python's csv module and prints the rows as JSON.

    python3 read_tables.py csv FILE
    python3 read_tables.py anki FILE
"""
import csv
import json
import sys

kind, name = sys.argv[1:]
with open(name, encoding="utf-8", newline="") as file:
    if kind == "csv":
        rows = list(csv.DictReader(file, strict=True))
    else:
        # Anki reads lines that begin with # before the first card as settings, the rest as CSV.
        lines = file.read().split("\n")
        head = []
        while lines and lines[0].startswith("#"):
            head.append(lines.pop(0))
        rows = {"head": head, "cards": list(csv.reader(lines, delimiter="\t", strict=True))}
json.dump(rows, sys.stdout)
