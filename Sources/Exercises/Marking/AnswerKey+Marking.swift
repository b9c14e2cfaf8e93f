internal import Engine
internal import Language

// Right first, then what follows from the student's own rows, then what is known about slips.
extension AnswerKey {
  /// Marks the entries of one student, one for each blank in the item's order.
  ///
  /// Entries that are missing count as blank.
  package func mark(_ entries: [Entry], _ scheme: Scheme = Scheme()) -> [MarkedRow] {
    let entries = item.blanks.indices.map { entries.indices.contains($0) ? entries[$0] : .blank }
    let flows = flows(of: entries)
    let isUniform = isUniform(entries, flows)
    return item.blanks.indices.map { place in
      row(place, entries[place], flows, isUniform, scheme)
    }
  }

  /// The student's numbers taken through both passes.
  ///
  /// Numbers that are right within the tolerance count as the exact ones. Where some are not quite
  /// exact, there is a second flow with what was really written: who rounds and goes on with the
  /// rounded number has made no mistake.
  private func flows(of entries: [Entry]) -> [Flow] {
    var exact: [Double?] = []
    var written: [Double?] = []
    var (isOff, isRounded) = (false, false)
    for (entry, blank) in zip(entries, item.blanks) {
      guard case .number(let number) = entry else {
        exact.append(nil)
        written.append(nil)
        continue
      }
      let typed = number.double
      let isRight = isRight(typed, blank)
      exact.append(isRight ? nil : typed)
      written.append(typed)
      if !isRight { isOff = true }
      if isRight, case .number(let right, _) = blank.answer, right != number { isRounded = true }
    }
    let first = isOff ? Flow(of: exact, through: self) : rightFlow
    return isRounded ? [first, Flow(of: written, through: self)] : [first]
  }

  private func row(
    _ place: Int, _ entry: Entry, _ flows: [Flow], _ isUniform: Bool, _ scheme: Scheme
  ) -> MarkedRow {
    let blank = item.blanks[place]
    var verdict = Verdict.wrong
    var flow = flows[0]
    var mistakes: [String] = []
    var sources: [Int] = []
    switch (entry, blank.answer) {
    case (.blank, _): verdict = .blank
    case (.unreadable(let reason), _): verdict = .unreadable(reason)
    case (.choice(let place), .choice(let options, let right)):
      if place == right {
        verdict = .right
      } else if options.indices.contains(place) {
        mistakes = blank.wrong.filter { $0.text == options[place] }.map(\.misconception)
        if !mistakes.isEmpty { verdict = .mistake }
      }
    case (.choice, .number), (.number, .choice): break
    case (.number(let number), .number):
      let typed = number.double
      let following = follows(typed, place, flows)
      flow = following ?? flow
      let isRight = isRight(typed, blank)
      if isRight {
        let isOpen = flow.expected[place] == nil
        verdict = isOpen || following != nil ? .right : .unsupported
      } else if let following {
        // The exact number behind a rounded key is right as well.
        verdict = following.isOff[place] ? .carried : .right
        if following.isOff[place] {
          sources = self.sources(of: blank.quantity, following)
          if let reason = reason(against: place, following, isUniform) {
            verdict = .notCredited(reason)
          }
        }
      } else {
        (verdict, mistakes) = explanation(of: typed, place, flow)
      }
    }
    // A mistake on top of numbers that leave nothing to do earns nothing either.
    let isGuarded = !mistakes.isEmpty && reason(against: place, flow, isUniform) != nil
    let credit = blank.wrong.first { $0.misconception == mistakes.first }?.credit ?? 0
    return MarkedRow(
      blank: place, entry: entry, verdict: verdict,
      hundredths: isGuarded
        ? 0
        : scheme.hundredths(verdict, mistake: mistakes.first, credit: credit, of: blank.points),
      expected: flow.expected[place], mistakes: mistakes, sources: sources,
      working: verdict == .right || verdict == .blank ? .none : working(of: blank, flow))
  }

  // MARK: - Guards

  /// Numbers beyond this swallow what is added to them, and whatever follows follows by itself.
  private static let largest = 1e9

  /// Why nothing is credited for following from the student's own numbers; nil where it is.
  private func reason(
    against place: Int, _ flow: Flow, _ isUniform: Bool
  ) -> Verdict.Guard? {
    let blank = item.blanks[place]
    let least = tolerance(of: blank)
    var pairs: [(own: Double, right: Double)] = []
    var amounts: [Double] = []
    switch blank.quantity {
    case .value(let node):
      guard graph.nodes[node].kind == .gate else { break }
      pairs = graph.operands(of: node).map { (flow.values[Int($0)], values[Int($0)]) }
    case .gradient(let node):
      for reader in graph.readers(of: node) {
        let local = firstLocal[reader.gate] + reader.slot
        pairs.append((flow.gradients[reader.gate], gradients[reader.gate]))
        // A switch that closes by a wrong number is no trick; a factor set to 0 is one.
        pairs += factors(of: reader).map { (flow.number($0), rightFlow.number($0)) }
        amounts.append(flow.gradients[reader.gate] * flow.locals[local])
      }
    case .formula(_, let references):
      pairs = references.map { (flow.number($0), rightFlow.number($0)) }
    case .other: break
    }
    let isZero = { (own: Double, right: Double) in
      own.magnitude <= least && right.magnitude > least
    }
    if pairs.contains(where: { isZero($0.own, $0.right) }) { return .zero }
    if !amounts.isEmpty, amounts.allSatisfy({ $0.magnitude <= least }),
      let right = rightFlow.expected[place], right.magnitude > least
    {
      return .zero
    }
    if pairs.contains(where: {
      $0.own.magnitude > Self.largest && $0.own.magnitude > $0.right.magnitude
    }) {
      return .runaway
    }
    return isUniform ? .uniform : nil
  }

  /// Whether one number fills the sheet though the right ones differ.
  ///
  /// An honest slip may leave the same number in every row of a small item. It takes two rows that
  /// come from nowhere to make it a number written without reckoning.
  private func isUniform(_ entries: [Entry], _ flows: [Flow]) -> Bool {
    var own: Set<Entry> = []
    var right: Set<Rational> = []
    var unfounded = 0
    for (place, blank) in item.blanks.enumerated() {
      guard case .number(let typed) = entries[place], case .number(let number, _) = blank.answer
      else { continue }
      own.insert(entries[place])
      right.insert(number)
      let follows = follows(typed.double, place, flows) != nil
      if !follows, !isRight(typed.double, blank) { unfounded += 1 }
    }
    return own.count == 1 && right.count > 1 && unfounded >= 2
  }

  /// The flow that a number follows from; nil where there is none.
  private func follows(_ typed: Double, _ place: Int, _ flows: [Flow]) -> Flow? {
    flows.first { flow in
      flow.expected[place].map { agrees(typed, $0, item.blanks[place]) } ?? false
    }
  }
}
