package import Language

/// All that a class handed in, gathered file by file: tables of many, and sheets of one.
package struct Submissions: Sendable {
  package let items: [Item]
  package let decimalComma: Bool
  /// In the order of the files and of their rows.
  package private(set) var sheets: [AnswerSheet] = []
  /// The file in which a student's answers to a problem stand.
  private var files: [String: String] = [:]

  package init(items: [Item], decimalComma: Bool = false) {
    self.items = items
    self.decimalComma = decimalComma
  }

  /// Reads a file: a table by its name, `.csv` or `.tsv`, else one student's sheet.
  ///
  /// A sheet that names nobody is of the student whose name the file has.
  package mutating func add(_ text: String, file: String) throws(Problem) {
    let isTable = [".csv", ".tsv", ".tab"].contains { file.lowercased().hasSuffix($0) }
    let found: [AnswerSheet]
    if isTable {
      found = try ClassTable(text, file: file, items: items, decimalComma: decimalComma).sheets
    } else {
      found = try PastedSheet(
        text, file: file, student: Self.owner(of: file), items: items,
        decimalComma: decimalComma
      ).sheets
    }
    try Limit.sheets.check(sheets.count + found.count)
    // All of the file or nothing of it.
    var files = files
    for sheet in found {
      let key = sheet.student + "\n" + items[sheet.item].problem
      if let before = files[key] { throw .handedInTwice(sheet.student, before, file) }
      files[key] = file
    }
    self.files = files
    sheets += found
  }

  /// `ada` for `sheets/ada.md`.
  private static func owner(of file: String) -> String {
    let name = file.lastIndex(of: "/").map { String(file[file.index(after: $0)...]) } ?? file
    guard let point = name.lastIndex(of: "."), point != name.startIndex else { return name }
    return String(name[..<point])
  }

  /// The marks of all that was handed in.
  package func marked(_ scheme: Scheme = Scheme()) -> MarkedClass {
    MarkedClass(sheets, items: items, scheme: scheme)
  }
}

extension MarkedClass {
  /// A file name without an ending for each student's feedback, in the order of `students`.
  ///
  /// Letters, digits and hyphens alone, so that no name leads out of a folder, and no two are alike,
  /// also where small and capital letters are the same.
  package var feedbackNames: [String] {
    var seen: Set<String> = []
    return students.map { student in
      var name = ""
      for scalar in student.unicodeScalars.prefix(60) {
        let isPlain = scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
        if isPlain {
          name.unicodeScalars.append(scalar)
        } else if !name.isEmpty, !name.hasSuffix("-") {
          name += "-"
        }
      }
      if name.hasSuffix("-") { name.removeLast() }
      let base = "feedback-" + (name.isEmpty ? "student" : name)
      var free = base
      var number = 2
      while !seen.insert(free.lowercased()).inserted {
        free = "\(base)-\(number)"
        number += 1
      }
      return free
    }
  }
}

extension Problem {
  static func handedInTwice(_ student: String, _ before: String, _ file: String) -> Problem {
    Problem(
      "student-twice",
      "\(TypedNumber.shown(student)) has answers to the same problem in \(before) and in \(file)",
      hint: "mark only the one that counts")
  }
}
