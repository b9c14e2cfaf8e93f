import Foundation
import Testing

@testable import Language

/// Formulas far longer and deeper than anyone types, on a stack of 256 KiB: recursion would crash.
@Suite struct LimitTests {
  /// A formula of many parts: how to write it, how many nodes it has, and its value at x = 0.5.
  struct Giant: Sendable {
    let head: String
    let core: String
    let tail: String
    let count: Int
    let nodes: Int
    let value: Double
  }

  static let million = 1_000_000
  static let giants: [Giant] = [
    Giant(head: "(", core: "x", tail: ")", count: million, nodes: 1, value: 0.5),
    Giant(head: "-", core: "x", tail: "", count: million, nodes: million + 1, value: 0.5),
    // The sine of the sine of … has its value from a loop, below.
    Giant(head: "sin(", core: "x", tail: ")", count: million, nodes: million + 1, value: .nan),
    Giant(
      head: "", core: "x", tail: "+x", count: million, nodes: million + 2, value: 500_000.5),
    Giant(
      head: "", core: "x", tail: "-x", count: 200_000, nodes: 400_001,
      value: 0.5 - 100_000),
    Giant(head: "1^", core: "x", tail: "", count: 200_000, nodes: 400_001, value: 1),
    Giant(head: "(x+", core: "x", tail: ")", count: 100_000, nodes: 200_001, value: 50_000.5),
    Giant(
      head: "if(0, x, ", core: "x", tail: ")", count: 50_000, nodes: 150_001, value: 0.5),
  ]

  struct Outcome: Sendable {
    var code: String?
    var nodes = 0
    var value = Double.nan
    var length = 0
    var copied = false
  }

  @Test func `a million parts are read, evaluated, printed and freed without recursion`() async {
    for giant in Self.giants {
      let outcome = await onSmallStack { () -> Outcome in
        var outcome = Outcome()
        do throws(Problem) {
          let text =
            String(repeating: giant.head, count: giant.count) + giant.core
            + String(repeating: giant.tail, count: giant.count)
          let formula = try Formula(reading: text)
          outcome.nodes = formula.nodes.count
          outcome.value = formula.evaluated { _ in 0.5 }
          outcome.length = formula.written(.source).utf8.count
          // Copying is slow in a debug build, and no deeper for a million than for 100,000.
          guard giant.count <= 200_000 else { return outcome }
          let replaced = formula.substituting { _ in Formula(name: "y") }
          outcome.copied = replaced.variables == ["y"] && replaced.nodes.count == outcome.nodes
        } catch {
          outcome.code = error.code
        }
        return outcome
      }
      let name = "\(giant.count) × \(giant.head)\(giant.core)\(giant.tail)"
      #expect(outcome.code == nil, "\(name)")
      #expect(outcome.nodes == giant.nodes, "\(name)")
      if giant.head == "sin(" {
        var sine = 0.5
        for _ in 0..<giant.count { sine = sin(sine) }
        #expect(outcome.value == sine)
      } else {
        #expect(outcome.value == giant.value, "\(name)")
      }
      #expect(outcome.length >= giant.nodes, "\(name)")
      #expect(outcome.copied == (giant.count <= 200_000), "\(name)")
    }
  }

  @Test(arguments: ["(", "-", "sin(", "x+", "2^", "x*(", "max(x,", "f(x", "((a)", "1 "])
  func `a million parts of something broken are refused, not a crash`(part: String) async {
    let code = await onSmallStack { () -> String? in
      do throws(Problem) {
        _ = try Formula(reading: String(repeating: part, count: 100_000))
        return nil
      } catch {
        return error.pointing(into: part).rendered.isEmpty ? nil : error.code
      }
    }
    #expect(code != nil)
  }

  @Test func `a name may have 64 bytes`() throws {
    let longest = String(repeating: "n", count: 64)
    #expect(try Formula(reading: longest).variables == [longest])
    let problem = #expect(throws: Problem.self) { try Formula(reading: longest + "n") }
    #expect(problem?.code == "name-too-long")
    // Subscript digits count as the one byte they become; Greek letters as two.
    let subscripted = String(repeating: "n", count: 60) + "₁₂₃₄"
    #expect(try Formula(reading: subscripted).variables.first?.utf8.count == 64)
    #expect(throws: Problem.self) {
      try Formula(reading: String(repeating: "α", count: 33))
    }
    #expect(throws: Never.self) { try Formula(reading: String(repeating: "α", count: 32)) }
  }

  @Test func `numbers of any length`() throws {
    let long = String(repeating: "9", count: 100_000)
    #expect(try Formula(reading: long).literal == .infinity)
    #expect(try Formula(reading: "0." + String(repeating: "0", count: 1_000) + "1").literal == 0)
    #expect(try Formula(reading: "1e999").literal == .infinity)
    #expect(try Formula(reading: "1e-999").literal == 0)
    #expect(try Formula(reading: Formula(reading: "1e999").description).literal == .infinity)
  }
}
