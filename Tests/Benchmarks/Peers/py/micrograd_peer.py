"""micrograd, with tanh and exp added in its own style.

With MICROGRAD_GC=off the cyclic garbage collector, which looks through the growing graph again and
again, is switched off.
"""
import gc
import math
import os
import sys

from common import *
from micrograd.engine import Value

sys.setrecursionlimit(10**8)
WHO = "micrograd"
if os.environ.get("MICROGRAD_GC") == "off":
    gc.disable()
    WHO = "micrograd, gc off"


def unary(x, result, derivative, name):
    out = Value(result, (x,), name)

    def backward():
        x.grad += derivative * out.grad
    out._backward = backward
    return out


def tanh(x):
    t = math.tanh(x.data)
    return unary(x, t, 1 - t * t, "tanh")


def exp(x):
    e = math.exp(x.data)
    return unary(x, e, e, "exp")


def circuit():
    result = []

    def work():
        a, b, c = Value(-2.0), Value(5.0), Value(-4.0)
        y = (a + b) * c
        y.backward()
        result[:] = [y.data, a.grad, b.grad, c.grad]
    seconds = time_of(work, 9, 5000)
    report(WHO, "W1 value and gradients", seconds, 1, "ns/call",
           circuit_check(result[0], result[1:]))


def random_graph():
    inputs, nodes = graph()
    start = clock()
    values = [Value(x) for x in inputs]
    output = grow(values, nodes, tanh, exp)
    built = clock()
    output.backward()
    done = clock()
    report(WHO, "W2 build from a graph", [built - start], len(nodes), "ns/node", output.data)
    report(WHO, "W2 backward", [done - built], len(nodes), "ns/node",
           graph_check([x.grad for x in values[:len(inputs)]]))
    os._exit(0)  # taking a million objects apart again is not of interest


def neuron(weights, inputs):
    """The weights, then the bias."""
    return sum((w * x for w, x in zip(weights, inputs)), weights[-1])


def moons_training(epochs=5):
    count, points, classes, parameters = moons()
    p = [Value(x) for x in parameters]
    one = [p[3 * j:3 * j + 3] for j in range(16)]
    two = [p[48 + 17 * j:48 + 17 * j + 17] for j in range(16)]
    three = p[320:]

    def loss():
        losses = []
        for example in range(count):
            x = [Value(points[2 * example]), Value(points[2 * example + 1])]
            h = [neuron(weights, x).relu() for weights in one]
            h = [neuron(weights, h).relu() for weights in two]
            losses.append((1 + -classes[example] * neuron(three, h)).relu())
        return sum(losses) * (1.0 / count) + 1e-4 * sum(w * w for w in p)

    start = clock()
    for epoch in range(epochs):
        value = loss()
        descend(p, value, learning_rate(epoch))
    report(WHO, "W3 epoch, first %d only" % epochs, [clock() - start], epochs, "us/epoch",
           value.data)


def descend(parameters, loss, rate):
    for p in parameters:
        p.grad = 0
    loss.backward()
    for p in parameters:
        p.data -= rate * p.grad


def xor(epochs=10000):
    p = [Value(x) for x in xor_parameters()]
    start = clock()
    for _ in range(epochs):
        loss = Value(0.0)
        for (x0, x1), target in zip(POINTS, TARGETS):
            h = [tanh(p[3 * j + 2] + p[3 * j] * x0 + p[3 * j + 1] * x1) for j in range(4)]
            answer = 1.0 / (1.0 + exp(-neuron(p[12:], h)))
            error = answer - target
            loss = loss + error * error * 0.25
        descend(p, loss, 0.5)
    report(WHO, "W4 epoch", [clock() - start], epochs, "ns/epoch", loss.data)


def convolution():
    signal, weights = signal_and_filter()
    start = clock()
    x, w = [Value(v) for v in signal], [Value(v) for v in weights]
    loss = Value(0.0)
    for i in range(len(x) - len(w) + 1):
        out = w[0] * x[i]
        for q in range(1, len(w)):
            out = out + w[q] * x[i + q]
        loss = loss + out * out
    loss = loss * 0.5
    loss.backward()
    report(WHO, "W5 loss and gradients", [clock() - start], 1, "us",
           convolution_check(loss.data, [v.grad for v in x], [v.grad for v in w]))


main({"W1": circuit, "W2": random_graph, "W3": moons_training, "W4": xor, "W5": convolution})
