#!/usr/bin/env python3
"""Recomputes the answers of the shipped problems, apart from the program.

    backstep sheet lessons/problems --variants 50 --output DIR
    python3 Tests/Readers/recompute_problems.py DIR

Every NAME-key.json of the folder (or the files named) is read. The numbers of each item go through
formulas that are written down here by hand, in fractions; nothing is taken from the program but the
numbers and what it holds for the answers. Prints each difference, and ends with status 1 if there is
one, if a problem is unknown here, or if there is nothing to check.
"""
import json
import math
import re
import sys
from fractions import Fraction as F
from pathlib import Path


def text(number):
    """A fraction as the program writes it: shortest, with a point."""
    number = F(number)
    if number.denominator == 1:
        return str(number.numerator)
    for places in range(1, 19):
        scaled = number * 10**places
        if scaled.denominator == 1:
            digits = str(abs(scaled.numerator)).rjust(places + 1, "0")
            sign = "-" if number < 0 else ""
            return f"{sign}{digits[:-places]}.{digits[-places:]}"
    return f"{number.numerator}/{number.denominator}"


def relu(x):
    return x if x > 0 else F(0)


def on(x):
    return 1 if x > 0 else 0


class Numbers(dict):
    """The numbers of an item; `logs` holds exp of those that are logarithms."""

    def __init__(self, pairs):
        super().__init__()
        self.exp = {}
        for name, written in pairs:
            match = re.fullmatch(r"ln\((.+)\)", written)
            if match:
                self.exp[name] = F(match.group(1))
            else:
                self[name] = F(written)
                if F(written) == 0:
                    self.exp[name] = F(1)

    def vector(self, name, count):
        return [self[f"{name}[{i}]"] for i in range(1, count + 1)]

    def matrix(self, name, rows, columns):
        return [[self[f"{name}[{i},{j}]"] for j in range(1, columns + 1)] for i in range(1, rows + 1)]


def vector(stem, values):
    return {f"{stem}-{i}": v for i, v in enumerate(values, 1)}


def matrix(stem, rows):
    return {f"{stem}-{i}-{j}": v for i, row in enumerate(rows, 1) for j, v in enumerate(row, 1)}


# One function for each problem: from the numbers to the answers by their id.


def values_on_a_circuit(n):
    x, y, z, w = (n[k] for k in "xyzw")
    a = x + (y * z)
    m = a if a > w else w
    d = w - x
    r = d if d > 0 else 0
    return {"value-a": a, "value-m": m, "value-d": d, "value-r": r, "value-f": m * z - r}


def gradients_on_a_circuit(n):
    w1, w2, w3 = n["w1"], n["w2"], n["w3"]
    return {"grad-q": w3, "grad-w1": w3, "grad-w2": w3, "grad-w3": w1 + w2}


def a_fork_in_the_road(n):
    # f = ab + ac + b² + bc, differentiated as a polynomial.
    a, b, c = n["a"], n["b"], n["c"]
    return {"grad-p": b + c, "grad-q": a + b, "grad-a": b + c, "grad-b": a + 2 * b + c,
            "grad-c": a + b}


def who_gets_the_gradient(n):
    x, y, z, w = (n[k] for k in "xyzw")
    p = x * y
    m, s = max(p, z), abs(w)
    p_wins, z_is_less = p > z, z < w
    grad_z = (0 if p_wins else s) + (1 if z_is_less else 0)
    grad_w = m * (1 if w > 0 else -1) + (0 if z_is_less else 1)
    grad_p = s if p_wins else 0
    return {"grad-m": s, "grad-s": m, "grad-n": 1, "grad-p": grad_p, "grad-x": grad_p * y,
            "grad-y": grad_p * x, "grad-z": grad_z, "grad-w": grad_w}


def a_squared_difference(n):
    # (xy - z)² = x²y² - 2xyz + z²
    x, y, z = n["x"], n["y"], n["z"]
    return {"grad-u": 2 * (x * y - z), "grad-p": 2 * x * y - 2 * z, "grad-z": 2 * z - 2 * x * y,
            "grad-x": 2 * x * y * y - 2 * y * z, "grad-y": 2 * x * x * y - 2 * x * z}


def a_sigmoid_neuron(n):
    k = n.exp["w1"] ** int(n["x1"]) * n.exp["w2"] ** int(n["x2"]) * n.exp["b"]  # exp(z)
    a = k / (1 + k)
    v = n["v"]
    back = v * k / (1 + k) ** 2
    return {"value-a": a, "grad-a": v, "grad-z": back, "grad-w1": back * n["x1"],
            "grad-w2": back * n["x2"], "grad-b": back}


