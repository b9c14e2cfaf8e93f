internal import Language

// What can be wrong with a file of answers, in alphabetical order.
extension Problem {
  static func classWithoutRows(_ file: String) -> Problem {
    Problem(
      "no-rows", "\(file) names its columns and has no row of answers",
      hint: "each line after the first is a student's row")
  }

  static func columnTwice(_ file: String, line: Int, _ name: String) -> Problem {
    Problem(
      "repeated-column", "\(file), line \(line): two columns are for \(shown(name))",
      hint: "delete one of them")
  }

  static func emptyClass(_ file: String) -> Problem {
    Problem(
      "no-rows", "there is nothing in \(file)",
      hint: "the first line names the columns: student,item,grad w1,grad w2")
  }

  static func missingBlank(_ file: String, line: Int, _ asked: String, of item: String) -> Problem {
    Problem(
      "missing-column",
      "\(file), line \(line): there is no column for \(asked), which \(item) asks for",
      hint: "add a column called \(asked); an empty cell is a gap")
  }

  static func missingColumn(_ file: String, line: Int, _ name: String) -> Problem {
    Problem(
      "missing-column", "\(file), line \(line): there is no column called \(name)",
      hint: name == "item"
        ? "say in each row which item the student had: its identifier, its number or its form"
        : "a column called student, id or name says whose row it is")
  }

  static func namelessColumn(_ file: String, line: Int, _ place: Int) -> Problem {
    Problem(
      "bad-column-name", "\(file), line \(line): column \(place) has no name",
      hint: "name it or delete it")
  }

  static func namelessSheet(_ file: String) -> Problem {
    Problem(
      "nameless-student", "nothing says whose sheet \(file) is",
      hint: "put a line into it: student: Ada")
  }

  static func namelessStudent(_ file: String, line: Int) -> Problem {
    Problem(
      "nameless-student", "\(file), line \(line), column student: a name is missing",
      hint: "every row needs the student's name or number")
  }

  static func openQuote(_ file: String, line: Int) -> Problem {
    Problem(
      "open-quote", "\(file), line \(line): a quote begins here and never ends",
      hint: "close it, or write two quotes for one")
  }

  static func raggedRow(
    _ file: String, line: Int, _ count: Int, _ wanted: Int, _ decimalComma: Bool
  ) -> Problem {
    Problem(
      "ragged-row",
      "\(file), line \(line) has \(count) cell\(count == 1 ? "" : "s"), and there are \(wanted) columns",
      hint: decimalComma || count < wanted
        ? "put quotes around a cell with a comma, or save the table with semicolons"
        : "a decimal comma parts two cells: save the table with semicolons and use --decimal-comma")
  }

  static func rowTwice(_ file: String, line: Int, _ name: String) -> Problem {
    Problem(
      "repeated-row", "\(file), line \(line): \(shown(name)) is answered for the second time",
      hint: "delete one of the two")
  }

  static func severalItems(
    _ file: String, line: Int, _ word: String, _ found: [String]
  ) -> Problem {
    Problem(
      "several-items",
      "\(file), line \(line): \(shown(word)) can mean \(found.prefix(3).joined(separator: ", "))",
      hint: "write the identifier, or add a column called problem")
  }

  static func sheetWithoutAnswers(_ file: String, _ asked: [String]) -> Problem {
    Problem(
      "no-rows", "there is no answer in \(file)",
      hint: "write lines such as: \(asked.first ?? "grad w1") = -4")
  }

  static func sheetWithoutItem(_ file: String, _ known: [String]) -> Problem {
    Problem(
      "missing-item", "nothing in \(file) says which item it answers",
      hint: "put a line into it: item: \(known.first ?? "1")")
  }

  static func studentTwice(
    _ file: String, line: Int, _ student: String, _ before: Int
  ) -> Problem {
    Problem(
      "student-twice",
      "\(file), line \(line): \(shown(student)) has answered this problem in line \(before) already",
      hint: "keep the row that counts and delete the other")
  }

  static func unknownColumn(
    _ file: String, line: Int, _ name: String, known: [String]
  ) -> Problem {
    let near = closest(to: name, among: known)
    return Problem(
      "unknown-column", "\(file), line \(line): nothing in the key is called \(shown(name))",
      hint: near.map { "did you mean \($0)?" }
        ?? "delete the column; the key has \(known.prefix(8).joined(separator: ", "))")
  }

  static func unknownItem(
    _ file: String, line: Int, _ word: String, known: [String]
  ) -> Problem {
    let near = closest(to: word, among: known)
    return Problem(
      "unknown-item",
      word.isEmpty
        ? "\(file), line \(line), column item: nothing says which item it was"
        : "\(file), line \(line), column item: the key has no item called \(shown(word))",
      hint: near.map { "did you mean \($0)?" }
        ?? "the key has \(known.prefix(4).joined(separator: ", "))")
  }

  static func unknownRow(
    _ file: String, line: Int, _ name: String, known: [String]
  ) -> Problem {
    let near = closest(to: name, among: known)
    return Problem(
      "unknown-row", "\(file), line \(line): the item does not ask for \(shown(name))",
      hint: near.map { "did you mean \($0)?" }
        ?? "it asks for \(known.prefix(8).joined(separator: ", "))")
  }

  private static func shown(_ text: String) -> String { TypedNumber.shown(text) }
}
