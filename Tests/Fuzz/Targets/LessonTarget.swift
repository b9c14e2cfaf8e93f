internal import Console
internal import Exercises
internal import Language
internal import Lessons

extension FuzzTarget {
  static let lesson = FuzzTarget(
    name: "lesson",
    summary:
      "a lesson file: read, rewritten, cut to a handout, listed; and the same text as a problem file",
    asserts: [
      "what stands on the cards is within the file and in its order",
      "rewriting nothing changes no byte",
      "outputs put in by rewriting are the outputs that are read back, and all else is as it was",
      "a handout can be made of every lesson, and `lint` can be asked about it",
      "the lesson can be played, at every level, with hints, guesses and empty lines; what is shown is printable",
      "the list of lessons finds each lesson by its own name",
      "every error has words, a line of the file, and nothing invisible",
    ],
    maxLength: 512,
    words: {
      Transcript.Attribute.allCases.map { "```backstep \($0.rawValue)\n" }
        + LessonLint.Rule.allCases.map { "<!-- allow: \($0.rawValue) -->" }
        + [
          "ask grad w1", "keep ", "stratum ", "wrong ", "mistakes ", "allow ", "constant ",
          "output ",
          "choose ", "find-error", "set ", "hide ", " in -3..3 except 0", " for ", " points 2",
          "> **Predict.** ", "> **Choose.** ", "<!-- answer: ", "- a) ",
          "```\(ExerciseText.fenceWord)\n", "---\n", "title: ", "source: ", "minutes: ",
          "tolerance: ", "seed: ", "# ", "## ", "> ",
          "\\> ", "```backstep\n", "```\n", "~~~\n", "<details>", "<summary>",
          "</summary>", "</details>", "hint: ", "if ", "<!--", "-->", "$\\frac{a}{b}$",
          "**", "| a | b |\n|---|---|\n", "- ", "1. ", "> assert f == 1\n", "[x](y.md)",
          "![a](b.svg)",
        ]
    },
    share: 64,
    take: { bytes throws(Violation) in
      let lesson: Lesson
      do throws(LessonProblem) { lesson = try Lesson(parsing: bytes) } catch {
        return try require(
          (1...bytes.count + 1).contains(error.line), "\(error.problem.code) in line \(error.line)")
      }
      try require(!lesson.cards.isEmpty, "a lesson without cards")
    },
    check: { bytes throws(Violation) in
      let text = String(decoding: bytes, as: UTF8.self)
      try checkIndex(text)
      try checkExercise(bytes)
      let lesson: Lesson
      do throws(LessonProblem) { lesson = try Lesson(parsing: bytes) } catch {
        return try requireShowable(error, of: text)
      }
      try checkPlaces(of: lesson, in: text)
      // Bytes that are no UTF-8 are refused, so the text is the file.
      try checkRewriting(lesson, text)
      try checkShowing(lesson)
      try checkPlaying(lesson)
      do throws(LessonProblem) { _ = try Lesson.handout(text) } catch {
        throw Violation("no handout: \(error.rendered(file: "lesson"))")
      }
    })

  private static func requireShowable(
    _ error: LessonProblem, of text: String
  ) throws(Violation) {
    let lines = text.utf8.reduce(1) { $0 + ($1 == 0x0A || $1 == 0x0D ? 1 : 0) }
    try require(
      (1...lines).contains(error.line), "\(error.problem.code) in line \(error.line) of \(lines)")
    try requirePrintable(error.rendered(file: "lesson"), "the error \(error.problem.code)")
  }

  private static func checkPlaces(of lesson: Lesson, in text: String) throws(Violation) {
    let count = text.utf8.reduce(1) { $0 + ($1 == 0x0A ? 1 : 0) }
    var last = 1
    for item in lesson.cards.flatMap(\.items) {
      try require(
        item.lines.lowerBound >= last && item.lines.upperBound <= count + 1,
        "an item at \(item.lines) after line \(last) of \(count)")
      last = item.lines.lowerBound
    }
    try require(!lesson.cards.isEmpty, "a lesson without cards")
    for warning in lesson.warnings {
      try require((1...count).contains(warning.line), "a warning at \(warning.line) of \(count)")
    }
  }

  private static func checkRewriting(_ lesson: Lesson, _ text: String) throws(Violation) {
    let same = Lesson.rewriting(text, replacements: [])
    try require(same.utf8.elementsEqual(text.utf8), "rewriting nothing changed something")
    let new = ["> 1", "", "a\u{1B}[1m", "```"]
    let entries = lesson.transcripts.flatMap(\.entries)
    guard !entries.isEmpty else { return }
    let replacements = entries.map { Replacement(lines: $0.outputLines, output: new) }
    let changed = Lesson.rewriting(text, replacements: replacements)
    let again = try reread(changed)
    let found = again.transcripts.flatMap(\.entries)
    try require(
      found.map(\.command) == entries.map(\.command), "other commands: \(found.map(\.command))")
    let shown = new.map(visible)
    for entry in found {
      try require(entry.output == shown, "\(entry.command) has \(entry.output), not \(shown)")
    }
    try require(again.title == lesson.title, "another title: \(again.title)")
    try require(again.cards.count == lesson.cards.count, "other cards")
    try require(
      again.questions.map(\.answer) == lesson.questions.map(\.answer), "other questions")
  }

  private static func reread(_ changed: String) throws(Violation) -> Lesson {
    do throws(LessonProblem) { return try Lesson(parsing: Array(changed.utf8)) } catch {
      throw Violation("rewritten, it is no lesson: \(error.rendered(file: "lesson"))")
    }
  }

  private static func checkShowing(_ lesson: Lesson) throws(Violation) {
    for item in lesson.cards.flatMap(\.items) {
      guard case .prose(let prose) = item.kind else { continue }
      try require(
        prose.blocks.allSatisfy { $0.level >= 0 && $0.quotes >= 0 }, "a block inside out")
      _ = prose.plainText
    }
    _ = LessonLint(of: lesson)
  }

  private static func checkIndex(_ text: String) throws(Violation) {
    let names = text.split(separator: "\n").prefix(8).map(String.init)
    let index = LessonIndex(names + ["05-a-b.md"])
    for entry in index.entries {
      let found: LessonIndex.Entry
      do throws(Problem) { found = try index.find(entry.name) } catch {
        // Two files may have names that differ in nothing that counts.
        try requirePrintable(error.rendered, "the error \(error.code)")
        continue
      }
      try require(
        found.name.lowercased() == entry.name.lowercased(), "\(entry.name) finds \(found.name)")
    }
    do throws(Problem) { _ = try index.find(names.first ?? "") } catch {
      try requirePrintable(error.rendered, "the error \(error.code)")
    }
  }

  private static func checkExercise(_ bytes: [UInt8]) throws(Violation) {
    do throws(LessonProblem) {
      _ = try Exercise(parsing: bytes, name: "problem")
    } catch {
      try requireShowable(error, of: String(decoding: bytes, as: UTF8.self))
    }
  }
}
