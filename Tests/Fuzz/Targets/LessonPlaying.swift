internal import Console
internal import Language
internal import Lessons
internal import Typesetting

// A lesson that was read is played too: by somebody who asks for hints and guesses.
extension FuzzTarget {
  static func checkPlaying(_ lesson: Lesson) throws(Violation) {
    let commands = lesson.transcripts.flatMap(\.entries).map(\.command)
    let isLong = { (line: String) in isCostly(line) || line.contains("train") }
    guard !commands.contains(where: isLong), !lesson.questions.map(\.answer).contains(where: isLong)
    else { return }
    // The level follows from the lesson, so that the same input is played the same way.
    let levels = [nil] + LessonLevel.all.map { Optional($0) }
    let level = levels[lesson.title.utf8.count % levels.count]
    var player: LessonPlayer
    do throws(Problem) {
      player = try LessonPlayer(lesson, name: "t", settings: Settings(), level: level)
    } catch {
      return try requirePrintable(error.rendered, "the error \(error.code)")
    }
    try requirePrintable(player.proceed().rendered(Style()), "a lesson")
    let lines = ["", "0", "hint", "f = x", "a", "skip", "nan"]
    for turn in 0..<28 where !player.isOver {
      let line = lines[turn % lines.count]
      do throws(Problem) {
        let reply = try player.enter(line)
        let shown = reply.document.rendered(Style())
        if visible(shown) != shown { throw Problem("invisible", shown.debugDescription) }
      } catch {
        try require(error.code != "invisible", "a lesson shows \(error.message)")
        try requirePrintable(error.pointing(into: line).rendered, "the error \(error.code)")
      }
    }
  }
}
