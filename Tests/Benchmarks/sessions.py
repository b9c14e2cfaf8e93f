"""What a learner waits for within a session: the prompt, steps, drawings, a network's graph."""
import random

from outside import Session, summary, until


def start_up(program, home, rounds=60):
    """First prompt and /bin/true in turns, so that both see the same machine."""
    ours, theirs = [], []
    for _ in range(rounds):
        theirs.append(until(["/bin/true"], None, home))
        ours.append(until([program], b"backstep> ", home))
    return summary(ours[5:]), summary(theirs[5:])


def stepping(program, home, gates=10_000, steps=200):
    """The first step (which makes the tape), then steps forward, backward, undo and back."""
    firsts = []
    for _ in range(9):
        session = Session(program, home)
        session.ask("x = 0.5")
        session.ask("f = " + "sin(" * gates + "x" + ")" * gates)
        empty = summary([session.ask("") for _ in range(50)])
        firsts.append(session.ask("step"))
        if len(firsts) < 9:
            session.close()
    forward = summary([session.ask("step") for _ in range(steps)])
    session.ask("forward")
    session.ask("step")
    backward = summary([session.ask("step") for _ in range(steps)])
    undo = summary([session.ask("undo") for _ in range(steps)])
    session.close()
    return {"an empty line": empty, "first": summary(firsts), "forward": forward,
            "backward": backward, "undo": undo}


def random_circuit(seed, nodes=60):
    """Lines that define a graph of so many nodes, a third of them inputs, with sharing."""
    random.seed(seed)
    known = ["i%d" % n for n in range(nodes // 3)]
    lines = ["%s = %d.25" % (name, random.randrange(-9, 9)) for name in known]
    unused = list(known)
    for gate in range(nodes - len(known)):
        left = nodes - len(known) - gate
        first = unused.pop(random.randrange(len(unused)))
        shared = len(unused) < left and random.random() < 0.5
        second = random.choice(known) if shared or not unused else unused.pop(
            random.randrange(len(unused)))
        lines.append("g%d = %s %s %s" % (gate, first, random.choice("+-**"), second))
        unused.append("g%d" % gate)
    if len(unused) > 1:
        lines.append("f = " + " + ".join(unused))
    return lines


def drawing(program, home, seeds=range(1, 11)):
    """Every step through circuits of 60 nodes, drawn and not, and the whole circuit by graph."""
    drawn, bare, whole_graph = [], [], []
    for seed in seeds:
        for setting, times in (("on", drawn), ("off", bare)):
            session = Session(program, home)
            for line in ["set drawing " + setting] + random_circuit(seed):
                session.ask(line)
            session.ask("step")
            times += [session.ask("step") for _ in range(70)]
            if setting == "on":
                whole_graph.append(session.ask("graph"))
            session.close()
    return summary(drawn), max(drawn) * 1e3, summary(bare), summary(whole_graph)


NETWORK = """x = uniform(0, 1, 784)
W1 = normal(0, 0.05, 64, 784)
b1 = normal(0, 0.05, 64)
W2 = normal(0, 0.1, 10, 64)
b2 = normal(0, 0.1, 10)
h = relu(W1 @ x + b1)
s = W2 @ h + b2
"""


def network(program, home, rounds=7):
    """Building 784-64-10 with its loss, in a session that holds the layers; then one gradient."""
    builds, gradients = [], []
    for _ in range(rounds):
        session = Session(program, home)
        for line in NETWORK.splitlines():
            session.ask(line)
        builds.append(session.ask("L = softmax_cross_entropy(s, 3)"))
        gradients.append(session.ask("grad W2[1,1]"))
        session.close()
    return summary(builds), summary(gradients)
