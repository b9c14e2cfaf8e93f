internal import ArgumentParser
internal import Console
internal import Export
internal import Language
internal import Terminal

/// `backstep export`: a circuit as a picture, a page, a script or data.
struct ExportFile: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write a circuit as a picture, a page, a script or data.",
    discussion: """
      FORMAT is one of \(Exporter.all.map { "\($0.name) (\($0.summary))" }.joined(separator: ", ")).

        backstep export svg '(w1+w2)*w3' --at w1=-2,w2=5,w3=-4 --output circuit.svg
        backstep export html -e 'x=[1,2]' -e 'f=dot(x,x)' -e 'step 2' --output page.html
        backstep export html --lesson 5 --output lesson.html
        backstep export torch '(w1+w2)*w3' --at w1=-2,w2=5,w3=-4 --output circuit.py

      With a formula both passes are run; with -e the circuit stands where the lines leave it.
      """)

  private static let lessonFormats =
    Exporter.all.filter(\.takesLessons).map(\.name).joined(separator: ", ")

  @Argument(
    help: "The format: \(Exporter.all.map(\.name).joined(separator: ", ")).",
    completion: .list(Exporter.all.map(\.name)))
  var format: String

  @Argument(help: "The formula, such as '(w1+w2)*w3'.")
  var formula: String?

  @Option(help: ArgumentHelp("Values of inputs: w1=-2,w2=5.", valueName: "values"))
  var at: [String] = []

  @Option(
    name: .customShort("e"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Run this line first; may be repeated.", valueName: "line"))
  var lines: [String] = []

  @Option(
    help: ArgumentHelp(
      "A lesson, by number, name or file (\(Self.lessonFormats) only).", valueName: "lesson"),
    completion: .lessons)
  var lesson: String?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write to this file; else to the screen.", valueName: "file"),
    completion: .file())
  var output: String?

  func validate() throws {
    let sources = [formula != nil, !lines.isEmpty, lesson != nil].count { $0 }
    if sources != 1 {
      throw ValidationError("export needs one of: a formula, lines with -e, or --lesson.")
    }
    if !at.isEmpty, formula == nil {
      throw ValidationError("--at is for a formula; with -e, write a line such as -e 'x = 2'.")
    }
    if lesson != nil, Exporter.named(format)?.takesLessons == false {
      throw ValidationError("A lesson can be exported as \(Self.lessonFormats).")
    }
  }

  func run() {
    do throws(Problem) {
      try put(try text(), at: output, in: .current())
    } catch {
      complain(error)
      Exit(error).now()
    }
    Exit.good.now()
  }

  private func text() throws(Problem) -> String {
    guard let exporter = Exporter.named(format) else { throw .unknownFormat(format) }
    if let lesson { return try LessonShelf(.current()).exported(lesson, as: exporter, .current()) }
    // A script says what is computed, wherever the tape stands.
    let source = CircuitSource(
      formula: formula, at: at, lines: lines, behind: exporter.framework == nil ? ["backward"] : [])
    var session = try source.session()
    return try session.exported(as: exporter)
  }
}

/// Writes a text to a file, or to standard output where there is none.
func put(_ text: String, at path: String?, in environment: Environment) throws(Problem) {
  // What is open already is not opened anew: that would begin at its beginning.
  guard let path, !["-", "/dev/stdout"].contains(path) else {
    write(text)
    return
  }
  try Files.write(environment.expandingHome(path), Array(text.utf8))
}
