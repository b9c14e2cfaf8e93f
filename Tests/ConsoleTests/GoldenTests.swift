import Foundation
import Language
import Lessons
import Testing
import Typesetting

@testable import Console

/// Whole screens, kept in files: a change of what learners see is a change of these.
@Suite struct GoldenTests {
  static let circuit = ["w1 = -2, w2 = 5, w3 = -4", "q = w1 + w2", "f = q * w3"]
  static let network = [
    "x1 = 1, x2 = -1, w11 = 0.5, w12 = -0.5, w21 = 0.25, w22 = 0.75, b1 = 0.1, b2 = -0.2",
    "v1 = 1, v2 = -1.5, c = 0.2, t = 1", "s1 = w11*x1 + w12*x2 + b1", "s2 = w21*x1 + w22*x2 + b2",
    "h1 = tanh(s1)", "h2 = tanh(s2)", "y = v1*h1 + v2*h2 + c", "e = y - t", "L = e^2",
  ]

  static let sessions: [(name: String, lines: [String])] = [
    (
      "circuit",
      circuit + ["step", "step", "step", "step", "step", "step", "undo", "undo 3", "tape"]
        + [
          "backward", "why w1", "table", "tree", "ledger w3", "derive w1", "numeric",
          "nudge w1 0.5",
        ]
    ),
    (
      "network",
      network + ["forward", "step 2", "step 9", "micro", "micro", "table", "tree h1"]
        + ["ledger x2", "why x1", "ledger x2", "derive w11", "numeric x1"]
    ),
    (
      "descent",
      ["w = 2, x = 3, b = -1, y = 7", "yhat = w*x + b", "r = yhat - y", "L = r^2", "backward"]
        + [
          "update rate 0.025 wrt w, b", "table", "forward", "zero", "backward", "undo 2", "w",
          "tape",
        ]
        + ["backward", "backward", "ledger w"]
    ),
    (
      "faults",
      [
        "x = 0", "f = x * ln(x)", "forward", "hunt nan", "backward", "x = -1", "step 2", "x = 2",
        "grad x",
      ]
        + ["reset", "z = 0", "h = relu(z)", "a = 3 * h", "backward", "why z", "numeric z"]
        + ["set relu-at-zero 1", "grad z", "z = -1", "backward", "table", "reset", "x = 3"]
        + ["m = max(x, 3)", "backward", "s = step(x)", "backward", "x = 800", "e = exp(x)", "step"]
    ),
    (
      "stops",
      circuit + ["break q", "break if grad w1 < 0", "watch w3", "display grad w1", "break"]
        + [
          "continue", "continue", "continue", "continue", "continue", "delete 1", "undisplay",
          "goto 2", "mark m",
        ]
        + ["restart", "goto m", "delete"]
    ),
    (
      "errors",
      circuit + ["stpe", "step = 4", "(w1+*w2", "back", "why w9", "grad u", "goto 99", "step 0"]
        + ["update", "update rate 0.1", "upstream w9 = 1", "nudge w1", "f = f + 1", "q = f", "x +"]
        + [
          "2x", "exp = 3", "ans = 1", "set widht 3", "set width 3", "hunt fish", "next",
          "help stpe",
        ]
        + [
          "table 3", ":nope", "g(z) = g(z)", "sin(x, y)", "unknown_function(3)", "w1 = ", "1/0 + u",
        ]
    ),
    (
      "help",
      ["help", "help all", "help functions", "help step", "help relu", "help ^", "help set"]
    ),
    (
      "upstream",
      ["w1 = 1, w2 = -2, x1 = 2, x2 = -1, x3 = 0", "o1 = w1*x1 + w2*x2", "o2 = w1*x2 + w2*x3"]
        + [
          "upstream o1 = 1, o2 = -1", "upstream", "step 8", "backward", "why w1", "ledger w1",
          "upstream off",
        ]
    ),
    ("lists", ["conventions", "limits", "set"]), ("vectors", Screens.vectors),
    ("shapes", Screens.shapes), ("layers", Screens.layers), ("training", Screens.training),
  ]

