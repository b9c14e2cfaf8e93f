import Engine
import Exercises
import Language
import TestSupport
import Testing

/// What must hold for any graph and any sheet.
@Suite struct MarkingPropertyTests {
  private static let templates = [
    "$ + $", "$ - $", "$ * $", "$ * $ + $", "0.5 * $", "relu($)", "$^2", "tanh($)", "max($, $)",
    "-$", "sigmoid($)", "$ + $ + $",
  ]

  /// A random item that asks for every value and every gradient.
  private func key(_ seed: UInt64, values: Bool = true) throws -> AnswerKey {
    var random = SplitMix64(seed: seed)
    var names = (1...(2 + random.below(3))).map { "x\($0)" }
    var lines = names.map { "\($0) = \((random.below(2) == 0 ? -1 : 1) * (1 + random.below(4)))" }
    for index in 1...(2 + random.below(5)) {
      var text = random.pick(Self.templates)
      while text.contains("$") {
        text = text.replacing("$", with: random.pick(names), maxReplacements: 1)
      }
      lines.append("n\(index) = \(text)")
      names.append("n\(index)")
    }
    var definitions = Definitions()
    for line in lines {
      for assignment in try #require(try Assignment.reading(line, functions: [:])) {
        try definitions.define(assignment)
      }
    }
    let graph = try Graph(of: [try #require(names.last)], in: definitions)
    let gates = values ? graph.gates.map { "value \(graph.label($0))" } : []
    let nodes = graph.nodes.indices.filter { graph.nodes[$0].kind != .constant }
    return AnswerKey(
      try item(
        lines, asking: gates + nodes.reversed().map { "grad \(graph.label($0))" }, points: 3))
  }

  private func right(_ key: AnswerKey) -> [Entry] {
    key.item.blanks.map { blank in
      if case .number(let number, _) = blank.answer { .number(number) } else { .blank }
    }
  }

  private func entry(_ number: Double) throws -> Entry {
    .number(try #require(Rational(decimal: number.rounded(to: 7))))
  }

  @Test func `a right sheet gets all marks and a blank one none`() throws {
    for seed in 0..<150 as Range<UInt64> {
      let key = try key(seed)
      let rows = key.mark(right(key))
      #expect(rows.allSatisfy { $0.verdict == .right && $0.hundredths == 300 }, "seed \(seed)")
      let blanks = key.mark(key.item.blanks.map { _ in .blank })
      #expect(
        blanks.allSatisfy { $0.verdict == .blank && $0.hundredths == 0 && $0.mistakes.isEmpty })
      #expect(key.mark([]).map(\.verdict) == blanks.map(\.verdict))
    }
  }

  @Test func `a sheet of zeros gains nothing where the truth is not zero`() throws {
    let zero = Entry.number(.zero)
    for seed in 0..<150 as Range<UInt64> {
      let key = try key(seed)
      for row in key.mark(key.item.blanks.map { _ in zero }) {
        guard case .number(let right, let tolerance) = key.item.blanks[row.blank].answer,
          right.double.magnitude > tolerance
        else { continue }
        #expect(row.hundredths == 0 && row.accuracy == 0 && row.method == 0, "seed \(seed)")
      }
    }
  }

  /// Truth and slip are told apart, and nothing is so small that a guard has its say.
  private func isPlain(_ own: [Double], _ right: [Double]) -> Bool {
    zip(own, right).allSatisfy { own, right in
      let gap = (own - right).magnitude
      return own.isFinite && own.magnitude < 1e5 && (gap < 1e-9 || gap > 0.03)
        && (own.magnitude > 0.02 || right.magnitude < 1e-9 && own == right)
    }
  }

  @Test func `one slip on the way back costs its own row, and all below is carried forward`() throws
  {
    var tried = 0
    var mistakes: Set<String> = []
    for seed in 0..<500 as Range<UInt64> {
      var random = SplitMix64(seed: seed &+ 9_000)
      let key = try key(seed, values: false)
      let tape = key.item.tape
      let graph = tape.graph
      let final = Snapshot(of: tape, at: tape.end)
      let nodes = graph.nodes.indices.filter {
        graph.nodes[$0].kind != .constant && !graph.outputs.contains($0)
      }
      let place = random.pick(nodes)
      let slips = Misconception.answers(for: place, on: tape).filter { $0.scope != .wholePass }
      guard !slips.isEmpty else { continue }
      let slip = random.pick(slips)
      // The pass by hand, with that one number in it.
      var own = [Double](repeating: 0, count: graph.nodes.count)
      for output in graph.outputs { own[output] = 1 }
      for gate in graph.gates.reversed() {
        if gate == place { own[gate] = slip.value }
        let locals = graph.locals(of: gate, values: final.values, conventions: Conventions())
        for (slot, operand) in graph.operands(of: gate).enumerated() {
          own[Int(operand)] += own[gate] * locals[slot]
        }
      }
      own[place] = slip.value
      let shown = key.item.blanks.map { blank -> Int in
        if case .gradient(let node) = blank.quantity { node } else { -1 }
      }
      guard isPlain(shown.map { own[$0] }, shown.map { final.gradients[$0] }) else { continue }
      let rows = key.mark(try shown.map { try entry(own[$0]) })
      tried += 1
      for (row, node) in zip(rows, shown) {
        if node == place {
          #expect(row.accuracy == 0 && row.method == 0 && row.hundredths == 0, "seed \(seed)")
          #expect(row.mistakes.contains(slip.misconception.name), "seed \(seed): \(row.mistakes)")
          mistakes.insert(slip.misconception.name)
        } else if (own[node] - final.gradients[node]).magnitude > 0.01 {
          #expect(row.verdict == .carried && row.hundredths == 150, "seed \(seed): \(row)")
        } else {
          #expect(row.verdict == .right, "seed \(seed)")
        }
      }
    }
    #expect(tried > 100 && mistakes.count > 8, "\(tried) \(mistakes.sorted())")
  }

  @Test func `one slip on the way forward is carried through both passes`() throws {
    var tried = 0
    for seed in 0..<500 as Range<UInt64> {
      var random = SplitMix64(seed: seed &+ 77_000)
      let key = try key(seed)
      let tape = key.item.tape
      let graph = tape.graph
      let final = Snapshot(of: tape, at: tape.end)
      let place = random.pick(graph.gates)
      let slips = WrongValue.values(of: place, in: graph, at: final.values)
      guard !slips.isEmpty else { continue }
      let slip = random.pick(slips)
      let values = graph.values(holding: [place: slip.value])
      let gradients = graph.adjoints(at: values, conventions: Conventions())
      let pairs = key.item.blanks.map { blank -> (own: Double, right: Double) in
        switch blank.quantity {
        case .value(let node): (values[node], final.values[node])
        case .gradient(let node): (gradients[node], final.gradients[node])
        case .formula, .other: (.nan, .nan)
        }
      }
      guard isPlain(pairs.map(\.own), pairs.map(\.right)) else { continue }
      tried += 1
      for (row, pair) in zip(key.mark(try pairs.map { try entry($0.own) }), pairs) {
        let isPlace: Bool
        if case .value(place) = key.item.blanks[row.blank].quantity {
          isPlace = true
        } else {
          isPlace = false
        }
        if isPlace {
          #expect(row.verdict == .mistake && !row.mistakes.isEmpty, "seed \(seed)")
        } else if (pair.own - pair.right).magnitude > 0.01 {
          #expect(row.verdict == .carried, "seed \(seed): \(row)")
          #expect(!row.sources.isEmpty)
        } else {
          #expect(row.verdict == .right, "seed \(seed)")
        }
      }
    }
    #expect(tried > 60, "\(tried)")
  }

  @Test func `marks are never negative, never above the points, and nobody else's business`() throws
  {
    let key = try key(1)
    var random = SplitMix64(seed: 4)
    let truth = right(key)
    let scheme = try Scheme(reading: "accuracy=70,method=60,no-swap=100,local-only=40")
    let sheets = (0..<200).map { student in
      AnswerSheet(
        student: "s\(student)", item: 0,
        entries: truth.map { right in
          switch random.below(6) {
          case 0: .blank
          case 1: .unreadable("no")
          case 2: .number(Rational(random.below(9) - 4))
          case 3: .number(.zero)
          default: right
          }
        })
    }
    let marked = MarkedClass(sheets, items: [key.item], scheme: scheme)
    for sheet in marked.sheets {
      #expect(sheet.rows.allSatisfy { (0...300).contains($0.hundredths) })
      #expect(sheet.hundredths == sheet.rows.reduce(0) { $0 + $1.hundredths })
      #expect(sheet.hundredths <= sheet.outOf)
    }
    var shuffled = sheets
    shuffled.shuffle(using: &random)
    let again = MarkedClass(shuffled, items: [key.item], scheme: scheme)
    let marks = Dictionary(uniqueKeysWithValues: marked.sheets.map { ($0.student, $0) })
    for sheet in again.sheets {
      let before = try #require(marks[sheet.student])
      #expect(before.hundredths == sheet.hundredths)
      #expect(before.rows.map(\.verdict) == sheet.rows.map(\.verdict))
    }
    #expect(Set(marked.sheets.map(\.hundredths)).count > 5)
    #expect(
      marked.results.split(separator: "\n").sorted()
        == again.results.split(separator: "\n").sorted())
  }
}
