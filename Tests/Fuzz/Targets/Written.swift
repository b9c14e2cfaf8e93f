internal import Foundation
internal import Language

/// A text that was written in some format, and what readers find in it.
struct Written: Equatable, Sendable {
  let kind: String
  let text: String

  init(_ kind: String, _ text: String) {
    self.kind = kind
    self.text = text
  }

  /// What must hold of it, whatever it is about.
  func checkForm(format: String) throws(Violation) {
    try requirePrintable(kind == "html" ? withoutMathSigns(text) : text, format)
    switch kind {
    case "svg", "xml":
      try require(Elements(text).isWellFormed, "\(format) is not well-formed: \(text)")
    case "json": _ = try decoded()
    case "html":
      let tags = self.tags
      try require(tags.count { $0 == "<!--" } == 0, "\(format) has a comment in it")
      try require(
        tags.count { $0 == "<script" } == tags.count { $0 == "</script" },
        "\(format): half a script")
    case "tikz", "tex": try require(areBracesClosed, "\(format): a brace is left open: \(text)")
    case "dot": _ = try dotSigns()
    default: break
    }
  }

  /// Asserts that another name changes nothing but the name.
  func requireSameForm(
    as plain: Written, name: String, format: String
  ) throws(Violation) {
    switch kind {
    case "svg", "xml":
      let (one, other) = (Elements(text), Elements(plain.text))
      try require(
        one.names == other.names, "\(format): other elements for \(name.debugDescription)")
      try require(
        one.attributes == other.attributes,
        "\(format): other attributes for \(name.debugDescription)")
    case "html":
      try require(tags == plain.tags, "\(format): other tags for \(name.debugDescription): \(tags)")
    case "json":
      try require(
        try decoded().contains(name), "\(format): \(name.debugDescription) does not come back")
    case "tikz", "tex":
      let new = controlWords.subtracting(plain.controlWords).subtracting(Self.signs)
      try require(new.isEmpty, "\(format): \(new) for \(name.debugDescription)")
    case "dot":
      try require(
        try dotSigns() == plain.dotSigns(), "\(format): other signs for \(name.debugDescription)")
    case "csv":
      try require(
        cellCounts == plain.cellCounts, "\(format): other cells for \(name.debugDescription)")
    case "gift":
      try require(
        giftSigns == plain.giftSigns, "\(format): other signs for \(name.debugDescription): \(text)"
      )
    default: break
    }
  }

  // MARK: - Readers

  /// All texts of a JSON file.
  private func decoded() throws(Violation) -> Set<String> {
    guard let value = try? JSONSerialization.jsonObject(with: Data(text.utf8)) else {
      throw Violation("JSON that cannot be read: \(text)")
    }
    var texts: Set<String> = []
    var waiting: [Any] = [value]
    while let next = waiting.popLast() {
      if let list = next as? [Any] { waiting += list }
      if let object = next as? [String: Any] {
        waiting += Array(object.values)
        texts.formUnion(object.keys)
      }
      if let text = next as? String { texts.insert(text) }
    }
    return texts
  }

  /// The names of all tags, in order, with comments; what stands between tags of scripts is no markup.
  private var tags: [String] {
    var result: [String] = []
    var rest = text.utf8[...]
    var isScript = false
    while let open = rest.firstIndex(of: UInt8(ascii: "<")) {
      rest = rest[open...]
      let isComment = rest.starts(with: "<!--".utf8)
      let name =
        isComment
        ? "<!--"
        : "<"
          + String(
            decoding: rest.dropFirst().prefix {
              (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0) || $0 == 0x2F
                || $0 == 0x21
            }, as: UTF8.self)
      rest = rest.dropFirst()
      if isScript, name != "</script", !isComment { continue }
      if name == "<script" { isScript = true }
      if name == "</script" { isScript = false }
      // `w1` has an index where `w` has none: how a name is set depends on the name.
      if !Self.mathTags.contains(String(name.drop { $0 == "<" || $0 == "/" })) {
        result.append(name)
      }
    }
    return result
  }

  private static let mathTags: Set<String> = [
    "mi", "mn", "mo", "mrow", "msub", "msup", "msubsup", "mfrac", "mtext", "msqrt",
  ]

  private var areBracesClosed: Bool {
    var depth = 0
    var isEscaped = false
    for byte in text.utf8 {
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == UInt8(ascii: "{") {
        depth += 1
      } else if byte == UInt8(ascii: "}") {
        depth -= 1
        if depth < 0 { return false }
      }
    }
    return depth == 0
  }

