/// Pairs `*`, `**`, `_` and `__` in a text whose other parts are already known.
struct Emphasis {
  private enum Piece {
    case run(Prose.Run)
    case mark(Mark)
  }

  private struct Mark {
    let scalar: Unicode.Scalar
    let count: Int
    let opens: Bool
    let closes: Bool

    /// The four kinds of marks are paired independently.
    var kind: Int { (scalar == "*" ? 0 : 2) + count - 1 }
    var text: String { String(repeating: String(scalar), count: count) }
  }

  private var pieces: [Piece] = []
  private var plain = String.UnicodeScalarView()

  /// Appends a character.
  mutating func add(_ scalar: Unicode.Scalar) { plain.append(scalar) }

  /// Appends a run that is already known.
  mutating func add(_ run: Prose.Run) {
    finishPlain()
    pieces.append(.run(run))
  }

  /// Appends a row of `*` or `_`, which may turn out to be text.
  mutating func add(
    _ scalar: Unicode.Scalar, count: Int, before: Unicode.Scalar, after: Unicode.Scalar
  ) {
    let opensHere = !Self.isBlank(after) && (scalar == "*" || !Self.isWord(before))
    let closesHere = !Self.isBlank(before) && (scalar == "*" || !Self.isWord(after))
    guard count <= 3, opensHere || closesHere else {
      for _ in 0..<count { add(scalar) }
      return
    }
    finishPlain()
    for part in count == 3 ? [2, 1] : [count] {
      pieces.append(
        .mark(Mark(scalar: scalar, count: part, opens: opensHere, closes: closesHere)))
    }
  }

  private mutating func finishPlain() {
    guard !plain.isEmpty else { return }
    pieces.append(.run(Prose.Run(String(plain))))
    plain = String.UnicodeScalarView()
  }

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isWhitespace }

  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic || "0"..."9" ~= scalar
  }

  /// The runs, with paired marks turned into styles.
  mutating func runs() -> [Prose.Run] {
    finishPlain()
    var lastClosing = [-1, -1, -1, -1]
    for (index, piece) in pieces.enumerated() {
      if case .mark(let mark) = piece, mark.closes { lastClosing[mark.kind] = index }
    }
    var isOpen = [false, false, false, false]
    var result: [Prose.Run] = []
    for (index, piece) in pieces.enumerated() {
      let style: Prose.Style =
        isOpen[1] || isOpen[3] ? .strong : isOpen[0] || isOpen[2] ? .emphasis : .plain
      switch piece {
      case .run(let run):
        Self.append(run.style == .plain ? Prose.Run(run.text, style) : run, to: &result)
      case .mark(let mark):
        if isOpen[mark.kind], mark.closes {
          isOpen[mark.kind] = false
        } else if !isOpen[mark.kind], mark.opens, lastClosing[mark.kind] > index {
          isOpen[mark.kind] = true
        } else {
          Self.append(Prose.Run(mark.text, style), to: &result)
        }
      }
    }
    return result
  }

  /// Appends a run, joining it to the one before where the style goes on.
  private static func append(_ run: Prose.Run, to runs: inout [Prose.Run]) {
    if let last = runs.indices.last, runs[last].style == run.style,
      run.style != .code, run.style != .math
    {
      runs[last].text += run.text
    } else {
      runs.append(run)
    }
  }
}
