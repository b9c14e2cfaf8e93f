internal import Console
internal import Language
internal import Terminal

/// The questions that were missed: a line for each, in the state folder, for its owner only.
struct MissedFile {
  private let folder: String?
  private var path: String? { folder.map { $0 + "/missed" } }

  init(_ environment: Environment) { folder = environment.stateFolder("backstep") }

  /// What is kept; nil where nothing has been yet.
  ///
  /// Lines that say nothing are pointed out and cost only themselves.
  func read() throws(Problem) -> MissedQuestions? {
    guard let path, Files.exists(path) else { return nil }
    let bytes = try Files.read(path, limit: Limit.lesson.bound)
    var unreadable = 0
    let questions = MissedQuestions(
      lines: Language.lines(of: bytes).map { String(decoding: $0, as: UTF8.self) },
      unreadable: &unreadable)
    if unreadable > 0 { complain(.damagedMissed(path, unreadable)) }
    return questions
  }

  /// Keeps what was missed; a folder that cannot be written is no reason to stop anyone learning.
  func keep(_ questions: MissedQuestions) {
    guard let folder, let path else { return }
    do throws(Problem) {
      try Files.makeFolder(folder)
      try Files.write(
        path, Array(questions.lines.map { $0 + "\n" }.joined().utf8), isPrivate: true)
    } catch {
      complain(error)
    }
  }
}

extension Problem {
  static func damagedMissed(_ path: String, _ count: Int) -> Problem {
    Problem(
      "bad-text",
      "\(path): \(count == 1 ? "a line that says" : "\(count) lines that say") nothing, so it is ignored"
    )
  }
}
