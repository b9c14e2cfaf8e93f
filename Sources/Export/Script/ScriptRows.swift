internal import Engine
internal import Language

/// The examples of a training in a script: which inputs a row fills, and how.
struct ScriptRows {
  /// The inputs that come from a row, in the order of the script.
  let parameters: [ScriptBody.Input]
  /// What a row says of each of them.
  let arguments: [String]
  /// The loss whose mean is printed.
  let loss: String
  /// The names of the columns.
  let columns: String
  /// All rows, one on a line.
  let numbers: String

  /// Nil where there are no examples, or no one loss of them.
  init?(_ computation: Computation, _ body: ScriptBody) {
    guard let examples = computation.examples, examples.count <= Self.most,
      computation.outputs.count == 1, let output = body.outputs.first, output.shape == .scalar,
      body.shown.contains(where: { $0.name == computation.outputs[0] })
    else { return nil }
    var parameters: [ScriptBody.Input] = []
    var arguments: [String] = []
    for input in body.inputs {
      let places = input.tensor.values.indices.map { place in
        computation.columns.firstIndex(of: input.name + input.tensor.shape.index(of: place))
      }
      let given = places.compactMap(\.self)
      guard let first = given.first else { continue }
      parameters.append(input)
      let isRun = given.count == places.count && given == Array(first..<first + given.count)
      switch input.tensor.shape {
      case .scalar: arguments.append("row[\(first)]")
      case .vector where isRun: arguments.append("row[\(first):\(first + given.count)]")
      case .vector:
        let elements = places.enumerated().map { place, column in
          column.map { "row[\($0)]" } ?? "\(input.identifier)[\(place)]"
        }
        arguments.append(
          body.writer.framework.stack.replacing("#1", with: elements.joined(separator: ", ")))
      case .matrix: return nil
      }
    }
    guard !parameters.isEmpty else { return nil }
    self.parameters = parameters
    self.arguments = arguments
    loss = PythonNames.printed(computation.outputs[0])
    columns = examples.columns.map(PythonNames.printed).joined(separator: ", ")
    let rows = (0..<examples.count).map { row in
      "    [" + examples[row: row].map { pythonNumber($0) }.joined(separator: ", ") + "],\n"
    }
    numbers = "[\n" + rows.joined() + "]"
  }

  /// A script with more rows than that would be a data file.
  private static let most = 5_000

  /// What `compute` is called with where it takes all inputs.
  func arguments(in body: ScriptBody) -> [String] {
    body.inputs.map { input in
      parameters.firstIndex { $0.name == input.name }.map { arguments[$0] } ?? input.identifier
    }
  }
}
