internal import ArgumentParser
internal import Exercises
internal import Export
internal import Language
internal import Terminal
internal import Typesetting

/// `backstep grade`: typed answers, marked with errors carried forward.
struct GradeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "grade", abstract: "Mark typed answers, with errors carried forward.",
    discussion: """
      KEY is the file that sheet --output wrote, NAME-key.json. ANSWERS is a table with one row for each \
      student (CSV, or with semicolons or tabs), or one student's sheet filled in (.md or .txt).

        backstep grade exam-key.json answers.csv
        backstep grade exam-key.json answers.csv --feedback feedback --results results.csv

      Prints the class summary. docs/marking.md says what is marked how.
      """)

  @Argument(help: ArgumentHelp("What sheet wrote: NAME-key.json.", valueName: "key"))
  var key: String

  @Argument(help: ArgumentHelp("Tables of a class, or sheets filled in.", valueName: "answers"))
  var answers: [String]

  @Option(help: ArgumentHelp("Write a sheet for each student there.", valueName: "folder"))
  var feedback: String?

  @Option(help: ArgumentHelp("Write all marks there, as CSV.", valueName: "file"))
  var results: String?

  @Option(help: ArgumentHelp("accuracy=100,method=50,no-swap=25", valueName: "percents"))
  var scheme: String?

  @Flag(help: "Read 0,5 as 0.5.")
  var decimalComma = false

  @Option(help: "Format: \(PaperFormat.all.map(\.name).joined(separator: ", ")).")
  var format: String?

  @Flag(help: "Write over files that are there.")
  var force = false

  func validate() throws {
    if answers.isEmpty { throw ValidationError("grade needs a file of answers.") }
    if let format, PaperFormat.named(format) == nil {
      throw ValidationError(
        "There is no format \(format); there are \(PaperFormat.all.map(\.name).joined(separator: ", "))."
      )
    }
  }

  func run() {
    let environment = Environment.current()
    do throws(Problem) {
      let scheme = try scheme == nil ? Scheme() : Scheme(reading: scheme ?? "")
      let items = try KeyFile(key, environment).items
      var sheets: [AnswerSheet] = []
      var owners: [String: String] = [:]
      for path in answers {
        let found = try read(path, items, environment)
        for sheet in found {
          let name = sheet.student + "\n" + items[sheet.item].problem
          if let before = owners.updateValue(path, forKey: name), before != path {
            throw .studentInTwoFiles(sheet.student, before, path)
          }
        }
        sheets += found
      }
      let marked = MarkedClass(sheets, items: items, scheme: scheme)
      try writeFiles(marked, environment)
      let shown = PaperFormat.named(format ?? "text") ?? PaperFormat.all[0]
      write(try shown.text(of: marked.summary()))
    } catch {
      complain(error)
      Exit(error).now()
    }
    Exit.good.now()
  }

  private func read(
    _ path: String, _ items: [Item], _ environment: Environment
  ) throws(Problem) -> [AnswerSheet] {
    let text = try SheetDesk.text(of: path, environment)
    let shown = LessonFiles.shown(path)
    if path.hasSuffix(".md") || path.hasSuffix(".txt") {
      let file = path.split(separator: "/").last.map(String.init) ?? path
      let owner = file.split(separator: ".").first.map(String.init) ?? file
      return [
        try PastedSheet(
          text, file: shown, student: owner, items: items, decimalComma: decimalComma
        ).sheet
      ]
    }
    return try ClassTable(text, file: shown, items: items, decimalComma: decimalComma).sheets
  }

  /// Everything is made before anything is written.
  private func writeFiles(_ marked: MarkedClass, _ environment: Environment) throws(Problem) {
    if let results {
      let path = environment.expandingHome(results)
      if !force, Files.exists(path), results != "-", !results.hasPrefix("/dev/") {
        throw .fileIsThere(results)
      }
      try put(marked.results, at: results, in: environment)
    }
    guard let feedback else { return }
    let shown = PaperFormat.named(format ?? "md") ?? PaperFormat.all[0]
    var files: [OutputFile] = []
    for student in marked.students {
      guard let paper = marked.feedbackSheet(for: student) else { continue }
      let name = "\(FormNames.fileName(student))-feedback.\(shown.fileExtension)"
      files.append(OutputFile(name: name, text: try shown.text(of: paper)))
    }
    try FolderWriter(environment.expandingHome(feedback), force: force).write(files)
  }
}

extension Problem {
  static func studentInTwoFiles(_ student: String, _ one: String, _ other: String) -> Problem {
    Problem(
      "student-twice", "\(student) answers the same problem in \(one) and in \(other)",
      hint: "leave one of them out")
  }
}
