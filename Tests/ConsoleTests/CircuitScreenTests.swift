import Engine
import Foundation
import Language
import TestSupport
import Testing
import Typesetting

@testable import Console

/// The circuit as learners see it, against pictures and numbers that were not made by the program.
@Suite struct CircuitScreenTests {
  /// What a session shows after its last line.
  private func shown(_ lines: [String]) throws -> String {
    var session = Session()
    var last = Document.empty
    for line in lines { last = try session.enter(line).document }
    return last.rendered(session.settings.style)
  }

  // The screens were drawn on paper, and by another program, before this one could draw.
  @Test func `forward, the gate at work has heavy wires`() throws {
    let expected = """
      ── forward 1 of 2 ── gate + ────────────────────────────────────────────────────

            -2.00
         w1 ━━━━━━┓
                  ┃     3.00
             5.00 ┣(+)━━━━━━━┑    ·
         w2 ━━━━━━┛          ├(×)───▶ f
                       -4.00 │
                    w3 ──────╯

         q = w1 + w2 = -2 + 5 = 3

      """
    #expect(try shown(GoldenTests.circuit + ["step"]) == expected)
  }

  @Test func `the whole circuit, values above and gradients below`() throws {
    let whole = """
         -2.00
      w1 ──────╮
         -4.00 │     3.00
          5.00 ├(+)───────╮    -12.00
      w2 ──────╯    -4.00 ├(×)────────▶ f
         -4.00      -4.00 │     1.00
                 w3 ──────╯
                     3.00

      """
    #expect(try shown(GoldenTests.circuit + ["step 5", "graph"]) == whole)
    let ascii = """
         -2.00
      w1 ------+
         -4.00 |     3.00
          5.00 +(+)-------+    -12.00
      w2 ------+    -4.00 +(*)--------> f
         -4.00      -4.00 |     1.00
                 w3 ------+
                     3.00

      """
    #expect(try shown(GoldenTests.circuit + ["step 5", "graph ascii"]) == ascii)
  }

  @Test func `a neuron`() throws {
    let lines = [
      "w0 = 2, x0 = -1, w1 = -3, x1 = -2, w2 = -3", "f = sigmoid(w0*x0 + w1*x1 + w2)", "backward",
    ]
    let expected = """
          2.00
      w0 ──────╮
         -0.20 │    -2.00
         -1.00 ├(×)───────╮
      x0 ──────╯     0.20 │
          0.39            │
         -3.00            │    1.00      0.73
      w1 ──────╮     6.00 ├(+)───────(σ)──────▶ f
         -0.39 ├(×)───────┤    0.20      1.00
         -2.00 │     0.20 │
      x1 ──────╯    -3.00 │
         -0.59   w2 ──────╯
                     0.20

      """
    #expect(try shown(lines + ["graph"]) == expected)
  }

  @Test func `what has no room is drawn in part, and sums that wait have a plus`() throws {
    let expected = """
      ── backward 11 of 13 ── gate + ── near s1, 11 of 25 nodes ──────────────────────

              0.50
         w11 ───────╮    0.50
                    ├(×)━━━━━━┓
              1.00  │    0.65 ┃                 1.00
          x1 ───────╯         ┃              v1 ─────╮    0.80
             -0.43+           ┃                 1.45 ├(×)──────▶ …y
              -0.50           ┃    1.10         0.80 │    1.81
         w12 ───────╮    0.50 ┣(+)━━━━━━━[tanh]──────╯
                    ├(×)━━━━━━┫    0.65         1.81
              -1.00 │    0.65 ┃
          x2 ───────╯    0.10 ┃
             -1.30+   b1 ━━━━━┛
                         0.65

         upstream ∂L/∂s1 = 0.6516

      """
    #expect(try shown(GoldenTests.network + ["step 25"]).hasPrefix(expected))
  }

  @Test func `an input that is used twice is split into its contributions`() throws {
    let text = try shown(["x = 3", "f = x * x + x", "backward", "graph split"])
    // 3 + 3 through the product, 1 past it.
    #expect(text.ranges(of: "x ──").count == 3)
    #expect(text.ranges(of: "3.00").count == 3 + 2)
    #expect(try shown(["x = 3", "f = x * x + x", "backward", "grad x"]) == "7\n")
  }

  @Test func `the copies of a split input add up to its gradient, at any time`() throws {
    let formula = ["x = 3, w = 2", "f = x * w + x * x"]
    // x*w brings 2, x*x brings 3 twice: below three copies, and 8 in all.
    for (lines, below) in [
      (["backward"], ["2.00", "3.00", "3.00"]),
      (["backward", "backward"], ["4.00", "6.00", "6.00"]),
      (["backward", "zero"], []), (["backward", "zero", "backward"], ["2.00", "3.00", "3.00"]),
      // The seed, the sum, and then one of the two contributions of x*x.
      (["forward", "step 2", "micro"], ["3.00"]),
    ] {
      let text = try shown(formula + lines + ["graph split"])
      let found = LabelReader(text).labels(of: "x").map(\.below).filter { !$0.isEmpty }
      #expect(found.sorted() == below, "\(lines) \(text)")
      if lines.last == "backward" {
        let sum = below.compactMap(Double.init).reduce(0, +)
        #expect(try shown(formula + lines + ["grad x"]) == "\(Int(sum))\n")
      }
    }
  }

