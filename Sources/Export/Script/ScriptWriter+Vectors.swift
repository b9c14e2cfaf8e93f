internal import Language

// Vectors, subscripts, loops and layers in Python.
extension ScriptWriter {
  /// `[a, b, c]`: numbers as a tensor of numbers, anything else stacked.
  func vector(_ elements: [PythonPart]) -> PythonPart {
    let shape: Shape =
      switch elements.first?.shape ?? .scalar {
      case .vector(let columns): .matrix(rows: elements.count, columns: columns)
      default: .vector(elements.count)
      }
    var numbers: [Double] = []
    var isLiteral = true
    for element in elements {
      if case .literal(let values) = element.kind { numbers += values } else { isLiteral = false }
    }
    if isLiteral {
      let text = pythonList(Tensor(shape, numbers))
      return PythonPart(
        text: framework.tensor.replacing("#1", with: text), kind: .literal(numbers), shape: shape)
    }
    let tensors = elements.map(tensorised)
    return .tensor(
      stacked(tensors), shape, isTracked: tensors.contains(where: \.isTracked),
      depth: 1 + (tensors.map(\.depth).max() ?? 0))
  }

  func range(_ bounds: [PythonPart]) throws(Problem) -> PythonPart {
    guard let from = bounds[0].counted(plus: -1), let to = bounds[1].counted(plus: 0),
      let count = Self.count(bounds[0], bounds[1])
    else { throw .notInScripts("a range whose ends are computed") }
    return PythonPart(text: "", kind: .range, shape: .vector(count), slice: (from, to))
  }

  /// How many whole numbers there are from one to another.
  private static func count(_ from: PythonPart, _ through: PythonPart) -> Int? {
    guard let low = from.known, let high = through.known, (high - low).magnitude < 1e9 else {
      return nil
    }
    return Int(exactly: high - low + 1).map { max(0, $0) }
  }

  func indexed(_ operands: [PythonPart]) throws(Problem) -> PythonPart {
    let base = tensorised(operands[0])
    var texts: [String] = []
    var lengths: [Int?] = []
    for subscript_ in operands.dropFirst() {
      if let slice = subscript_.slice {
        texts.append("\(slice.from):\(slice.to)")
        lengths.append(subscript_.shape.count)
      } else if let place = subscript_.counted(plus: -1) {
        texts.append(place)
        lengths.append(nil)
      } else {
        throw .notInScripts("a subscript that is computed")
      }
    }
    if case .matrix(_, let columns) = base.shape, lengths.count == 1 { lengths.append(columns) }
    let shape: Shape =
      switch (lengths.first ?? nil, lengths.count > 1 ? lengths[1] : nil) {
      case (nil, nil): .scalar
      case (let rows?, let columns?): .matrix(rows: rows, columns: columns)
      case (let count?, nil), (nil, let count?): .vector(count)
      }
    return .tensor(
      base.written(needs: PythonPart.atom) + "[\(texts.joined(separator: ", "))]", shape,
      isTracked: base.isTracked, depth: base.depth + 1)
  }

  /// What a loop repeats, as the inside of a list.
  func elements(
    _ body: PythonPart, _ variable: String, _ from: PythonPart, _ through: PythonPart
  ) throws(Problem) -> PythonPart {
    guard let low = from.counted(plus: 0), let end = through.counted(plus: 1),
      let count = Self.count(from, through)
    else { throw .notInScripts("a loop whose bounds are computed") }
    let element = body.isNumber ? body : tensorised(body)
    let shape: Shape =
      if case .vector(let columns) = element.shape {
        .matrix(rows: count, columns: columns)
      } else { .vector(count) }
    let text = body.isNumber ? real(body) : element.written(needs: PythonPart.loosest)
    return PythonPart(
      text: "\(text) for \(variable) in range(\(low), \(end))",
      kind: .elements(ofNumbers: body.isNumber), shape: shape, isTracked: element.isTracked,
      depth: element.depth + 1)
  }

