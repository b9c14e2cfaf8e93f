internal import Lessons
internal import Language

/// A question that was missed, so that it can be found again.
package struct MissedQuestion: Hashable, Sendable {
  /// The name of the lesson, such as `05-backpropagation-by-example`.
  package let lesson: String
  /// Which question of the lesson it is, from 1; 0 for one that the engine made.
  package let number: Int
  /// The answer as the lesson writes it, by which it is found when the lesson has changed.
  package let answer: String
  /// How often it has been asked again; each time the numbers are others.
  package private(set) var rounds = 0

  init(lesson: String, number: Int, answer: String) {
    self.lesson = lesson
    self.number = number
    self.answer = answer
  }

  /// The same question with its numbers used up.
  var askedAgain: MissedQuestion {
    var copy = self
    // After so many rounds nobody remembers the first numbers.
    copy.rounds = rounds >= 1_000_000 ? 1 : rounds + 1
    return copy
  }

  func isSameQuestion(as other: MissedQuestion) -> Bool {
    lesson == other.lesson && number == other.number && answer == other.answer
  }

  /// What makes its numbers its own, and others each time.
  var seed: UInt64 {
    // FNV-1a: the same on every machine, which Swift's own hash values are not.
    (lesson + answer).utf8.reduce(0xCBF2_9CE4_8422_2325 ^ UInt64(rounds)) {
      ($0 ^ UInt64($1)) &* 0x0100_0000_01B3
    }
  }

  // MARK: - As a line

  /// `05-backpropagation-by-example 4 0 grad w3`.
  var line: String { "\(lesson) \(number) \(rounds) \(answer)" }

  /// Reads such a line; nil for any other.
  init?(line: String) {
    let fields = line.split(separator: " ", maxSplits: 3, omittingEmptySubsequences: false)
    guard fields.count == 4, let number = Int(fields[1]), let rounds = Int(fields[2]),
      (0...10_000).contains(number), (0...1_000_000).contains(rounds), !fields[0].isEmpty,
      !fields[3].isEmpty, Self.canBeKept(line)
    else { return nil }
    self.init(lesson: String(fields[0]), number: number, answer: String(fields[3]))
    self.rounds = rounds
  }

  /// Whether a line can be written down and read again: visible, and not endless.
  private static func canBeKept(_ line: String) -> Bool {
    line.utf8.count <= 1_000 && visible(line) == line && !line.contains("\n")
  }

  /// Whether it can be kept in a file.
  var canBeKept: Bool { !lesson.contains(" ") && Self.canBeKept(line) }
}

/// The questions that were missed and not answered at once since, the one missed first first.
package struct MissedQuestions: Hashable, Sendable {
  package private(set) var all: [MissedQuestion] = []

  /// How many are kept; the oldest give way.
  private static let most = 1_000

  package init() {}

  /// Reads what `lines` wrote, and counts the lines that say nothing.
  package init(lines: [String], unreadable: inout Int) {
    for line in lines where !line.isEmpty {
      guard let question = MissedQuestion(line: line) else {
        unreadable += 1
        continue
      }
      if !all.contains(where: question.isSameQuestion) { all.append(question) }
    }
    all = all.suffix(Self.most)
  }

  /// What is written to a file: a line for each question that can be kept.
  package var lines: [String] { all.filter(\.canBeKept).map(\.line) }

  /// Takes in how a lesson or a review went; saying the same twice changes nothing.
  package mutating func take(_ player: LessonPlayer) {
    for (question, key) in zip(player.lesson.questions, player.keys) where question.isReviewable {
      guard let isMissed = player.isMissed[key] else { continue }
      let place = all.firstIndex(where: key.isSameQuestion)
      switch (isMissed, place) {
      case (false, let place?): all.remove(at: place)
      case (true, let place?) where player.isReview: all[place] = key
      case (true, nil): all.append(key)
      default: break
      }
    }
    all = all.suffix(Self.most)
  }

  /// Takes questions off the list.
  mutating func forget(_ questions: [MissedQuestion]) {
    all.removeAll { known in questions.contains { $0.isSameQuestion(as: known) } }
  }

  /// Those of one lesson, or all.
  package func of(_ lesson: String?) -> [MissedQuestion] {
    all.filter { lesson == nil || $0.lesson == lesson }
  }
}
