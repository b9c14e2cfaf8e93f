import Language
import TestSupport
import Testing

@testable import Engine

/// What a list of lines defines.
func definitions(_ lines: [String]) throws -> Definitions {
  var result = Definitions()
  for line in lines { try define(line, in: &result) }
  return result
}

func define(_ line: String, in definitions: inout Definitions) throws {
  let assignments = try #require(
    try Assignment.reading(line, functions: definitions.argumentCounts))
  for assignment in assignments { try definitions.define(assignment) }
}

/// The tape of the name defined last, or of `outputs`.
func tape(
  _ lines: String..., of outputs: [String]? = nil, upstream: [Double]? = nil,
  conventions: Conventions = Conventions()
) throws -> Tape {
  let definitions = try definitions(lines)
  let graph = try Graph(
    of: outputs ?? definitions.order.suffix(1).map { $0 }, in: definitions)
  return try Tape(of: graph, conventions: conventions, upstream: upstream)
}

extension Tape {
  func node(_ label: String) throws -> NodeID { try #require(graph.nodeOfLabel[label]) }

  var final: Snapshot { Snapshot(of: self, at: end) }

  func gradient(_ label: String) throws -> Double { final.gradients[try node(label)] }

  func state(_ label: String) throws -> GradientState { final.state(of: try node(label)) }

  /// What happens, in words: `forward q`, `seed f`, `backward f`.
  var story: [String] {
    events.map { event in
      let name = event.node >= 0 ? " " + graph.label(event.node) : ""
      return "\(event.kind)\(name)"
    }
  }
}

/// A random graph as the lines a learner might type, with a value for every input.
struct RandomGraph {
  let seed: UInt64
  var lines: [String] = []
  var names: [String] = []

  /// Templates that stay in their domains whatever is put in.
  static let smooth = [
    "$ + $", "$ + $ + $", "$ - $", "$ * $", "$ / (2 + sin($))", "-$", "exp(tanh($))",
    "ln(2 + sin($))", "sqrt(2 + cos($))", "sin($)", "cos($)", "tan(tanh($) / 2)", "tanh($)",
    "sigmoid($)", "softplus($)", "gaussian($)", "logsumexp($, $)", "logsumexp($, $, $)", "copy($)",
    "$^2", "$^3", "(2 + sin($))^tanh($)", "0.5 * $", "$ * $ * $", "(2 + tanh($))^-1",
  ]
  static let cornered = [
    "relu($)", "abs($)", "max($, $)", "min($, $)", "leaky_relu($)", "if($ > $, $, $)", "step($)",
    "sign($) * $",
  ]

  init(seed: UInt64, cornered: Bool = false, size: ClosedRange<Int> = 1...8) {
    self.seed = seed
    var random = SplitMix64(seed: seed)
    let templates = Self.smooth + (cornered ? Self.cornered : [])
    for index in 1...(1 + random.below(4)) {
      names.append("x\(index)")
      lines.append("x\(index) = \(random.number(-1.5...1.5))")
    }
    let count = size.lowerBound + random.below(size.count)
    for index in 1...count {
      var text = random.pick(templates)
      if random.below(2) == 0 {
        text = text.replacing("$", with: random.pick(templates), maxReplacements: 1)
      }
      // Names are taken again and again, so that values fan out.
      while text.contains("$") {
        text = text.replacing("$", with: random.pick(Array(names.suffix(5))), maxReplacements: 1)
      }
      names.append("n\(index)")
      lines.append("n\(index) = \(text)")
    }
  }

  func tape() throws -> Tape {
    let definitions = try definitions(lines)
    return try Tape(of: try Graph(of: [names[names.count - 1]], in: definitions))
  }

  /// The value of the last name, line by line, without any graph.
  func value(moving name: String? = nil, by distance: Double = 0) throws -> Double {
    var values: [String: Double] = [:]
    for (line, own) in zip(lines, names) {
      let assignment = try #require(try Assignment.reading(line, functions: [:])?.first)
      let formula = assignment.formula
      values[own] =
        formula.evaluated { values[formula.names[$0]] ?? .nan } + (own == name ? distance : 0)
    }
    return values[names[names.count - 1]] ?? .nan
  }
}

extension RandomGraph: CustomStringConvertible {
  var description: String { "seed \(seed): " + lines.joined(separator: "; ") }
}
