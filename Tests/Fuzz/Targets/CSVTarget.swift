internal import Engine
internal import Exercises
internal import Language

extension FuzzTarget {
  static let csv = FuzzTarget(
    name: "csv",
    summary: "a table of examples to learn from, and the same text as answers to be marked",
    asserts: [
      "a table has as many numbers as rows times columns, and no column twice",
      "written out and read again, every number is the same to the last bit",
      "how lines end, and a mark at the beginning, make no difference",
      "an answer that is read as a number is the same number with blanks around it",
      "every error has words, a place within the text, and nothing invisible",
    ],
    maxLength: 256,
    words: {
      Examples.recipes.map(\.name)
        + [
          ",", ";", "\t", "\"", "\"\"", "\r\n", "\u{FEFF}", "1e999", "-0", "nan", "inf",
          "x1,x2,y\n",
        ]
    },
    share: 64,
    take: { bytes throws(Violation) in
      let text = String(decoding: bytes, as: UTF8.self)
      switch examples(text) {
      case .failure(let problem): try requirePlaced(problem, in: text)
      case .success(let read):
        try require(
          read.numbers.count == read.count * read.columns.count, "a row that is not whole")
      }
    },
    check: { bytes throws(Violation) in
      let text = String(decoding: bytes, as: UTF8.self)
      try checkExamples(text)
      try checkAnswers(text)
    })

  private static func examples(_ text: String) -> Result<Examples, Problem> {
    Result { () throws(Problem) in try Examples(csv: text) }
  }

  private static func checkExamples(_ text: String) throws(Violation) {
    switch examples(text) {
    case .failure(let problem): try requireShowable(problem, of: text)
    case .success(let read):
      try require(
        read.numbers.count == read.count * read.columns.count, "a row that is not whole")
      try require(Set(read.columns).count == read.columns.count, "a column twice: \(read.columns)")
      let lines =
        [read.columns.map { "\"\($0)\"" }.joined(separator: ",")]
        + (0..<read.count).map { row in
          read[row: row].map { $0.formatted(.data) }.joined(separator: ",")
        }
      let written = lines.joined(separator: "\n")
      try requireSame(examples(written), read, "written out")
      try requireSame(examples("\u{FEFF}" + lines.joined(separator: "\r\n") + "\r\n"), read, "CRLF")
    }
  }

  private static func requireSame(
    _ again: Result<Examples, Problem>, _ first: Examples, _ how: String
  ) throws(Violation) {
    switch again {
    case .failure(let problem): throw Violation("\(how): \(problem.rendered)")
    case .success(let read):
      try require(read.columns == first.columns, "\(how): \(read.columns), not \(first.columns)")
      try require(
        read.numbers.map(\.bitPattern) == first.numbers.map(\.bitPattern), "\(how): other numbers")
    }
  }

  private static func checkAnswers(_ text: String) throws(Violation) {
    do throws(Problem) {
      var submissions = Submissions(items: [try Sample.item(words: "f")])
      try submissions.add(text, file: "answers.csv")
      _ = submissions.marked()
    } catch {
      try requireShowable(error, of: text)
    }
    for isComma in [false, true] {
      let number = TypedNumber(text, decimalComma: isComma)
      let padded = TypedNumber(" \(text) ", decimalComma: isComma)
      try require(number == padded, "\(number) is \(padded) with blanks around it")
    }
  }
}
