internal import Engine
internal import Language

// One operation in Python.
extension ScriptWriter {
  /// A primitive applied to parts.
  mutating func applied(
    _ id: PrimitiveID, _ operands: [PythonPart]
  ) throws(Problem) -> PythonPart {
    let primitive = Primitive[id]
    let literals = operands.compactMap(\.literal)
    if literals.count == operands.count { return .literal(primitive.value(literals)) }
    let operands = operands.map { operand in
      if case .elements = operand.kind { return tensorised(operand) }
      return operand
    }
    var result: PythonPart
    switch primitive.notation {
    case .infix(let precedence, let isPower):
      result = infix(primitive, operands, precedence, isPower)
    case .prefix(let precedence):
      result = operands[0]
      result.text = "-" + operands[0].written(needs: precedence)
      result.precedence = precedence
      if operands[0].isNumber { result.kind = .number }
    case .comparison:
      let sides = operands.map { $0.written(needs: PythonPart.comparison + 1) }
      result = PythonPart(
        text: sides.joined(separator: " \(primitive.name) "), precedence: PythonPart.comparison,
        kind: .condition)
    case .function where id == Primitive.choose: result = choice(operands)
    case .function: result = function(primitive, operands)
    case .gate: throw .notInScripts(primitive.name)
    }
    if result.kind != .condition {
      result.shape =
        operands.first { $0.shape != .scalar && !primitive.isReduction }?.shape ?? .scalar
    } else {
      result.shape = operands.first { $0.shape != .scalar }?.shape ?? .scalar
    }
    result.depth = 1 + (operands.map(\.depth).max() ?? 0)
    let numbers = operands.compactMap(\.known)
    let isNumber = operands.allSatisfy(\.isNumber)
    result.known = isNumber && numbers.count == operands.count ? primitive.value(numbers) : nil
    let isFlat = primitive.name == "step" || primitive.name == "sign"
    let through = id == Primitive.choose ? Array(operands.dropFirst()) : operands
    result.isTracked = !isFlat && result.kind == .tensor && through.contains(where: \.isTracked)
    return result
  }

  private func infix(
    _ primitive: Primitive, _ operands: [PythonPart], _ precedence: Int, _ isPower: Bool
  ) -> PythonPart {
    let isNumber = operands.allSatisfy(\.isNumber)
    // i + 1, where i counts, still counts.
    if isNumber, operands.count == 2, case .counter(let base, let plus) = operands[0].kind,
      let number = operands[1].literal, let whole = Int(exactly: number),
      whole.magnitude < 1_000_000,
      ["+", "-"].contains(primitive.name)
    {
      return PythonPart(
        text: base, kind: .counter(base, plus: primitive.name == "+" ? plus + whole : plus - whole))
    }
    let sign = isPower ? " ** " : " \(primitive.name) "
    var operands = operands
    var kind: PythonPart.Kind = isNumber ? .number : .tensor
    if isNumber, isPower || primitive.name == "/", !Self.isPlain(operands, isPower) {
      // Python ends at 1 / 0, and has complex numbers; the libraries have inf and nan, as we do.
      operands[0] = PythonPart(
        text: framework.tensor.replacing("#1", with: real(operands[0])), kind: .tensor)
      kind = .tensor
    }
    if operands.count > Self.longSum {
      let list = operands.map { $0.written(needs: PythonPart.loosest) }.joined(separator: ", ")
      return PythonPart(text: "sum([\(list)])", kind: kind)
    }
    let texts = operands.enumerated().map { place, operand in
      let needs =
        isPower ? (place == 0 ? PythonPart.atom : 4) : place == 0 ? precedence : precedence + 1
      return operand.written(needs: needs)
    }
    return PythonPart(text: texts.joined(separator: sign), precedence: precedence, kind: kind)
  }

  /// Whether Python's numbers divide, or are raised, as ours are, whatever the first one is.
  private static func isPlain(_ operands: [PythonPart], _ isPower: Bool) -> Bool {
    guard operands.count == 2, let second = operands[1].literal else { return false }
    return isPower ? (0...16).contains(second) && second == second.rounded() : second != 0
  }

  /// From so many terms on a sum is written as a list, as Python nests a chain of signs.
  private static let longSum = 12

  private func choice(_ operands: [PythonPart]) -> PythonPart {
    let condition = operands[0]
    var test: String
    switch condition.kind {
    case .condition: test = condition.text
    case .literal where condition.shape == .scalar: test = condition.literal == 0 ? "False" : "True"
    default: test = condition.written(needs: PythonPart.comparison + 1) + " != 0"
    }
    // What is decided beforehand is no tensor by itself.
    if condition.isNumber || condition.known != nil, !framework.takesNumbers {
      test = framework.tensor.replacing("#1", with: test)
    }
    let branches = operands.dropFirst().map { real($0) }
    let template = framework.primitives["if"] ?? ""
    return PythonPart(
      text: filled(template, [test] + branches, [test] + branches), kind: .tensor)
  }

