/// Turns the TeX between two dollars into a line of plain text, as far as that can be read.
///
/// Braces and arguments are kept on a stack, so that no formula is too deep.
struct MathReader {
  /// What could not be read; then the formula is best shown as it is written.
  private(set) var unknown: [String] = []
  private let source: [Unicode.Scalar]
  private var index = 0
  private var stack: [Frame] = [Frame(.group)]

  private struct Frame {
    enum Kind {
      case group
      case command(MathCommand)
      case below
      case above
    }

    let kind: Kind
    var text = MathLine()
    var arguments: [String] = []

    init(_ kind: Kind) { self.kind = kind }

    var isGroup: Bool { if case .group = kind { true } else { false } }
  }

  /// Prepares to read what stands between the dollars.
  init(_ source: String) {
    self.source = Array(source.unicodeScalars)
  }

  /// The formula as text, or nil if something in it is `unknown`.
  mutating func read() -> String? {
    // What is put inside one another is copied at each level; nobody writes a hundred levels.
    while index < source.count, unknown.isEmpty {
      readNext()
      if stack.count > 100 { unknown.append("…") }
    }
    if unknown.isEmpty, stack.count != 1 { unknown.append(stack.last?.isGroup == true ? "{" : "…") }
    guard unknown.isEmpty, let text = stack.first?.text.joined else { return nil }
    return text
  }

  private mutating func readNext() {
    let scalar = source[index]
    index += 1
    switch scalar {
    case " ", "\t":
      if let last = stack.indices.last, stack[last].isGroup { stack[last].text.addBlank() }
    case "{": stack.append(Frame(.group))
    case "}":
      guard stack.count > 1, stack.last?.isGroup == true, let group = stack.popLast() else {
        unknown.append("}")
        return
      }
      deliver(group.text.joined)
    case "_": stack.append(Frame(.below))
    case "^": stack.append(Frame(.above))
    case "&", "~", "#", "%": unknown.append(String(scalar))
    case "\\": readCommand()
    case "=", "<", ">", "+":
      // A command swallows the blank behind it; a sign with a blank on its right has one on its left.
      if index < source.count, source[index] == " ", let last = stack.indices.last,
        stack[last].isGroup
      {
        stack[last].text.addBlank()
      }
      deliver(String(scalar))
    default: deliver(String(scalar))
    }
  }

  private mutating func readCommand() {
    let letters = source[index...].prefix { "a"..."z" ~= $0 || "A"..."Z" ~= $0 }
    var name = String(String.UnicodeScalarView(letters))
    if letters.isEmpty, index < source.count { name = String(source[index]) }
    index += name.unicodeScalars.count
    guard let command = MathCommand(name) else {
      unknown.append("\\" + name)
      return
    }
    if command.swallowsBlanks {
      while index < source.count, source[index] == " " { index += 1 }
    }
    switch command {
    case .symbol(let text): deliver(text)
    case .word(let text):
      if stack.last?.isGroup == true {
        stack[stack.count - 1].text.addWord(text)
      } else {
        deliver(text)
      }
    case .dropped:
      // Of \left. not even the dot is shown.
      let isBracket = name == "left" || name == "right"
      if isBracket, index < source.count, source[index] == "." { index += 1 }
    case .text: readText()
    default: stack.append(Frame(.command(command)))
    }
  }

  /// Reads the argument of `\text`, in which blanks count and nothing else has a meaning.
  private mutating func readText() {
    guard index < source.count, source[index] == "{" else {
      unknown.append("\\text")
      return
    }
    let inside = source[(index + 1)...].prefix { $0 != "}" && $0 != "{" && $0 != "\\" }
    guard inside.endIndex < source.count, source[inside.endIndex] == "}" else {
      unknown.append("\\text")
      return
    }
    index = inside.endIndex + 1
    deliver(String(String.UnicodeScalarView(inside)))
  }

  /// Hands a finished piece to whatever waits for one.
  private mutating func deliver(_ piece: String) {
    var piece = piece
    while let last = stack.indices.last {
      switch stack[last].kind {
      case .group:
        stack[last].text.add(piece)
        return
      case .below:
        stack.removeLast()
        if let end = stack.indices.last, stack[end].isGroup {
          stack[end].text.addBelow(piece)
        } else {
          unknown.append("_")
        }
        return
      case .above:
        stack.removeLast()
        if let end = stack.indices.last, stack[end].isGroup {
          stack[end].text.addAbove(piece)
        } else {
          unknown.append("^")
        }
        return
      case .command(let command):
        stack[last].arguments.append(piece)
        guard let result = command.applied(to: stack[last].arguments) else { return }
        stack.removeLast()
        piece = result
      }
    }
  }
}
