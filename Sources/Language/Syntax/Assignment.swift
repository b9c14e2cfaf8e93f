/// One definition as typed: `q = w1 + w2`, or a function, `g(z) = 1 / (1 + exp(-z))`.
package struct Assignment: Sendable {
  package let name: String
  package let nameSpan: SourceSpan
  /// Which element is meant by `x[2] = 5`, counted from 1; nil for a whole name.
  package let element: [Int]?
  /// The parameters of a function; nil for a variable.
  package let parameters: [String]?
  package let formula: Formula
  /// What stands on the right, as typed.
  package let text: String
  /// Where `text` begins in the line.
  package let textStart: Int

  /// Reads a line of definitions, `name = formula {, name = formula}`.
  ///
  /// `functions`: the functions known so far, with their argument counts.
  /// Returns nil when the line does not begin like a definition.
  package static func reading(
    _ line: String, as place: Formula.Place = .plain, functions: [String: Int]
  ) throws(Problem) -> [Assignment]? {
    try Lexer.reading(line) { lexer throws(Problem) in
      try reading(lexer, as: place, functions: functions)
    }
  }

  private static func reading(
    _ lexer: Lexer, as place: Formula.Place, functions: [String: Int]
  ) throws(Problem) -> [Assignment]? {
    var lexer = lexer
    var functions = functions
    var result: [Assignment] = []
    while true {
      guard let head = try head(&lexer) else {
        if result.isEmpty { return nil }
        throw .expectedDefinition(at: lexer.offset..<lexer.offset)
      }
      // A function may use those before it, not itself: that would never end.
      var parser = Parser(lexer, place: place, functions: functions)
      let formula: Formula
      do throws(Problem) {
        formula = try parser.formula()
      } catch {
        if error.code == "unknown-function", let span = error.span, parser.text(span) == head.name,
          head.parameters != nil
        {
          throw .functionCallsItself(head.name, at: span)
        }
        if error.code == "implicit-product", let span = error.span {
          var rest = lexer
          rest.move(to: span.lowerBound)
          if (try? Self.head(&rest)) ?? nil != nil { throw .missingComma(at: span) }
        }
        throw error
      }
      let text = parser.text(lexer.offset..<parser.next.start)
      let blanks = text.utf8.prefix { $0 == 0x20 || $0 == 0x09 }.count
      result.append(
        Assignment(
          name: head.name, nameSpan: head.span, element: head.element, parameters: head.parameters,
          formula: formula, text: text.trimmed, textStart: lexer.offset + blanks))
      if let parameters = head.parameters { functions[head.name] = parameters.count }
      if parser.next.kind == .end { return result }
      // A comma parts it from the next one.
      lexer.move(to: parser.next.end)
    }
  }

  private struct Head {
    let name: String
    let span: SourceSpan
    var element: [Int]?
    let parameters: [String]?
  }

  /// Takes `name =` or `name(a, b) =`; nil when something else stands there.
  private static func head(_ lexer: inout Lexer) throws(Problem) -> Head? {
    var ahead = lexer
    guard let first = try? ahead.next(), first.kind == .name else { return nil }
    let name = ahead.spelling(of: first)
    guard let second = try? ahead.next() else { return nil }
    switch second.kind {
    case .equals:
      lexer = ahead
      return Head(name: name, span: first.span, parameters: nil)
    case .openSquare:
      var element: [Int] = []
      while let token = try? ahead.next(), token.kind == .number,
        let place = Int(exactly: token.number), let separator = try? ahead.next()
      {
        element.append(place)
        if separator.kind == .comma { continue }
        guard separator.kind == .closeSquare, let sign = try? ahead.next(), sign.kind == .equals
        else { return nil }
        let span = first.span.lowerBound..<separator.end
        lexer = ahead
        return Head(name: name, span: span, element: element, parameters: nil)
      }
      return nil
    case .open:
      var parameters: [String] = []
      while let token = try? ahead.next(), token.kind == .name {
        let parameter = ahead.spelling(of: token)
        if parameters.contains(parameter) {
          guard isDefinition(ahead) else { return nil }
          throw .repeatedParameter(parameter, at: token.span)
        }
        parameters.append(parameter)
        guard let separator = try? ahead.next() else { return nil }
        if separator.kind == .comma { continue }
        guard separator.kind == .close, let sign = try? ahead.next(), sign.kind == .equals else {
          return nil
        }
        lexer = ahead
        return Head(name: name, span: first.span, parameters: parameters)
      }
      return nil
    default: return nil
    }
  }

  /// Whether `… ) =` follows, so that the brackets hold parameters and not arguments.
  private static func isDefinition(_ lexer: Lexer) -> Bool {
    var ahead = lexer
    while let token = try? ahead.next(), token.kind != .end {
      if token.kind == .close { return (try? ahead.next())?.kind == .equals }
    }
    return false
  }
}

extension String {
  /// The text without blanks at its ends.
  package var trimmed: String {
    let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
    let start = utf8.drop(while: isBlank)
    guard let last = start.lastIndex(where: { !isBlank($0) }) else { return "" }
    return String(self[start.startIndex...last])
  }
}

extension Problem {
  static func missingComma(at span: SourceSpan) -> Problem {
    Problem(
      "missing-comma", "a new definition begins here", at: span,
      hint: "put a comma between definitions: w1 = -2, w2 = 5")
  }

  static func expectedDefinition(at span: SourceSpan) -> Problem {
    Problem(
      "expected-definition", "after the comma another definition should come", at: span,
      hint: "write w1 = -2, w2 = 5; a decimal point is a point: 1.5")
  }

  static func functionCallsItself(_ name: String, at span: SourceSpan) -> Problem {
    Problem(
      "function-calls-itself", "\(name) uses itself, which would never come to an end", at: span,
      hint: "a function may use functions defined before it")
  }

  static func repeatedParameter(_ name: String, at span: SourceSpan) -> Problem {
    Problem("repeated-parameter", "the parameter \(name) is named twice", at: span)
  }
}
