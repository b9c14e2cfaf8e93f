internal import Engine
internal import FoundationEssentials
internal import Language

/// The value of a formula and its gradients, on no tape: forward and backward once.
struct Evaluation {
  let value: Double
  let gradients: [(String, Tensor)]
  let letGradients: [(String, Tensor)]

  /// Evaluates a formula as typed on the command line.
  init(_ formula: String, lets: [String], bindings: [String]) throws(Problem) {
    var definitions = Definitions()
    var inputs: [String] = []
    for text in bindings {
      for assignment in try Self.assignments(text, definitions) {
        if let element = assignment.element {
          guard let value = assignment.formula.literal else {
            throw .notADefinition(at: 0..<text.utf8.count).pointing(into: text)
          }
          let index = element.map(String.init).joined(separator: ",")
          definitions.set([("\(assignment.name)[\(index)]", value)])
        } else {
          try definitions.define(assignment)
        }
        if !inputs.contains(assignment.name) { inputs.append(assignment.name) }
      }
    }
    var names: [String] = []
    for text in lets {
      for assignment in try Self.assignments(text, definitions) {
        try definitions.define(assignment, isInput: false)
        if assignment.parameters == nil { names.append(assignment.name) }
      }
    }
    let read: Formula
    do throws(Problem) {
      read = try Formula(reading: formula, functions: definitions.argumentCounts)
    } catch {
      throw error.pointing(into: formula)
    }
    try self.init(read, definitions, inputs: inputs, lets: names)
  }

  /// Evaluates a record of `--jsonl`.
  init(record bytes: [UInt8]) throws(Problem) {
    let record: EvaluationRecord
    do {
      record = try EvaluationRecord.decoder.decode(EvaluationRecord.self, from: Data(bytes))
    } catch {
      throw .badRecord(Self.reason(error))
    }
    var definitions = Definitions()
    var inputs: [String] = []
    for (typed, value) in record.bindings ?? [:] {
      let name = try Self.name(typed)
      inputs.append(name)
      definitions.set(name, to: try value.tensor(of: name))
    }
    var names: [String] = []
    for pair in record.lets ?? [] {
      guard pair.count == 2 else { throw .badRecord("a let is a pair of a name and a formula") }
      let name = try Self.name(pair[0])
      guard definitions.variables[name] == nil else { throw .badRecord("\(name) is given twice") }
      let found = try Self.assignments("\(name) = \(pair[1])", definitions)
      guard let only = found.first, found.count == 1 else {
        throw .badRecord("a let is one formula, and \(name) has more")
      }
      try definitions.define(only, isInput: false)
      names.append(name)
    }
    let formula: Formula
    do throws(Problem) {
      formula = try Formula(reading: record.formula, functions: definitions.argumentCounts)
    } catch {
      throw error.pointing(into: record.formula)
    }
    try self.init(
      formula, definitions, inputs: inputs.sorted(), lets: names)
  }

  private init(
    _ formula: Formula, _ definitions: Definitions, inputs: [String], lets: [String]
  ) throws(Problem) {
    let graph = try Graph(of: formula, in: definitions)
    let missing = graph.missingInputs
    guard missing.isEmpty else { throw .missingValues(missing) }
    if let shape = graph.outputShapes.first, shape != .scalar {
      throw .valueIsNotOneNumber(shape, at: formula.nodes.last?.span)
    }
    let values = graph.values()
    let adjoints = graph.adjoints(at: values, conventions: Conventions())
    // A let that only renames another is the same node; looked up in order, none is looked up twice.
    var meaning: [String: String] = [:]
    for name in lets {
      guard let formula = definitions.variables[name]?.formula, formula.nodes.count == 1,
        let other = formula.variables.first
      else { continue }
      meaning[name] = meaning[other] ?? other
    }
    // A name that the formula does not use has gradient 0, in its own shape.
    let gradient = { (name: String) -> (String, Tensor) in
      for known in [name, meaning[name] ?? name] {
        if let node = graph.nodeOfLabel[known] { return (name, Tensor(adjoints[node])) }
        if let group = graph.group(named: known) {
          return (name, Tensor(group.shape, group.nodes.map { adjoints[$0] }))
        }
      }
      let subscripts = definitions.looseSubscripts(of: name)
      if !subscripts.isEmpty {
        return (
          name,
          Tensor(
            .vector(subscripts.count),
            subscripts.map { place in
              graph.nodeOfLabel["\(name)[\(place)]"].map { adjoints[$0] } ?? 0
            })
        )
      }
      let shape = definitions.variables[name]?.tensor?.shape ?? .scalar
      return (name, Tensor(shape, [Double](repeating: 0, count: shape.count)))
    }
    value = values[graph.outputs[0]]
    gradients = inputs.map(gradient)
    letGradients = lets.map(gradient)
  }

