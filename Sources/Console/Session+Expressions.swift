internal import Engine
internal import Language
internal import Typesetting

// Formulas without a name: their value is printed.
extension Session {
  mutating func evaluate(_ code: String, _ words: Words) throws(Problem) -> Reply {
    if words.all.contains(where: { $0.text == "grad" }) { keepLargeValues() }
    let value: Tensor
    if let kept = keptValue(of: code.trimmed) {
      value = kept
    } else {
      do throws(Problem) {
        var source: RandomNumbers? = random
        value = try tensor(code, in: .session, random: &source)
        random = source ?? random
      } catch {
        throw explained(error, words)
      }
    }
    answer = value
    if outputs.isEmpty { lastExpression = code.trimmed }
    log.append(code.trimmed)
    var document = Document.numbers(value, settings.style)
    if let first = words.first?.text, words.count == 1, Command.named(first) != nil,
      remindedAliases.insert(first).inserted, let command = Command.named(first)
    {
      document += Document(lines: [
        "\(first) is a variable here; the command is \(command.name) or :\(first)"
      ])
    }
    return Reply(document)
  }

  /// A wrong word at the start of a line is more likely a mistyped command than a product.
  private func explained(_ problem: Problem, _ words: Words) -> Problem {
    if let first = words.first, let command = Command.named(first.text), isHidden(first.text),
      words.count > 1, problem.code == "implicit-product"
    {
      return .aliasIsVariable(first.text, command.name, at: first.span)
    }
    if let first = words.first, let meant = Command.synonyms[first.text],
      definitions.variables[first.text] == nil
    {
      return .unknownName(first.text, near: meant, at: first.span)
    }
    guard let first = words.first, Command.named(first.text) == nil,
      definitions.variables[first.text] == nil, Primitive.functions[first.text] == nil,
      Composite.byName[first.text] == nil,
      ["implicit-product", "unknown-name", "missing-value"].contains(problem.code)
    else { return problem }
    if first.text == "back" { return .backIsAmbiguous(at: first.span) }
    let isAlone = words.count == 1
    if let near = closest(to: first.text, among: Command.all.map(\.name)),
      problem.code != "missing-value" || isAlone
    {
      return .unknownName(first.text, near: near, at: first.span)
    }
    return problem
  }
}
