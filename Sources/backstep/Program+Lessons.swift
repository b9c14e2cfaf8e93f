internal import Console
internal import Language
internal import Lessons
internal import Terminal
internal import Typesetting

extension Program {
  /// Plays a lesson, faded to a level where one is given, or lists them.
  mutating func openLesson(_ query: String?, level: LessonLevel? = nil) throws(Problem) {
    guard let query else {
      listLessons()
      return
    }
    let (lesson, name) = try lessons.open(query, environment)
    show(try conversation.play(lesson, name: name, level: level))
    endLessonIfOver()
  }

  /// Asks what was missed again: of one lesson, or of all.
  mutating func openReview(_ query: String?) throws(Problem) {
    let wanted = try query.map { query throws(Problem) in try lessons.open(query, environment).name
    }
    recallMissed()
    let missed = conversation.missed.of(wanted)
    var found = conversation.lessons
    var lost: Set<String> = []
    for name in Set(missed.map(\.lesson)) where found[name] == nil {
      if let (lesson, _) = try? lessons.open(name, environment) {
        found[name] = lesson
      } else {
        lost.insert(name)
      }
    }
    if !lost.isEmpty { complain(.lessonsAreGone(lost.sorted())) }
    guard let document = conversation.review(missed, of: found) else {
      show(Document(lines: ["Nothing to review: no question is left that was missed."]))
      return
    }
    show(document)
    endLessonIfOver()
  }

  /// Takes what earlier runs of the program kept as missed.
  private mutating func recallMissed() {
    guard keepsHistory else { return }
    do throws(Problem) {
      conversation.missed = try MissedFile(environment).read() ?? conversation.missed
    } catch {
      complain(error)
    }
  }

  /// Every lesson with its title, and how far the learner came.
  private mutating func listLessons() {
    let progress = ProgressFile(environment)
    let rows = lessons.titles.map { entry -> [Text] in
      [Text(entry.number), Text(entry.title), Text(progress.summary(of: entry.name), .dim)]
    }
    guard !rows.isEmpty else {
      show(Document(lines: ["There are no lessons here. lesson FILE plays one of your own."]))
      return
    }
    show(
      Document([
        .table(
          Table(
            [.init("", .right), .init("lesson"), .init("")], rows, indent: 0, underline: .whole)),
        .line(Text()), .line("lesson 5 plays number 5."),
      ]))
  }

  /// Leaves the lesson and keeps how far it went.
  mutating func leaveLesson() {
    keepProgress()
    show(conversation.leave())
  }

  /// Ends a lesson of which nothing is left, and keeps how it went.
  mutating func endLessonIfOver() {
    guard let player = conversation.player, player.isOver else { return }
    keepProgress()
    conversation.leaveIfOver()
  }

  mutating func keepProgress() {
    if let player = conversation.player { keepProgress(of: player) }
  }

  /// Keeps how far a lesson went, when it has just been left.
  mutating func keepProgress(of player: LessonPlayer) {
    guard !player.isMissed.isEmpty || player.progress != nil else { return }
    // Another run of the program may have written there since.
    if keepsHistory, let now = try? MissedFile(environment).read() { conversation.missed = now }
    let before = conversation.missed
    conversation.missed.take(player)
    guard keepsHistory else { return }
    if let progress = player.progress {
      ProgressFile(environment).keep(progress, of: player.name)
    }
    if conversation.missed != before { MissedFile(environment).keep(conversation.missed) }
  }
}

extension Problem {
  static func lessonsAreGone(_ names: [String]) -> Problem {
    Problem(
      "no-such-file", "\(names.joined(separator: ", ")) cannot be found, so it is left out",
      hint: "lesson FILE plays a file, and review asks about it then")
  }
}