  private static func assignments(
    _ text: String, _ definitions: Definitions
  ) throws(Problem) -> [Assignment] {
    do throws(Problem) {
      guard let found = try Assignment.reading(text, functions: definitions.argumentCounts) else {
        throw .notADefinition(at: 0..<text.utf8.count)
      }
      return found
    } catch {
      throw error.pointing(into: text)
    }
  }

  /// A name as formulas know it: `w₁` is w1.
  private static func name(_ typed: String) throws(Problem) -> String {
    guard let formula = try? Formula(reading: typed), formula.nodes.count == 1,
      let name = formula.variables.first,
      Primitive.functions[name].map({ Primitive[$0].name }) != name
    else { throw .badRecord("\(typed.prefix(80)) cannot be a name") }
    return name
  }

  // MARK: - JSON

  /// Why a record could not be read, without the decoder's own way of putting it.
  private static func reason(_ error: any Error) -> String {
    guard let error = error as? DecodingError else { return "it is not JSON" }
    switch error {
    case .keyNotFound(let key, _): return "\(key.stringValue) is missing"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      let place = context.codingPath.map(\.stringValue).joined(separator: ".")
      return "\(place.isEmpty ? "the record" : place) is not what it should be"
    default: return "it is not JSON, or a number in it is too large"
    }
  }

  func json() throws(Problem) -> String {
    let answer = EvaluationAnswer(
      value: value, grads: Self.numbers(gradients), let_grads: Self.numbers(letGradients))
    do {
      return String(decoding: try EvaluationRecord.encoder.encode(answer), as: UTF8.self)
    } catch {
      throw .badRecord("\(error)")
    }
  }

  private static func numbers(_ gradients: [(String, Tensor)]) -> [String: EvaluationNumbers] {
    Dictionary(gradients.map { ($0, EvaluationNumbers($1)) }) { $1 }
  }

  static func json(of problem: Problem) -> String {
    let answer = [
      "error": EvaluationError(
        code: problem.code, message: problem.message, hint: problem.hint,
        start: problem.span?.lowerBound, end: problem.span?.upperBound)
    ]
    let data = (try? EvaluationRecord.encoder.encode(answer)) ?? Data()
    return String(decoding: data, as: UTF8.self)
  }
}

/// One question of `eval --jsonl`.
private struct EvaluationRecord: Decodable {
  let lets: [[String]]?
  let formula: String
  let bindings: [String: EvaluationNumbers]?

  static var decoder: JSONDecoder {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return decoder
  }

  static var encoder: JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return encoder
  }
}

/// What is wrong with a record; `start` and `end` are UTF-8 offsets into the formula or the let.
private struct EvaluationError: Encodable {
  let code: String
  let message: String
  let hint: String?
  let start: Int?
  let end: Int?
}

private struct EvaluationAnswer: Encodable {
  let value: Double
  let grads: [String: EvaluationNumbers]
  let let_grads: [String: EvaluationNumbers]
}

extension Problem {
  static func badRecord(_ reason: String) -> Problem {
    Problem(
      "bad-record", "this is not a record that can be read: \(reason.prefix(200))",
      hint: #"write {"formula":"w*x","bindings":{"w":2,"x":3}}"#)
  }

  static func notADefinition(at span: SourceSpan) -> Problem {
    Problem("expected-definition", "this is not a definition", at: span, hint: "write w1=-2,w2=5")
  }
}
