"""autograd: derivatives of NumPy code, with arrays."""
import autograd.numpy as np
from autograd import value_and_grad

from common import *

WHO = "autograd"


def circuit():
    f = value_and_grad(lambda w: (w[0] + w[1]) * w[2])
    value, gradient = f((-2.0, 5.0, -4.0))
    seconds = time_of(lambda: f((-2.0, 5.0, -4.0)), 9, 500)
    report(WHO, "W1 value and gradients", seconds, 1, "ns/call", circuit_check(value, gradient))


def train(loss, parameters, rate, epochs):
    f = value_and_grad(loss)
    for epoch in range(epochs):
        value, gradients = f(parameters)
        parameters = tuple(p - rate(epoch) * g for p, g in zip(parameters, gradients))
    return value


def moons_training(epochs=100):
    count, points, classes, parameters = moons()
    x, y = np.array(points).reshape(count, 2), np.array(classes)

    def loss(p):
        w1, b1, w2, b2, w3, b3 = p
        h = np.maximum(np.dot(x, w1.T) + b1, 0)
        h = np.maximum(np.dot(h, w2.T) + b2, 0)
        margin = 1 - y * (np.dot(h, w3) + b3)
        return (np.sum(np.maximum(margin, 0)) * (1 / count)
                + 1e-4 * sum([np.sum(a * a) for a in p]))
    start = clock()
    value = train(loss, tuple(layers(parameters)), learning_rate, epochs)
    report(WHO, "W3 epoch", [clock() - start], epochs, "us/epoch", value)


def xor(epochs=10000):
    x, target = np.array(POINTS), np.array(TARGETS)

    def loss(p):
        w1, b1, w2, b2 = p
        h = np.tanh(np.dot(x, w1.T) + b1)
        answer = 1 / (1 + np.exp(-(np.dot(h, w2) + b2)))
        return np.sum((answer - target) ** 2) * 0.25
    start = clock()
    value = train(loss, tuple(small_layers()), lambda epoch: 0.5, epochs)
    report(WHO, "W4 epoch", [clock() - start], epochs, "ns/epoch", value)


def convolution():
    x, w = (np.array(a) for a in signal_and_filter())
    k, outputs = len(w), len(x) - len(w) + 1

    def loss(p):
        signal, weights = p
        out = sum([weights[q] * signal[q:outputs + q] for q in range(k)])
        return 0.5 * np.sum(out ** 2)
    f = value_and_grad(loss)
    value, (d_signal, d_filter) = f((x, w))
    report(WHO, "W5 loss and gradients", time_of(lambda: f((x, w)), 21), 1, "us",
           convolution_check(value, d_signal.tolist(), d_filter.tolist()))


main({"W1": circuit, "W3": moons_training, "W4": xor, "W5": convolution})
