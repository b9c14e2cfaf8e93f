import Foundation
import Testing

/// Locales, plain letters, speech, colours and widths.
@Suite struct DisplayTests {
  private let place: Place
  init() throws { place = try Place() }

  private static let screens =
    slide + [
      "step", "micro", "micro", "undo", "step 9", "undo", "table", "tree", "tape", "restart",
      "backward", "why w1", "why q", "ledger w1", "derive w1", "numeric", "numeric w1",
      "nudge w1 0.5", "conventions", "limits", "help", "help all", "help step", "help tanh",
      "help relu", "help functions", "set", "break q", "watch w3", "display q", "break",
      "mark here",
      "update rate 0.1 wrt w1, w2", "forward", "zero", "upstream f = 2", "upstream", "backward",
      "upstream off", "x = 0", "g = x * ln(x)", "hunt nan", "h = softmax1(1)", "sigma(1) + 1",
      "σ = 2", "σ + π", "g(x, y) = x*y", "g(2, 3)", "lesson", "value g", "grad x", "2 ∂ 3",
      "1" + String(repeating: " + 1", count: 100) + " + nothing", "f(x) = relu(x)", "f(2)",
    ]

  @Test func `--ascii and an explicit C locale print nothing but ASCII`() throws {
    for (options, changes) in [
      (["--ascii"], [:]), ([], ["LC_ALL": "C"]), (["-e", "set unicode off"], [:]),
      (["--ascii", "--width", "30"], [:]), (["--ascii", "--color", "always"], [:]),
    ] as [([String], [String: String])] {
      let outcome = try place.run(options + ["--keep-going"] + Self.screens.asOptions, changes)
      let strange = outcome.lines.filter { !$0.utf8.allSatisfy { $0 < 0x80 } }
      #expect(strange == [], "\(options) \(changes)")
      let complaints = outcome.errors.split(separator: "\n").filter {
        !$0.utf8.allSatisfy { $0 < 0x80 }
      }
      #expect(complaints == [], "\(options) \(changes)")
      #expect(outcome.output.contains("df/dw1 = -4") || options.contains("always"))
    }
  }

  @Test func `a lesson in plain letters is plain throughout`() throws {
    let outcome = try place.run(["lesson", Place.lesson.path, "--script", "--ascii"])
    #expect(outcome.status == 0)
    #expect(outcome.lines.filter { !$0.utf8.allSatisfy { $0 < 0x80 } } == [])
  }

  @Test func `--speech speaks: no rules, no columns, minus in full`() throws {
    let outcome = try place.run(["--speech", "--keep-going"] + Self.screens.asOptions)
    for line in outcome.lines {
      for drawing in ["──", "---", "│", "├", "└", "▌", "∂", "   "] where line.contains(drawing) {
        Issue.record("\(drawing) in: \(line)")
      }
    }
    #expect(outcome.output.contains("minus 12"))
    #expect(!outcome.output.contains("-12") && !outcome.output.contains("-4"))
    #expect(!outcome.output.contains(" × "))
  }

  @Test func `a locale with a decimal comma changes no number`() throws {
    // Made here if the system can; if not, the variables alone.
    _ = try place.shell("localedef -i de_DE -f UTF-8 ./de_DE.UTF-8 || true")
    for changes in [
      ["LANG": "de_DE.UTF-8"], ["LC_ALL": "de_DE.UTF-8"], ["LC_NUMERIC": "de_DE.UTF-8"],
    ] {
      let german = changes.merging(["LOCPATH": place.folder.path]) { $1 }
      let lines = ["x = 1.5", "y = x / 4", "forward", "value y", "nudge x 0.5"]
      let outcome = try place.run(lines.asOptions, german)
      #expect(outcome.output.contains("0.375") && !outcome.output.contains("0,375"))
      let eval = try place.run(["eval", "x/4 + 1.25e-1", "--at", "x=1.5", "--json"], german)
      #expect(eval.output == #"{"grads":{"x":0.25},"let_grads":{},"value":0.5}"# + "\n")
    }
  }

  @Test func `colour follows the option, NO_COLOR, CLICOLOR_FORCE, in this order`() throws {
    for (option, noColour, force, isColoured) in [
      ("", nil, nil, false), ("", nil, "1", true), ("", "1", "1", false), ("", "", "1", true),
      ("", "1", nil, false), ("always", "1", nil, true), ("never", nil, "1", false),
      ("auto", nil, "1", true), ("auto", "1", "1", false), ("auto", nil, nil, false),
      ("", nil, "", false),
    ] as [(String, String?, String?, Bool)] {
      let options = option.isEmpty ? [] : ["--color", option]
      let outcome = try place.run(
        options + ["-e", "x = 1", "-e", "x"], ["NO_COLOR": noColour, "CLICOLOR_FORCE": force])
      #expect(outcome.bytes.contains(0x1B) == isColoured, "\(options) \(noColour ?? "-")")
    }
  }

  @Test(arguments: [20, 40, 80, 120, 200])
  func `no screen is wider than --width`(_ width: Int) throws {
    let lines = slide + ["step", "step 2", "step"]
    let outcome = try place.run(["--width", "\(width)"] + lines.asOptions)
    let rule = try #require(outcome.lines.first { $0.hasPrefix("── forward 1") })
    #expect(rule.unicodeScalars.count == max(width, 26) || width < 40)
    let column = try place.run(lines.asOptions, ["COLUMNS": "\(width)"])
    #expect(column.lines.contains { $0.hasPrefix("── forward 1") && $0.count == 80 })
  }
}
