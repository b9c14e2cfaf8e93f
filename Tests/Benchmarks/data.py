#!/usr/bin/env python3
"""Makes the data that all programs of the benchmark read: the same bytes at every run.

Usage: data.py FOLDER.  Files that are there already are left alone. Little-endian:

  w2.bin, w2b.bin  a random graph of a million nodes, with and without tanh and exp:
                   i32 inputs, i32 nodes, f64 input[inputs], u8 gate[nodes],
                   i32 a[nodes], i32 b[nodes]
                   gates: 0 add, 1 subtract, 2 multiply, 3 tanh, 4 exp. Inputs are numbered
                   from 0, then the nodes; the last node is the output.
  w3.bin           two moons and a 2-16-16-1 network: i32 n, f64 X[2n], f64 y[n],
                   f64 parameters[337], neuron by neuron, the bias after the weights
  w4.bin           the 17 parameters of a 2-4-1 network for XOR
  w5.bin           a signal and a filter: i32 n, i32 k, f64 signal[n], f64 filter[k]
  w6.txt           a formula of 50,000 products; w6vars.txt: the values of its w0 ... w99
"""
import array
import math
import os
import random
import struct
import sys

ADD, SUBTRACT, MULTIPLY, TANH, EXP = range(5)
FILES = ["w2.bin", "w2b.bin", "w3.bin", "w4.bin", "w5.bin", "w6.txt", "w6vars.txt"]


def apply(gate, x, y):
    if gate == ADD:
        return x + y
    if gate == SUBTRACT:
        return x - y
    if gate == MULTIPLY:
        return x * y
    return math.tanh(x) if gate == TANH else math.exp(x)


class RandomGraph:
    """Grows in chunks; within a chunk every node is used, and chunks are added up.

    The order of the calls of the random numbers is part of the data: do not change it.
    """

    RECENT = 200  # how far back an operand may lie, if it is not an input or an unused node

    def __init__(self, nodes, inputs, curved, seed):
        self.random = random.Random(seed)
        self.inputs, self.curved = inputs, curved
        self.values = [self.random.uniform(-1, 1) for _ in range(inputs)]
        self.gates, self.first, self.second = bytearray(), array.array("i"), array.array("i")
        total = None
        while len(self.gates) < nodes:
            total = self.chunk(min(1000, nodes - len(self.gates)), total)

    def node(self, gate, a, b):
        self.gates.append(gate)
        self.first.append(a)
        self.second.append(b)
        self.values.append(apply(gate, self.values[a], self.values[b]))
        return len(self.values) - 1

    def recent(self, start):
        now = len(self.values)
        return self.random.randrange(max(start, now - self.RECENT), now)

    def any_input(self):
        return self.random.randrange(self.inputs)

    def chunk(self, size, total):
        """So many nodes, the last of which joins what they come to with the total so far."""
        start, base = len(self.values), len(self.gates)
        unused, used = [], 0
        while True:
            left, waiting = size - (len(self.gates) - base), len(unused) - used
            if left <= waiting + 1:
                break
            draw = self.random.random()
            if waiting > 30 or (draw < 0.5 and waiting > 0):
                a = unused[used]
                used += 1
            elif draw < 0.8 and len(self.values) > start:
                a = self.recent(start)
            else:
                a = self.any_input()
            if self.random.random() < 0.5 or len(self.values) == start:
                b = self.any_input()
            else:
                b = self.recent(start)
            unused.append(self.node(*self.tamed(self.gate(), a, b)))
        rest = unused[used:]
        end = rest[0]
        for other in rest[1:]:
            end = self.node(ADD, end, other)
        while len(self.gates) - base < size - 1:
            end = self.node(MULTIPLY, end, self.any_input())
        if total is None:
            return self.node(MULTIPLY, end, self.any_input())
        return self.node(ADD, total, end)

    def gate(self):
        draw = self.random.random()
        if self.curved:
            limits = ((0.35, ADD), (0.45, SUBTRACT), (0.85, MULTIPLY), (0.95, TANH))
            other = EXP
        else:
            limits = ((0.40, ADD), (0.52, SUBTRACT))
            other = MULTIPLY
        return next((gate for limit, gate in limits if draw < limit), other)

    def tamed(self, gate, a, b):
        """The same gate, or one that keeps the values small."""
        x, y = self.values[a], self.values[b]
        if gate == EXP and x > 1:
            gate = TANH
        if gate <= MULTIPLY and abs(apply(gate, x, y)) > 3:
            if self.curved:
                gate = TANH
            else:
                gate, b = MULTIPLY, self.any_input()
        return gate, a, (a if gate >= TANH else b)

    def write(self, path):
        with open(path, "wb") as file:
            file.write(struct.pack("<ii", self.inputs, len(self.gates)))
            array.array("d", self.values[:self.inputs]).tofile(file)
            file.write(bytes(self.gates))
            self.first.tofile(file)
            self.second.tofile(file)


def moons(source):
    """Two half circles of 50 points with noise, the classes -1 and 1, and first parameters."""
    points = []
    for centre, turn, raised in ((0, 1, 0), (1, -1, 0.5)):
        for index in range(50):
            angle = math.pi * index / 49
            points += [centre + turn * math.cos(angle) + source.gauss(0, 0.1),
                       raised + turn * math.sin(angle) + source.gauss(0, 0.1)]
    parameters = []
    for inputs, neurons in ((2, 16), (16, 16), (16, 1)):
        for _ in range(neurons):
            parameters += numbers(source, inputs) + [0.0]
    return struct.pack("<i", 100) + doubles(points + [-1.0] * 50 + [1.0] * 50 + parameters)


def formula(source):
    terms = []
    for _ in range(50000):
        c = source.uniform(0.1, 9.9)
        i, j, k = (source.randrange(100) for _ in range(3))
        terms.append(source.choice([
            "%.3f*w%d*w%d" % (c, i, j), "(w%d+%.2f)*w%d" % (i, c, j),
            "w%d*(w%d-w%d)" % (i, j, k), "%.4f*(w%d+w%d)*w%d" % (c, i, j, k)]))
    return " + ".join(terms)


def numbers(source, count):
    return [source.uniform(-1, 1) for _ in range(count)]


def doubles(values):
    return array.array("d", values).tobytes()


def make(folder):
    if all(os.path.exists(os.path.join(folder, name)) for name in FILES):
        return
    os.makedirs(folder, exist_ok=True)

    def write(name, content):
        with open(os.path.join(folder, name), "wb") as file:
            file.write(content)

    RandomGraph(1_000_000, 10_000, True, 1).write(os.path.join(folder, "w2.bin"))
    RandomGraph(1_000_000, 10_000, False, 2).write(os.path.join(folder, "w2b.bin"))
    source = random.Random(1337)
    write("w3.bin", moons(source))
    write("w4.bin", doubles(numbers(source, 17)))
    write("w5.bin", struct.pack("<ii", 10_000, 5) + doubles(
        numbers(source, 10_000) + numbers(source, 5)))
    variables = numbers(source, 100)
    write("w6.txt", formula(source).encode())
    write("w6vars.txt", "\n".join(repr(value) for value in variables).encode())


if __name__ == "__main__":
    make(sys.argv[1])
