internal import Kernels
internal import Language

// Giving every form a place, and making runs of neighbours.
extension LaneBuilder {
  /// The forms in the order they are computed in, each with its place, as runs.
  mutating func laidOut() -> LanePlan {
    let order = ordered()
    var places = [LanePlan.Place?](repeating: nil, count: graph.nodes.count)
    var singles = [Double](repeating: 0, count: LanePlan.firstParameter)
    singles[Int(LanePlan.one)] = 1
    for node in moving {
      places[node] = LanePlan.Place(slot: Int32(clamping: singles.count), isSingle: true)
      singles.append(fixed[node])
    }
    var columns: Int32 = 0
    for node in changing where places[node] == nil {
      places[node] = LanePlan.Place(slot: columns, isSingle: false)
      columns += 1
    }
    // What never changes, as far as somebody reads it.
    for node in graph.nodes.indices
    where uses[node] > 0 && !moves[node] && !changes[node] && places[node] == nil {
      places[node] = LanePlan.Place(slot: Int32(clamping: singles.count), isSingle: true)
      singles.append(fixed[node])
    }
    for node in order {
      if changes[node] {
        places[node] = LanePlan.Place(slot: columns, isSingle: false)
        columns += 1
      } else {
        places[node] = LanePlan.Place(slot: Int32(clamping: singles.count), isSingle: true)
        singles.append(0)
      }
    }
    var runs = RunMaker(builder: self, places: places)
    for node in order { runs.add(node) }
    let output = wanted.first.flatMap { places[$0] }
    var columnTouches = FirstTouches(
      slots: Int(columns), isSingle: false, output: output.flatMap { $0.isSingle ? nil : $0.slot })
    columnTouches.mark(&runs.columnSteps, runs.references, runs.outsiders)
    var singleTouches = FirstTouches(
      slots: singles.count, isSingle: true, output: output.flatMap { $0.isSingle ? $0.slot : nil })
    // Where there are columns, gradients come from them to any single number first.
    if columns == 0 {
      singleTouches.mark(&runs.singleSteps, runs.references, runs.outsiders)
    }
    return LanePlan(
      singleSteps: runs.singleSteps, columnSteps: runs.columnSteps, references: runs.references,
      outsiders: runs.outsiders, singles: singles, columnCount: Int(columns),
      clearedColumns: columnTouches.cleared, clearedSingles: singleTouches.cleared,
      untouchedColumns: columnTouches.untouched, places: places,
      parameterCount: moving.count,
      reluAtZero: conventions.reluAtZero)
  }

  /// Forms by level, then by kind: what depends on nothing of its own level, neighbours together.
  private mutating func ordered() -> [NodeID] {
    var keys: [(key: UInt64, node: Int32)] = []
    for node in graph.nodes.indices where forms[node].isEmitted {
      let form = forms[node]
      var level: UInt64 = 0
      for place in Int(form.firstOperand)..<Int(form.firstOperand + form.operandCount)
      where operands[place] >= 0 {
        level = max(level, levels[Int(operands[place])])
      }
      if form.bias >= 0 { level = max(level, levels[Int(form.bias)]) }
      levels[node] = level + 1
      let kind = UInt64(form.operation.rawValue) << 4 | UInt64(form.function.rawValue)
      keys.append(((level + 1) << 8 | kind, Int32(clamping: node)))
    }
    keys.sort { $0.key == $1.key ? $0.node < $1.node : $0.key < $1.key }
    return keys.map { Int($0.node) }
  }
}

/// Steps being made of forms, one after the other.
struct RunMaker {
  let builder: LaneBuilder
  let places: [LanePlan.Place?]
  var singleSteps: [LaneStep] = []
  var columnSteps: [LaneStep] = []
  // Never empty, so that there is always a list to point at.
  var references = [Reference(slot: LanePlan.one, isSingle: true, moves: false)]
  var outsiders: [LanePlan.Outsider] = []
  /// The levels of the last forms: a run must not read what it computes itself.
  private var singleLevel: UInt64 = 0
  private var columnLevel: UInt64 = 0

  init(builder: LaneBuilder, places: [LanePlan.Place?]) {
    self.builder = builder
    self.places = places
  }

  /// One form: a part of the last run, if it goes on in its steps, or the first of a new one.
  mutating func add(_ node: NodeID) {
    let step = step(of: node)
    let level = builder.levels[node]
    if builder.changes[node] {
      append(step, to: &columnSteps, isSameLevel: level == columnLevel)
      columnLevel = level
    } else {
      append(step, to: &singleSteps, isSameLevel: level == singleLevel)
      singleLevel = level
    }
  }

  private func append(_ step: LaneStep, to steps: inout [LaneStep], isSameLevel: Bool) {
    guard let last = steps.indices.last, isSameLevel, steps[last].isContinued(by: step) else {
      steps.append(step)
      return
    }
    let run = steps[last]
    if run.count == 1 {
      steps[last].aStep = step.a - run.a
      steps[last].bStep = step.b - run.b
      steps[last].biasStep = step.bias - run.bias
    }
    steps[last].count += 1
  }

  private func reference(_ node: Int32) -> Reference {
    guard node >= 0, let place = places[Int(node)] else {
      return Reference(slot: LanePlan.one, isSingle: true, moves: false)
    }
    return Reference(
      slot: place.slot, isSingle: place.isSingle, moves: builder.moves[Int(node)])
  }

