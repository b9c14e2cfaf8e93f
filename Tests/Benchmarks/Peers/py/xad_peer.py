"""XAD from Python: a C++ tape behind Python numbers."""
import xad.adj_1st as adjoint
import xad.math

from common import *

WHO = "XAD"


def inputs_on(tape, values):
    numbers = [adjoint.Real(x) for x in values]
    for number in numbers:
        tape.registerInput(number)
    tape.newRecording()
    return numbers


def backward(tape, output):
    output.derivative = 1.0
    tape.computeAdjoints()


def circuit():
    result = []

    def work():
        with adjoint.Tape() as tape:
            a, b, c = inputs_on(tape, [-2.0, 5.0, -4.0])
            y = (a + b) * c
            tape.registerOutput(y)
            backward(tape, y)
            result[:] = [y.value, a.derivative, b.derivative, c.derivative]
    seconds = time_of(work, 9, 500)
    report(WHO, "W1 value and gradients", seconds, 1, "ns/call",
           circuit_check(result[0], result[1:]))


def random_graph():
    inputs, nodes = graph()
    with adjoint.Tape() as tape:
        start = clock()
        values = inputs_on(tape, inputs)
        output = grow(values, nodes, xad.math.tanh, xad.math.exp)
        tape.registerOutput(output)
        built = clock()
        backward(tape, output)
        done = clock()
        report(WHO, "W2 build from a graph", [built - start], len(nodes), "ns/node", output.value)
        report(WHO, "W2 backward", [done - built], len(nodes), "ns/node",
               graph_check([x.derivative for x in values[:len(inputs)]]))


main({"W1": circuit, "W2": random_graph})
