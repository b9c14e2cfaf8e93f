internal import Language

// Everything that can be wrong with a table of examples, in alphabetical order.
extension Problem {
  static func badColumnName(_ name: String, line: Int, place: Int) -> Problem {
    let isCutElsewhere = name.contains(";") || name.contains("\t")
    let isNumber = Double(name) != nil
    return Problem(
      "bad-column-name",
      name.isEmpty
        ? "line \(line): column \(place) has no name"
        : "line \(line): \"\(shortened(name))\" cannot name a column",
      hint: isCutElsewhere
        ? "put commas between the columns"
        : isNumber
          ? "the first line names the columns: x1,x2,y"
          : "names look like x1, y or x[2]: letters, digits and _")
  }

  static func badExampleCount(_ name: String, _ count: Int) -> Problem {
    Problem(
      "bad-count",
      "\(name) can have from 1 to \(Limit.examples.bound) examples, and not \(count)",
      hint: "try: data \(name) 100")
  }

  static func emptyField(line: Int, _ column: String) -> Problem {
    Problem(
      "not-a-number", "line \(line), column \(column): a number is missing",
      hint: "every row needs a number in every column")
  }

  static func emptyRow(line: Int) -> Problem {
    Problem(
      "ragged-row", "line \(line) is empty, and more rows follow", hint: "delete the empty line")
  }

  static func emptyTable() -> Problem {
    Problem(
      "no-rows", "there is nothing in this table",
      hint: "the first line names the columns, x1,x2,y, and each other line is a row of numbers")
  }

  static func notANumber(_ text: String, line: Int, _ column: String) -> Problem {
    Problem(
      "not-a-number", "line \(line), column \(column): \"\(shortened(text))\" is not a number",
      hint: "numbers look like 3, -0.5 or 1e-3")
  }

  static func numberTooLarge(_ text: String, line: Int, _ column: String) -> Problem {
    Problem(
      "not-a-number", "line \(line), column \(column): \"\(shortened(text))\" is too large",
      hint: "numbers reach up to 1.8e308")
  }

  static func raggedRow(line: Int, _ count: Int, _ wanted: Int) -> Problem {
    Problem(
      "ragged-row",
      "line \(line) has \(count) field\(count == 1 ? "" : "s"), and there \(wanted == 1 ? "is 1 column" : "are \(wanted) columns")",
      hint: "every row needs a number in every column")
  }

  static func repeatedColumn(_ name: String, line: Int) -> Problem {
    Problem(
      "repeated-column", "line \(line): two columns are called \(name)",
      hint: "give one of them another name")
  }

  static func tableWithoutRows() -> Problem {
    Problem(
      "no-rows", "this table has names for its columns and no row of numbers",
      hint: "each line after the first is a row of numbers")
  }

  /// A text short enough to be part of a sentence.
  private static func shortened(_ text: String) -> String {
    text.unicodeScalars.count > 40
      ? String(String.UnicodeScalarView(text.unicodeScalars.prefix(39))) + "…" : text
  }
}
