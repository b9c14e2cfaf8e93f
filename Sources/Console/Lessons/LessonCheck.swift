internal import Engine
package import Language
package import Lessons
internal import Typesetting

/// A lesson run from its first line to its last, with everything that is not as the file says.
package struct LessonCheck: Sendable {
  /// One thing that is not as the file says.
  package struct Failure: Sendable {
    package let line: Int
    package let problem: Problem
    /// What `--accept` would write; nil where a person has to decide.
    package let replacement: Replacement?
  }

  /// How many outputs, assertions and answers were compared.
  package private(set) var count = 0
  package private(set) var failures: [Failure] = []
  private var session: Session
  private let lesson: Lesson

  /// Plays the lesson without a pause, 80 columns wide.
  package init(of lesson: Lesson) {
    self.lesson = lesson
    session = Session(for: lesson)
    for card in lesson.cards {
      for item in card.items {
        switch item.kind {
        case .prose: break
        case .transcript(let transcript): run(transcript)
        case .question(let question): check(question)
        }
      }
    }
  }

  // MARK: - Transcripts

  private mutating func run(_ transcript: Transcript) {
    guard session.isReady(for: transcript, from: Session(for: lesson)) else { return }
    for entry in transcript.entries {
      let (lines, problem) = session.played(entry.command)
      count += 1
      if entry.isAssertion {
        if let problem { fail(entry.line, problem) }
        continue
      }
      guard
        let difference = Comparison.firstDifference(
          expected: entry.output, actual: lines, tolerance: lesson.tolerance)
      else { continue }
      let hadError = entry.output.contains { $0.hasPrefix("error:") }
      let line = difference.expectedIndex.map { entry.line + 1 + $0 } ?? entry.line
      failures.append(
        Failure(
          line: line,
          problem: problem != nil && !hadError
            ? .lineFailed(entry.command, lines) : .outputDiffers(difference),
          replacement: problem != nil && !hadError
            ? nil : Replacement(lines: entry.outputLines, output: lines)))
    }
  }

  private mutating func fail(_ line: Int, _ problem: Problem) {
    failures.append(Failure(line: line, problem: problem, replacement: nil))
  }

  // MARK: - Questions

  private mutating func check(_ question: Question) {
    count += 1
    if case .choose = question.kind { return }
    let answer: Double
    do throws(Problem) {
      answer = try session.answer(question.answer)
    } catch {
      fail(question.answerLine, error)
      return
    }
    if !answer.isFinite { fail(question.answerLine, .answerNotFinite(question.answer, answer)) }
    for feedback in question.feedback {
      do throws(Problem) {
        let wrong = try session.answer(feedback.condition)
        if Answer.isRight(wrong, typed: feedback.condition, expected: answer) {
          fail(feedback.line, .feedbackForRightAnswer(feedback.condition, answer))
        }
      } catch {
        fail(feedback.line, error)
      }
    }
  }
}

extension Session {
  /// The lines a command prints in a lesson, errors included.
  package mutating func played(_ command: String) -> (lines: [String], problem: Problem?) {
    do throws(Problem) {
      let reply = try enter(command)
      if reply.effect != nil {
        let name = Words(command).first?.text ?? command
        throw .isReservedForPrompt(name)
      }
      var style = settings.style
      style.width = settings.width ?? 80
      return (Language.lines(of: reply.document.rendered(style)), nil)
    } catch {
      return (Language.lines(of: error.rendered), error)
    }
  }

  /// The number an expression of a lesson stands for, with the present pass run to its end.
  func answer(_ text: String) throws(Problem) -> Double {
    do throws(Problem) {
      return try number(text, in: .session)
    } catch {
      throw error.pointing(into: text)
    }
  }
}

extension Problem {
  static func answerNotFinite(_ text: String, _ value: Double) -> Problem {
    Problem(
      "answer-not-finite",
      "the answer \(text) is \(value.formatted(.arithmetic)), which nobody can type")
  }

  static func feedbackForRightAnswer(_ condition: String, _ answer: Double) -> Problem {
    Problem(
      "feedback-for-right-answer",
      "if \(condition) would scold the right answer, \(answer.formatted(.arithmetic))",
      hint: "choose numbers that tell the mistake from the answer")
  }

  static func lineFailed(_ command: String, _ lines: [String]) -> Problem {
    Problem(
      "line-failed",
      "\(command) does not run: \(lines.first.map { String($0.dropFirst(7)) } ?? "")",
      hint: lines.first { $0.hasPrefix("hint: ") }.map { String($0.dropFirst(6)) })
  }

  static func outputDiffers(_ difference: Comparison.Difference) -> Problem {
    let message: String =
      if let numbers = difference.numbers {
        "the lesson says \(numbers.expected), the engine says \(numbers.actual)"
      } else if let expected = difference.expectedLine, let actual = difference.actualLine {
        "the lesson says \"\(expected.trimmed)\", the engine says \"\(actual.trimmed)\""
      } else if let expected = difference.expectedLine {
        "the lesson says \"\(expected.trimmed)\", the engine says no more"
      } else {
        "the engine also says \"\((difference.actualLine ?? "").trimmed)\""
      }
    return Problem("output-differs", message, hint: "check --accept writes what the engine says")
  }
}