  private mutating func step(of node: NodeID) -> LaneStep {
    let form = builder.forms[node]
    let own = builder.operands[
      Int(form.firstOperand)..<Int(form.firstOperand + form.operandCount)
    ].map(reference)
    var step = LaneStep(form.operation, form.function, out: places[node]?.slot ?? 0)
    switch form.operation {
    case .unary: step.setA(own[0])
    case .binary:
      var (a, b) = (own[0], own[1])
      // The order of a sum or a product does not matter, and one order makes longer runs.
      if b.isSingle, !a.isSingle, form.function == .add || form.function == .multiply {
        (a, b) = (b, a)
      }
      step.setA(a)
      step.setB(b)
    case .dot: setDot(&step, form, own, isColumn: builder.changes[node])
    case .sum: setSum(&step, own, isColumn: builder.changes[node])
    case .gatheredDot: gather(&step, .gatheredDot, own, terms: own.count / 2)
    case .gatheredSum: gather(&step, .gatheredSum, own, terms: own.count)
    case .outsider:
      step.a = Int32(clamping: outsiders.count)
      step.movesA = own.contains(where: \.moves)
      outsiders.append(
        LanePlan.Outsider(
          node: node, operands: own,
          convention: builder.conventions.value(for: builder.graph.primitive(of: node))))
    }
    return step
  }

  private mutating func setDot(
    _ step: inout LaneStep, _ form: LaneBuilder.Form, _ own: [Reference], isColumn: Bool
  ) {
    var pairs: [(a: Reference, b: Reference)] = []
    for place in stride(from: 0, to: own.count - 1, by: 2) {
      let (a, b) = (own[place], own[place + 1])
      pairs.append(b.isSingle && !a.isSingle ? (b, a) : (a, b))
    }
    let (a, b) = (pairs[0].a, pairs[0].b)
    let aTerm = pairs.count > 1 ? pairs[1].a.slot - a.slot : 0
    let bTerm = pairs.count > 1 ? pairs[1].b.slot - b.slot : 0
    let isRegular =
      !(isColumn && b.isSingle)
      && pairs.enumerated().allSatisfy { place, pair in
        pair.a.isSingle == a.isSingle && pair.b.isSingle == b.isSingle
          && pair.a.slot - a.slot == aTerm * Int32(clamping: place)
          && pair.b.slot - b.slot == bTerm * Int32(clamping: place)
      }
    guard isRegular else {
      let one = Reference(slot: LanePlan.one, isSingle: true, moves: false)
      let bias = form.bias >= 0 ? [one, reference(form.bias)] : []
      let all = form.isBiasFirst ? bias + own : own + bias
      gather(&step, .gatheredDot, all, terms: all.count / 2)
      return
    }
    step.terms = Int32(clamping: pairs.count)
    step.setA(a)
    step.setB(b)
    (step.aTerm, step.bTerm) = (aTerm, bTerm)
    step.movesA = pairs.contains { $0.a.moves }
    step.movesB = pairs.contains { $0.b.moves }
    if form.bias >= 0 {
      let bias = reference(form.bias)
      step.bias = bias.slot
      step.movesBias = bias.moves
      step.isBiasFirst = form.isBiasFirst
    }
  }

  private mutating func setSum(_ step: inout LaneStep, _ own: [Reference], isColumn: Bool) {
    let distance = own.count > 1 ? own[1].slot - own[0].slot : 0
    let isRegular = own.enumerated().allSatisfy { place, term in
      term.isSingle != isColumn
        && term.slot - own[0].slot == distance * Int32(clamping: place)
    }
    guard isRegular else {
      gather(&step, .gatheredSum, own, terms: own.count)
      return
    }
    step.terms = Int32(clamping: own.count)
    step.setA(own[0])
    step.aTerm = distance
    step.movesA = own.contains(where: \.moves)
  }

  private mutating func gather(
    _ step: inout LaneStep, _ operation: LaneOperation, _ own: [Reference], terms: Int
  ) {
    step.operation = operation
    step.a = Int32(clamping: references.count)
    step.terms = Int32(clamping: terms)
    step.movesA = own.contains(where: \.moves)
    references += own
  }
}

extension LaneStep {
  fileprivate mutating func setA(_ operand: Reference) {
    (a, isASingle, movesA) = (operand.slot, operand.isSingle, operand.moves)
  }

  fileprivate mutating func setB(_ operand: Reference) {
    (b, isBSingle, movesB) = (operand.slot, operand.isSingle, operand.moves)
  }

  /// Whether a gate goes on where the run has come to, with the same distances.
  fileprivate func isContinued(by gate: LaneStep) -> Bool {
    switch operation {
    case .gatheredDot, .gatheredSum, .outsider: return false
    case .unary, .binary, .dot, .sum: break
    }
    guard operation == gate.operation, function == gate.function, terms == gate.terms,
      isASingle == gate.isASingle, isBSingle == gate.isBSingle, movesA == gate.movesA,
      movesB == gate.movesB, movesBias == gate.movesBias, isBiasFirst == gate.isBiasFirst,
      aTerm == gate.aTerm, bTerm == gate.bTerm, (bias < 0) == (gate.bias < 0),
      gate.out == out + count
    else { return false }
    return count == 1
      || gate.a - a == aStep * count && gate.b - b == bStep * count
        && (bias < 0 || gate.bias - bias == biasStep * count)
  }
}
