import Foundation
import Testing

/// `backstep lesson`, without a terminal.
@Suite struct LessonTests {
  private let place: Place
  init() throws {
    place = try Place()
    try place.write(Self.lesson, to: "small.md")
  }

  /// A lesson with one question of each kind.
  static let lesson = """
    # Squares

    A number times itself.

    ```backstep
    > x = 3
    > y = x * x
    y = x * x    1 input, 1 gate. Type step to begin.
    ```

    ## Value

    > **Predict.** What is $y$?

    <!-- answer: value y
    hint: Multiply 3 by itself.
    if 6: That is 3 + 3.
    because: 3 times 3 is 9.
    -->

    > **Predict.** What is the gradient of x?

    <!-- answer: grad x -->

    ## Choice

    > **Choose.** Which raises y?
    >
    > a) raise x
    > b) lower x

    <!-- answer: a
    if b: The gradient is 6, which is positive.
    -->

    ```backstep
    > assert grad x = 6
    > grad x
    6
    ```

    """

  private func play(_ lines: [String]) throws -> Outcome {
    try place.run(["lesson", "small.md"], input: lines.asScript)
  }

  @Test func `--script asks nothing and goes through to the end`() throws {
    let files = try FileManager.default.contentsOfDirectory(
      at: Place.lesson.deletingLastPathComponent(), includingPropertiesForKeys: nil
    ).filter { $0.lastPathComponent.first?.isNumber == true && $0.pathExtension == "md" }
    #expect(!files.isEmpty)
    for file in files.map(\.path) + ["small.md"] {
      let outcome = try place.run(["lesson", file, "--script"], input: "quit\n")
      #expect(outcome.status == 0 && outcome.errors == "", "\(file)")
      // A lesson may show a mistake on purpose; then its file says so too.
      let isShown =
        file.hasPrefix("/")
        ? try String(contentsOfFile: file, encoding: .utf8).contains("\nerror: ") : false
      #expect(!outcome.output.contains("error:") || isShown, "\(file)")
      #expect(!outcome.bytes.contains(0x1B))
    }
    let outcome = try place.run(["lesson", "small.md", "--script"])
    #expect(outcome.output.contains("  answer    9\n    3 times 3 is 9.\n"))
    #expect(outcome.output.contains("card 3 of 3") && outcome.output.contains("  answer    a)\n"))
  }

  @Test func `--handout prints blanks and no answer`() throws {
    let outcome = try place.run(["lesson", "small.md", "--handout"])
    #expect(outcome.status == 0)
    #expect(outcome.output.components(separatedBy: "Answer: ______").count - 1 == 3)
    #expect(outcome.output.contains("> y = x * x\n```"))
    for given in ["answer:", "hint:", "That is 3 + 3", "3 times 3 is 9", "2 inputs", "1 gate"] {
      #expect(!outcome.output.contains(given), "\(given)")
    }
  }

  @Test func `right answers lead to the end`() throws {
    let outcome = try play(["", "9", "2*x", "", "a"])
    #expect(outcome.output.contains("✓ yes, 9\n    3 times 3 is 9."))
    #expect(outcome.output.contains("✓ yes, 6"))
    #expect(outcome.output.contains("✓ yes, a)"))
    #expect(outcome.output.contains("End of the lesson. 3 of 3 answered at the first try."))
    #expect(outcome.status == 0 && outcome.errors == "")
    #expect(try place.text(of: "state/backstep/progress").hasPrefix("small 3 3 3 3 3"))
  }

  @Test func `wrong answers, hints, show and skip are each answered`() throws {
    let outcome = try play(["", "6", "7", "hint", "hint", "show", "3", "9", "skip", "", "b", "a)"])
    for expected in [
      "✗ not yet. That is 3 + 3.", "✗ not yet. Try again, or ask for a hint.",
      "hint   Multiply 3 by itself.", "There are no more hints.", "  answer    9",
      "  ✗ not yet.\n    3 is what arrives through y alone.", "✗ not yet. The gradient is 6",
      "End of the lesson. 0 of 3 answered at the first try.",
    ] {
      #expect(outcome.output.contains(expected), "\(expected)")
    }
    #expect(outcome.status == 0 && outcome.errors == "", "\(outcome.errors)")
  }

  @Test func `play leaves the lesson as it was`() throws {
    let outcome = try play(["", "play", "x = 100", "y", "resume", "9", "leave"])
    #expect(outcome.output.contains("\n10000\n"))
    #expect(outcome.output.contains("✓ yes, 9"))
    #expect(outcome.output.contains("Left small."))
    #expect(outcome.status == 0)
  }

  @Test func `a lesson within a script ends where the script leaves it`() throws {
    let outcome = try place.run([], input: "x = 7\nlesson small.md\n\n9\nleave\nx\n")
    #expect(outcome.output.contains("✓ yes, 9"))
    #expect(outcome.output.hasSuffix("\n7\n"), "the session is as it was before")
    #expect(outcome.status == 0)
  }

  @Test func `the input may end anywhere`() throws {
    for lines in [[], [""], ["", "hint"], ["", "play"]] {
      let outcome = try play(lines)
      #expect(outcome.status == 0 && outcome.errors == "", "\(lines)")
    }
  }

  @Test(arguments: ["source small.md", "save stolen", "record stolen", "lesson small.md", "quit"])
  func `a lesson that would touch files is refused`(_ line: String) throws {
    try place.write("# Evil\n\n```backstep\n> x = 1\n> \(line)\n```\n", to: "evil.md")
    let check = try place.run(["check", "evil.md"])
    #expect(check.status == 1 && check.errors.hasPrefix("evil.md:5: error: "))
    let script = try place.run(["lesson", "evil.md", "--script"])
    #expect(script.output.contains("error: "))
    #expect(!place.exists("stolen"))
  }

  @Test func `what a learner types within a lesson touches no files either`() throws {
    let lines = ["", "save stolen", "play", "save stolen", "record stolen", "source small.md"]
    let outcome = try place.run(
      ["--keep-going", "-e", "lesson small.md", "-"], input: lines.asScript)
    #expect(!place.exists("stolen"))
    for line in 2...6 where line != 3 {
      #expect(outcome.errors.contains("stdin:\(line): error: "))
    }
  }
}
