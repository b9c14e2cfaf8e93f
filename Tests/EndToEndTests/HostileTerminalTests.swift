import Foundation
import TestSupport
import Testing

/// All of `Oracle/hostile.jsonl` through each way in: nothing that comes out can act on a terminal.
///
/// What comes out is gone through byte by byte, with a list of what acts that is not the program's own. That the texts
/// were there, and are shown and not swallowed, is seen by the marks around them.
@Suite struct HostileTerminalTests {
  private let place: Place
  private let records: [HostileText]
  init() throws {
    place = try Place()
    records = try HostileText.all()
    #expect(records.count == 149)
  }

  /// Looks at all that a run has printed, and counts the texts that went through.
  private func judge(
    _ outcome: Outcome, _ channel: String, count: Int? = nil, statuses: Set<Int32> = [0, 1, 65],
    shows mark: String? = nil
  ) throws {
    #expect(
      statuses.contains(outcome.status),
      "\(channel): \(outcome.status) \(outcome.errors.prefix(300))")
    #expect(HostileText.harm(in: outcome.bytes) == nil, "\(channel)")
    #expect(
      HostileText.harm(in: Array(outcome.errors.utf8)) == nil,
      "\(channel), in what is said of errors")
    if let mark {
      let shown = (outcome.output + outcome.errors).ranges(of: mark).count
      #expect(shown >= (count ?? records.count) / 2, "\(channel): shown \(shown) times")
    }
    try Evidence.note(records.count, as: "records", in: "hostile")
    try Evidence.note(count ?? records.count, as: channel, of: "terminal", in: "hostile")
  }

  /// Lines of a script, one for each text.
  private func script(_ before: String, _ after: String = "") -> [UInt8] {
    records.flatMap { Array(before.utf8) + $0.row + Array((after + "\n").utf8) }
  }

  @Test(arguments: [
    ("a line", "", ""), ("a formula", "x = 1 + ", ""), ("a name", "", " = 1"),
    ("a function", "g(", ") = 1"),
    ("a comment", "1 # ", ""), ("why", "why ", ""), ("help", "help ", ""),
    ("set", "set digits ", ""),
    ("lesson", "lesson ", ""), ("bug", "bug ", ""), ("the name of a script", "source ", ""),
    ("the name of a table", "data ", ""), ("train", "train ", " wrt x"), ("mark", "mark ", ""),
    ("assert", "assert ", " = 1"),
    ("break", "break if ", ""), ("export", "export ", " -"), ("a subscript", "x[", "]"),
    ("a text of many lines", "(", ""),
  ])
  func `typed`(_ channel: (name: String, before: String, after: String)) throws {
    let lines = Array("x = 2\nf = x^2\n".utf8) + script(channel.before, channel.after)
    // A statement that is not closed would take all that follows into itself.
    let closed =
      channel.name == "a text of many lines"
      ? lines.split(separator: 0x0A).flatMap { $0 + Array("\n)\n".utf8) } : lines
    try judge(
      try place.run(["--keep-going"], input: closed), "typed: \(channel.name)",
      statuses: [0, 1, 64, 65, 66])
  }

  @Test func `in the text of a lesson, wherever there is text`() throws {
    try writeLessons()
    let all = ["--verbose", "lessons"]
    try judge(try place.run(["check"] + all), "a lesson, checked", statuses: [0, 1, 65])
    try judge(
      try place.run(["lint", "lessons"]), "a lesson, looked through", statuses: [0, 1, 65])
    // Played by someone who asks for everything: hints, answers, and the end.
    let keys = "hint\nhint\nshow\n\nwrong\nskip\n\nskip\n\nleave\n"
    let plays = records.map { "lesson lessons/\($0.id).md\n\n" + keys }.joined()
    try judge(
      try place.run(["--keep-going"], input: plays), "a lesson, played", statuses: [0, 1, 65, 66],
      shows: "Begin of")
    let some = records.filter { ["escape", "C1", "C0", "bidi", "invisible"].contains($0.class) }
    let files = some.map { "lessons/\($0.id).md" }.joined(separator: " ")
    for (name, options) in [
      ("as a handout", "--handout"), ("as a recording", "--record /dev/stdout"),
    ] {
      let outcome = try place.shell(
        "for file in \(files); do \"$BACKSTEP\" lesson $file \(options); done; true")
      // A recording is JSON with the escapes of its own colours in it, spelled: the bytes are inert.
      try judge(outcome, "a lesson, \(name)", count: some.count)
    }
  }

  /// A lesson for each text, with the text in every part of it; no UTF-8 makes it one that is refused.
  private func writeLessons() throws {
    for record in records {
      let row = record.row
      let parts: [[UInt8]] = [
        Array("---\ntitle: T ".utf8), row, Array("\nsource: S ".utf8), row,
        Array("\n---\n\n# H ".utf8), row,
        Array("\n\nBegin of ".utf8), row, Array(" and **".utf8), row, Array("** and `".utf8), row,
        Array("` end.\n\n- ".utf8), row,
        Array("\n\n| a | b |\n|---|---|\n| ".utf8), row,
        Array(" | 1 |\n\n```backstep\n> x = 2\n> # ".utf8), row,
        Array("\n> ".utf8), row, Array("\n".utf8), row, Array("\n```\n\n## C ".utf8), row,
        Array("\n\n> **Predict.** What is ".utf8), row, Array("?\n\n<!-- answer: x\nhint: N ".utf8),
        row,
        Array("\nif 3: I ".utf8), row, Array("\nbecause: B ".utf8), row,
        Array("\n-->\n\n> **Choose.** Which?\n>\n> a) A ".utf8), row, Array("\n> b) ".utf8), row,
        Array("\n\n<!-- answer: a\nif b: ".utf8), row, Array("\n-->\n".utf8),
      ]
      try place.write(parts.flatMap { $0 }, to: "lessons/\(record.id).md")
    }
  }

  @Test func `in the names of files, found in a folder or given as arguments`() throws {
    var count = 0
    for record in records
    where !record.row.contains(0x2F) && !record.row.isEmpty && record.row.count < 200 {
      // Names are bytes to the system; the test's own tools insist on text.
      guard String(validating: record.row, as: UTF8.self) != nil else { continue }
      try place.write(
        "# T\n\n```backstep\n> 1 + 1\n3\n```\n",
        to: "named/a\(record.text.filter { !$0.isNewline && $0 != "\0" }).md")
      count += 1
    }
    #expect(count > 100)
    try judge(
      try place.run(["check", "--verbose", "named"]), "the names of files in a folder",
      count: count, shows: ".md:")
    let words = records.map { "./" + String(decoding: $0.row, as: UTF8.self) }
    for command in ["check", "lint"] {
      try judge(
        try place.run([command] + words), "\(command): the names of files", statuses: [1, 65, 66])
    }
  }

  @Test func `in tables: names of columns, and cells`() throws {
    for (part, before, after) in [("header", "x,", "\n1,2\n"), ("cell", "x,y\n1,", "\n")] {
      var lines = ""
      for record in records {
        try place.write(
          Array(before.utf8) + record.bytes + Array(after.utf8), to: "\(part)/\(record.id).csv")
        lines += "data \(part)/\(record.id).csv\ndata\n"
      }
      try judge(
        try place.run(["--keep-going"], input: lines), "the \(part) of a table", statuses: [1, 65],
        shows: "line ")
    }
  }

  @Test func `in records for eval`() throws {
    var formulas = ""
    for record in records {
      let text = String(decoding: try JSONEncoder().encode(record.text), as: UTF8.self)
      formulas +=
        #"{"formula":\#(text)}"# + "\n" + #"{"formula":"x","at":{\#(text):1,"x":2}}"# + "\n"
    }
    let outcome = try place.run(["eval", "--jsonl"], input: formulas)
    try judge(outcome, "records of eval", statuses: [0, 1])
    #expect(outcome.lines.count == 2 * records.count)
    for line in outcome.lines {
      #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(line.utf8)) }
    }
  }

  @Test func `in settings and in what is remembered`() throws {
    // Line by line, where all of it is text.
    let settings = String(decoding: script("set ") + script(""), as: UTF8.self)
    try place.write(settings, to: "config/backstep/init.backstep")
    for file in ["progress", "missed", "history"] {
      try place.write(script("") + script("small ", " 1 2 3 4"), to: "state/backstep/\(file)")
    }
    try judge(try place.run(["-e", "1 + 1"]), "settings", shows: "init.backstep:")
    try place.write("", to: "config/backstep/init.backstep")
    try judge(try place.run(["lesson"]), "what is remembered: the list of lessons")
    try judge(try place.run(["-e", "review"]), "what is remembered: review")
  }

  @Test func `in options and arguments`() throws {
    let some = records.filter { ["escape", "C1", "C0", "bidi", "invisible"].contains($0.class) }
    for (name, arguments) in [
      ("--color", ["--color"]), ("--title", ["sheet", "./c.md", "--title"]), ("-e", ["-e"]),
    ] as [(String, [String])] {
      try place.write(circuitProblem, to: "c.md")
      // One shell runs them all; what is to be an argument reaches it in a file.
      var runs = ""
      for record in some where !record.row.isEmpty {
        try place.write(record.row, to: "words/\(record.id)")
        runs +=
          "\"$BACKSTEP\" \(arguments.map { "'\($0)'" }.joined(separator: " ")) \"$(cat words/\(record.id))\"\n"
      }
      try place.write(runs + "true\n", to: "runs")
      try judge(try place.shell("sh runs"), "arguments: \(name)", count: some.count)
    }
  }

  @Test func `in problems, and in what a class hands in`() throws {
    for record in records {
      let row = record.row
      try place.write(
        Array("# T ".utf8) + row + Array("\n\nProse ".utf8) + row
          + Array("\n\n```problem\nf = a * b\na, b in 2..5\nask grad a\n```\n\nAfter ".utf8) + row
          + [0x0A],
        to: "problems/\(record.id).md")
    }
    // What cannot be seen is refused in a problem, as in a lesson, and braces name numbers: the others make a sheet.
    let files = records.filter {
      $0.class != "size" && HostileText.harm(in: $0.row) == nil && !$0.row.contains(0x60)
        && !$0.row.contains(0x7B)
    }
    .map { "./problems/\($0.id).md" }
    for format in ["text", "md"] {
      let sheet = try place.run(["sheet"] + files + ["--format", format])
      try judge(sheet, "problems, a sheet as \(format)", count: files.count, statuses: [0])
    }
    try place.write(circuitProblem, to: "c.md")
    #expect(try place.run(["sheet", "./c.md", "--forms", "A", "--output", "o"]).status == 0)
    // Numbered, or two that look the same would be one student.
    let cells = records.enumerated().map { index, record in
      let text = String(decoding: record.row, as: UTF8.self).replacing("\"", with: "\"\"")
      return "\"\(index) \(text)\""
    }
    try place.write(
      "student,form,grad q,grad w1,grad w2,grad w3\n"
        + cells.map { "\($0),A,\($0),1,\($0),2\n" }.joined(), to: "class.csv")
    let graded = try place.run(["grade", "o/c-key.json", "class.csv"])
    try judge(graded, "answers of a class", statuses: [0])
    try place.write("student\n" + cells.joined(separator: "\n") + "\n", to: "roster.csv")
    try judge(
      try place.run(["sheet", "./c.md", "--for", "roster.csv", "--output", "r"]), "a roster",
      statuses: [0])
    // Never outside of the folder, whatever a student is called.
    let outside = try FileManager.default.contentsOfDirectory(atPath: place.folder.path).filter {
      $0.hasSuffix("student.md")
    }
    #expect(outside == [])
  }

  @Test func `in a transcript that is recorded, and in a session that is saved`() throws {
    let lines =
      Array("record t.md\nx = 1\n".utf8) + script("1 # ") + Array("save s\n".utf8)
      + script("x + ")
    try judge(try place.run(["--keep-going"], input: lines), "typed while recorded")
    #expect(HostileText.harm(in: try place.bytes(of: "t.md")) == nil)
    try judge(try place.run(["check", "t.md"]), "a transcript, checked")
    try judge(try place.run(["--keep-going", "-e", "source s"]), "a saved session")
  }

  /// Readline draws what it recalls and what it offers; its own sequences are not what is looked for.
  @Test func `in a history that is recalled, and in files that TAB offers`() throws {
    try place.write(script("") + script("a "), to: "state/backstep/history")
    var count = 0
    for record in records where !record.row.contains(0x2F) && record.row.count < 200 {
      guard String(validating: record.row, as: UTF8.self) != nil else { continue }
      try place.write("", to: "zz\(record.text.filter { !$0.isNewline && $0 != "\0" })z")
      count += 1
    }
    let learner = try Learner(in: place)
    try learner.prompt()
    for _ in 0..<300 { try learner.type("\u{1B}[A") }
    try learner.type("\u{12}a\u{12}\u{12}\u{7}\u{5}\u{15}source zz\t\t")
    try learner.wait(for: "source zz")
    while try learner.read(within: 300) != nil {}
    try learner.type("\u{15}1 + 1\r")
    try learner.wait(for: "\r2\r\n")
    let scalars = learner.everything.unicodeScalars
    #expect(scalars.allSatisfy { !HostileText.actsUnseen($0) })
    for sequence in [
      "\u{1B}]", "\u{1B}[2J", "\u{1B}P", "\u{1B}_", "\u{1B}c", "\u{1B}[6n", "\u{1B}[31m", "\u{E}",
    ] {
      #expect(!learner.everything.contains(sequence), "\(sequence.debugDescription)")
    }
    try learner.type("\u{4}")
    #expect(try learner.end() == 0)
    try Evidence.note(records.count, as: "history, recalled", of: "terminal", in: "hostile")
    try Evidence.note(count, as: "names of files, completed", of: "terminal", in: "hostile")
  }
}
