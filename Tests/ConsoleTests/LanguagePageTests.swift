import Foundation
import Language
import Lessons
import Testing
import Typesetting

@testable import Console

/// The tables of `docs/language.md` that are typed by hand, row by row held to the program.
@Suite struct LanguagePageTests {
  private static let preamble = [
    "a = 2, b = 5, x = 3, α = 1, β = 2, w1 = 4", "v = [1, 2, 3, 4]", "A = [[1, 2], [3, 4]]",
    "B = [[2, 0], [1, 1]]", "w = [1, 2]", "s = [2, 1, -1]",
  ]
  /// Where a cell shows a part of a formula, or a letter that is not a number here.
  private static let whole = [
    "2..4": "v[2..4]", "W[2]": "A[2]", "W[2][1]": "A[2][1]", "W[2,1]": "A[2,1]",
    "W + b": "A + w", "conv(x, w)": "conv(v, w)", "x[0]": "v[0]", "−": "a − b", "·": "a · b",
    "×": "a × b", "÷": "a ÷ b", "-": "a - b", "*": "a * b", "/": "a / b", "²": "x²", "³": "x³",
    "^2": "x^2", "^3": "x^3", "w₁": "w₁", "log10(x)": "log10(x)",
  ]

  @Test func `what is decided once is decided so`() throws {
    var count = 0
    for row in try rows(below: "## Decided once") where row.count == 2 {
      let (typed, here) = (row[0], row[1])
      for code in codes(in: typed) {
        count += 1
        let result = outcome(of: code)
        #expect(here.hasPrefix("refused") == (result == nil), "\(code): \(here)")
      }
      // `EXP(x)` is refused; `W[2][1]` is `W[2,1]`.
      for clause in here.split(separator: ";") {
        for code in codes(in: String(clause)) where clause.contains("refused") {
          #expect(
            (outcome(of: code) == nil) || here.hasPrefix("refused"), "\(code) ought to be refused")
        }
      }
      for match in here.matches(of: #/`([^`]+)` is `([^`]+)`/#) {
        #expect(outcome(of: String(match.output.1)) == outcome(of: String(match.output.2)))
      }
      // As many on the right as on the left: each is read as the other.
      let meant = codes(in: here)
      if meant.count == codes(in: typed).count, !here.contains("refused"), !here.contains("is ") {
        for (pasted, plain) in zip(codes(in: typed), meant) {
          #expect(outcome(of: pasted) == outcome(of: plain), "\(pasted) is not \(plain)")
        }
      }
    }
    #expect(count >= 40)
  }

  @Test func `pasted notation is read as the page says`() throws {
    var count = 0
    for row in try rows(below: "## Notation from slides") where row.count == 5 {
      for (pasted, plain) in [(row[0], row[1]), (row[3], row[4])] {
        let (from, to) = (codes(in: pasted), codes(in: plain))
        for (index, code) in from.enumerated() {
          // Several spellings of one thing have it once on the right.
          guard let meant = to.indices.contains(index) ? to[index] : to.last else { continue }
          count += 1
          let wanted = outcome(of: meant)
          #expect(wanted != nil && outcome(of: code) == wanted, "\(code) is not \(meant)")
        }
      }
    }
    #expect(count >= 14)
  }

  @Test func `signs without a meaning have a hint`() throws {
    let line = try #require(
      try page().split(separator: "\n").first { $0.hasPrefix("Signs with a hint") })
    let signs = codes(in: String(line))
    #expect(signs.count >= 10)
    for sign in signs {
      #expect(problem(with: "a \(sign) b")?.contains("hint: ") == true, "\(sign)")
    }
  }

  @Test func `what is reserved cannot be a name`() {
    for name in Command.all.map(\.name) + ["ans"] + Composite.functionNames {
      #expect(problem(with: "\(name) = 1") != nil, "\(name)")
    }
  }

  // MARK: - What the program does

  /// What is printed for a formula, or nil where it is refused.
  private func outcome(of code: String) -> String? {
    var session = Session()
    _ = try? session.enterAll(Self.preamble)
    return (try? session.enter(Self.whole[code] ?? code))?.document.rendered(Style())
  }

  private func problem(with line: String) -> String? {
    var session = Session()
    _ = try? session.enterAll(Self.preamble)
    do throws(Problem) {
      _ = try session.enter(line)
      return nil
    } catch {
      return error.rendered
    }
  }

  // MARK: - What the page says

  private func page() throws -> String {
    try String(contentsOf: repository.appending(path: "docs/language.md"), encoding: .utf8)
  }

  /// The rows of the first table below a heading, cell by cell.
  private func rows(below heading: String) throws -> [[String]] {
    let part = try #require(try page().components(separatedBy: heading + "\n").dropFirst().first)
    return part.split(separator: "\n", omittingEmptySubsequences: false)
      .drop { !$0.hasPrefix("|---") }.dropFirst().prefix { $0.hasPrefix("|") }
      .map { row in
        row.dropFirst().dropLast().split(separator: "|", omittingEmptySubsequences: false)
          .map { $0.trimmingCharacters(in: .whitespaces) }
      }
  }

  private func codes(in cell: String) -> [String] {
    cell.matches(of: #/`([^`]+)`/#).map { String($0.output.1).trimmingCharacters(in: .whitespaces) }
  }
}

@Suite struct MisconceptionsPageTests {
  /// The page shows what is said to a wrong answer; here the question is asked and answered so.
  @Test func `a wrong answer is explained as the page says`() throws {
    let page = try String(
      contentsOf: repository.appending(path: "docs/misconceptions.md"), encoding: .utf8)
    let block = try #require(page.components(separatedBy: "```text\n").dropFirst().first)
      .components(separatedBy: "```")[0]
    let lesson = """
      # Two inputs

      ```backstep quiet
      > a = 3, b = -4
      > f = a * b
      ```

      > **Predict.** What is $\\partial f/\\partial a$?

      <!-- answer: grad a -->
      """
    var conversation = Conversation()
    var shown = try conversation.play(Lesson(parsing: Array(lesson.utf8)), name: "two")
      .rendered(Style())
    shown += conversation.prompt + "3\n"
    shown += try conversation.enter("3", isTyped: true).document.rendered(Style())
    for line in block.split(separator: "\n") { #expect(shown.contains(line), "\(line)\n\(shown)") }
  }
}
