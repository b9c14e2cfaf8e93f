internal import Exercises
internal import Export
internal import Language
internal import Terminal
internal import Typesetting

/// Makes the sheets that a command asks for, and writes them.
struct SheetDesk {
  private let asked: SheetCommand
  private let environment: Environment
  private let volumes: [ProblemShelf.Volume]
  private let sheets: [Sheet]
  private let title: String
  private let name: String

  private static let generator = Version.text

  init(_ asked: SheetCommand, _ environment: Environment) throws(Problem) {
    self.asked = asked
    self.environment = environment
    volumes = try ProblemShelf().open(asked.problems, environment)
    let only = volumes.count == 1 ? volumes.first?.exercise : nil
    title = asked.title ?? only?.title ?? "Exercises"
    name = only?.id ?? "sheet"
    sheets = try Self.sheets(asked, environment, volumes, title)
  }

  /// The exercise with what the options fix.
  static func prepared(_ exercise: Exercise, _ asked: SheetCommand) throws(Problem) -> Exercise {
    try prepared(exercise, fixes: asked.fix, findsErrors: asked.findError)
  }

  /// The same, as a key says it.
  static func prepared(
    _ exercise: Exercise, fixes: [String], findsErrors: Bool
  ) throws(Problem) -> Exercise {
    var exercise = exercise
    var fixed: Set<String> = []
    for text in fixes {
      let sides = text.split(separator: "=", maxSplits: 1).map { String($0).trimmed }
      guard sides.count == 2, fixed.insert(sides[0]).inserted else { throw .badFix(text) }
      exercise = try exercise.fixing(sides[0], at: sides[1])
    }
    return findsErrors ? try exercise.findingError() : exercise
  }

  // MARK: - Making

  private static func sheets(
    _ asked: SheetCommand, _ environment: Environment, _ volumes: [ProblemShelf.Volume],
    _ title: String
  ) throws(Problem) -> [Sheet] {
    let forms = try formNames(asked, environment)
    var columns: [[Item]] = []
    for volume in volumes {
      var pool = try Pool(of: try prepared(volume.exercise, asked))
      columns.append(try items(forms.count, &pool, asked))
    }
    var draw = Shuffle(seed: asked.seed)
    return forms.enumerated().map { place, form in
      var items = columns.map { $0[place] }
      if asked.shuffle { items = draw.order(items) }
      return Sheet(
        title: title, form: form, items: items, generator: generator,
        isStudent: asked.roster != nil)
    }
  }

  /// The variants of one problem, from each stratum as many as are asked for.
  private static func items(
    _ count: Int, _ pool: inout Pool, _ asked: SheetCommand
  ) throws(Problem) -> [Item] {
    var request = VariantRequest(seed: asked.seed)
    // Forms of one exam are to be equally hard, where there are enough.
    request.band = asked.band ?? (asked.forms != nil || asked.roster != nil ? .medium : .all)
    let isChosen = asked.band != nil
    guard let strata = asked.strata else {
      return try items(count, &pool, request, isBandChosen: isChosen)
    }
    var result: [Item] = []
    let parts = strata.split(separator: ",").map(String.init)
    for part in parts {
      let sides = part.split(separator: "=").map { String($0).trimmed }
      guard let name = sides.first, sides.count <= 2 else { throw .badStrata(strata) }
      var wanted = parts.count == 1 ? count : 1
      if sides.count == 2 {
        guard let number = Int(sides[1]), (1...10_000).contains(number) else {
          throw .badStrata(strata)
        }
        wanted = number
      }
      request.stratum = name
      result += try items(wanted, &pool, request, isBandChosen: isChosen)
    }
    guard result.count == count else { throw .strataDoNotAddUp(result.count, count) }
    return result
  }

  private static func items(
    _ count: Int, _ pool: inout Pool, _ request: VariantRequest, isBandChosen: Bool
  ) throws(Problem) -> [Item] {
    do throws(Problem) {
      return try pool.items(count, request)
    } catch {
      guard !isBandChosen, request.band != .all, error.code == "too-few-variants" else {
        throw error
      }
      var wider = request
      wider.band = .all
      let items = try pool.items(count, wider)
      try? Output.error.write(
        visible(
          "backstep: \(pool.exercise.id): the middle band holds too few variants, so they are taken from all\n"
        ))
      return items
    }
  }

