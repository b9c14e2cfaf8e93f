internal import Engine
internal import Language
internal import Lessons
internal import Typesetting

// What a problem file speaks of by name.
extension ExerciseReader {
  /// Every name between braces in the text must have something to stand for it.
  func checkProse() throws(LessonProblem) {
    let known = definitions.order
    var unknown: String?
    _ = exercise.prose.filled { name in
      let isName = name.utf8.first.map { $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A } ?? false
      let isPlain = name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
      if isName, isPlain, !known.contains(String(name)) { unknown = unknown ?? String(name) }
      return nil
    }
    if let unknown { throw LessonProblem(1, .unknownQuantity(unknown, known: known)) }
  }

  /// The names that asks, conditions and wrong answers speak of.
  var mentioned: [String] {
    let texts = asks.map(\.text) + conditions.map(\.text) + strata.map(\.text) + wrongs.map(\.text)
    var names: [String] = []
    for text in texts {
      guard let formula = try? Formula(reading: queryText(text).formula, as: .condition) else {
        continue
      }
      for name in formula.variables {
        let word = name.split(separator: " ").last.map(String.init) ?? name
        if !names.contains(word) { names.append(word) }
      }
    }
    return names
  }
}
