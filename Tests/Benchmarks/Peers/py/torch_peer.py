"""PyTorch on one thread, in double precision."""
import torch
import torch.nn.functional as functional
from torch import tensor

from common import *

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)
WHO = "PyTorch"


def circuit():
    result = []

    def work():
        a, b, c = (tensor(x, requires_grad=True) for x in (-2.0, 5.0, -4.0))
        y = (a + b) * c
        y.backward()
        result[:] = [y, a.grad, b.grad, c.grad]
    seconds = time_of(work, 9, 500)
    y, *gradient = (x.item() for x in result)
    report(WHO, "W1 value and gradients", seconds, 1, "ns/call", circuit_check(y, gradient))


def train(loss, parameters, rate, epochs):
    for epoch in range(epochs):
        value = loss(*parameters)
        gradients = torch.autograd.grad(value, parameters)
        with torch.no_grad():
            for p, g in zip(parameters, gradients):
                p -= rate(epoch) * g
    return value.item()


def leaves(arrays):
    return [tensor(a.tolist(), requires_grad=True) for a in arrays]


def moons_training(epochs=100):
    count, points, classes, parameters = moons()
    x, y = tensor(points).reshape(count, 2), tensor(classes)

    def loss(*p):
        w1, b1, w2, b2, w3, b3 = p
        h = torch.relu(functional.linear(x, w1, b1))
        h = torch.relu(functional.linear(h, w2, b2))
        margin = 1 - y * (h @ w3 + b3)
        return torch.relu(margin).sum() * (1 / count) + 1e-4 * sum((a * a).sum() for a in p)
    value, seconds = None, []
    for _ in range(3):
        p = leaves(layers(parameters))
        start = clock()
        value = train(loss, p, learning_rate, epochs)
        seconds.append(clock() - start)
    report(WHO, "W3 epoch", seconds, epochs, "us/epoch", value)


def xor(epochs=10000):
    x, target = tensor(POINTS), tensor(TARGETS)

    def loss(w1, b1, w2, b2):
        h = torch.tanh(x @ w1.T + b1)
        answer = torch.sigmoid(h @ w2 + b2)
        return ((answer - target) ** 2).sum() * 0.25
    p = leaves(small_layers())
    start = clock()
    value = train(loss, p, lambda epoch: 0.5, epochs)
    report(WHO, "W4 epoch", [clock() - start], epochs, "ns/epoch", value)


def convolution():
    x, w = (tensor(a).reshape(1, 1, -1).requires_grad_() for a in signal_and_filter())

    def work():
        out = functional.conv1d(x, w)
        loss = 0.5 * (out * out).sum()
        return loss, torch.autograd.grad(loss, (x, w))
    loss, (d_signal, d_filter) = work()
    report(WHO, "W5 loss and gradients", time_of(work, 51), 1, "us", convolution_check(
        loss.item(), d_signal.flatten().tolist(), d_filter.flatten().tolist()))


main({"W1": circuit, "W3": moons_training, "W4": xor, "W5": convolution})
