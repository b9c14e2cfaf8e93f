import Engine
import Language
import Testing
import TestSupport

@testable import Export
@testable import Typesetting

/// Worked answers of random circuits, held to what must be true of any.
@Suite struct WorkedAnswerPropertyTests {
  /// A circuit of up to seven gates on three inputs.
  private func circuit(_ seed: UInt64) throws -> Tape {
    var random = SplitMix64(seed: seed)
    var lines = ["a", "b", "c"].map { "\($0) = \(random.below(9) - 4)" }
    var names = ["a", "b", "c"]
    for gate in 1...(2 + random.below(6)) {
      let (x, y) = (random.pick(names), random.pick(names))
      let operation = random.pick([
        "\(x) + \(y)", "\(x) * \(y)", "\(x) - \(y)", "max(\(x), \(y))", "relu(\(x))",
        "\(x)^2 / 4", "tanh(\(x))", "(\(x) + 2*\(y)) * \(x)", "sigmoid(\(x) + \(y))",
      ])
      lines.append("g\(gate) = \(operation)")
      names.append("g\(gate)")
    }
    lines.append("f = \(names[names.count - 1]) * a + \(names[names.count - 2]) + b + c")
    return try tape(lines, of: "f")
  }

  @Test(arguments: 1...60 as ClosedRange<UInt64>)
  func `rows multiply, sums add up, and differences agree`(seed: UInt64) throws {
    let tape = try circuit(seed)
    let answer = try WorkedAnswer(of: tape, title: "t")
    var sums = [Double](repeating: 0, count: tape.graph.nodes.count)
    for row in answer.backward {
      if let local = row.local { #expect(row.upstream * local.value == row.amount) }
      if let local = row.local { #expect(row.upstream == sums[local.gate]) }
      sums[row.node] += row.amount
    }
    for part in answer.answers {
      #expect(part.gradients == part.nodes.map { sums[$0] })
    }
    for sum in answer.sums {
      #expect(sum.parts.reduce(0, +) == sum.total && sum.steps.count == sum.parts.count)
    }
    // Each row is a step of the tape: the number says which.
    for row in answer.forward {
      let event = try #require(Int(row.step))
      #expect(tape.events[event - 1].node == row.node && tape.events[event - 1].kind == .forward)
    }
    for row in answer.backward {
      let event = try #require(Int(row.step.prefix { $0.isNumber }))
      #expect(tape.events[event - 1].node == row.local?.gate ?? row.node)
    }
    // At a corner a difference takes both sides; elsewhere it has to agree.
    for check in answer.checks {
      let kinks = NumericCheck(of: check.node, on: tape, values: answer.values).kinks
      #expect(check.agrees || !kinks.isEmpty || check.quotient.magnitude > 1e4, "\(seed)")
    }
    #expect(
      answer.slips.allSatisfy { slip in
        !zip(slip.values, answer.answers[0].gradients).allSatisfy { $0 == $1 }
      })
  }

  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func `the student's cut has no answer in it`(seed: UInt64) throws {
    let answer = try WorkedAnswer(of: try circuit(seed), title: "t")
    let asked = answer.paper(.student, fading: 0)
    for block in asked.blocks {
      guard case .table(let table) = block else { continue }
      for cell in table.rows.joined() { #expect(!Self.tells(cell), "\(cell)") }
    }
    // Nothing that only the worked answer says is in any of the files.
    let worked = try PaperFormat.all.map { try $0.text(of: answer.paper()) }
    for (format, worked) in zip(PaperFormat.all, worked) {
      let text = try format.text(of: asked)
      #expect(worked.contains("something else") && !text.contains("something else"))
      for check in answer.checks {
        let number = check.above.formatted(.significant(9))
        if number.count > 5 { #expect(!text.contains(number), "\(format.name)") }
      }
    }
    for fading in WorkedAnswer.fadings {
      let paper = answer.paper(.student, fading: fading)
      let rows = tables(paper)
      let backward = try #require(rows.first { $0[0].contains("upstream") })
      for (row, cells) in zip(answer.backward, backward.dropFirst())
      where row.local != nil && !answer.isGate(row.node) {
        #expect(cells.last == "______")
      }
      #expect(!lines(paper).contains { $0.hasPrefix("∇f = (∂f") && $0.hasSuffix(")") })
    }
    // Each level gives more than the one before.
    let blanks = WorkedAnswer.fadings.map { fading in
      tables(answer.paper(.student, fading: fading)).joined().joined().count {
        $0.hasSuffix("______")
      }
    }
    #expect(blanks == blanks.sorted(by: >) && Set(blanks).count == blanks.count, "\(blanks)")
  }

  /// Whether a cell has a number in it that is no part of the formula that was given.
  private static func tells(_ cell: [Paper.Inline]) -> Bool {
    cell.contains { inline in
      guard case .math(let math) = inline else { return false }
      return math.pieces.contains { piece in
        switch piece {
        case .number, .operand, .digits, .substituted: true
        default: false
        }
      }
    }
  }

  @Test func `the same answer gives the same bytes, and JSON has every row`() throws {
    for seed in 1...5 as ClosedRange<UInt64> {
      let tape = try circuit(seed)
      let (first, second) = (
        try WorkedAnswer(of: tape, title: "t"), try WorkedAnswer(of: tape, title: "t")
      )
      #expect(first.json == second.json)
      for format in PaperFormat.all {
        #expect(try format.text(of: first.paper()) == format.text(of: second.paper()))
      }
    }
  }
}