def a_perceptron_learns(n):
    w, b = n.vector("w0", 2), n["b0"]
    out = {}
    for i in (1, 2, 3):
        x, t = n.vector(f"x{i}", 2), n[f"t{i}"]
        s = w[0] * x[0] + w[1] * x[1] + b
        assert s != 0, "a score of 0"
        if (s > 0) != (t > 0):
            w, b = [w[0] + t * x[0], w[1] + t * x[1]], b + t
        out |= {f"value-s{i}": s, f"value-b{i}": b} | vector(f"value-w{i}", w)
    return out


def softmax_and_cross_entropy(n):
    a = [n.exp[f"s[{i}]"] for i in (1, 2, 3)]
    p = [one / sum(a) for one in a]
    y = n.vector("y", 3)
    assert sorted(y) == [0, 0, 1]
    return vector("value-p", p) | vector("grad-s", [q - t for q, t in zip(p, y)])


def one_step_of_gradient_descent(n):
    w, b, x, t = n["w"], n["b"], n.vector("x", 2), n.vector("t", 2)
    p = [w * one + b for one in x]
    # L is a parabola in w and in b, so a central difference of any width is exact.
    loss = lambda w, b: sum((w * one + b - to) ** 2 for one, to in zip(x, t)) / 2
    grad_w = (loss(w + 1, b) - loss(w - 1, b)) / 2
    grad_b = (loss(w, b + 1) - loss(w, b - 1)) / 2
    return vector("value-p", p) | {"grad-w": grad_w, "grad-b": grad_b, "new-w": w - grad_w / 10,
                                   "new-b": b - grad_b / 10}


def network(n):
    """Gradients of the network with two relu units, by names without brackets."""
    x, weights, b, v = n.vector("x", 2), n.matrix("W", 2, 2), n.vector("b", 2), n.vector("v", 2)
    z = [sum(w * one for w, one in zip(row, x)) + c for row, c in zip(weights, b)]
    assert all(z), "a sum of 0"
    h = [relu(one) for one in z]
    error = v[0] * h[0] + v[1] * h[1] + n["c"] - n["t"]
    assert error != 0
    back = [error * v[i] * on(z[i]) for i in range(2)]
    assert sum(on(one) for one in z) == 1, "not exactly one dead unit"
    return {"c": error, "v": [error * one for one in h], "b": back,
            "W": [[one * two for two in x] for one in back]}


def a_network_with_a_dead_unit(n):
    g = network(n)
    out = {"grad-c": g["c"], "new-c": n["c"] - g["c"] / 10}
    for name in "vb":
        old = n.vector(name, 2)
        out |= vector(f"grad-{name}", g[name])
        out |= vector(f"new-{name}", [one - to / 10 for one, to in zip(old, g[name])])
    old = n.matrix("W", 2, 2)
    out |= matrix("grad-w", g["W"])
    out |= matrix("new-w", [[old[i][j] - g["W"][i][j] / 10 for j in range(2)] for i in range(2)])
    return out


def a_convolution_backward(n):
    x, w, g = n.vector("x", 5), n.vector("w", 3), n.vector("g", 3)
    grad_w = [sum(g[i] * x[i + k] for i in range(3)) for k in range(3)]
    grad_x = [sum(g[i] * w[j - i] for i in range(3) if 0 <= j - i < 3) for j in range(5)]
    return vector("grad-w", grad_w) | vector("grad-x", grad_x)


def convolution_and_max_pool(n):
    x, w, g = n.vector("x", 6), n.vector("w", 3), n.vector("g", 2)
    o = [sum(w[k] * x[i + k] for k in range(3)) for i in range(4)]
    assert o[0] != o[1] and o[2] != o[3], "a tie"
    wins = [0 if o[0] > o[1] else 1, 2 if o[2] > o[3] else 3]
    grad_o = [F(0)] * 4
    for place, up in zip(wins, g):
        grad_o[place] = up
    grad_w = [sum(up * x[place + k] for place, up in zip(wins, g)) for k in range(3)]
    return (vector("value-p", [o[i] for i in wins]) | vector("grad-o", grad_o)
            | vector("grad-w", grad_w))


def a_gradient_through_three_layers(n):
    quarter = F(1, 4)
    z3 = quarter
    z2 = z3 * n["w3"] * quarter
    z1 = z2 * n["w2"] * quarter
    return {"grad-z3": z3, "grad-z2": z2, "grad-z1": z1, "grad-x": z1 * n["w1"]}


