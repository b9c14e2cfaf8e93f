internal import Exercises
internal import Typesetting

extension QuestionBank.Question {
  /// What is asked, without the blanks: the author's text, the formulas and the numbers.
  var stem: [Paper.Block] {
    var blocks = item.text
    var facts: [Paper.Inline] = []
    for definition in item.formulas {
      if !facts.isEmpty { facts.append(.text(", ")) }
      facts.append(
        .math(Math(.name(definition.name), .sign(.equals), .formula(definition.formula))))
    }
    for (place, given) in item.given.enumerated() {
      if place > 0 || !facts.isEmpty { facts.append(.text(place == 0 ? " at " : ", ")) }
      facts.append(.math(given.math))
    }
    if !facts.isEmpty { blocks.append(.paragraph(facts)) }
    if !item.conventions.isEmpty {
      blocks.append(
        .paragraph([.text("Conventions: " + item.conventions.joined(separator: "; "))]))
    }
    return blocks + item.exhibit
  }

  /// How each answer comes about, a line for each blank, and what the item is.
  var solution: [[Paper.Inline]] { parts.map(\.solution) + [[.emphasis(imprint)]] }

  /// `title`, or the identifier where it has none, with the identifier behind it.
  var name: String { title.isEmpty ? key : "\(key): \(title)" }
}

extension QuestionBank.Part {
  /// How the answer comes about.
  var solution: [Paper.Inline] {
    if !PlatformText(language: .html).inline(blank.reason).isBlank { return blank.reason }
    switch answer {
    case .number(let right, _, _):
      return [.math(blank.label + Math(.sign(.equals), .digits(right)))]
    case .choice(let choices, let right):
      return [.math(blank.label), .text(": \(choices[right].text)")]
    }
  }

  /// What to say to an answer nobody thought of; gives nothing away.
  var advice: String {
    switch blank.quantity {
    case .value: "Compute the nodes in their order, each from its inputs."
    case .gradient: "Begin at the output and multiply upstream by local, gate by gate."
    case .formula: "Put the values and the gradients into the formula."
    case .other: "Go through the working again, line by line."
    }
  }
}
