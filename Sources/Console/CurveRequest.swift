internal import Engine
internal import Language

/// `plot sigmoid(z), slope sigmoid(z) for z in -4..4`, taken apart.
struct CurveRequest {
  struct Part {
    let text: String
    let formula: Formula
    let isSlope: Bool
  }
  var parts: [Part] = []
  var variable = ""
  var range = -5.0...5.0

  static let most = 3

  init(_ words: Words, in session: Session) throws(Problem) {
    var all = words.all
    let start = words.span?.lowerBound ?? 0
    if let place = all.lastIndex(where: { $0.text == "for" }), place + 2 < all.count,
      all[place + 2].text == "in"
    {
      variable = all[place + 1].text
      let bounds = all[(place + 3)...].map(\.text).joined()
      range = try Self.range(bounds, in: session, at: all.dropFirst(place + 3).first?.span)
      all = Array(all[..<place])
    }
    guard let first = all.first, let last = all.last else { throw .missingArgument("plot") }
    let offset = first.span.lowerBound
    let bytes = Array(words.text.utf8)[..<min(last.span.upperBound - start, words.text.utf8.count)]
    var from = offset
    for piece in String(decoding: bytes, as: UTF8.self).piecesAtCommas {
      try add(piece, from: from, in: session)
      from += piece.utf8.count + 1
    }
    guard parts.count <= Self.most else { throw .tooManyCurves(Self.most, at: words.span) }
    if variable.isEmpty { try chooseVariable(in: session, at: words.span) }
  }

  private mutating func add(
    _ piece: String, from start: Int, in session: Session
  ) throws(Problem) {
    var text = piece.trimmed
    let isSlope = text.hasPrefix("slope ")
    if isSlope { text = String(text.dropFirst(6)).trimmed }
    let blanks = piece.utf8.count - piece.trimmedStart.utf8.count
    let formula: Formula
    do throws(Problem) {
      formula = try Formula(reading: text, functions: session.definitions.argumentCounts)
    } catch {
      throw error.moved(by: start + blanks + (isSlope ? 6 : 0))
    }
    parts.append(Part(text: text, formula: formula, isSlope: isSlope))
  }

  /// The name that a curve runs over: the one without a value, or the only one there is.
  private mutating func chooseVariable(in session: Session, at span: SourceSpan?) throws(Problem) {
    // What the curves depend on in the end: `plot y` with y = tanh(x) runs over x.
    var names: [String] = []
    var open: [String] = []
    var seen: Set<String> = []
    for part in parts {
      let graph = try Graph(of: part.formula, in: session.definitions)
      for input in graph.inputs {
        let label = graph.label(input)
        guard seen.insert(label).inserted else { continue }
        names.append(label)
        if !graph.nodes[input].hasValue { open.append(label) }
      }
    }
    guard let name = open.count == 1 ? open.first : names.count == 1 ? names.first : nil,
      Definitions.element(name) == nil
    else {
      throw .whichVariable(open.isEmpty ? names : open, at: span)
    }
    if parts.allSatisfy({ $0.formula == Formula(name: name) }), open.contains(name) {
      throw .unknownValue(
        name, known: session.definitions.order, isAlone: true, at: span ?? 0..<0)
    }
    variable = name
  }

  private static func range(
    _ text: String, in session: Session, at span: SourceSpan?
  ) throws(Problem) -> ClosedRange<Double> {
    guard let dots = text.firstRange(of: "..") else { throw .badRange(text, at: span) }
    let low = try session.number(String(text[..<dots.lowerBound]), in: .session)
    let high = try session.number(String(text[dots.upperBound...]), in: .session)
    guard low.isFinite, high.isFinite, low < high, (high - low).isFinite else {
      throw .badRange(text, at: span)
    }
    return low...high
  }
}

extension String {
  /// The text without blanks at its start.
  fileprivate var trimmedStart: String {
    String(decoding: utf8.drop { $0 == 0x20 || $0 == 0x09 }, as: UTF8.self)
  }
}

extension Problem {
  static func badRange(_ text: String, at span: SourceSpan?) -> Problem {
    Problem(
      "bad-range", "\(text) is no range from a smaller number to a larger one", at: span,
      hint: "write for z in -4..4")
  }

  static func doesNotUse(_ name: String, _ input: String, at span: SourceSpan?) -> Problem {
    Problem(
      "does-not-use", "\(name) does not depend on the input \(input)", at: span,
      hint: "name the formula that foretells the class: plot boundary p")
  }

  static func needsTwoInputs(_ columns: [String]) -> Problem {
    Problem(
      "needs-two-inputs",
      "a boundary is drawn over two inputs and a class, and these examples have \(columns.joined(separator: ", "))",
      hint: "try: data moons")
  }

  static func nothingTrained(at span: SourceSpan?) -> Problem {
    Problem(
      "nothing-trained", "nothing has been trained yet, so there is no course of a loss", at: span,
      hint: "train a loss first: help train")
  }

  static func tooManyCurves(_ most: Int, at span: SourceSpan?) -> Problem {
    Problem(
      "too-many-curves", "at most \(most) curves fit into one plot", at: span,
      hint: "leave some out, and plot them after these")
  }

  static func noBoundary(_ column: String, at span: SourceSpan?) -> Problem {
    Problem(
      "no-classes", "a boundary parts two classes, 0 and 1 or -1 and 1, and \(column) has others",
      at: span, hint: "plot a curve instead: plot p for x1 in 0..1")
  }

  static func tooLargeToPlot(_ text: String, at span: SourceSpan?) -> Problem {
    Problem(
      "too-many-nodes",
      "\(text) has too many nodes to be computed again for every point of a picture",
      at: span, hint: "plot a part of it")
  }

  static func whichVariable(_ names: [String], at span: SourceSpan?) -> Problem {
    Problem(
      "which-variable",
      names.isEmpty
        ? "there is no name to plot over"
        : "which of \(names.prefix(6).joined(separator: ", "))\(names.count > 6 ? ", …" : "") should the curve run over?",
      at: span,
      hint: "write plot L for w in -1..5; a name for one number, not for a vector")
  }
}