def which_gradients_are_zero(n):
    g = network(n)
    flat = {"zero-grad-c": g["c"]} | vector("zero-grad-v", g["v"]) | vector("zero-grad-b", g["b"])
    flat |= matrix("zero-grad-w", g["W"])
    return {name: "not 0" if value else "0" for name, value in flat.items()}


def how_many_parameters(n):
    edge, c, k, f, m = n["n"], n["c"], n["k"], n["f"], n["m"]
    positions = len(range(int(edge - f) + 1)) ** 2
    length = k * positions
    return {"parameters-of-the-convolution": k * (f * f * c) + k, "length-of-the-vector": length,
            "parameters-of-the-connected-layer": length * m + m}


def the_size_of_the_output(n):
    # The places are counted, not computed.
    padded = int(n["n"] + 2 * n["p"])
    places = [at for at in range(0, padded, int(n["s"])) if at + n["k"] <= padded]
    pairs = [at for at in range(0, len(places), 2) if at + 2 <= len(places)]
    return {"size-after-the-convolution": len(places), "size-after-the-pool": len(pairs)}


def shapes_of_gradients(n):
    return {"rows-of-dl-dw1": n["n"], "columns-of-dl-dw1": n["h"], "rows-of-dl-dh": n["m"],
            "columns-of-dl-dh": n["h"], "rows-of-dl-dw2": n["h"], "columns-of-dl-dw2": n["c"],
            "length-of-dl-db1": n["h"]}


def a_network_as_a_line(n):
    w, b, v = n.vector("w", 3), n.vector("b", 3), n.vector("v", 3)
    output = lambda x: sum(v[i] * relu(w[i] * x + b[i]) for i in range(3)) + n["c"]
    x = n["x"]
    assert all(w[i] * x + b[i] for i in range(3)), "on a corner"
    # Corners are at multiples of a quarter, so this step stays on one piece of the line.
    step = F(1, 8)
    slope = (output(x + step) - output(x - step)) / (2 * step)
    return {"value-y": output(x), "slope": slope, "intercept": output(x) - slope * x}


ACTIVATIONS = {
    "relu(x)": (relu, on),
    "leaky_relu(x)": (lambda x: x if x > 0 else x / 100, lambda x: 1 if x > 0 else F(1, 100)),
    "abs(x)": (abs, lambda x: 1 if x > 0 else -1),
    "x^2": (lambda x: x * x, lambda x: 2 * x),
    "step(x)": (on, lambda x: 0),
    "copy(x)": (lambda x: x, lambda x: 1),
}


def shown_activation(option, n):
    return [[f(x) for x in n.vector("x", 2)] for f in ACTIVATIONS[option]]


def which_activation(n, answers):
    """The one answer; no other activation may have the same numbers."""
    right = answers.get("y")
    shown = shown_activation(right, n)
    alike = [name for name in ACTIVATIONS if shown_activation(name, n) == shown]
    return {"y": right if alike == [right] else f"one of {alike}"}


ROWS = ["r", "w", "q", "z", "p", "y", "x"]
BELIEFS = {
    "at a × gate each input gets its own value": "no-swap",
    "the minus of a gate does not matter on the way back": "sign",
    "the last contribution replaces the ones before it": "overwrite",
    "one way to the output is enough": "one-path",
    "contributions that meet are averaged": "average",
    "contributions that meet are multiplied": "product",
    "the slope of the gate is all there is to it": "local-only",
    "every gate hands its gradient on unchanged": "upstream-only",
}


def right_rows(n):
    x, y, z, w = (n[k] for k in "xyzw")
    q, r = x * y - z, z + w
    return {"r": q, "w": q, "q": r, "z": q - r, "p": r, "y": r * x, "x": r * y}


def slips(n, row):
    """What each belief gives at a row, where all rows above are right."""
    x, y, z, w = (n[k] for k in "xyzw")
    q, r = x * y - z, z + w
    return {
        "q": {"no-swap": {q}, "upstream-only": {F(1)}},
        "r": {"no-swap": {r}, "upstream-only": {F(1)}},
        "w": {"local-only": {F(1)}},
        "p": {"local-only": {F(1)}},
        # Through r comes q, through the minus of q comes -r.
        "z": {"sign": {q + r}, "overwrite": {q, -r}, "one-path": {q, -r}, "average": {(q - r) / 2},
              "product": {-q * r}, "local-only": {F(0), q - 1, 1 - r}, "upstream-only": {q + r}},
        "x": {"no-swap": {r * x}, "local-only": {y}, "upstream-only": {r}},
        "y": {"no-swap": {r * y}, "local-only": {x}, "upstream-only": {r}},
    }[row]


