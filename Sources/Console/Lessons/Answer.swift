internal import Engine
internal import Language
internal import Typesetting

/// What a learner typed at a question, held against the right answer.
enum Answer {
  /// Whether a typed answer is right: within half a percent, or as precise as it was typed.
  ///
  /// Someone who carries two decimals through a calculation is right, and so is someone who types
  /// two of the four decimals there are.
  static func isRight(_ typed: Double, typed text: String, expected: Double) -> Bool {
    if typed == expected || typed.isNaN && expected.isNaN { return true }
    guard typed.isFinite, expected.isFinite else { return false }
    // A whole number is exact: 3 is no rounding of 3.01 that anyone means.
    if expected == expected.rounded(), expected.magnitude < 1_000 {
      return (typed - expected).magnitude <= 1e-6 * max(1, expected.magnitude)
    }
    if (typed - expected).magnitude <= 0.005 * expected.magnitude { return true }
    let trimmed = text.trimmed
    guard let point = trimmed.lastIndex(of: "."), Double(trimmed) != nil else { return false }
    let places = trimmed.distance(from: point, to: trimmed.endIndex) - 1
    guard places >= 2 else { return false }
    return (typed - expected).magnitude <= 0.5000001 * Real.power(10, -Double(places))
  }

  /// What a wrong answer to "what is the gradient of this node?" shows about its thinking.
  static func diagnosis(of typed: Double, expression: String, in session: Session) -> String? {
    let words = expression.split(separator: " ").map(String.init)
    guard words.count == 2, words[0] == "grad", let scene = try? session.completedScene(),
      let node = try? session.node(words[1], in: scene.graph, at: nil)
    else { return nil }
    let style = scene.style
    let name = scene.graph.label(node)
    let right = scene.now.gradients[node]
    let isNear = { (value: Double) in
      !isRight(value, typed: "", expected: right) && isRight(typed, typed: "", expected: value)
    }
    let number = style.number(typed)
    if right != 0, isNear(-right) { return "Right size, wrong sign." }
    let readers = Array(scene.graph.readers(of: node).prefix(64))
    for reader in readers {
      let gate = scene.graph.label(reader.gate)
      let local = scene.graph.locals(
        of: reader.gate, values: scene.now.values, conventions: scene.tape.conventions)[reader.slot]
      let upstream = scene.now.gradients[reader.gate]
      if readers.count > 1, isNear(local * upstream) {
        return
          "\(number) is what arrives through \(gate) alone. \(name) is used \(readers.count) times: add every contribution."
      }
      let others =
        readers.count > 1 ? " And \(name) is used \(readers.count) times: the products add." : ""
      if isNear(local) {
        return
          "\(number) is the local gradient at \(gate). Multiply it by the upstream gradient, \(style.derivative(scene.objective, gate)).\(others)"
      }
      if isNear(upstream) {
        return
          "\(number) is the upstream gradient, \(style.derivative(scene.objective, gate)). Multiply it by the local gradient, \(style.derivative(gate, name)).\(others)"
      }
    }
    if scene.now.isKnown[node], isNear(scene.now.values[node]) {
      return "\(number) is the value of \(name), not its gradient."
    }
    return nil
  }
}
