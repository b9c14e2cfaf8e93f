import Language
import Testing

@testable import Engine

/// More than one pass: what adds up, what is set back, what moves.
@Suite struct PassTests {
  private func start() throws -> Tape {
    try tape("w = 2, x = 3, y = 10", "p = w * x", "e = p - y", "f = e^2")
  }

  @Test func `a second backward pass adds to the inputs and begins anew at gates`() throws {
    let once = try start()
    let twice = try once.addingBackward()
    // e = -4: ∂f/∂w = 2 · -4 · 3.
    #expect(try once.gradient("w") == -24)
    #expect(try twice.gradient("w") == -48)
    #expect(try twice.gradient("y") == 16)
    #expect(try twice.gradient("e") == -8)
    #expect(twice.final.passes == 2)
    let w = try twice.node("w")
    #expect(twice.final.received[w] == 2 && twice.final.due[w] == 2)
    let begun = Snapshot(of: twice, at: Tape.Position(once.events.count + 1))
    #expect(begun.state(of: w) == .waiting(-24, received: 1, due: 2))
    #expect(begun.state(of: try twice.node("p")) == .notReached)
  }

  @Test func `zero sets everything back`() throws {
    let zeroed = try start().addingBackward().addingZero()
    for label in ["w", "x", "y", "p", "e", "f"] {
      #expect(try zeroed.state(label) == .notReached)
      #expect(try zeroed.gradient(label) == 0)
    }
    #expect(zeroed.final.passes == 0)
    #expect(zeroed.final.values[try zeroed.node("f")] == 16)
    let again = try zeroed.addingBackward()
    #expect(try again.gradient("w") == -24)
    #expect(again.final.passes == 1)
  }

  @Test func `an update moves each input once, from one snapshot`() throws {
    let before = try start()
    let after = try before.addingUpdate(rate: 0.125, of: [before.node("w"), before.node("x")])
    let changes = after.changes(of: after.events.count - 1)
    #expect(changes.map(\.before) == [2, 3])
    #expect(changes.map(\.gradient) == [-24, -16])
    #expect(changes.map(\.after) == [5, 5])
    let final = after.final
    #expect(final.values[try after.node("w")] == 5)
    #expect(final.values[try after.node("y")] == 10)
    #expect(try ["w", "p"].map { final.isKnown[try after.node($0)] } == [true, false])
    #expect(try after.state("p") == .notReached)
    #expect(try after.state("w") == .complete(-24))
    let forward = try after.addingForward()
    #expect(forward.final.values[try forward.node("f")] == 225)
    let backward = try forward.addingBackward()
    // Without `zero` the old gradient is still in the sum: -24 + 2 · 15 · 5.
    #expect(try backward.gradient("w") == 126)
    let cleared = try after.addingZero().addingForward().addingBackward()
    #expect(try cleared.gradient("w") == 150)
    #expect(cleared.truncated(to: before.events.count).final.values == before.final.values)
  }

  @Test func `descent goes down`() throws {
    var tape = try start()
    let w = try tape.node("w")
    var errors: [Double] = []
    for _ in 0..<20 {
      errors.append(tape.final.values[try tape.node("f")])
      tape = try tape.addingUpdate(rate: 0.02, of: [w]).addingZero().addingForward()
        .addingBackward()
    }
    #expect(zip(errors, errors.dropFirst()).allSatisfy { $0 > $1 })
    #expect((tape.final.values[w] - 10.0 / 3).magnitude < 1e-3)
  }

  @Test func `the four states of a gradient`() throws {
    let tape = try tape("x = -1, y = 2", "r = relu(x)", "f = r + y")
    #expect(Snapshot(of: tape, at: Tape.Position(2)).state(of: try tape.node("y")) == .notReached)
    #expect(try tape.state("x") == .blocked(by: tape.node("r")))
    #expect(try tape.state("y") == .complete(1))
  }

  @Test(arguments: [
    ("f = relu(x)", "f"), ("h = 0 * x, f = h + 1", "h"), ("f = step(x)", "f"),
    ("h = sign(x), f = h * 3", "h"), ("h = relu(x), g = h * 2, f = g + 1", "h"),
    ("h = 3 * x, g = relu(h), f = exp(g)", "g"), ("h = x * z, f = tanh(h)", "h"),
    ("h = if(x > 0, x, 5), f = 2 * h", "h"), ("h = max(x, 5), f = h", "h"),
  ])
  func `what blocked a gradient is named`(line: String, gate: String) throws {
    let tape = try tape("x = -1, z = 0", line)
    #expect(try tape.state("x") == .blocked(by: tape.node(gate)))
  }

  @Test(arguments: ["f = x - x", "a = 3 * x, b = -3 * x, f = a + b", "f = 2*x + -2*x"])
  func `a zero from cancelling is a true value`(line: String) throws {
    let tape = try tape("x = -1", line)
    #expect(try tape.state("x") == .complete(0))
  }

  @Test func `a zero below a cancelled gradient is a true value as well`() throws {
    let tape = try tape("x = 2", "h = 3 * x", "f = h - h")
    #expect(try tape.state("h") == .complete(0))
    #expect(try tape.state("x") == .complete(0))
  }

  @Test func `what is blocked in every pass stays blocked`() throws {
    let once = try tape("x = -1, y = 2", "r = relu(x)", "f = r + y")
    let twice = try once.addingBackward()
    #expect(try twice.state("x") == .blocked(by: twice.node("r")))
    #expect(try twice.state("y") == .complete(2))
  }

  @Test func `one open way is enough`() throws {
    let tape = try tape("x = -1", "f = relu(x) + 2 * x")
    #expect(try tape.state("x") == .complete(2))
  }
}
