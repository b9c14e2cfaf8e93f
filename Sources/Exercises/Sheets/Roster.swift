package import Language

/// The students of a class, each once, in the order of the list.
package struct Roster: Sendable {
  package let students: [String]

  /// What the column with the student may be called, the first that is there.
  static let names = ["student", "id", "name"]

  /// Reads a table with a column `student`, `id` or `name`; other columns are left alone.
  package init(_ text: String, file: String) throws(Problem) {
    try Limit.answers.check(text.utf8.count)
    let rows = try DelimitedText(text, file: file).rows.filter { !$0.isBlank }
    guard let header = rows.first else { throw .emptyClass(file) }
    let words = header.cells.map { $0.trimmed.lowercased() }
    guard let column = Self.names.compactMap({ words.firstIndex(of: $0) }).first else {
      throw .missingColumn(file, line: header.line, Self.names[0])
    }
    try Limit.sheets.check(rows.count - 1)
    var lines: [String: Int] = [:]
    var students: [String] = []
    for row in rows.dropFirst() {
      let student = row.cells.indices.contains(column) ? row.cells[column].trimmed : ""
      if student.isEmpty { throw .namelessStudent(file, line: row.line) }
      if let before = lines.updateValue(row.line, forKey: student) {
        throw .studentTwice(file, line: row.line, student, before)
      }
      students.append(student)
    }
    guard !students.isEmpty else { throw .classWithoutRows(file) }
    self.students = students
  }
}
