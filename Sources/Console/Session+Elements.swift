internal import Engine
internal import Language
internal import Typesetting

// Definitions that are more than a formula under a name: elements, and numbers that are drawn.
extension Session {
  /// Gives one element of a vector a number: `x[2] = 5`.
  mutating func setElement(_ assignment: Assignment) throws(Problem) {
    guard let index = assignment.element else { return }
    let name = definitions.resolved(assignment.name)
    let span = assignment.nameSpan
    if definitions.functions[name] != nil { throw .elementIsComputed(name, at: span) }
    let value: Double
    if let used = assignment.formula.variables.first ?? assignment.formula.calledFunctions.first {
      throw .elementFollowsNothing(assignment.name, used, at: span)
    }
    do throws(Problem) {
      value = try number(assignment.text, in: .plain)
    } catch {
      throw error.moved(by: assignment.textStart)
    }
    if let tensor = definitions.variables[name]?.tensor {
      guard tensor.shape.place(index) != nil else {
        throw .noSuchElement(
          "\(assignment.name)[\(index.map(String.init).joined(separator: ","))]", name,
          tensor.shape,
          at: span)
      }
    } else if let variable = definitions.variables[name] {
      throw variable.formula.literal == nil
        ? .elementIsComputed(name, at: span) : .elementOfNumber(name, at: span)
    }
    guard index.allSatisfy({ $0 >= 1 }), index.count <= 2 else {
      throw .elementsCountFromOne(name, at: span)
    }
    let label = "\(name)[\(index.map(String.init).joined(separator: ","))]"
    let wasNumber =
      (definitions.variables[name] ?? definitions.variables[label])?.givenNumbers != nil
    definitions.set([(label, value)])
    if wasNumber { renewGraph(label, to: Tensor(value)) } else { graph = nil }
  }

  /// Upstream gradients that have no output of their own any more are given up, and that is said.
  mutating func droppedUpstream(after names: [String]) -> Document {
    guard !names.isEmpty, !upstream.isEmpty else { return .empty }
    let fits = upstream.allSatisfy { given in
      (try? Graph(of: [given.name], in: definitions))?.outputs.count == given.values.count
    }
    guard !fits else { return .empty }
    let last = outputs.last
    upstream = []
    outputs = [last].compactMap(\.self)
    formerOutput = nil
    graph = nil
    restartTape()
    return Document(lines: ["The upstream gradients do not fit any more: the pass starts with 1."])
  }

  /// Which formulas cannot be computed any more now that some names have other shapes.
  ///
  /// That is said and not refused: the next line may bring the shape that fits.
  func brokenFormulas(after names: [String]) -> Document {
    guard !names.isEmpty, definitions.count <= 1_000 else { return .empty }
    for name in definitions.order {
      guard let formula = definitions.variables[name]?.formula,
        formula.variables.contains(where: names.contains)
      else { continue }
      do throws(Problem) {
        _ = try Graph(of: [name], in: definitions)
      } catch {
        return Document(lines: ["\(name) cannot be computed now: \(error.message)."])
      }
    }
    return .empty
  }

  /// Turns a definition that is only numbers in the end into these numbers: `[1/2, 3]`, and what
  /// `uniform` and `normal` drew.
  mutating func settle(_ assignment: Assignment) throws(Problem) {
    let isRandom = assignment.formula.isRandom
    let isPlain = assignment.formula.variables.isEmpty && assignment.formula.calledFunctions.isEmpty
    let hasElements = assignment.formula.nodes.contains {
      [.vector, .loop, .composite].contains($0.kind)
    }
    guard isRandom || isPlain && hasElements, definitions.variables[assignment.name]?.tensor == nil
    else { return }
    if assignment.parameters != nil {
      throw .randomInFunction(assignment.name, at: assignment.nameSpan)
    }
    var source: RandomNumbers? = random
    let graph = try Graph(of: assignment.formula, in: definitions, random: &source)
    guard graph.outputs.allSatisfy({ graph.nodes[$0].kind == .constant }) else {
      if isRandom { throw .randomInFormula(assignment.name, at: assignment.nameSpan) }
      return
    }
    random = source ?? random
    let numbers = graph.outputs.map { graph.nodes[$0].value }
    definitions.settle(assignment.name, Tensor(graph.outputShapes.first ?? .scalar, numbers))
  }
}

extension Problem {
  static func elementIsComputed(_ name: String, at span: SourceSpan) -> Problem {
    Problem(
      "element-is-computed", "\(name) is computed from other names, so no element can be set",
      at: span, hint: "change what it is computed from, or define \(name) anew")
  }

  static func elementFollowsNothing(
    _ name: String, _ used: String, at span: SourceSpan
  ) -> Problem {
    Problem(
      "element-takes-number", "an element takes a number, and cannot follow \(used)", at: span,
      hint: "define the vector as a whole: \(name) = [\(used), 1]")
  }

  static func elementOfNumber(_ name: String, at span: SourceSpan) -> Problem {
    Problem(
      "not-indexable", "\(name) is one number, so it has no elements", at: span,
      hint: "a vector is written \(name) = [1, 2, 3]")
  }

  static func elementsCountFromOne(_ name: String, at span: SourceSpan) -> Problem {
    Problem(
      "index-out-of-range", "elements are counted from 1, with one subscript or two", at: span,
      hint: "write \(name)[1] = 5")
  }

  static func upstreamShape(
    _ name: String, _ wanted: Shape, _ got: Shape, at span: SourceSpan
  ) -> Problem {
    Problem(
      "shape-mismatch",
      "\(name) is \(wanted.description), and this upstream gradient is \(got.description)",
      at: span,
      hint: "give one number for each element")
  }

  static func randomInFormula(_ name: String, at span: SourceSpan) -> Problem {
    Problem(
      "random-in-formula", "random numbers are drawn once, into a name of their own", at: span,
      hint: "write noise = normal(0, 1) first, and use noise in \(name)")
  }

  static func randomInFunction(_ name: String, at span: SourceSpan) -> Problem {
    Problem(
      "random-in-formula", "a function gives the same result each time, so it draws no numbers",
      at: span,
      hint: "draw into a name first, and give it to \(name) as an argument")
  }
}