  @Test func `a step leaves twelve rows of the screen to what it says`() throws {
    var session = Session()
    for line in GoldenTests.network { _ = try session.enter(line) }
    let whole = try shown(GoldenTests.network + ["set width 120", "step 25", "graph"]).split(
      separator: "\n"
    ).count
    for rows in 16...60 {
      session.settings.style.fit(columns: 120, rows: rows)
      var copy = session
      let card = try copy.enter("step 25").document.rendered(copy.settings.style)
      let lines = card.split(separator: "\n", omittingEmptySubsequences: false)
      let drawing = lines.dropFirst(2).prefix { !$0.contains("upstream") && !$0.contains(" = ") }
      #expect(drawing.filter { !$0.isEmpty }.count <= rows - 12, "\(rows) rows: \(card)")
      #expect(
        card.contains("of 25 nodes") == (rows < whole + 12) || rows < 21, "\(rows) rows: \(card)")
    }
  }

  @Test func `vectors are boxes, which can be opened`() throws {
    let lines = ["x = [1, 2, -1, 0.5, 3], w = [0.5, -1, 2]", "y = conv(x, w)", "f = sum(y)"]
    let whole = try shown(lines + ["backward", "graph"])
    #expect(whole.contains("x [5] ─") && whole.contains("[y [3]: dot]"))
    #expect(!whole.contains("x[1]"))
    let open = try shown(lines + ["backward", "graph y"])
    #expect(open.ranges(of: "[dot]").count == 3 && open.contains("▶ y[3]"))
    #expect(try shown(lines + ["graph all"]).contains("x[5] ─"))
  }

  @Test func `every label of 300 random circuits stands at its wire, and no line is too long`()
    throws
  {
    var faults: [String] = []
    for seed in 1...300 {
      var random = SplitMix64(seed: UInt64(seed))
      var session = Session()
      let names = (0..<2 + random.below(7)).map { "i\($0)" }
      for name in names {
        _ = try session.enter("\(name) = \(Double(random.below(2000) - 1000) / 100)")
      }
      var known = names
      for gate in 0..<1 + random.below(12) {
        let sign = random.pick(["+", "-", "*", "*", "/"])
        let formula =
          random.below(5) == 0
          ? "tanh(\(random.pick(known)))" : "\(random.pick(known)) \(sign) \(random.pick(known))"
        _ = try session.enter("g\(gate) = \(formula)")
        known.append("g\(gate)")
      }
      let width = 40 + random.below(100)
      _ = try session.enter("set width \(width)")
      _ = try session.enter("step \(1 + random.below(20))")
      let drawing = random.pick([
        "step", "graph", "graph all", "graph \(random.pick(["g0", "split"]))",
      ])
      let text = try? session.enter(drawing).document.rendered(session.settings.style)
      guard let text, let scene = try? session.scene() else { continue }
      let isSplit = drawing == "graph split"
      let reader = LabelReader(text)
      faults += reader.rows.filter { $0.count > width }.map { "seed \(seed): \(String($0))" }
      for name in names {
        guard let node = scene.graph.nodeOfLabel[name] else { continue }
        for label in reader.labels(of: name) {
          let value = String(format: "%.2f", scene.now.values[node])
          if label.above != value { faults.append("seed \(seed): \(name) has \(label.above)") }
          if isSplit { continue }
          let gradient =
            switch scene.now.state(of: node) {
            case .notReached: ""
            case .waiting(let sum, _, _): sum.formatted(.wire) + "+"
            case .complete(let sum): sum.formatted(.wire)
            case .blocked: "0.00"
            }
          if label.below != gradient {
            faults.append("seed \(seed): \(name) has \(label.below), not \(gradient)")
          }
        }
      }
    }
    #expect(faults == [])
  }
}

/// Reads the labels of inputs off a drawing: the words above and below the wire behind a name.
private struct LabelReader {
  let rows: [[Character]]

  init(_ text: String) {
    rows = text.split(separator: "\n", omittingEmptySubsequences: false).map(Array.init)
  }

  func labels(of name: String) -> [(above: String, below: String)] {
    var result: [(above: String, below: String)] = []
    for (row, line) in rows.enumerated() {
      for start in line.indices where line[start...].starts(with: Array(name + " ")) {
        let isWord = start == 0 || line[start - 1] == " " || line[start - 1] == "│"
        let wire = start + name.count + 1
        guard isWord, wire < line.count, "─━".contains(line[wire]) else { continue }
        var end = wire
        while end < line.count, "─━".contains(line[end]) { end += 1 }
        result.append((word(row - 1, wire - 1..<end), word(row + 1, wire - 1..<end)))
      }
    }
    return result
  }

  /// What stands in some columns of a row, wires left out.
  private func word(_ row: Int, _ range: Range<Int>) -> String {
    guard rows.indices.contains(row) else { return "" }
    let line = rows[row]
    let cells = range.clamped(to: 0..<line.count).map { line[$0] }
    return String(cells.filter { "0123456789.+-einfa".contains($0) })
  }
}
