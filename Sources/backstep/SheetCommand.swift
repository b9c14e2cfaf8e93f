internal import ArgumentParser
internal import Exercises
internal import Export
internal import Language
internal import Terminal
internal import Typesetting

/// `backstep sheet`: questions with numbers, for a class.
struct SheetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sheet", abstract: "Make exercise sheets, keys, variants and exports.",
    discussion: """
      PROBLEM is a shipped problem by its id or type (--list shows them), a file or a folder.

        backstep sheet gradients-on-a-circuit --seed 7
        backstep sheet Q2 Q10 --forms A..D --seed 7 --format html --output exam
        backstep sheet Q2 --for roster.csv --output week3
        backstep sheet Q2 --variants 20 --export moodle --output bank
        backstep sheet Q2 --count

      The same seed gives the same bytes. With --output, each cut is a file, and NAME-key.json is what \
      grade reads.
      """)

  @Argument(
    help: ArgumentHelp("Problems by id, type, file or folder.", valueName: "problem"),
    completion: .problems)
  var problems: [String] = []

  @Flag(help: "List the problems that come with the program.")
  var list = false

  @Flag(help: "Print how many variants there are.")
  var count = false

  @Option(help: ArgumentHelp("What the numbers are drawn from.", valueName: "number"))
  var seed: UInt64 = 1

  @Option(help: ArgumentHelp("So many different variants.", valueName: "number"))
  var variants: Int?

  @Option(help: ArgumentHelp("A form for each letter: A..D or A,B.", valueName: "letters"))
  var forms: String?

  @Option(
    name: .customLong("for"),
    help: ArgumentHelp("A variant for each student of a CSV.", valueName: "roster"),
    completion: .file(extensions: ["csv"]))
  var roster: String?

  @Option(help: ArgumentHelp("Fix a number: w3=-4; may be repeated.", valueName: "name=number"))
  var fix: [String] = []

  @Option(help: ArgumentHelp("easy, medium, hard or all.", valueName: "band"))
  var band: VariantRequest.Band?

  @Option(
    help: ArgumentHelp(
      "Only such variants: one-dead, or one-dead=3,none-dead=1.", valueName: "names"))
  var strata: String?

  @Option(help: ArgumentHelp("student, key or worked.", valueName: "cut"))
  var cut: Sheet.Cut?

  @Option(help: ArgumentHelp("Give part of the worked tables, 0 to 3.", valueName: "level"))
  var fade: Int?

  @Flag(name: .customLong("find-error"), help: "Print a table with one error, to be found.")
  var findError = false

  @Flag(help: "Put the problems of each form in an order of its own.")
  var shuffle = false

  @Option(help: ArgumentHelp("The sheet's title.", valueName: "text"))
  var title: String?

  @Option(
    help: "Format: \(PaperFormat.all.map(\.name).joined(separator: ", ")).",
    completion: .list(PaperFormat.all.map(\.name)))
  var format: String?

  @Option(
    help: "Questions for: \(Platform.all.map(\.name).joined(separator: ", ")).",
    completion: .list(Platform.all.map(\.name)))
  var export: String?

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Write files there.", valueName: "folder"),
    completion: .directory)
  var output: String?

  @Flag(help: "Write a PDF beside each file, by pdflatex or a browser.")
  var pdf = false

  @Flag(help: "Write over files that are there.")
  var force = false

  @OptionGroup var parallel: JobsOptions

  func validate() throws {
    if problems.isEmpty, !list {
      throw ValidationError("sheet needs a problem; --list shows those there are.")
    }
    if [variants != nil, forms != nil, roster != nil].count(where: { $0 }) > 1 {
      throw ValidationError("Only one of --variants, --forms and --for can be given.")
    }
    if let variants, !(1...10_000).contains(variants) {
      throw ValidationError("--variants takes a number from 1 to 10000.")
    }
    if count, variants != nil || band != nil || strata != nil || output != nil {
      throw ValidationError("--count counts all variants, and goes with --fix alone.")
    }
    if fade != nil, cut == .key || cut == .worked || export != nil {
      throw ValidationError("--fade is for student sheets.")
    }
    if export != nil, cut != nil || format != nil {
      throw ValidationError("--cut and --format are for sheets, and not for exports.")
    }
    if let fade, !(0...3).contains(fade) { throw ValidationError("--fade takes 0, 1, 2 or 3.") }
    if pdf, output == nil {
      throw ValidationError("--pdf writes files: add --output FOLDER.")
    }
    if pdf, export != nil { throw ValidationError("--pdf is for sheets, and not for exports.") }
    if export != nil, output == nil {
      throw ValidationError("--export writes files: add --output FOLDER.")
    }
    if let format, PaperFormat.named(format) == nil {
      throw ValidationError(
        "There is no format \(format); there are \(PaperFormat.all.map(\.name).joined(separator: ", "))."
      )
    }
    if let export, Platform.named(export) == nil {
      throw ValidationError(
        "There is no platform \(export); there are \(Platform.all.map(\.name).joined(separator: ", "))."
      )
    }
  }

  func run() {
    do throws(Problem) {
      let environment = Environment.current()
      if list {
        write(try Self.listing())
      } else if count {
        write(try counts(environment))
      } else {
        let desk = try SheetDesk(self, environment)
        try output == nil ? desk.show() : desk.writeFiles()
      }
    } catch {
      complain(error)
      Exit(error).now()
    }
    Exit.good.now()
  }

  private static func listing() throws(Problem) -> String {
    let volumes = try ProblemShelf().all()
    let rows = volumes.map {
      [Text($0.exercise.type), Text($0.exercise.id, .strong), Text($0.exercise.title)]
    }
    return Document([
      .table(Table([.init("type"), .init("problem"), .init("title")], rows, indent: 0))
    ]).rendered(Style())
  }

  /// How many choices of a large space are tried to be counted.
  private static let sampled = 3_000

  private func counts(_ environment: Environment) throws(Problem) -> String {
    var text = ""
    for volume in try ProblemShelf().open(problems, environment) {
      var pool = try Pool(of: try SheetDesk.prepared(volume.exercise, self))
      text += "\(volume.exercise.id): "
      if let count = pool.count {
        text += "\(count) variants of \(pool.spaceSize) choices of numbers\n"
      } else {
        let fit = pool.sample(Self.sampled)
        text +=
          "\(pool.spaceSize) choices of numbers, too many to be gone through; of \(Self.sampled) that were tried \(fit) are variants\n"
      }
      for (filter, refused) in pool.report {
        let why = filter.refusal(cap: pool.exercise.cap.text, places: pool.exercise.places)
        text += "  \(refused) refused by \(filter.rawValue): \(why)\n"
      }
    }
    return text
  }
}

extension VariantRequest.Band: ExpressibleByArgument {}
