"""What the Python peers share: the data, the clock and the line that reports a figure.

Usage of a peer: PEER.py FOLDER WORKLOAD ...  (W1, W2, W3, W4, W5, as far as the peer has them)
"""
import array
import os
import struct
import sys
import time

ADD, SUBTRACT, MULTIPLY, TANH, EXP = range(5)
POINTS = [(0.0, 0.0), (0.0, 1.0), (1.0, 0.0), (1.0, 1.0)]
TARGETS = [0.0, 1.0, 1.0, 0.0]
PARAMETERS = 337
clock = time.perf_counter


def read(name):
    with open(os.path.join(sys.argv[1], name), "rb") as file:
        return file.read()


def items(kind, data, start=0, count=None):
    values = array.array(kind)
    end = len(data) if count is None else start + count * values.itemsize
    values.frombytes(data[start:end])
    return values.tolist()


def graph():
    """The inputs, and for each node its gate and the numbers of its operands."""
    data = read("w2.bin")
    inputs, nodes = struct.unpack_from("<ii", data)
    start = 8 + 8 * inputs
    gates = data[start:start + nodes]
    first = items("i", data, start + nodes, nodes)
    second = items("i", data, start + 5 * nodes, nodes)
    return items("d", data, 8, inputs), list(zip(gates, first, second))


def grow(values, nodes, tanh, exp):
    """Appends all nodes of the graph to its inputs, with the peer's numbers."""
    for gate, a, b in nodes:
        x = values[a]
        if gate == ADD:
            values.append(x + values[b])
        elif gate == SUBTRACT:
            values.append(x - values[b])
        elif gate == MULTIPLY:
            values.append(x * values[b])
        else:
            values.append(tanh(x) if gate == TANH else exp(x))
    return values[-1]


def moons():
    """How many points, their coordinates, their classes, and the first parameters."""
    data = read("w3.bin")
    count, = struct.unpack_from("<i", data)
    values = items("d", data, 4)
    return count, values[:2 * count], values[2 * count:3 * count], values[3 * count:]


def learning_rate(epoch):
    return 1 - 0.9 * epoch / 100


def layers(parameters):
    """The 337 parameters as matrices and vectors: weights and biases of the three layers."""
    import numpy
    p = numpy.asarray(parameters)
    one, two, three = p[:48].reshape(16, 3), p[48:320].reshape(16, 17), p[320:337]
    return [one[:, :2], one[:, 2], two[:, :16], two[:, 16], three[:16], three[16]]


def small_layers():
    """The 17 parameters of the XOR network as matrices and vectors."""
    import numpy
    p = numpy.array(xor_parameters())
    one = p[:12].reshape(4, 3)
    return [one[:, :2], one[:, 2], p[12:16], p[16]]


def xor_parameters():
    return items("d", read("w4.bin"))


def signal_and_filter():
    data = read("w5.bin")
    length, _ = struct.unpack_from("<ii", data)
    values = items("d", data, 8)
    return values[:length], values[length:]


def time_of(work, repeats, calls=1):
    """Seconds of one call, for so many repeats."""
    seconds = []
    for _ in range(repeats):
        start = clock()
        for _ in range(calls):
            work()
        seconds.append((clock() - start) / calls)
    return seconds


def report(who, what, seconds, units, unit, check):
    scale = (1e9 if unit.startswith("ns") else 1e6) / units
    seconds = sorted(seconds)
    print("%-26s %-30s med %12.4f min %12.4f %-8s check %.15g" % (
        who, what, seconds[len(seconds) // 2] * scale, seconds[0] * scale, unit, float(check)),
        flush=True)


def circuit_check(value, gradient):
    return value + 10 * gradient[0] + 100 * gradient[1] + 1000 * gradient[2]


def graph_check(gradient):
    return sum(value * (i % 7 + 1) for i, value in enumerate(gradient))


def convolution_check(loss, d_signal, d_filter):
    return (loss + sum((q + 1) * value for q, value in enumerate(d_filter))
            + sum(value * (i % 7) for i, value in enumerate(d_signal)))


def main(workloads):
    for name in sys.argv[2:]:
        workloads[name]()
