internal import Engine
internal import Language
internal import Typesetting

// What is to be filled in, with what is said to wrong answers.
extension ItemMaking {
  /// How many wrong answers a blank tells apart.
  private static let mostWrong = 8

  func askedBlanks() -> [Blank] {
    let asksGradients = own.asks.contains {
      if case .gradient? = $0.query.single { true } else { false }
    }
    let known = asksGradients ? WrongAnswers(on: scene.tape) : nil
    let table = trials.mistakes[trial.place.option]
    let mistaken = table.answers(at: trial.values, trial.gradients).map(\.answer)
    return own.asks.indices.map { row in
      let ask = own.asks[row]
      let right = trial.answers[row]
      if ask.isZeroQuestion { return zeroBlank(ask, right, table, mistaken.map { $0[row] }) }
      var wrong: [Blank.Wrong] = []
      // The author's own come first: they are about this very question.
      for (mistake, answer) in zip(table.mistakes, mistaken) {
        guard case .own(let all) = mistake.source,
          let own = all.first(where: { $0.ask == row })
        else { continue }
        add(mistake.name, answer[row], own.feedback, to: &wrong, right, credit: own.credit)
      }
      switch ask.query.single {
      case .gradient(let node):
        for answer in known?.answers(for: node) ?? [] where answer.misconception.isTold {
          guard let text = Self.text(answer.value) else { continue }
          add(
            answer.misconception.name, answer.value,
            scene.words(about: answer, at: node, number: text), to: &wrong, right)
        }
      case .value(let node):
        for slip in WrongValue.values(of: node, in: scene.graph, at: scene.now.values) {
          guard let text = Self.text(slip.value), isLikely(slip, at: node) else { continue }
          add(
            KnownMistake.of(slip.slip).name, slip.value,
            scene.words(about: slip, at: node, number: text),
            to: &wrong, right)
        }
      case .deadUnits, nil:
        for (mistake, answer) in zip(table.mistakes, mistaken) {
          guard case .known(let misconception) = mistake.source else { continue }
          add(
            mistake.name, answer[row],
            "It comes out where \(misconception.belief). \(misconception.correction)", to: &wrong,
            right)
        }
      }
      return Blank(
        id: ask.id, asked: asked(ask), label: label(ask), quantity: quantity(ask.query),
        answer: .number(right, tolerance: exercise.tolerance), points: ask.points,
        step: step(ask.query), reason: reason(ask, right), wrong: wrong)
    }
  }

  /// At most six decimals, with a point; nil for what is too large to be anyone's answer.
  static func text(_ value: Double) -> String? {
    guard value.magnitude < 1e9, let millionths = Int(exactly: (value * 1e6).rounded()) else {
      return nil
    }
    return Rational(millionths, 1_000_000)?.text
  }

  /// Whether anybody would make the slip with a pencil: no long decimals, and no gate without a name.
  private func isLikely(_ slip: WrongValue, at gate: NodeID) -> Bool {
    let thousandths = (slip.value * 1_000).rounded() / 1_000
    guard (thousandths - slip.value).magnitude < 1e-9 else { return false }
    switch slip.slip {
    case .operand(let node), .operandSign(let node): return scene.graph.isNamed(node)
    case .sign: return true
    case .other:
      // `x - @1` would mean nothing to a student.
      return scene.graph.operands(of: gate).allSatisfy {
        scene.graph.isNamed(Int($0)) || scene.graph.nodes[Int($0)].kind == .constant
      }
    }
  }

  private func add(
    _ name: String, _ value: Double, _ feedback: @autoclosure () -> String,
    to wrong: inout [Blank.Wrong], _ right: Rational, credit: Int = 0
  ) {
    let apart = 2 * exercise.tolerance
    guard wrong.count < Self.mostWrong, let text = Self.text(value),
      (value - right.double).magnitude > apart,
      wrong.allSatisfy({ ($0.value - value).magnitude > apart })
    else { return }
    wrong.append(
      Blank.Wrong(
        misconception: name, value: value, text: text, feedback: feedback(),
        credit: credit))
  }

  private func zeroBlank(
    _ ask: Exercise.Ask, _ right: Rational, _ table: MistakeTable, _ mistaken: [Double]
  ) -> Blank {
    var wrong: [Blank.Wrong] = []
    for (mistake, answer) in zip(table.mistakes, mistaken)
    where (answer == 0) != right.isZero && wrong.isEmpty {
      let feedback: String
      switch mistake.source {
      case .known(let misconception):
        feedback = "It comes out where \(misconception.belief). \(misconception.correction)"
      case .own(let all):
        guard let own = all.first(where: { own.asks[$0.ask].id == ask.id }) else { continue }
        feedback = own.feedback
      }
      wrong.append(
        Blank.Wrong(
          misconception: mistake.name, value: right.isZero ? 1 : 0,
          text: right.isZero ? "not 0" : "0", feedback: feedback))
    }
    return Blank(
      id: ask.id, asked: "zero " + ask.query.text, label: label(ask), quantity: .other,
      answer: .choice(["0", "not 0"], right: right.isZero ? 0 : 1), points: ask.points,
      step: step(ask.query), reason: reason(ask, right), wrong: wrong)
  }