  /// A number where a library might take a whole one for an integer tensor.
  func real(_ part: PythonPart) -> String {
    switch part.kind {
    case .literal: part.written(needs: PythonPart.loosest, isReal: true)
    case .counter, .number: "float(\(part.written(needs: PythonPart.loosest)))"
    default: part.written(needs: PythonPart.loosest)
    }
  }

  private mutating func function(
    _ primitive: Primitive, _ operands: [PythonPart]
  ) -> PythonPart {
    var template = framework.primitives[primitive.name] ?? ""
    let slope = conventions.value(for: primitive)
    if slope != primitive.standardConvention { template = reluWithSlope(slope) }
    if template.contains("#*") {
      return PythonPart(text: template.replacing("#*", with: together(operands)), kind: .tensor)
    }
    let taken = operands.map { operand in
      operand.isNumber && !framework.takesNumbers ? tensorised(operand) : operand
    }
    let loose = taken.map { $0.isNumber ? real($0) : $0.written(needs: PythonPart.loosest) }
    let tight = taken.map {
      $0.isNumber ? real($0) : $0.written(needs: PythonPart.atom)
    }
    let isSigned = template.hasPrefix("-")
    return PythonPart(
      text: filled(template, loose, tight), precedence: isSigned ? 4 : PythonPart.atom,
      kind: .tensor)
  }

  /// relu where somebody has chosen another slope at 0.
  private mutating func reluWithSlope(_ slope: Double) -> String {
    let choose = framework.primitives["if"] ?? ""
    let inner = filled(choose, ["x == 0", "\(pythonNumber(slope)) * x", "0.0"], [])
    need(
      "relu_with_slope",
      [
        "def relu_with_slope(x):",
        "    return " + filled(choose, ["x > 0", "x", inner], []),
      ])
    return "relu_with_slope(#1)"
  }

  /// Takes down that a function of the framework's own is needed.
  mutating func need(_ name: String, _ lines: [String]) {
    if !helpers.contains(where: { $0.name == name }) { helpers.append((name, lines)) }
  }

  /// A template with operands in the places of `#1` and `%1`.
  func filled(_ template: String, _ loose: [String], _ tight: [String]) -> String {
    var result = ""
    var rest = template[...]
    while let mark = rest.firstIndex(where: { $0 == "#" || $0 == "%" }) {
      result += rest[..<mark]
      let texts = rest[mark] == "#" ? loose : tight
      rest = rest[mark...].dropFirst()
      if let digit = rest.first?.wholeNumberValue, texts.indices.contains(digit - 1) {
        result += texts[digit - 1]
      }
      rest = rest.dropFirst()
    }
    return result + rest
  }

  /// All elements of some parts as one flat tensor.
  private func together(_ operands: [PythonPart]) -> String {
    let tensors = operands.map(tensorised)
    if tensors.count == 1, let only = tensors.first, case .vector = only.shape {
      return only.written(needs: PythonPart.loosest)
    }
    if tensors.allSatisfy({ $0.shape == .scalar }) { return stacked(tensors) }
    let flat = tensors.map { tensor in
      filled(
        framework.flat, [tensor.written(needs: PythonPart.loosest)],
        [tensor.written(needs: PythonPart.atom)])
    }
    return flat.count == 1
      ? flat[0] : framework.joined.replacing("#1", with: flat.joined(separator: ", "))
  }

  func stacked(_ tensors: [PythonPart]) -> String {
    framework.stack.replacing(
      "#1",
      with: tensors.map { $0.written(needs: PythonPart.loosest) }.joined(separator: ", "))
  }

  /// A part as a tensor of the library's.
  func tensorised(_ part: PythonPart) -> PythonPart {
    var tensor = part
    tensor.precedence = PythonPart.atom
    switch part.kind {
    case .tensor: return part
    case .literal where part.shape != .scalar: return part
    case .literal, .counter, .number:
      tensor.text = framework.tensor.replacing("#1", with: real(part))
    case .condition:
      tensor.text = filled(framework.primitives["if"] ?? "", [part.text, "1.0", "0.0"], [])
    case .elements(let ofNumbers):
      tensor.text = (ofNumbers ? framework.tensor : framework.stack).replacing(
        "#1", with: ofNumbers ? "[\(part.text)]" : part.text)
    case .range: break
    }
    tensor.kind = .tensor
    return tensor
  }
}

extension Primitive {
  /// Whether it makes one number of all its operands' elements.
  fileprivate var isReduction: Bool {
    if case .variadic = operands { return notation == .function }
    return false
  }
}