  @Test(arguments: sessions.map(\.name))
  func `screens look as agreed`(name: String) throws {
    let lines = try #require(Self.sessions.first { $0.name == name }).lines
    try expectGolden(transcript(lines), "\(name).txt")
  }

  @Test(arguments: ["circuit", "network", "faults", "upstream", "vectors", "layers", "training"])
  func `screens read well aloud`(name: String) throws {
    let lines = try #require(Self.sessions.first { $0.name == name }).lines
    let spoken = transcript(lines) { $0.style.speech = true }
    try expectGolden(spoken, "\(name).speech.txt")
    // A screen reader stumbles over drawn lines and skips bare signs.
    let answers = spoken.split(separator: "\n").filter {
      !$0.hasPrefix(">") && !$0.hasPrefix("error") && !$0.hasPrefix("  ") && !$0.hasPrefix("hint")
    }
    #expect(answers.filter { $0.contains("─") || $0.contains("∂") || $0.contains("×") } == [])
  }

  @Test(arguments: sessions.map(\.name))
  func `screens can do with ASCII and with 80 columns`(name: String) throws {
    let lines = try #require(Self.sessions.first { $0.name == name }).lines
    let plain = transcript(lines) { $0.style.unicode = false }
    let outside = plain.split(separator: "\n").filter { !$0.utf8.allSatisfy { $0 < 0x80 } }
    #expect(
      outside.filter { !$0.hasPrefix(">") && !$0.hasPrefix("hint") && !$0.hasPrefix("error") } == []
    )
    let wide = transcript(lines).split(separator: "\n").filter { columns(String($0)) > 80 }
    #expect(
      wide.filter { !$0.hasPrefix(">") && !$0.hasPrefix("hint") && !$0.hasPrefix("error") } == [])
  }

  @Test func `a lesson plays as agreed`() throws {
    let file = repository.appending(path: "lessons/05-backpropagation-by-example.md")
    let lesson = try Lesson(parsing: Array(Data(contentsOf: file)))
    var conversation = Conversation()
    var text = try conversation.play(lesson, name: "05").rendered(Style())
    let typed = [
      "", "-7", "hint", "3", "-12", "", "1", "", "", "table", "hint", "hint", "hint", "-4",
      "w3 + 7", "4", "-4", "", "1",
      "play", "w1 = 100", "grad w1", "resume", "skip", "", "c", "A", "b)", "",
    ]
    for line in typed {
      text += "\(conversation.prompt)\(line)\n"
      do throws(Problem) {
        text += try conversation.enter(line, isTyped: true).document.rendered(Style())
      } catch {
        text += error.rendered + "\n"
      }
    }
    try expectGolden(text, "lesson-05.txt")
  }

  /// The README shows a real session; this is what keeps it real.
  @Test func `the README tells the truth`() throws {
    let readme = try String(contentsOf: repository.appending(path: "README.md"), encoding: .utf8)
    let blocks = readme.components(separatedBy: "```console\n").dropFirst().map {
      $0.components(separatedBy: "```")[0]
    }
    #expect(!blocks.isEmpty)
    for block in blocks {
      let lines = block.split(separator: "\n", omittingEmptySubsequences: false)
      let typed = lines.filter { $0.hasPrefix("backstep> ") }.map { String($0.dropFirst(10)) }
      let expected = block.replacing("backstep> ", with: "> ")
      #expect(transcript(typed) == expected)
    }
  }
}

@Suite struct ManualTests {
  /// The pages are written by `make docs`; this is what reminds one to.
  @Test(arguments: ["commands", "functions", "conventions"])
  func `the reference pages follow the records`(page: String) throws {
    let file = repository.appending(path: "docs/\(page).md")
    let written = try String(contentsOf: file, encoding: .utf8)
    let now: String =
      switch page {
      case "commands": Manual.commands()
      case "functions": Manual.functions()
      default: Manual.conventions()
      }
    #expect(written == now, "docs/\(page).md is out of date: make docs")
  }
}
