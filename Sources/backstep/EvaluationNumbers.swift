internal import Language

/// A number, a vector or a matrix in JSON: `3`, `[1, 2]`, `[[1, 2], [3, 4]]`.
enum EvaluationNumbers: Codable {
  case number(Double)
  case vector([Double])
  case matrix([[Double]])

  init(_ tensor: Tensor) {
    switch tensor.shape {
    case .scalar: self = .number(tensor.values.first ?? .nan)
    case .vector: self = .vector(tensor.values)
    case .matrix(let rows, let columns):
      self = .matrix((0..<rows).map { Array(tensor.values[$0 * columns..<($0 + 1) * columns]) })
    }
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else if let vector = try? container.decode([Double].self) {
      self = .vector(vector)
    } else {
      self = .matrix(try container.decode([[Double]].self))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .number(let number): try container.encode(number)
    case .vector(let vector): try container.encode(vector)
    case .matrix(let matrix): try container.encode(matrix)
    }
  }

  /// The numbers in their shape; empty ones and ragged rows are refused.
  func tensor(of name: String) throws(Problem) -> Tensor {
    switch self {
    case .number(let number): return Tensor(number)
    case .vector(let vector):
      guard !vector.isEmpty else { throw .badRecord("\(name) is an empty vector") }
      try Limit.vector.check(vector.count)
      return Tensor(.vector(vector.count), vector)
    case .matrix(let matrix):
      guard let columns = matrix.first?.count, columns > 0,
        matrix.allSatisfy({ $0.count == columns })
      else { throw .badRecord("the rows of \(name) differ in length, or are empty") }
      return Tensor(.matrix(rows: matrix.count, columns: columns), matrix.flatMap(\.self))
    }
  }
}

extension Problem {
  static func valueIsNotOneNumber(_ shape: Shape, at span: SourceSpan?) -> Problem {
    Problem(
      "needs-number", "gradients start from one number, and this is \(shape.description)", at: span,
      hint: "put the elements together with sum(…), or ask for one: (…)[1]")
  }
}
