"""Runs exported scripts of one framework in one process, as importing the framework takes seconds.

    run_scripts.py SCRIPTS.json RESULTS.json

SCRIPTS.json is a list of texts; RESULTS.json a list of what each printed, or of the error it ended with:
{"lines": [["f", -12.0], ["grad w1", -4.0]]} or {"error": "..."}. Numbers that are not finite are texts.
"""
import ast
import contextlib
import io
import json
import math
import sys
import warnings


def plain(value):
    if isinstance(value, list):
        return [plain(element) for element in value]
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValueError(f"{value!r} is no number")
    return float(value) if math.isfinite(value) else str(float(value))


def number(text):
    """What a script printed: numbers in square brackets, with nan and inf among them."""
    return plain(eval(compile(ast.parse(text, mode="eval"), "output", "eval"), {"__builtins__": {}},
                      {"nan": math.nan, "inf": math.inf}))


def run(script):
    output = io.StringIO()
    try:
        with contextlib.redirect_stdout(output), warnings.catch_warnings():
            warnings.simplefilter("error")
            exec(compile(script, "script", "exec"), {"__name__": "__main__"})
        lines = []
        for line in output.getvalue().splitlines():
            name, sign, value = line.partition(" = ")
            lines.append([name, number(value)] if sign else [name, []])
        return {"lines": lines}
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}


with open(sys.argv[1], encoding="utf-8") as file:
    scripts = json.load(file)
with open(sys.argv[2], "w", encoding="utf-8") as file:
    json.dump([run(script) for script in scripts], file)