  private var controlWords: Set<String> {
    var result: Set<String> = []
    var rest = text.utf8[...]
    while let slash = rest.firstIndex(of: UInt8(ascii: "\\")) {
      let inner = rest[rest.index(after: slash)...]
      let letters = inner.prefix { (0x61...0x7A).contains($0 | 0x20) }
      let word = letters.isEmpty ? inner.prefix(1) : letters
      result.insert("\\" + String(decoding: word, as: UTF8.self))
      rest = inner.dropFirst(max(1, word.count))
    }
    return result
  }

  /// What the program writes for signs that mean something to TeX, and for letters.
  private static let signs: Set<String> = [
    "\\`", "\\'", "\\^", "\\~", "\\\"", "\\=", "\\.", "\\{", "\\}", "\\$", "\\&", "\\#", "\\%",
    "\\_",
    "\\r", "\\c", "\\v", "\\u", "\\H", "\\ss", "\\ae", "\\AE", "\\oe", "\\OE", "\\o", "\\O", "\\l",
    "\\L",
    "\\i", "\\textbackslash", "\\textasciicircum", "\\textasciitilde", "\\textless",
    "\\textgreater",
    "\\textbar", "\\char", "\\small", "\\times", "\\cdot", "\\dots", "\\textsuperscript", "\\frac",
    "\\infty", "\\partial", "\\leq", "\\geq", "\\neq", "\\to", "\\Sigma", "\\Gamma", "\\Delta",
    "\\Theta",
    "\\Lambda", "\\Xi", "\\Pi", "\\Phi", "\\Psi", "\\Omega", "\\varsigma", "\\alpha", "\\beta",
    "\\gamma",
    "\\delta", "\\epsilon", "\\zeta", "\\eta", "\\theta", "\\iota", "\\kappa", "\\lambda", "\\mu",
    "\\nu",
    "\\xi", "\\pi", "\\rho", "\\sigma", "\\tau", "\\upsilon", "\\phi", "\\chi", "\\psi", "\\omega",
    "\\mathrm", "\\mathit", "\\text", "\\ ",
  ]

  /// The signs of a DOT file outside of its strings, with tags instead of what stands between them.
  private func dotSigns() throws(Violation) -> String {
    var result: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "\"") {
        var isEscaped = false
        var isClosed = false
        while let inner = rest.popFirst() {
          if isEscaped {
            isEscaped = false
          } else if inner == UInt8(ascii: "\\") {
            isEscaped = true
          } else if inner == byte {
            isClosed = true
            break
          }
        }
        try require(isClosed, "DOT: a string without an end")
        result.append(byte)
      } else if byte == UInt8(ascii: "<") {
        // A string of markup: brackets within brackets.
        var depth = 1
        var markup: [UInt8] = []
        while depth > 0, let inner = rest.popFirst() {
          if inner == UInt8(ascii: "<") { depth += 1 }
          if inner == UInt8(ascii: ">") { depth -= 1 }
          if depth > 0 { markup.append(inner) }
        }
        try require(depth == 0, "DOT: markup without an end")
        let elements = Elements(String(decoding: markup, as: UTF8.self))
        try require(elements.isWellFormed, "DOT: markup that is not well-formed")
        result += Array(elements.names.joined(separator: " ").utf8)
      } else if !(0x30...0x39).contains(byte), byte != UInt8(ascii: "."), byte != UInt8(ascii: "-")
      {
        // Longer names need more room, so numbers differ.
        result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// How many cells each row has.
  private var cellCounts: [Int] {
    var counts: [Int] = []
    var cells = 1
    var isQuoted = false
    for byte in text.utf8 {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if isQuoted { continue }
      if byte == UInt8(ascii: ",") { cells += 1 }
      if byte == UInt8(ascii: "\n") {
        counts.append(cells)
        cells = 1
      }
    }
    return counts
  }

  /// The signs that mean something in GIFT, without those that are escaped; a line of comment has none.
  private var giftSigns: String {
    text.split(separator: "\n").filter { !$0.hasPrefix("//") }.map { line in
      var result = ""
      var isEscaped = false
      for scalar in line.unicodeScalars {
        if isEscaped {
          isEscaped = false
        } else if scalar == "\\" {
          isEscaped = true
        } else if "{}~=#".unicodeScalars.contains(scalar) {
          result.unicodeScalars.append(scalar)
        }
      }
      return result
    }.joined(separator: "\n")
  }
}
