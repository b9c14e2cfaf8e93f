package import Language

extension Examples {
  /// Examples that come with the program, made from a seed.
  package struct Recipe: Sendable {
    package let name: String
    /// One line for help: what the rows show.
    package let summary: String
    package let columns: [String]
    /// How many rows there are when nobody says.
    package let standardCount: Int
    /// All numbers for a count and a source of chance, row after row.
    let make: @Sendable (Int, inout RandomNumbers) -> [Double]

    /// The examples for a count, 1 up to the limit of rows, and a seed.
    package func examples(_ count: Int? = nil, seed: UInt64 = 1) throws(Problem) -> Examples {
      let count = count ?? standardCount
      guard count >= 1, count <= Limit.examples.bound else { throw .badExampleCount(name, count) }
      var random = RandomNumbers(seed: seed)
      return Examples(columns: columns, numbers: make(count, &random))
    }
  }

  /// Every recipe, in the order help lists them.
  package static let recipes: [Recipe] = [
    .gate("xor", "either, not both: no straight line parts it") { $0 != $1 },
    .gate("and", "both at once") { $0 && $1 },
    .gate("or", "one at least") { $0 || $1 },
    .classes("moons", "two half circles that reach into each other") { count, random in
      let outer = count / 2
      return (0..<count).map { index in
        let isInner = index >= outer
        let angle =
          Double.pi * part(isInner ? index - outer : index, of: isInner ? count - outer : outer)
        let (x, y) = (Real.cos(angle), Real.sin(angle))
        return isInner
          ? random.point(1 - x, 0.5 - y, noise: 0.1, 1) : random.point(x, y, noise: 0.1, 0)
      }
    },
    .classes("circles", "a circle inside another") { count, random in
      let outer = count / 2
      return (0..<count).map { index in
        let isInner = index >= outer
        // A circle ends where it begins, so the last point stops one short of it.
        let angle =
          2 * Double.pi
          * (isInner
            ? Double(index - outer) / Double(count - outer) : Double(index) / Double(outer))
        let radius = isInner ? 0.5 : 1.0
        return random.point(
          radius * Real.cos(angle), radius * Real.sin(angle), noise: 0.05, isInner ? 1 : 0)
      }
    },
    .classes("spiral", "two arms wound around each other") { count, random in
      let first = count / 2
      return (0..<count).map { index in
        let isSecond = index >= first
        let radius = part(
          isSecond ? index - first : index, of: isSecond ? count - first : first)
        let angle = 3.5 * Double.pi * radius + (isSecond ? Double.pi : 0)
        return random.point(
          radius * Real.sin(angle), radius * Real.cos(angle), noise: 0.02, isSecond ? 1 : 0)
      }
    },
    .curve("line", "y = 2x - 1 with noise, x from -1 to 1", from: -1, to: 1) { 2 * $0 - 1 },
    .curve("sine", "y = sin(x) with noise, x from -3 to 3", from: -3, to: 3) { Real.sin($0) },
  ]

  /// The recipe with a name.
  package static func recipe(_ name: String) -> Recipe? { recipes.first { $0.name == name } }

  /// How far along a way the point `index` of `count` is, its ends included: from 0 to 1.
  private static func part(_ index: Int, of count: Int) -> Double {
    count > 1 ? Double(index) / Double(count - 1) : 0
  }
}

extension Examples.Recipe {
  /// The table of a logic gate, in the order people write it: 00, 01, 10, 11, and again from there.
  fileprivate static func gate(
    _ name: String, _ summary: String, _ holds: @escaping @Sendable (Bool, Bool) -> Bool
  ) -> Self {
    Self(name: name, summary: summary, columns: ["x1", "x2", "y"], standardCount: 4) { count, _ in
      (0..<count).flatMap { index -> [Double] in
        let (first, second) = (index / 2 % 2 == 1, index % 2 == 1)
        return [first ? 1 : 0, second ? 1 : 0, holds(first, second) ? 1 : 0]
      }
    }
  }

  /// Points of a plane in two classes, 0 and 1, in a random order.
  fileprivate static func classes(
    _ name: String, _ summary: String,
    _ points: @escaping @Sendable (Int, inout RandomNumbers) -> [[Double]]
  ) -> Self {
    Self(name: name, summary: summary, columns: ["x1", "x2", "y"], standardCount: 100) {
      count, random in
      var rows = points(count, &random)
      random.shuffle(&rows)
      return rows.flatMap(\.self)
    }
  }

  /// Points near a curve, `x` anywhere between two numbers.
  fileprivate static func curve(
    _ name: String, _ summary: String, from low: Double, to high: Double,
    _ height: @escaping @Sendable (Double) -> Double
  ) -> Self {
    Self(name: name, summary: summary, columns: ["x", "y"], standardCount: 100) { count, random in
      (0..<count).flatMap { _ -> [Double] in
        let x = random.uniform(from: low, to: high)
        return [x, height(x) + random.normal(deviation: 0.1)]
      }
    }
  }
}

extension RandomNumbers {
  /// A point moved a little, and its class.
  fileprivate mutating func point(
    _ x: Double, _ y: Double, noise: Double, _ label: Double
  ) -> [Double] {
    let x = x + normal(deviation: noise)
    return [x, y + normal(deviation: noise), label]
  }
}
