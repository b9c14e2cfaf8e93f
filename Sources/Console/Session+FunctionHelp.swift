internal import Engine
internal import Language
internal import Typesetting

// `help tanh`, `help conv`: a function explained from its own record.
extension Session {
  func help(on primitive: Primitive) -> Document {
    let style = settings.style
    var lines: [Text] = [Text(primitive.usage, .strong) + Text("    \(primitive.summary)")]
    if !primitive.spellings.isEmpty {
      lines.append(Text("also: \(primitive.spellings.joined(separator: ", "))"))
    }
    let names: [String] =
      switch primitive.operands {
      case .fixed(let names): names
      case .variadic: ["x"]
      }
    for (name, rule) in zip(names, primitive.ruleTexts) {
      let head = "  \(style.derivative("y", name)) = "
      let cases = Rule.cases(
        of: rule, in: primitive, convention: settings.conventions.value(for: primitive))
      for (index, part) in cases.enumerated() {
        let when =
          part.condition.map { " where \(style.formula($0))" } ?? (index > 0 ? " elsewhere" : "")
        let margin = index == 0 ? head : String(repeating: " ", count: columns(head))
        lines.append(Text(margin + style.formula(part.slope) + when))
      }
    }
    if primitive.ruleTexts.contains(where: { $0.contains("y") }) {
      lines.append("  where y is the value of the gate itself")
    }
    if let domain = primitive.domain {
      lines.append(Text("It needs \(domain.requirement): \(domain.reason)."))
    }
    lines += primitive.conventions.map {
      Text("Convention: \(settings.conventions.statement(of: $0))")
    }
    if let example = primitive.examples.first, primitive.notation == .function {
      let arguments = example.map { $0.formatted(.arithmetic) }.joined(separator: ", ")
      lines += [
        Text(),
        Text("For example \(primitive.name)(\(arguments)) = ")
          + Text(style.number(primitive.value(example)), .value),
      ]
    }
    return Document(lines.map { .line($0) })
  }

  func help(on composite: Composite) -> Document {
    var lines: [Text] = [Text(composite.usage, .strong) + Text("    \(composite.summary)")]
    if case .formula(let text) = composite.meaning { lines.append(Text("It stands for \(text).")) }
    let optional = composite.parameters.compactMap { parameter -> String? in
      switch parameter.standard {
      case nil: nil
      case .number(let value): "\(parameter.name) is \(value.formatted(.data)) if left out"
      case .previous: "\(parameter.name) is the one before it if left out"
      case .unspecified: "\(parameter.name) may be left out"
      }
    }
    if !optional.isEmpty { lines.append(Text(optional.joined(separator: "; ") + ".")) }
    lines += [Text(), "For example:"]
    var session = Session()
    var document = Document(lines.map { .line($0) })
    for line in composite.examples {
      document += Document(lines: ["  " + line])
      if let reply = try? session.enter(line), line == composite.examples.last {
        document += reply.document
      }
    }
    return document
  }
}
