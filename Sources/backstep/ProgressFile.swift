internal import Console
internal import Language
internal import Terminal

/// How far each lesson was played: a line for each, in the state folder, for its owner
/// only.
struct ProgressFile {
  private let path: String?

  init(_ environment: Environment) {
    path = environment.stateFolder("backstep").map { $0 + "/progress" }
  }

  /// The lines of the file, those that say nothing to us included; nil when it cannot be read.
  private var lines: [String]? {
    guard let path else { return nil }
    guard Files.exists(path) else { return [] }
    guard let bytes = try? Files.read(path, limit: Limit.lesson.bound) else { return nil }
    // A damaged line costs that line, and not what the others remember.
    return Language.lines(of: bytes).map { String(decoding: $0, as: UTF8.self) }
  }

  private static func fields(_ line: String) -> [String]? {
    let fields = line.split(separator: " ").map(String.init)
    return fields.count == 6 ? fields : nil
  }

  private var entries: [[String]] { (lines ?? []).compactMap(Self.fields) }

  /// `done, 3 of 4 at the first try`, or `card 2 of 5`.
  func summary(of name: String) -> String {
    guard let entry = entries.last(where: { $0[0] == name }) else { return "" }
    return entry[1] == entry[2]
      ? "done, \(entry[4]) of \(entry[5]) at the first try"
      : "card \((Int(entry[1]) ?? 0) + 1) of \(entry[2])"
  }

  /// Keeps how a lesson went; a folder that cannot be written is no reason to stop anyone learning.
  func keep(_ progress: LessonPlayer.Progress, of name: String) {
    // A name that could be taken for something else in the file is not kept.
    let isPlain = name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    guard let path, isPlain, !name.isEmpty, let lines else { return }
    let old = lines.filter { Self.fields($0)?[0] != name }
    // Done stays done, however far the next look at the lesson goes.
    let wasDone = entries.last { $0[0] == name }.map { $0[1] == $0[2] } ?? false
    if wasDone, progress.cards < progress.cardCount { return }
    let new = [
      name, "\(progress.cards)", "\(progress.cardCount)", "\(progress.answered)",
      "\(progress.answeredAtOnce)", "\(progress.questionCount)",
    ]
    let text = (old + [new.joined(separator: " ")]).map { $0 + "\n" }.joined()
    do throws(Problem) {
      try Files.makeFolder(String(path.dropLast("/progress".count)))
      try Files.write(path, Array(text.utf8), isPrivate: true)
    } catch {
      complain(error)
    }
  }
}
