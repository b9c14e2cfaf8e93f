"""JAX in double precision, compiled: a step a call, or the whole training in one call.

W2 is left out: compiling a thousand nodes takes most of a minute, a million are out of reach.
"""
import os

os.environ["JAX_PLATFORMS"] = "cpu"
import jax
import jax.numpy as np
from jax import jit, lax, value_and_grad

from common import *

jax.config.update("jax_enable_x64", True)
WHO = "JAX"


def circuit():
    f = jit(value_and_grad(lambda w: (w[0] + w[1]) * w[2]))
    w = np.array([-2.0, 5.0, -4.0])
    value, gradient = f(w)
    seconds = time_of(lambda: f(w)[1].block_until_ready(), 9, 500)
    report(WHO, "W1 value and gradients", seconds, 1, "ns/call",
           circuit_check(float(value), gradient.tolist()))


def measure(what, unit, loss, parameters, rate, epochs):
    gradient = value_and_grad(loss)
    first = tuple(np.array(p) for p in parameters)

    def step(p, epoch):
        value, g = gradient(p)
        return tuple(a - rate(epoch) * b for a, b in zip(p, g)), value
    one_step = jit(step)

    @jit
    def whole(p):
        return lax.fori_loop(0, epochs, lambda epoch, c: step(c[0], epoch), (p, 0.0))[1]

    def by_steps():
        p = first
        for epoch in range(epochs):
            p, value = one_step(p, epoch)
        return value.block_until_ready()
    for name, work in (("one jit", lambda: whole(first).block_until_ready()),
                       ("a jit a step", by_steps)):
        value = work()  # compiles
        report(WHO, "%s, %s" % (what, name), time_of(work, 5), epochs, unit, value)


def moons_training():
    count, points, classes, parameters = moons()
    x, y = np.array(points).reshape(count, 2), np.array(classes)

    def loss(p):
        w1, b1, w2, b2, w3, b3 = p
        h = jax.nn.relu(x @ w1.T + b1)
        h = jax.nn.relu(h @ w2.T + b2)
        margin = 1 - y * (h @ w3 + b3)
        return jax.nn.relu(margin).sum() * (1 / count) + 1e-4 * sum((a * a).sum() for a in p)
    measure("W3 epoch", "us/epoch", loss, layers(parameters), learning_rate, 100)


def xor():
    x, target = np.array(POINTS), np.array(TARGETS)

    def loss(p):
        w1, b1, w2, b2 = p
        h = np.tanh(x @ w1.T + b1)
        answer = 1 / (1 + np.exp(-(h @ w2 + b2)))
        return ((answer - target) ** 2).sum() * 0.25
    measure("W4 epoch", "ns/epoch", loss, small_layers(), lambda epoch: 0.5, 10000)


def convolution():
    x, w = (np.array(a) for a in signal_and_filter())
    k, outputs = len(w), len(x) - len(w) + 1

    def correlated(signal, weights):
        return 0.5 * (np.correlate(signal, weights, "valid") ** 2).sum()

    def slices(signal, weights):
        out = sum(weights[q] * signal[q:outputs + q] for q in range(k))
        return 0.5 * (out ** 2).sum()
    for name, loss in (("", correlated), (", slices", slices)):
        f = jit(value_and_grad(loss, (0, 1)))
        value, (d_signal, d_filter) = f(x, w)
        seconds = time_of(lambda: f(x, w)[1][0].block_until_ready(), 51)
        report(WHO, "W5 loss and gradients" + name, seconds, 1, "us", convolution_check(
            float(value), d_signal.tolist(), d_filter.tolist()))


main({"W1": circuit, "W3": moons_training, "W4": xor, "W5": convolution})
