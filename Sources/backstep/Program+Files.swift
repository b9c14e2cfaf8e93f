internal import Console
internal import Language
internal import Terminal

// Files a session asks for.
extension Program {
  /// Writes the lines typed so far.
  mutating func save(_ path: String) throws(Problem) {
    let lines = conversation.session.log.map { $0 + "\n" }.joined()
    try put(Array((Self.savedHeader + lines).utf8), at: path)
    write("Saved \(conversation.session.log.count) lines to \(visible(path)).\n")
  }

  /// Writes a picture or a page.
  mutating func export(_ path: String, _ format: String, _ text: String) throws(Problem) {
    let bytes = Array(text.utf8)
    if path == "-" {
      write(text)
      return
    }
    try put(bytes, at: path)
    write("Wrote \(format), \(bytes.count) bytes, to \(visible(path)).\n")
  }

  /// Only what this run of the program wrote there, and nobody touched since, is written over.
  private mutating func put(_ bytes: [UInt8], at path: String) throws(Problem) {
    let target = environment.expandingHome(path)
    // A link that leads to nothing yet would make a file somewhere else.
    if Files.exists(target) || Files.isLink(target) {
      let now = try? Files.read(target, limit: Limit.script.bound)
      guard let before = saved[target], now == before else { throw .fileExists(path) }
    }
    try Files.write(target, bytes)
    saved[target] = bytes
  }

  private static let savedHeader = "# backstep session; source runs it\n"
}

extension Problem {
  static func fileExists(_ path: String) -> Problem {
    Problem(
      "cannot-create", "\(path) exists already", hint: "choose another name"
    )
  }
}