  private static func formNames(
    _ asked: SheetCommand, _ environment: Environment
  ) throws(Problem) -> [String] {
    if let path = asked.roster {
      let text = try text(of: path, environment)
      return try Roster(text, file: LessonFiles.shown(path)).students
    }
    if let forms = asked.forms { return try FormNames.read(forms) }
    let sum = (asked.strata ?? "").split(separator: ",").compactMap {
      $0.split(separator: "=").last.flatMap { Int(String($0).trimmed) }
    }.reduce(0) { $0.addingReportingOverflow(max(0, min($1, 10_000))).partialValue }
    let variants = asked.variants ?? max(1, min(sum, 10_000))
    if variants == 1, asked.variants == nil { return [""] }
    return (1...variants).map { variants == 1 ? "" : "\($0)" }
  }

  static func text(of path: String, _ environment: Environment) throws(Problem) -> String {
    let bytes = try Files.read(environment.expandingHome(path), limit: Limit.table.bound)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .badText("it is no UTF-8", at: 0)
    }
    return text
  }

  // MARK: - Writing

  private var format: PaperFormat {
    PaperFormat.named(asked.format ?? (asked.output == nil ? "text" : "md")) ?? PaperFormat.all[0]
  }

  /// A paper that is yet to be made, and what its file is called.
  private struct Order: Sendable {
    let name: String
    let make: @Sendable () -> Paper
  }

  /// A cut of each sheet; one key serves them all where it is asked for.
  private func orders(_ cut: Sheet.Cut, hasOneKey: Bool) -> [Order] {
    if cut == .key, hasOneKey {
      let (sheets, title) = (sheets, title)
      return [Order(name: fileName(cut, "")) { Key(sheets).paper(title: title) }]
    }
    let fading = asked.fade
    return sheets.map { sheet in
      Order(name: fileName(cut, sheet.form)) { sheet.paper(cut, fading: fading) }
    }
  }

  /// The papers and their texts, made by all threads, in the order they were asked for.
  private func made(
    _ orders: [Order]
  ) throws(Problem) -> [(name: String, paper: Paper, text: String)] {
    let format = format
    var papers: [(name: String, paper: Paper, text: String)] = []
    try Parallel.inOrder(
      orders.count, jobs: asked.parallel.count,
      { place in
        let paper = orders[place].make()
        return (paper, Result { () throws(Problem) in try format.text(of: paper) })
      },
      then: { (paper: Paper, text: Result<String, Problem>) throws(Problem) in
        papers.append((orders[papers.count].name, paper, try text.get()))
      })
    return papers
  }

  /// Prints one cut of all sheets.
  func show() throws(Problem) {
    let cut = asked.cut ?? .student
    write(try made(orders(cut, hasOneKey: sheets.count > 1)).map(\.text).joined(separator: "\n\n"))
  }

  /// Writes all cuts, the key for `grade`, and what a platform wants.
  func writeFiles() throws(Problem) {
    var files: [OutputFile] = []
    var printed: [(name: String, paper: Paper)] = []
    if let export = asked.export, let platform = Platform.named(export) {
      files += try platform.write(
        sheets.flatMap(\.items), named: name, generator: Self.generator)
    } else {
      let cuts = asked.cut.map { [$0] } ?? Sheet.Cut.allCases
      for (name, paper, text) in try made(cuts.flatMap { orders($0, hasOneKey: true) }) {
        files.append(OutputFile(name: "\(name).\(format.fileExtension)", text: text))
        if asked.pdf { printed.append((name, paper)) }
      }
    }
    let key = SheetKey(
      sheets, sources: volumes.map { ($0.exercise.id, $0.source) }, generator: Self.generator,
      findsErrors: asked.findError, fixes: asked.fix)
    files.append(OutputFile(name: "\(name)-key.json", text: key.json))
    let folder = environment.expandingHome(asked.output ?? ".")
    try FolderWriter(folder, force: asked.force).write(
      files, besides: printed.flatMap { [$0.name + ".pdf"] + sources($0.name) })
    for (name, paper) in printed {
      try PrintablePaper(paper: paper, style: Style()).write(
        to: folder + "/" + name + ".pdf", environment)
    }
  }

  /// What a PDF leaves behind where it cannot be made.
  private func sources(_ name: String) -> [String] {
    ["tex", "html"].filter { $0 != format.fileExtension }.map { name + "." + $0 }
  }

  private func fileName(_ cut: Sheet.Cut, _ form: String) -> String {
    "\(name)\(form.isEmpty ? "" : "-" + FormNames.fileName(form))-\(cut.rawValue)"
  }
}
