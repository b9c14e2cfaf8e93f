"""CasADi: graphs of scalars, turned into a program for value and gradient, run by its machine."""
import casadi
import numpy as np
from casadi import SX

from common import *

WHO = "CasADi"


class Compiled:
    """A function with numbers at fixed places, the fastest way to call it from Python."""

    def __init__(self, x, *results):
        self.function = casadi.Function("f", [x], list(results))
        self.buffer, self.call = self.function.buffer()
        self.x = np.zeros(x.numel())
        self.results = [np.zeros(result.numel()) for result in results]
        self.buffer.set_arg(0, memoryview(self.x))
        for index, result in enumerate(self.results):
            self.buffer.set_res(index, memoryview(result))


def with_gradient(x, value):
    return Compiled(x, value, casadi.gradient(value, x))


def circuit():
    w = SX.sym("w", 3)
    f = with_gradient(w, (w[0] + w[1]) * w[2])
    f.x[:] = [-2, 5, -4]
    seconds = time_of(f.call, 9, 20000)
    value, gradient = f.results
    report(WHO, "W1 value and gradients", seconds, 1, "ns/call",
           circuit_check(value[0], gradient))


def random_graph():
    inputs, nodes = graph()
    start = clock()
    x = SX.sym("x", len(inputs))
    output = grow([x[i] for i in range(len(inputs))], nodes, casadi.tanh, casadi.exp)
    built = clock() - start
    forward, both = Compiled(x, output), with_gradient(x, output)
    forward.x[:] = both.x[:] = inputs
    seconds = time_of(forward.call, 9)
    report(WHO, "W2 build from a graph", [built], len(nodes), "ns/node", forward.results[0][0])
    report(WHO, "W2 replay forward", seconds, len(nodes), "ns/node", forward.results[0][0])
    seconds = time_of(both.call, 9)
    report(WHO, "W2 backward with forward", seconds, len(nodes), "ns/node",
           graph_check(both.results[1].tolist()))


def train(f, first, rate, epochs):
    f.x[:] = first
    for epoch in range(epochs):
        f.call()
        f.x -= rate(epoch) * f.results[1]


def neuron(weights, inputs):
    z = weights[-1]
    for w, x in zip(weights, inputs):
        z = z + w * x
    return z


def moons_training(epochs=100):
    count, points, classes, parameters = moons()
    x = SX.sym("p", PARAMETERS)
    p = [x[i] for i in range(PARAMETERS)]
    total = 0
    for example in range(count):
        h = points[2 * example:2 * example + 2]
        h = [casadi.fmax(neuron(p[3 * j:3 * j + 3], h), 0) for j in range(16)]
        h = [casadi.fmax(neuron(p[48 + 17 * j:65 + 17 * j], h), 0) for j in range(16)]
        total = total + casadi.fmax(1 - classes[example] * neuron(p[320:], h), 0)
    f = with_gradient(x, total * (1 / count) + 1e-4 * casadi.sumsqr(x))
    seconds = time_of(lambda: train(f, parameters, learning_rate, epochs), 5)
    report(WHO, "W3 epoch", seconds, epochs, "us/epoch", f.results[0][0])


def xor(epochs=10000):
    x = SX.sym("p", 17)
    p = [x[i] for i in range(17)]
    loss = 0
    for point, target in zip(POINTS, TARGETS):
        h = [casadi.tanh(neuron(p[3 * j:3 * j + 3], point)) for j in range(4)]
        error = 1 / (1 + casadi.exp(-neuron(p[12:], h))) - target
        loss = loss + error * error * 0.25
    f = with_gradient(x, loss)
    seconds = time_of(lambda: train(f, xor_parameters(), lambda epoch: 0.5, epochs), 5)
    report(WHO, "W4 epoch", seconds, epochs, "ns/epoch", f.results[0][0])


def convolution():
    signal, weights = signal_and_filter()
    n, k = len(signal), len(weights)
    p = SX.sym("p", n + k)
    x = [p[i] for i in range(n + k)]
    loss = 0
    for i in range(n - k + 1):
        out = x[n] * x[i]
        for q in range(1, k):
            out = out + x[n + q] * x[i + q]
        loss = loss + out * out
    f = with_gradient(p, loss * 0.5)
    f.x[:] = signal + weights
    seconds = time_of(f.call, 21)
    value, gradient = f.results
    report(WHO, "W5 loss and gradients", seconds, 1, "us",
           convolution_check(value[0], gradient[:n].tolist(), gradient[n:].tolist()))


main({"W1": circuit, "W2": random_graph, "W3": moons_training, "W4": xor, "W5": convolution})