def find_the_error(n, answers):
    right = right_rows(n)
    row = ROWS[int(answers["row"]) - 1]
    return {"row": answers["row"], "corrected": right[row], "why": answers["why"]}


def wrong_tables(path, items):
    """Checks the printed tables of the students' sheets against what the key says.

    They are read from Markdown (`NAME-student.md`, `NAME-A-student.md`), where there is any.
    """
    found = []
    blocks = []
    for sheet in sorted(path.parent.glob(path.name.replace("-key.json", "") + "*-student.md")):
        blocks += re.split(r", find-the-error-(?=\d+\))", sheet.read_text())[1:]
    for block in blocks:
        number = int(block[:block.index(")")])
        item = next((i for i in items if i["number"] == number), None)
        if item is None:
            continue
        printed = re.findall(r"\| (\d) \| \$\\partial f/\\partial (\w)\$ \| \$(-?[\d.]+)\$", block)
        options = re.findall(r"^- [a-d]\) (.*)$", block, re.M)
        n, answers = Numbers(item["numbers"]), dict(item["answers"])
        right = right_rows(n)
        table = {name: F(value) for _, name, value in printed}
        row = ROWS[int(answers["row"]) - 1]
        if [name for _, name, _ in printed] != ROWS:
            found.append(f"{item['id']}: the rows are {printed}")
            continue
        value = table[row]
        if value == right[row]:
            found.append(f"{item['id']}: row {row} is right")
        # What follows from the wrong number: the rows below it, each in its own way.
        expected = dict(right) | {row: value}
        delta = value - right[row]
        x, y = n["x"], n["y"]
        below = {"r": {"w": 1, "z": 1}, "q": {"z": -1, "p": 1, "y": x, "x": y}, "p": {"y": x, "x": y}}
        for name, slope in below.get(row, {}).items():
            expected[name] = right[name] + delta * slope
        if expected != table:
            found.append(f"{item['id']}: the table is {table}, and {expected} follows")
        beliefs = slips(n, row)
        explains = [o for o in options if value in beliefs.get(BELIEFS.get(o, o), set())]
        if explains != [answers["why"]]:
            found.append(f"{item['id']}: row {row} = {value} is explained by {explains}, "
                         f"and the key says {answers['why']}")
    return found


NEEDS_ANSWERS = {"which-activation": which_activation, "find-the-error": find_the_error}
PLAIN = [values_on_a_circuit, gradients_on_a_circuit, a_fork_in_the_road, who_gets_the_gradient,
         a_squared_difference, a_sigmoid_neuron, a_perceptron_learns, softmax_and_cross_entropy,
         one_step_of_gradient_descent, a_network_with_a_dead_unit, a_convolution_backward,
         convolution_and_max_pool, a_gradient_through_three_layers, which_gradients_are_zero,
         how_many_parameters, the_size_of_the_output, shapes_of_gradients, a_network_as_a_line]
KNOWN = {one.__name__.replace("_", "-"): one for one in PLAIN}


def differences(item):
    problem = item["problem"]
    numbers, answers = Numbers(item["numbers"]), dict(item["answers"])
    try:
        if problem in NEEDS_ANSWERS:
            own = NEEDS_ANSWERS[problem](numbers, answers)
        elif problem in KNOWN:
            own = KNOWN[problem](numbers)
        else:
            return [f"{item['id']}: no formulas for {problem} here"]
    except (AssertionError, KeyError, ValueError, ZeroDivisionError) as reason:
        return [f"{item['id']}: {type(reason).__name__} {reason}"]
    own = {name: one if isinstance(one, str) else text(one) for name, one in own.items()}
    if own.keys() != answers.keys():
        return [f"{item['id']}: asked are {sorted(answers)}, and here {sorted(own)}"]
    return [f"{item['id']}: {name} is {answers[name]}, and here {own[name]}"
            for name in answers if answers[name] != own[name]]


def main(arguments):
    paths = []
    for argument in map(Path, arguments or ["."]):
        paths += sorted(argument.glob("*-key.json")) if argument.is_dir() else [argument]
    found, counts = [], {}
    for path in paths:
        items = json.loads(path.read_text())["items"]
        for item in items:
            counts[item["problem"]] = counts.get(item["problem"], 0) + 1
            found += differences(item)
        mistaken = [item for item in items if item["problem"] == "find-the-error"]
        found += wrong_tables(path, mistaken)
    for line in found:
        print(line)
    total = sum(counts.values())
    print(f"{total} items of {len(counts)} problems, {len(found)} differences")
    return 1 if found or total == 0 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
