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
    var rows: [Int: MarkedRow] = [:]
    // Zeros that come from nowhere; rows are marked after those they are made of.
    var empty: Set<Int> = []
    for place in order {
      let row = row(place, entries[place], flows, isUniform, empty, scheme)
      if case .number(let number) = row.entry, row.verdict != .carried,
        number.double.magnitude <= tolerance(of: item.blanks[place])
      {
        empty.insert(place)
      }
      rows[place] = row
    }
    return item.blanks.indices.compactMap { rows[$0] }
  }

  /// The blanks in the order in which a hand gets to them: values, gradients, the rest.
  private var order: [Int] {
    valueBlank.filter { $0 >= 0 } + gradientBlank.reversed().filter { $0 >= 0 } + otherBlanks
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
    _ place: Int, _ entry: Entry, _ flows: [Flow], _ isUniform: Bool,
    _ empty: Set<Int>, _ scheme: Scheme
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
        // Who rounds a right number within its tolerance and goes on has made no mistake.
        let isSlip = following.isOff[place] && hasWrongSource(blank.quantity, flows[0])
        verdict = isSlip ? .carried : .right
        if isSlip {
          sources = self.sources(of: blank.quantity, following)
          if let reason = reason(against: place, following, isUniform, empty) {
            verdict = .notCredited(reason)
          }
        }
      } else {
        (verdict, mistakes) = explanation(of: typed, place, flow)
      }
    }
    // A mistake on top of numbers that leave nothing to do earns nothing either.
    let isGuarded = !mistakes.isEmpty && reason(against: place, flow, isUniform, empty) != nil
    let credit = blank.wrong.first { $0.misconception == mistakes.first }?.credit ?? 0
    return MarkedRow(
      blank: place, entry: entry, verdict: verdict,
      hundredths: isGuarded
        ? 0
        : scheme.hundredths(verdict, mistake: mistakes.first, credit: credit, of: blank.points),
      expected: flow.expected[place], mistakes: mistakes, sources: sources,
      working: verdict == .right || verdict == .blank ? .none : working(of: blank, flow))
  }

  /// Whether a number that a row is made of is wrong, and not only rounded.
  private func hasWrongSource(_ quantity: Blank.Quantity, _ flow: Flow) -> Bool {
    parents(of: quantity).contains { reference in
      let (own, right) = (flow.number(reference), rightFlow.number(reference))
      let blank: Int
      switch reference {
      case .value(let node): blank = valueBlank[node]
      case .gradient(let node): blank = gradientBlank[node]
      }
      let tolerance = blank >= 0 ? tolerance(of: item.blanks[blank]) : 0
      return (own - right).magnitude > tolerance + 1e-9 * max(1, right.magnitude)
    }
  }

  // MARK: - Guards

  /// Numbers beyond this swallow what is added to them, and whatever follows follows by itself.
  private static let largest = 1e9

  /// Why nothing is credited for following from the student's own numbers; nil where it is.
  ///
  /// `empty`: the rows above with zeros that come from nowhere.
  private func reason(
    against place: Int, _ flow: Flow, _ isUniform: Bool, _ empty: Set<Int>
  ) -> Verdict.Guard? {
    let blank = item.blanks[place]
    let least = tolerance(of: blank)
    let isZero = { (own: Double, right: Double) in
      own.magnitude <= least && right.magnitude > least
    }
    let references = parents(of: blank.quantity)
    let zeros = references.filter { isZero(flow.number($0), rightFlow.number($0)) }
    if zeros.contains(where: { isEmpty($0, flow, empty) }) { return .zero }
    if let own = flow.expected[place], let right = rightFlow.expected[place], isZero(own, right) {
      // A 0 that was reckoned leaves work in a sum, and none where it makes the row 0.
      if !zeros.isEmpty { return .zero }
      let amounts = amounts(of: blank.quantity, flow)
      if !amounts.isEmpty, amounts.allSatisfy({ $0.magnitude <= least }) { return .zero }
    }
    let isRunaway = references.contains {
      let size = flow.number($0).magnitude
      return size > Self.largest && size > rightFlow.number($0).magnitude
    }
    return isRunaway ? .runaway : isUniform ? .uniform : nil
  }

  /// Whether a 0 comes from nowhere, or was made of such a 0.
  private func isEmpty(_ reference: Blank.Reference, _ flow: Flow, _ empty: Set<Int>) -> Bool {
    let blank = blank(asking: reference)
    if blank >= 0 { return empty.contains(blank) }
    return sources(of: reference.quantity, flow).contains(where: empty.contains)
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
