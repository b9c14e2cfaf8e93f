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
        backstep grade exam-key.json answers.csv --feedback feedback --results marks.csv

      Prints the class summary. docs/marking.md says what is marked how.
      """)

  @Argument(
    help: ArgumentHelp("What sheet wrote: NAME-key.json.", valueName: "key"),
    completion: .file(extensions: ["json"]))
  var key: String

  @Argument(
    help: ArgumentHelp("Tables of a class, or sheets filled in.", valueName: "answers"),
    completion: .file())
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
      var handedIn = Submissions(items: items, decimalComma: decimalComma)
      for path in answers {
        try handedIn.add(
          try SheetDesk.text(of: path, environment), file: LessonFiles.shown(path))
      }
      let marked = handedIn.marked(scheme)
      try writeFiles(marked, environment)
      let shown = PaperFormat.named(format ?? "text") ?? PaperFormat.all[0]
      write(try shown.text(of: marked.summary()))
    } catch {
      complain(error)
      Exit(error).now()
    }
    Exit.good.now()
  }

  /// Everything is made, and all names looked at, before anything is written.
  private func writeFiles(_ marked: MarkedClass, _ environment: Environment) throws(Problem) {
    let isStream = results == "-" || results?.hasPrefix("/dev/") == true
    if let results, !isStream {
      let isInput = ([key] + answers).contains(results)
      if isInput || !force && Files.exists(environment.expandingHome(results)) {
        throw .fileIsThere(results)
      }
    }
    let shown = PaperFormat.named(format ?? "md") ?? PaperFormat.all[0]
    var files: [OutputFile] = []
    for (student, name) in feedback == nil ? [] : Array(zip(marked.students, marked.feedbackNames))
    {
      guard let paper = marked.feedbackSheet(for: student) else { continue }
      files.append(
        OutputFile(
          name: "\(name).\(shown.fileExtension)", text: try shown.text(of: paper)))
    }
    if let feedback {
      try FolderWriter(environment.expandingHome(feedback), force: force).write(files)
    }
    if let results { try put(marked.results, at: results, in: environment) }
  }
}
