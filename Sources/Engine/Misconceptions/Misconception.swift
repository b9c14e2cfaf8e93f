internal import Language

/// One wrong idea about backpropagation: what it says, what to answer, and what it computes.
///
/// The command `bug`, the words said to a wrong answer and the check of a lesson's numbers all read
/// this record.
package struct Misconception: Sendable {
  /// As it is typed: `overwrite`.
  package let name: String
  /// The wrong idea, in one clause.
  package let belief: String
  /// What to think of instead, without an answer given away.
  package let correction: String
  /// What is said to someone whose answer it explains.
  ///
  /// `{number}`, `{node}`, `{gate}`, `{other}`, `{uses}`, `{upstream}` and `{local}` are filled in; the
  /// last two are names such as `∂f/∂q`, and not numbers.
  package let finding: String
  /// What happened, in one sentence beside the answer it leads to.
  package let happened: String
  /// What someone who makes the mistake in a program would see of it.
  package let symptom: String
  /// Where it can occur: `a node that is used more than once`.
  package let place: String
  /// Which numbers hide it.
  package let blindSpot: String
  let slip: Slip
  /// Whether it is looked for after all others, and by no check of a lesson's numbers.
  ///
  /// It explains an answer that nothing more likely explains; numbers need not tell it apart.
  package var isRare = false
  /// Whether it is something a learner writes down, rather than what a program does.
  package var isTold = true

  /// How a mistake changes the backward pass.
  enum Slip: Sendable {
    /// One contribution is computed wrongly; nil where the mistake has no place.
    case factor(@Sendable (Edge) -> Double?)
    /// The contributions to one node are put together wrongly.
    case meeting(Meeting)
    /// The pass starts from another number.
    case seed(@Sendable (Double) -> Double)
    /// The pass starts from the values of the outputs.
    case seedOfValues
    /// The pass is made twice, and inputs keep what the first one brought.
    case addingAgain
    /// Something else is read off in the place of the gradient.
    case reading(@Sendable (Reading) -> Double)
    /// Each gate sends on as soon as something arrives, all that it holds.
    case resending
    /// Inputs move before the pass is over.
    case moving
  }

  /// A wrong way to put contributions together.
  enum Meeting: Sendable { case last, first, mean, product }

  /// One operand of a gate, and all that a slip about it can mix up.
  struct Edge {
    let id: PrimitiveID
    let slot: Int
    /// The nodes and the values of all operands of the gate.
    let operands: ArraySlice<Int32>
    let inputs: [Double]
    let literals: [Bool]
    let result: Double
    let upstream: Double
    let local: Double
    let convention: Double
    /// Whether the gate is a place of a filter that slides over its other operands.
    let isWindow: Bool
    /// What the operand is paired with where the filter has its first place; nil for what it slides over.
    let firstPartner: Double?
  }

  /// What can be read off a node when the pass is over.
  struct Reading {
    let gradient: Double
    let value: Double
  }

  /// The misconception of a name.
  package static func named(_ name: String) -> Misconception? { catalog.first { $0.name == name } }

  /// How the mistaken number is made of what arrives at a node.
  package enum Working: Sendable { case sum, product, mean, again, one }

  /// How the mistaken number is made of what arrives at a node.
  package var working: Working {
    switch slip {
    case .factor, .resending, .moving, .seed, .seedOfValues: .sum
    case .meeting(.mean): .mean
    case .meeting(.product): .product
    case .addingAgain: .again
    case .meeting(.first), .meeting(.last), .reading: .one
    }
  }

  /// Whether inputs move while the mistaken pass goes on.
  package var movesInputs: Bool { if case .moving = slip { true } else { false } }

  /// Whether it has no place at a single node, and shows in a whole pass only.
  var needsWholePass: Bool {
    switch slip {
    case .resending, .moving, .seedOfValues: true
    case .factor, .meeting, .seed, .addingAgain, .reading: false
    }
  }
}

extension Misconception.Edge {
  var own: Double { inputs[slot] }
  // Asked of the catalog each time: a record is large, and there is an edge for every operand.
  var name: String { Primitive.catalog[Int(id)].name }
  /// The rule for this operand, as written.
  var rule: String {
    let last = Primitive.catalog[Int(id)].ruleTexts.count - 1
    return Primitive.catalog[Int(id)].ruleTexts[min(slot, last)]
  }

  /// The place of the operand that multiplies this one; nil at other gates and for squares.
  var partner: Int? {
    // A bias has none: it is added, and nothing to swap with.
    guard ["*", "dot"].contains(name), let place = Rule.partner(of: slot, count: inputs.count)
    else { return nil }
    let first = operands.startIndex
    return operands[first + place] == operands[first + slot] ? nil : place
  }

  /// Whether the gate is a function of one number with a slope that bends.
  var isCurve: Bool {
    guard inputs.count == 1 || name == "^" && slot == 0 && literals.last == true else {
      return false
    }
    return Double(rule) == nil && (!rule.hasPrefix("if(") || name == "^")
  }

  /// The slope with other numbers in the place of the operand and the result.
  func slope(at own: Double, result: Double) -> Double {
    var moved = inputs
    moved[slot] = own
    return moved.withUnsafeBufferPointer {
      Primitive.slope(of: id, operand: slot, operands: $0, result: result, convention: convention)
    }
  }

  /// What the gate makes of another number in the place of the operand.
  func value(at own: Double) -> Double {
    var moved = inputs
    moved[slot] = own
    return moved.withUnsafeBufferPointer { Primitive.value(of: id, $0) }
  }
}