  // MARK: - Names

  private func asked(_ ask: Exercise.Ask) -> String {
    ask.name.isEmpty ? ask.query.text : ask.name
  }

  private func label(_ ask: Exercise.Ask) -> Math {
    if !ask.name.isEmpty { return Math(.word(ask.name)) }
    switch ask.query.single {
    case .gradient(let node): return Math(derivative(node))
    case .value(let node): return Math(.name(scene.graph.label(node)))
    case .deadUnits, nil: return Math(.formula(ask.query.formula))
    }
  }

  func derivative(_ node: NodeID) -> Math.Piece {
    .derivative(of: scene.objective, by: scene.graph.label(node))
  }

  private func quantity(_ query: Exercise.Query) -> Blank.Quantity {
    switch query.single {
    case .gradient(let node): return .gradient(node)
    case .value(let node): return .value(node)
    case .deadUnits: return .other
    case nil:
      let references = query.references.compactMap { reference -> Blank.Reference? in
        switch reference {
        case .value(let node): .value(node)
        case .gradient(let node): .gradient(node)
        case .deadUnits: nil
        }
      }
      return references.count == query.references.count
        ? .formula(query.formula, references) : .other
    }
  }

  // MARK: - How it comes about

  /// The event of the tape after which the number is known, counted from 1.
  private func step(_ query: Exercise.Query) -> Int? {
    let events = scene.tape.events
    switch query.single {
    case .value(let node):
      return events.firstIndex { $0.kind == .forward && $0.node == node }.map { $0 + 1 }
    case .gradient(let node):
      let last = events.indices.last { event in
        events[event].kind == .seed && events[event].node == node
          || scene.tape.contributions(of: event).contains { $0.operand == node }
      }
      return last.map { $0 + 1 }
    case .deadUnits, nil: return nil
    }
  }

  private func reason(_ ask: Exercise.Ask, _ right: Rational) -> [Paper.Inline] {
    let graph = scene.graph
    switch ask.query.single {
    case .value(let node) where graph.nodes[node].kind == .gate:
      let formula = graph.formula(of: node)
      // Logarithms stay logarithms: nobody computes with -1.099.
      let numbers = formula.replacingNames { name in
        graph.nodeOfLabel[name].flatMap { exactFormula($0) }
      }
      return [
        .math(
          Math(
            .name(graph.label(node)), .sign(.equals), .formula(named(formula)), .sign(.equals),
            .formula(numbers), .sign(.equals), .digits(right.text)))
      ]
    case .gradient(let node):
      let uses = graph.readers(of: node).reversed().prefix(8)
      guard !uses.isEmpty else { return [] }
      var pieces: [Math.Piece] = [derivative(node), .sign(.equals)]
      for (place, reader) in uses.enumerated() {
        if place > 0 { pieces.append(.sign(.plus)) }
        let local = scene.local(reader)
        pieces += [
          .operand(scene.now.gradients[reader.gate]), .sign(.times), .operand(local),
        ]
      }
      if graph.readers(of: node).count > uses.count { pieces += [.sign(.plus), .sign(.dots)] }
      return [.math(Math(pieces + [.sign(.equals), .digits(right.text)]))]
    case .value, .deadUnits: return []
    case nil:
      let numbers = ask.query.formula.substituting { name in
        switch ask.query.references[name] {
        case .value(let node): Formula(number: scene.now.values[node])
        case .gradient(let node): Formula(number: scene.now.gradients[node])
        case .deadUnits: nil
        }
      }
      return [.math(Math(.formula(numbers), .sign(.equals), .digits(right.text)))]
    }
  }
}

extension ItemMaking {
  /// A node's number as it can be written exactly, `ln(1/3)`, or else as a decimal.
  private func exactFormula(_ node: NodeID) -> Formula {
    guard case .logarithm(let number)? = trial.exact.values[node],
      let ln = Primitive.functions["ln"]
    else { return Formula(number: scene.now.values[node]) }
    let above = Formula(number: Double(number.numerator))
    let inner =
      number.isWhole
      ? above
      : Formula.applying(
        Primitive.divide, [above, Formula(number: Double(number.denominator))])
    return Formula.applying(ln, [inner])
  }

  /// A formula with what unnamed gates compute in the place of `@1`.
  private func named(_ formula: Formula) -> Formula {
    var result = formula
    for _ in 0..<8 {
      guard result.names.contains(where: { $0.hasPrefix("@") }), result.nodes.count < 60 else {
        return result
      }
      result = result.replacingNames { name in
        name.hasPrefix("@") ? scene.graph.nodeOfLabel[name].map(scene.graph.formula) : nil
      }
    }
    return result
  }
}

extension Scene {
  /// The slope of a gate in one of its operands.
  fileprivate func local(_ reader: Graph.Reader) -> Double {
    graph.locals(of: reader.gate, values: now.values, conventions: tape.conventions)[reader.slot]
  }
}
