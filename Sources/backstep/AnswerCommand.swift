internal import ArgumentParser
internal import Console
internal import Export
internal import Language
internal import Terminal
internal import Typesetting

/// `backstep answer`: a formula worked out on paper, both passes, with a check and other answers.
struct AnswerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "answer", abstract: "Write the worked answer of a formula or a lesson.",
    discussion: """
      The format is one of \(PaperFormat.all.map { "\($0.name) (\($0.summary))" }.joined(separator: ", ")) \
      or json (the record, for programs).

        backstep answer 'q*w3' --let 'q = w1+w2' --at w1=-2,w2=5,w3=-4
        backstep answer 'conv(x, w)' --at 'x=[1,3,2]' --at 'w=[2,-1]' --upstream 1,-2
        backstep answer 'w*x+b' --at w=2,x=3,b=-1 --data x --cut student --pdf a.pdf
        backstep answer --lesson 5 --format html --output answers.html

      Its rows are numbered as the steps at the prompt. --pdf needs pdflatex with TikZ, or a browser; \
      without either it writes the source and ends with status 69.
      """)

  /// What `--format` takes.
  static let formats = PaperFormat.all.map(\.name) + ["json"]

  @Argument(help: "The formula, such as '(w1+w2)*w3'.")
  var formula: String?

  @Option(help: ArgumentHelp("Values of inputs: w1=-2,w2=5.", valueName: "values"))
  var at: [String] = []

  @Option(
    name: .customLong("let"),
    help: ArgumentHelp("A named intermediate: 'q = w1+w2'.", valueName: "definition"))
  var lets: [String] = []

  @Option(
    help: ArgumentHelp(
      "Upstream gradients to start from, one for each output.", valueName: "numbers"))
  var upstream: String?

  @Option(
    help: ArgumentHelp("Inputs that are constant, with no gradient asked.", valueName: "names"))
  var data: [String] = []

  @Option(
    name: .customShort("e"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Run this line first; may be repeated.", valueName: "line"))
  var lines: [String] = []

  @Option(
    help: ArgumentHelp("A lesson, by number, name or file.", valueName: "lesson"),
    completion: .lessons)
  var lesson: String?

  @Option(
    help: "The format: \(formats.joined(separator: ", ")).", completion: .list(formats))
  var format: String?

  @Option(
    help: "Who it is for: \(WorkedAnswer.Cut.allCases.map(\.rawValue).joined(separator: ", ")).")
  var cut = WorkedAnswer.Cut.worked

  @Option(
    help: ArgumentHelp(
      "With --cut student: 0 all blank, 1 values given, 2 slopes too, 3 all but the last gradients.",
      valueName: "level"))
  var fade: Int?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write to this file; else to the screen.", valueName: "file"))
  var output: String?

  @Option(help: ArgumentHelp("Make a PDF as well.", valueName: "file"))
  var pdf: String?

  @Flag(help: "In plain text, write * and d instead of × and ∂.")
  var ascii = false

  @Option(help: ArgumentHelp("Fill this many columns, 20 to 200.", valueName: "columns"))
  var width: Int?

  func validate() throws {
    if [formula != nil, !lines.isEmpty, lesson != nil].count(where: { $0 }) != 1 {
      throw ValidationError("answer needs one of: a formula, lines with -e, or --lesson.")
    }
    if formula == nil, !at.isEmpty || !lets.isEmpty || upstream != nil {
      throw ValidationError(
        "--at, --let and --upstream are for a formula; with -e, write a line such as -e 'x = 2'.")
    }
    if lesson != nil, format == "json" || !data.isEmpty {
      throw ValidationError("--data and the format json are for a single circuit.")
    }
    if let format, !Self.formats.contains(format) {
      throw ValidationError(
        "There is no format \(format); try one of \(Self.formats.joined(separator: ", ")).")
    }
    if let fade, !WorkedAnswer.fadings.contains(fade) {
      throw ValidationError("--fade takes a number from 0 to 3.")
    }
    if fade != nil, cut != .student {
      throw ValidationError("--fade says how much students are given: add --cut student.")
    }
    if cut != .worked, format == "json" {
      throw ValidationError("json is the whole record; leave --cut out.")
    }
    if let width, !(20...200).contains(width) {
      throw ValidationError("--width takes a number from 20 to 200.")
    }
  }

  func run() {
    do throws(Problem) {
      try write()
    } catch {
      complain(error)
      Exit(error).now()
    }
    Exit.good.now()
  }

  private func write() throws(Problem) {
    let environment = Environment.current()
    var style = Style()
    style.unicode = !ascii && (output != nil || environment.usesUnicode)
    style.width = width ?? 80
    if format == "json" {
      try put(try worked().json, at: output, in: environment)
      if pdf == nil { return }
    }
    let paper = try self.paper(environment)
    // A PDF alone is a whole wish.
    if format != "json", pdf == nil || output != nil || format != nil {
      let name = format ?? PaperFormat.all[0].name
      guard let format = PaperFormat.named(name) else { throw .unknownPaperFormat(name) }
      try put(try format.text(of: paper, style: style), at: output, in: environment)
    }
    if let pdf { try PrintablePaper(paper: paper, style: Style()).write(to: pdf, environment) }
  }

  private func paper(_ environment: Environment) throws(Problem) -> Paper {
    let imprint = "Made by \(Version.text)"
    if let lesson {
      return try LessonShelf(environment).worked(
        lesson, environment, cut, fading: fade ?? 0, imprint: imprint)
    }
    return try worked().paper(cut, fading: fade ?? 0, imprint: imprint)
  }

  private func worked() throws(Problem) -> WorkedAnswer {
    let source = CircuitSource(
      formula: formula, at: at, lets: lets, lines: lines, upstream: upstream)
    var session = try source.session()
    let names = data.flatMap { $0.split(separator: ",").map(String.init) }
    return try session.workedAnswer(constant: Set(names))
  }
}

extension WorkedAnswer.Cut: ExpressibleByArgument {}
