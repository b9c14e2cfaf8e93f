"""NumPy with derivatives written by hand; for W1 plain Python numbers."""
import numpy as np

from common import *

WHO = "NumPy by hand"


def circuit():
    def work(a, b, c):
        total = a + b
        return total * c, c, c, total
    result = work(-2.0, 5.0, -4.0)
    seconds = time_of(lambda: work(-2.0, 5.0, -4.0), 9, 100000)
    report("Python by hand", "W1 value and gradients", seconds, 1, "ns/call",
           circuit_check(result[0], result[1:]))


def moons_training(epochs=100):
    count, points, classes, parameters = moons()
    x, y = np.array(points).reshape(count, 2), np.array(classes)

    def train():
        w1, b1, w2, b2, w3, b3 = p = [np.array(layer) for layer in layers(parameters)]
        for epoch in range(epochs):
            h1 = np.maximum(x @ w1.T + b1, 0)
            h2 = np.maximum(h1 @ w2.T + b2, 0)
            margin = 1 - y * (h2 @ w3 + b3)
            loss = np.maximum(margin, 0).sum() / count + 1e-4 * sum((a * a).sum() for a in p)
            g = np.where(margin > 0, -y, 0) / count
            d2 = (g[:, None] * w3) * (h2 > 0)
            d1 = (d2 @ w2) * (h1 > 0)
            gradients = [d1.T @ x, d1.sum(0), d2.T @ h1, d2.sum(0), g @ h2, g.sum()]
            rate = learning_rate(epoch)
            for a, d in zip(p, gradients):
                a -= rate * (d + 2e-4 * a)
        return loss
    loss = train()
    report(WHO, "W3 epoch", time_of(train, 5), epochs, "us/epoch", loss)


def xor(epochs=10000):
    w1, b1, w2, b2 = [np.array(layer) for layer in small_layers()]
    x, target = np.array(POINTS), np.array(TARGETS)
    start = clock()
    for _ in range(epochs):
        h = np.tanh(x @ w1.T + b1)
        answer = 1 / (1 + np.exp(-(h @ w2 + b2)))
        error = answer - target
        loss = (error * error).sum() * 0.25
        g = 0.5 * error * answer * (1 - answer)
        d = (g[:, None] * w2) * (1 - h * h)
        w2 -= 0.5 * (g @ h)
        b2 -= 0.5 * g.sum()
        w1 -= 0.5 * (d.T @ x)
        b1 -= 0.5 * d.sum(0)
    report(WHO, "W4 epoch", [clock() - start], epochs, "ns/epoch", loss)


def convolution():
    x, w = (np.array(a) for a in signal_and_filter())

    def work():
        out = np.correlate(x, w, "valid")
        return 0.5 * (out @ out), np.convolve(out, w, "full"), np.correlate(x, out, "valid")
    loss, d_signal, d_filter = work()
    report(WHO, "W5 loss and gradients", time_of(work, 51), 1, "us",
           convolution_check(loss, d_signal.tolist(), d_filter.tolist()))


main({"W1": circuit, "W3": moons_training, "W4": xor, "W5": convolution})