  /// A loss, a layer or a sum in the framework's words.
  mutating func composite(
    _ record: Composite, _ operands: [PythonPart]
  ) throws(Problem) -> PythonPart {
    let depth = 1 + (operands.map(\.depth).max() ?? 0)
    if record.name == "sum", case .elements(let ofNumbers) = operands[0].kind,
      case .vector = operands[0].shape
    {
      return PythonPart(
        text: "sum(\(operands[0].text))", kind: ofNumbers ? .number : .tensor,
        isTracked: operands[0].isTracked, depth: depth)
    }
    let shape = try shape(of: record, operands)
    let isTracked = operands.contains(where: \.isTracked)
    switch record.spelling(in: framework) {
    case .infix(let sign):
      let (a, b) = (tensorised(operands[0]), tensorised(operands[1]))
      return .tensor(
        "\(a.written(needs: 3)) \(sign) \(b.written(needs: 4))", shape, isTracked: isTracked,
        precedence: 3, depth: depth)
    case .words(let words, let matrix):
      var template = words
      if let matrix, case .matrix = operands[0].shape { template = matrix }
      if template.contains("#k") {
        template = template.replacing("#k", with: place(operands[1]))
      }
      let tensors = operands.map(tensorised)
      let text = filled(
        template, tensors.map { $0.written(needs: PythonPart.loosest) },
        tensors.map { $0.written(needs: PythonPart.atom) })
      return .tensor(
        text, shape, isTracked: isTracked, precedence: text.hasPrefix("-") ? 4 : PythonPart.atom,
        depth: depth)
    case .function(let plain, let channels, let bank):
      var lines = plain
      if let channels, let bank, case .matrix(let filters, _) = operands[1].shape {
        let inputs: Int = if case .matrix(let rows, _) = operands[0].shape { rows } else { 1 }
        lines = inputs == 1 && filters > 1 ? bank : inputs > 1 ? channels : plain
      }
      let name = lines[0].dropFirst(4).prefix { $0 != "(" }
      need(String(name), lines)
      var arguments: [String] = []
      for (place, operand) in operands.enumerated() {
        let isTensor = place == 0 || record.meaning == .layer(.convolution) && place == 1
        guard !isTensor else {
          arguments.append(tensorised(operand).written(needs: PythonPart.loosest))
          continue
        }
        guard let count = operand.counted(plus: 0) else {
          throw .notInScripts("a size that is computed")
        }
        arguments.append(count)
      }
      return .tensor(
        "\(name)(\(arguments.joined(separator: ", ")))", shape, isTracked: isTracked, depth: depth)
    case .ownFormula, .numbers, nil: throw .notInScripts(record.name)
    }
  }

  /// Where a class stands, counted from 0; the libraries want a tensor of a whole number.
  private func place(_ part: PythonPart) -> String {
    if part.isNumber, let count = part.counted(plus: -1) {
      return framework.takesNumbers ? count : framework.tensor.replacing("#1", with: count)
    }
    let text = tensorised(part)
    return filled(framework.place, [text.text], [text.written(needs: PythonPart.atom)])
  }

  /// The shape that comes out; that the operands fit has been seen when the graph was built.
  private func shape(of record: Composite, _ operands: [PythonPart]) throws(Problem) -> Shape {
    guard case .layer(let layer) = record.meaning, let first = operands.first?.shape else {
      return .scalar
    }
    switch layer {
    case .product:
      switch (first, operands[1].shape) {
      case (.matrix(let rows, _), .matrix(_, let columns)):
        return .matrix(rows: rows, columns: columns)
      case (.matrix(let rows, _), _): return .vector(rows)
      case (_, .matrix(_, let columns)): return .vector(columns)
      default: return .scalar
      }
    case .softmax: return first
    case .dot, .sum, .selection, .hinges, .uniform, .normal: return .scalar
    case .convolution:
      let (length, size) = (first.length, operands[1].shape.length)
      let stride = Self.whole(operands, 2) ?? 1
      let positions = (length + 2 * (Self.whole(operands, 3) ?? 0) - size) / max(1, stride) + 1
      if case .matrix(let filters, _) = operands[1].shape, filters > 1, first.rows == 1 {
        return .matrix(rows: filters, columns: positions)
      }
      return .vector(positions)
    case .maximumPool, .averagePool:
      let size = Self.whole(operands, 1) ?? 1
      let positions = (first.length - size) / max(1, Self.whole(operands, 2) ?? size) + 1
      if case .matrix(let rows, _) = first { return .matrix(rows: rows, columns: positions) }
      return .vector(positions)
    }
  }

  private static func whole(_ operands: [PythonPart], _ place: Int) -> Int? {
    guard operands.indices.contains(place), let known = operands[place].known else { return nil }
    return Int(exactly: known)
  }
}

extension Shape {
  fileprivate var rows: Int { if case .matrix(let rows, _) = self { rows } else { 1 } }
  fileprivate var length: Int {
    switch self {
    case .scalar: 1
    case .vector(let count): count
    case .matrix(_, let columns): columns
    }
  }
}
