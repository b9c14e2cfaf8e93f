import Language
import TestSupport
import Testing

@testable import Engine

/// Why gradients are tiny, huge or exactly 0.
@Suite struct GradientHuntTests {
  private func chain(_ end: GradientChain.End, _ tape: Tape) throws -> GradientChain {
    try #require(GradientChain(end, of: tape, now: tape.final))
  }

  /// A deep network of one unit in each layer, all weights 1.
  private func sigmoids(_ depth: Int) throws -> Tape {
    var lines = ["x = 1, " + (1...depth).map { "w\($0) = 1" }.joined(separator: ", ")]
    for layer in 1...depth {
      lines.append("h\(layer) = sigmoid(w\(layer) * \(layer == 1 ? "x" : "h\(layer - 1)"))")
    }
    let names = try definitions(lines)
    return try Tape(of: try Graph(of: ["h\(depth)"], in: names))
  }

  @Test func `ten sigmoids make a gradient vanish`() throws {
    let tape = try sigmoids(10)
    let chain = try chain(.smallest, tape)
    #expect(tape.graph.label(chain.input) == "w1")
    #expect(abs(chain.gradient / 2.7847671758175863e-07 - 1) < 1e-12)
    #expect(chain.other.map(tape.graph.label) == "w10")
    #expect(chain.ratio < GradientChain.vanishing)
    #expect(chain.path.edges.count == 20)
    // The first sigmoid sees the largest number, so it is the flattest.
    let place = try #require(chain.place(of: .smallest))
    #expect(tape.graph.label(chain.path.edges[place].gate) == "h1")
    let share = try #require(chain.shares(.smallest, in: tape.graph).first)
    #expect(Primitive[share.primitive].name == "sigmoid")
    #expect(share.locals.count == 10)
    #expect(share.locals.allSatisfy { $0 <= 0.25 })
    #expect(abs(share.product / chain.gradient - 1) < 1e-12)
    #expect(try self.chain(.smallest, sigmoids(2)).ratio > GradientChain.vanishing)
  }

  @Test func `factors above 1 make a gradient explode`() throws {
    let tape = try tape("w = 20, s = 2", "f = s*w*w*w*w")
    let chain = try chain(.largest, tape)
    #expect(tape.graph.label(chain.input) == "s")
    #expect(chain.gradient == 160_000)
    #expect(chain.ratio >= GradientChain.exploding)
    #expect(chain.shares(.largest, in: tape.graph).map(\.product) == [160_000])
    // Seen from another scale it is what it was.
    let scaled = try EngineTests.tape("w = 20, s = 2", "f = s*w*w*w*w", upstream: [10])
    #expect(try self.chain(.largest, scaled).ratio == 160_000)
  }

  @Test func `the chain multiplies up to its path, and its input is the extreme one`() throws {
    for seed in 0..<60 as Range<UInt64> {
      let tape = try RandomGraph(seed: 23_000 + seed).tape()
      let final = tape.final
      for end in [GradientChain.End.smallest, .largest] {
        guard let chain = GradientChain(end, of: tape, now: final) else { continue }
        let product = chain.path.edges.reduce(chain.path.seed) { $0 * $1.local }
        #expect(product == chain.path.product)
        #expect(chain.path.edges.last?.operand == chain.input)
        let sizes = tape.graph.inputs.map { final.gradients[$0].magnitude }.filter { $0 > 0 }
        #expect(chain.gradient.magnitude == (end == .smallest ? sizes.min() : sizes.max()))
      }
    }
  }

  private func zeros(_ tape: Tape) -> (dead: [String], zeros: [String]) {
    let found = ZeroGradients(of: tape, at: tape.end)
    let name = tape.graph.label
    let zeros = found.zeros.map { zero -> String in
      switch zero.cause {
      case .blocked(let gate): "\(name(zero.input)) by \(name(gate))"
      case .cancelled(let node): "\(name(zero.input)) cancels at \(name(node))"
      case .tooSmall(let node): "\(name(zero.input)) too small at \(name(node))"
      case .noUpstream: "\(name(zero.input)) without upstream"
      }
    }
    return (found.deadGates.map(name), zeros)
  }

  @Test func `a dead unit and all it blocks`() throws {
    let tape = try tape(
      "w11 = 1, w12 = -1, w21 = 0.5, w22 = 1, b1 = 0, b2 = -1, v1 = 2, v2 = -1, c = 0.5",
      "x1 = 1, x2 = 2, y = 1", "z1 = w11*x1 + w12*x2 + b1", "z2 = w21*x1 + w22*x2 + b2",
      "h1 = relu(z1)", "h2 = relu(z2)", "p1 = v1*h1", "o = sigmoid(p1 + v2*h2 + c)",
      "L = (o - y)^2 / 2")
    let found = zeros(tape)
    #expect(found.dead == ["h1"])
    #expect(Set(found.zeros) == ["w11 by h1", "w12 by h1", "b1 by h1", "v1 by p1"])
    let hunt = ZeroGradients(of: tape, at: tape.end)
    let below = hunt.inputs(below: try tape.node("h1"), in: tape.graph).map(tape.graph.label)
    #expect(Set(below) == ["w11", "w12", "b1"])
  }

  @Test func `zeros of other kinds are told apart`() throws {
    #expect(zeros(try tape("x = 2", "f = x - x")).zeros == ["x cancels at x"])
    #expect(zeros(try tape("x = 2", "h = 3*x", "f = h - h")).zeros == ["x cancels at h"])
    #expect(zeros(try tape("x = 2", "f = step(x)")).dead == ["f"])
    #expect(zeros(try tape("x = 800", "f = sigmoid(x)")).dead == ["f"])
    #expect(zeros(try tape("x = 2", "f = 3*x", upstream: [0])).zeros == ["x without upstream"])
    #expect(
      zeros(try tape("x = 2", "a = 1e-200 * x", "f = 1e-200 * a")).zeros == ["x too small at x"])
    #expect(zeros(try tape("x = 2", "f = 3*x")).zeros == [])
    #expect(zeros(try tape("x = 2, y = 3", "f = x * y")).dead == [])
    // A literal has no gradient, so it keeps no gate alive.
    #expect(zeros(try tape("x = 2", "f = max(x, 3)")).dead == ["f"])
    #expect(zeros(try tape("x = 2", "h = 0*x", "f = h + x")).zeros == [])
    #expect(zeros(try tape("x = 2", "h = 0*x", "f = h + x")).dead == ["h"])
  }

  /// Bounds are facts about functions, so the rules must keep them and reach them.
  @Test func `no slope is steeper than the record says`() throws {
    for (id, primitive) in Primitive.catalog.enumerated() {
      guard let bound = primitive.steepest else { continue }
      var steepest = 0.0
      for step in -4000...4000 {
        let x = Double(step) / 500
        let slope = Primitive.rule(of: Int32(id), operand: 0)
        let size = [x].withUnsafeBufferPointer {
          slope.value(operands: $0, result: primitive.value([x]), convention: 0, operand: 0)
            .magnitude
        }
        steepest = max(steepest, size)
      }
      #expect(steepest <= bound && steepest > bound * 0.999, "\(primitive.name)")
    }
  }
}
