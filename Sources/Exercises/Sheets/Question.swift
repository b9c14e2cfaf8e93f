internal import Engine
internal import Language
internal import Typesetting

/// An item as a student sees it; there is no answer in it.
struct Question {
  private let title: String
  private let identifier: String
  private let text: [Paper.Block]
  private let formulas: [Item.Definition]
  private let given: [Item.Given]
  private let conventions: [String]
  private let exhibit: [Paper.Block]
  private let points: Int
  private let asked: [Asked]
  /// The circuit before anything has been computed: inputs have numbers, and nothing else.
  private let start: Scene?

  private struct Asked {
    let label: Math
    let options: [String]?
    let points: Int
  }

  /// More gates than this are no help to who looks at them.
  private static let mostGates = 12

  init(_ item: Item) {
    title = item.title
    identifier = item.identifier
    text = item.text
    formulas = item.formulas
    given = item.given
    conventions = item.conventions
    exhibit = item.exhibit
    points = item.points
    asked = item.blanks.map { blank in
      let options: [String]? =
        if case .choice(let options, _) = blank.answer { options } else { nil }
      return Asked(label: blank.label, options: options, points: blank.points)
    }
    // Where a formula is to be chosen, or a table to be read, the circuit would say too much or nothing.
    let isOwn = item.blanks.contains {
      switch $0.quantity {
      case .value, .gradient: $0.id != "corrected"
      case .formula, .other: false
      }
    }
    let gates = item.tape.graph.gates.count
    // A circuit of vectors is drawn by name, and nobody can fill that in.
    start =
      isOwn && !item.hidesFormulas && item.tape.graph.groups.isEmpty
        && (2...Self.mostGates).contains(gates)
      ? Scene(item.tape, at: Tape.Position(0), style: Style()) : nil
  }

  /// The question without its blanks.
  ///
  /// `showsCircuit`: not where the same circuit follows with its numbers.
  func blocks(number: Int?, showsCircuit: Bool = true) -> [Paper.Block] {
    let count = "\(points) point\(points == 1 ? "" : "s")"
    let head = (number.map { "\($0). " } ?? "") + title
    var blocks: [Paper.Block] = [
      .heading([.text(head), .text("  (\(count), \(identifier))")], level: 2)
    ]
    blocks += text
    for formula in formulas {
      blocks.append(
        .display(Math(.name(formula.name), .sign(.equals), .formula(formula.formula))))
    }
    if !given.isEmpty {
      var line: [Paper.Inline] = [.text(formulas.isEmpty ? "Given: " : "at ")]
      for (place, number) in given.enumerated() {
        if place > 0 { line.append(.text(", ")) }
        line.append(.math(number.math))
      }
      blocks.append(.paragraph(line))
    }
    if !conventions.isEmpty {
      blocks.append(.paragraph([.text("Convention: \(conventions.joined(separator: "; ")).")]))
    }
    if showsCircuit, let start { blocks.append(.figure(start, title: "The circuit")) }
    return blocks + exhibit
  }

  /// What is to be filled in.
  var blankBlocks: [Paper.Block] {
    var blocks: [Paper.Block] = []
    let numbers = asked.filter { $0.options == nil || Self.isShort($0.options) }
    if !numbers.isEmpty {
      let rows = numbers.map { asked -> [[Paper.Inline]] in
        [
          [.math(asked.label)],
          asked.options.map { [.text($0.joined(separator: "  or  ") + "? "), .blank] } ?? [.blank],
          [.text("\(asked.points)")],
        ]
      }
      blocks.append(
        .table(
          Paper.Table(
            [[.text("find")], [.text("answer")], [.text("points")]], [.left, .left, .right], rows)))
    }
    for choice in asked where choice.options != nil && !Self.isShort(choice.options) {
      blocks.append(
        .paragraph([
          .math(choice.label), .text(": "), .blank,
          .text("  (\(choice.points) point\(choice.points == 1 ? "" : "s"))"),
        ]))
      blocks.append(.choices((choice.options ?? []).map { [.text($0)] }))
    }
    return blocks
  }

  /// Options that fit into a cell of a table.
  private static func isShort(_ options: [String]?) -> Bool {
    guard let options else { return false }
    return options.count == 2 && options.allSatisfy { $0.count <= 8 }
  }
}
