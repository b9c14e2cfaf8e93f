package import Exercises
package import Language

/// A file to be written, by its name and what is in it.
package struct OutputFile: Hashable, Sendable {
  package let name: String
  package let bytes: [UInt8]

  package init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }

  package init(name: String, text: String) {
    self.init(name: name, bytes: Array(text.utf8))
  }

  /// What is in it, as text.
  package var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// A learning platform that questions can be written for; its record drives command, help and docs.
package struct Platform: Sendable {
  /// What is typed: `moodle`.
  package let name: String
  package let summary: String
  /// The files it writes, where NAME is what the caller calls the collection and ITEM an item's identifier.
  package let files: String
  let write: @Sendable (QuestionBank) throws(Problem) -> [OutputFile]

  /// The items as files for this platform, the same bytes for the same items.
  ///
  /// `name`: what the collection is called, `week-3`. `generator`: the program and its version. An item
  /// that a platform would mark wrongly is refused, by name, before anything is written.
  package func write(
    _ items: [Item], named name: String, generator: String
  ) throws(Problem) -> [OutputFile] {
    try write(try QuestionBank(items, named: name, generator: generator))
  }

  /// Every platform, the one most people have first.
  package static let all: [Platform] = [
    Platform(
      name: "moodle", summary: "Moodle XML, one question for each item: a table to fill",
      files: "NAME.xml",
      write: { (bank: QuestionBank) throws(Problem) -> [OutputFile] in
        [MoodleWriter(bank).file(perBlank: false)]
      }),
    Platform(
      name: "moodle-numerical", summary: "Moodle XML, one numerical question for each blank",
      files: "NAME.xml",
      write: { (bank: QuestionBank) throws(Problem) -> [OutputFile] in
        [MoodleWriter(bank).file(perBlank: true)]
      }),
    Platform(
      name: "gift", summary: "Moodle's GIFT text, one question for each blank",
      files: "NAME.gift",
      write: { (bank: QuestionBank) throws(Problem) -> [OutputFile] in [GIFTWriter(bank).file] }),
    Platform(
      name: "qti", summary: "QTI 2.1, an item each with its manifest, and all of it in one package",
      files: "ITEM.xml, imsmanifest.xml, NAME.zip",
      write: { (bank: QuestionBank) throws(Problem) -> [OutputFile] in
        try QTIWriter(bank).files()
      }),
    Platform(
      name: "canvas", summary: "text for text2qti, which makes a quiz for Canvas of it",
      files: "NAME.txt",
      write: { (bank: QuestionBank) throws(Problem) -> [OutputFile] in
        [try CanvasWriter(bank).file()]
      }),
    Platform(
      name: "rexams", summary: "R/exams, from which fifteen other systems can be reached",
      files: "ITEM.Rmd",
      write: { (bank: QuestionBank) throws(Problem) -> [OutputFile] in RExamsWriter(bank).files }),
    Platform(
      name: "anki", summary: "cards for Anki, one for each item",
      files: "NAME-anki.txt",
      write: { (bank: QuestionBank) throws(Problem) -> [OutputFile] in [bank.anki] }),
    Platform(
      name: "csv", summary: "a table for spreadsheets, one line for each blank",
      files: "NAME.csv",
      write: { (bank: QuestionBank) throws(Problem) -> [OutputFile] in [bank.csv] }),
    Platform(
      name: "json", summary: "everything that is known of each item, for programs",
      files: "NAME.json",
      write: { (bank: QuestionBank) throws(Problem) -> [OutputFile] in [bank.json] }),
  ]

  /// The platform of a name.
  package static func named(_ name: String) -> Platform? { all.first { $0.name == name } }
}
