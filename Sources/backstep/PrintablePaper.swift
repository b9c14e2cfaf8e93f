internal import Exercises
internal import Export
internal import Language
internal import Terminal
internal import Typesetting

/// A paper made into a PDF by a program that is installed: pdflatex, or else a browser.
struct PrintablePaper {
  let paper: Paper
  let style: Style

  /// A program that makes a PDF out of one of the formats.
  private enum Maker {
    case latex(String)
    case browser(String)
  }

  private static let browsers = ["chromium", "chromium-browser", "google-chrome"]
  private static let seconds = 60

  /// Writes the PDF, or leaves its source beside it and says why there is none.
  func write(to path: String, _ environment: Environment) throws(Problem) {
    let stem = path.hasSuffix(".pdf") ? String(path.dropLast(4)) : path
    guard let maker = Self.maker else {
      let source = try free(stem + ".tex", environment)
      try put(try text("tex"), at: source, in: environment)
      throw .noPDFMaker(source)
    }
    let (failure, bytes) = try make(maker)
    if let bytes {
      try Files.write(environment.expandingHome(path), bytes)
      return
    }
    let format = if case .latex = maker { "tex" } else { "html" }
    let source = try free(stem + "." + format, environment)
    try put(try text(format), at: source, in: environment)
    throw .noPDF(failure, source)
  }

  /// A name for the source that nobody typed, so what is there stays there.
  private func free(_ path: String, _ environment: Environment) throws(Problem) -> String {
    let bytes = try? Files.read(environment.expandingHome(path), limit: Limit.script.bound)
    let own = try Array(text(path.hasSuffix(".tex") ? "tex" : "html").utf8)
    if Files.exists(environment.expandingHome(path)), bytes != own { throw .fileIsThere(path) }
    return path
  }

  private func text(_ format: String) throws(Problem) -> String {
    guard let format = PaperFormat.named(format) else { throw .unknownPaperFormat(format) }
    return try format.text(of: paper, style: style)
  }

  /// Looked for once, however many papers there are.
  private static let maker: Maker? = {
    if let latex = Programs.find(["pdflatex"]), hasTikZ() { return .latex(latex) }
    return Programs.find(browsers).map { .browser($0) }
  }()

  /// pdflatex alone draws no circuits: TikZ is a package of its own.
  private static func hasTikZ() -> Bool {
    guard let program = Programs.find(["kpsewhich"]) else { return false }
    let found = try? Files.withTemporaryFolder { (folder) throws(Problem) in
      try Programs.run(program, ["tikz.sty"], in: folder, log: "log", seconds: 20)
    }
    return found == .status(0)
  }

  /// The bytes of the PDF, or what the program had to say.
  private func make(_ maker: Maker) throws(Problem) -> (failure: String, bytes: [UInt8]?) {
    try Files.withTemporaryFolder { (folder) throws(Problem) in
      let ending: Programs.Ending
      switch maker {
      case .latex(let program):
        try Files.write(folder + "/paper.tex", Array(try text("tex").utf8))
        ending = try Programs.run(
          program,
          ["-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "paper.tex"],
          in: folder, log: "log",
          // The same paper gives the same bytes on any day.
          variables: ["SOURCE_DATE_EPOCH": "0", "FORCE_SOURCE_DATE": "1"], seconds: Self.seconds)
      case .browser(let program):
        try Files.write(folder + "/paper.html", Array(try text("html").utf8))
        // Browsers refuse to guard themselves against the administrator; the page has no script.
        let guards = Programs.isAdministrator ? ["--no-sandbox"] : []
        ending = try Programs.run(
          program,
          guards + [
            "--headless", "--disable-gpu", "--no-first-run", "--user-data-dir=\(folder)/profile",
            "--no-pdf-header-footer", "--print-to-pdf=\(folder)/paper.pdf",
            "file://\(folder)/paper.html",
          ], in: folder, log: "log", seconds: Self.seconds)
      }
      if ending == .timedOut { return ("it took more than \(Self.seconds) seconds", nil) }
      let pdf = try? Files.read(folder + "/paper.pdf", limit: 268_435_456)
      if ending == .status(0), let pdf, !pdf.isEmpty { return ("", pdf) }
      let log = (try? Files.read(folder + "/log", limit: 4_194_304)) ?? []
      return (Self.complaint(String(decoding: log, as: UTF8.self)), nil)
    }
  }

  /// The first line of a log that begins with `!`, or its last line.
  private static func complaint(_ log: String) -> String {
    let lines = log.split(whereSeparator: \.isNewline).map(String.init)
    let line = lines.first { $0.hasPrefix("!") } ?? lines.last ?? "it said nothing"
    return String(line.prefix(200))
  }
}

extension Problem {
  static func unknownPaperFormat(_ name: String) -> Problem {
    Problem(
      "unknown-format", "there is no format \(name)",
      hint: "try one of " + AnswerCommand.formats.joined(separator: ", "))
  }

  fileprivate static func noPDFMaker(_ source: String) -> Problem {
    Problem(
      "no-pdf-program",
      "neither pdflatex with TikZ nor a browser is installed; the source is in \(source)",
      hint: "apt install texlive-latex-base texlive-pictures")
  }

  fileprivate static func noPDF(_ complaint: String, _ source: String) -> Problem {
    Problem(
      "pdf-failed", "the PDF could not be made: \(complaint)",
      hint: "the source is in \(source)")
  }
}
