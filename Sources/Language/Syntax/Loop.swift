extension Formula {
  /// What `x[i]^2 for i in 1..n` repeats: a formula and the name that counts.
  package struct Loop: Hashable, Sendable {
    package let variable: String
    package let body: Formula
    /// The names that stand for numbers in the body, without the one that counts.
    package let variables: [String]
    /// The functions that the body calls.
    package let calls: [String]
    /// How many loops stand inside each other here, this one included.
    package let depth: Int
    let isRandom: Bool

    init(variable: String, body: Formula) {
      self.variable = variable
      self.body = body
      variables = body.variables.filter { $0 != variable }
      calls = body.calledFunctions
      depth = 1 + (body.loops.map(\.depth).max() ?? 0)
      isRandom = body.isRandom
    }
  }
}
