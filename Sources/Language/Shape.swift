/// How numbers are laid out: one number, a vector of them, or a matrix with rows and columns.
package enum Shape: Hashable, Sendable {
  case scalar
  case vector(Int)
  /// Rows first: `W[2, 1]` is the second row's first number.
  case matrix(rows: Int, columns: Int)

  /// How many numbers there are.
  package var count: Int {
    switch self {
    case .scalar: 1
    case .vector(let count): count
    case .matrix(let rows, let columns): rows * columns
    }
  }

  /// In a sentence: `one number`, `a vector of 3`, `a 2 × 3 matrix`.
  package var description: String {
    switch self {
    case .scalar: "one number"
    case .vector(let count): "a vector of \(count)"
    case .matrix(let rows, let columns): "a \(rows) × \(columns) matrix"
    }
  }

  /// Beside a name: `[3]`, `[2 × 3]`, or nothing for one number.
  package var mark: String {
    switch self {
    case .scalar: ""
    case .vector(let count): "[\(count)]"
    case .matrix(let rows, let columns): "[\(rows) × \(columns)]"
    }
  }

  /// What stands behind the name for the element at a place of the flat list: `[2]`, `[1,2]`.
  package func index(of place: Int) -> String {
    switch self {
    case .scalar: ""
    case .vector: "[\(place + 1)]"
    case .matrix(_, let columns): "[\(place / max(columns, 1) + 1),\(place % max(columns, 1) + 1)]"
    }
  }

  /// The place in the flat list for an index counted from 1, or nil outside.
  package func place(_ index: [Int]) -> Int? {
    switch (self, index.count) {
    case (.vector(let count), 1): (1...max(count, 1)).contains(index[0]) ? index[0] - 1 : nil
    case (.matrix(let rows, let columns), 2):
      (1...max(rows, 1)).contains(index[0]) && (1...max(columns, 1)).contains(index[1])
        ? (index[0] - 1) * columns + index[1] - 1 : nil
    default: nil
    }
  }
}

/// Numbers in a shape.
package struct Tensor: Hashable, Sendable {
  package let shape: Shape
  /// Row by row.
  package var values: [Double]

  /// Numbers that do not fill the shape are followed by nan; those beyond it are left out.
  package init(_ shape: Shape, _ values: [Double]) {
    self.shape = shape
    let count = shape.count
    self.values =
      values.count == count
      ? values
      : Array(values.prefix(count))
        + [Double](repeating: .nan, count: max(0, count - values.count))
  }

  package init(_ value: Double) { self.init(.scalar, [value]) }

  /// The number, where there is one only.
  package var scalar: Double? { shape == .scalar ? values.first : nil }

  /// As it could be typed: `[2, -1]`, `[[1, 2], [3, 4]]`.
  package func formatted(_ style: NumberStyle) -> String {
    let list = { (row: ArraySlice<Double>) in
      "[" + row.map { $0.formatted(style) }.joined(separator: ", ") + "]"
    }
    switch shape {
    case .scalar: return (values.first ?? .nan).formatted(style)
    case .vector: return list(values[...])
    case .matrix(let rows, let columns):
      return "["
        + (0..<rows).map { list(values[$0 * columns..<($0 + 1) * columns]) }.joined(separator: ", ")
        + "]"
    }
  }
}
