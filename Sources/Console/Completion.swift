internal import Engine
internal import Language

/// What could stand where the learner pressed TAB.
package enum Completion: Hashable, Sendable {
  case words([String])
  /// A file name: completed by whoever can see files.
  case files
}

extension Session {
  /// The words that could replace `word`, which begins at byte `start` of `line`.
  ///
  /// `lessons`: the lessons that can be played, by name.
  package func completions(
    of word: String, in line: String, at start: Int, lessons: [String]
  ) -> Completion {
    var typed = String(decoding: Array(line.utf8).prefix(start), as: UTF8.self).trimmed
    let isForced = typed.hasPrefix(":")
    if isForced { typed.removeFirst() }
    let before = Words(typed)
    guard let first = before.first else {
      return .words(matching(word, Command.all.map(\.name) + (isForced ? [] : formulaWords)))
    }
    guard let command = Command.named(first.text), isForced || !isHidden(first.text) else {
      return .words(matching(word, formulaWords + ["grad", "value"]))
    }
    switch command.argument {
    case .none: return .words([])
    case .node: return .words(matching(word, nodeWords))
    case .expression: return .words(matching(word, formulaWords + nodeWords + ["grad", "value"]))
    case .setting:
      if before.count == 1 { return .words(matching(word, Setting.all.map(\.key))) }
      let setting = Setting.all.first { $0.key == before[1]?.text }
      return .words(before.count == 2 ? matching(word, setting?.values ?? []) : [])
    case .file: return .files
    case .lesson:
      let isLevel = command.name == "lesson" && before[before.count - 1]?.text == "level"
      let words = isLevel ? LessonLevel.all.map { "\($0.number)" } : ["level"]
      return .words(matching(word, before.count == 1 ? lessons : words))
    case .words(let words): return .words(matching(word, words(self, before)))
    }
  }

  private func matching(_ word: String, _ candidates: [String]) -> [String] {
    // A mark may have any name; one that cannot be seen is not put into a line.
    Array(Set(candidates.filter { $0.hasPrefix(word) && visible($0) == $0 })).sorted()
  }

  /// Names, and functions with the bracket that follows them.
  private var formulaWords: [String] {
    let functions = Composite.functionNames.map { $0 + "(" }
    return definitions.variables.keys + functions
      + definitions.functions.keys.map { $0 + "(" }
  }

  var nodeWords: [String] {
    if let tape { return tape.graph.labels }
    let graph = try? currentGraph()
    return graph?.labels ?? definitions.variables.keys
  }
}
