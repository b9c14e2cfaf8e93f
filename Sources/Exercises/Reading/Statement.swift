internal import Language

/// One line of a problem's block, taken apart but not yet understood.
enum Statement {
  case definition(String)
  case range(names: [String], String)
  case ask(String)
  case keep(String)
  case stratum(String)
  case wrong(String)
  case mistakes(String)
  case allow(String)
  case constant(String)
  case output(String)
  case choose(String)
  case findError
  case set(String)
  case hide(String)

  /// The words that begin a line, and what each makes of the rest of it.
  private static let readers: [(word: String, make: @Sendable (String) -> Statement)] = [
    ("ask", { .ask($0) }), ("keep", { .keep($0) }), ("stratum", { .stratum($0) }),
    ("wrong", { .wrong($0) }), ("mistakes", { .mistakes($0) }), ("allow", { .allow($0) }),
    ("constant", { .constant($0) }), ("output", { .output($0) }), ("choose", { .choose($0) }),
    ("find-error", { _ in .findError }),
    ("set", { .set($0) }), ("hide", { .hide($0) }),
  ]

  /// Every word that begins a line, for messages.
  static let words = readers.map(\.word)

  /// Reads a line; nil for one that is nothing of all this.
  init?(_ text: String) {
    let word = text.prefix { $0 != " " }
    if let reader = Self.readers.first(where: { $0.word == word }) {
      // `ask = 2` would be a definition.
      let rest = String(text.dropFirst(word.count)).trimmed
      if !rest.hasPrefix("=") {
        self = reader.make(rest)
        return
      }
    }
    if let (names, range) = text.parted(by: " in ") {
      self = .range(names: names.partedOutsideBrackets(by: ","), range.trimmed)
    } else if text.contains("=") {
      self = .definition(text)
    } else {
      return nil
    }
  }
}
