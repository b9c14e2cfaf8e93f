internal import Engine
internal import Language
internal import Typesetting

/// What a wrong answer shows about its thinking, in words that do not give the right one away.
struct Diagnosis {
  private let scene: Scene
  private let node: NodeID
  private let right: Double
  private let typed: Double
  private var isTemplate = false

  /// What a wrong answer to a question about one node shows, or nil where it fits no known mistake.
  ///
  /// `expression`: `grad NODE` or `value NODE`; about others nothing is known.
  static func words(
    for typed: Double, expression: String, in session: Session, isTemplate: Bool = false
  ) -> String? {
    let words = expression.split(separator: " ").map(String.init)
    guard words.count == 2, let scene = try? session.completedScene(),
      let node = try? session.node(words[1], in: scene.graph, at: nil)
    else { return nil }
    switch words[0] {
    case "grad":
      return Diagnosis(
        scene: scene, node: node, right: scene.now.gradients[node], typed: typed,
        isTemplate: isTemplate
      ).ofGradient()
    case "value" where scene.now.isKnown[node]:
      return Diagnosis(
        scene: scene, node: node, right: scene.now.values[node], typed: typed,
        isTemplate: isTemplate
      ).ofValue()
    default: return nil
    }
  }

  /// Every wrong answer that shows something, with what it shows; the most likely first.
  ///
  /// `{number}` stands for what is typed.
  ///
  /// For a page, which cannot ask the engine while somebody reads it.
  static func all(
    expression: String, in session: Session
  ) -> [(number: Double, message: String)] {
    let words = expression.split(separator: " ").map(String.init)
    guard words.count == 2, let scene = try? session.completedScene(),
      let node = try? session.node(words[1], in: scene.graph, at: nil)
    else { return [] }
    let numbers: [Double] =
      switch words[0] {
      case "grad": Misconception.answers(for: node, on: scene.tape).map(\.value)
      case "value" where scene.now.isKnown[node]:
        WrongValue.values(of: node, in: scene.graph, at: scene.now.values).map(\.value)
      default: []
      }
    return numbers.prefix(24).compactMap { number in
      Self.words(for: number, expression: expression, in: session, isTemplate: true).map {
        (number, $0)
      }
    }
  }

  /// Whether the typed number is this wrong one; a wrong one that passes for right explains nothing.
  private func isNear(_ value: Double) -> Bool {
    !Answer.isRight(value, typed: "", expected: right)
      && Answer.isRight(typed, typed: "", expected: value)
  }

  /// How the typed number is told; on a page it is filled in later.
  private var number: String { isTemplate ? "{number}" : scene.style.number(typed) }

  // MARK: - Gradients

  private func ofGradient() -> String? {
    // They come with the most likely first.
    Misconception.answers(for: node, on: scene.tape).first { isNear($0.value) }.map {
      scene.words(about: $0, at: node, number: number)
    }
  }

  // MARK: - Values

  private func ofValue() -> String? {
    let wrong = WrongValue.values(of: node, in: scene.graph, at: scene.now.values)
    return wrong.first { isNear($0.value) }.map {
      scene.words(about: $0, at: node, number: number)
    }
  }
}
