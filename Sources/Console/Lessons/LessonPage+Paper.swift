internal import Engine
internal import Export
package import Language
internal import Lessons
package import Typesetting

extension LessonPage {
  /// The worked answers of the lesson: every question with its answer and its reason, and every circuit
  /// that is stepped through.
  package func paper(
    _ cut: WorkedAnswer.Cut, fading: Int, imprint: String
  ) throws(Problem) -> Paper {
    if let failure { throw failure }
    var paper = Paper(title: lesson.title, imprint: imprint)
    var heading: String?
    var number = 0
    for section in sections {
      switch section {
      case .heading(let text, _): heading = text
      case .prose, .details, .transcript, .progress: break
      case .question(let question):
        number += 1
        if let text = heading { paper.blocks.append(.heading([.text(text)], level: 1)) }
        heading = nil
        paper.blocks += Self.blocks(question, number: number, cut)
      case .circuit(let scene, let title, _):
        // A circuit that nobody would work by hand is left to the page.
        guard cut != .key,
          let answer = try? WorkedAnswer(
            of: scene.tape, title: title, loss: scene.style.loss)
        else { continue }
        paper.blocks.append(.heading([.text("Circuit: " + title)], level: 1))
        heading = nil
        paper.blocks += answer.blocks(cut, fading: fading)
      }
    }
    return paper
  }

  private static func blocks(
    _ question: PageQuestion, number: Int, _ cut: WorkedAnswer.Cut
  ) -> [Paper.Block] {
    var blocks: [Paper.Block] = []
    for (place, words) in question.prompt.lines.enumerated() {
      blocks.append(.paragraph((place == 0 ? [.strong("\(number). ")] : []) + words))
    }
    var answer: [Paper.Inline] = [.strong("Answer: ")]
    switch question.kind {
    case .number(_, let shown, _):
      answer.append(cut == .student ? .blank : .math(Math(.digits(shown))))
    case .choice(let choices, let right, _):
      blocks.append(.choices(choices.map { $0.text.lines.flatMap { $0 } }))
      answer.append(cut == .student ? .blank : .text(right + ")"))
    }
    blocks.append(.paragraph(answer))
    if cut == .worked, !question.because.isEmpty {
      blocks.append(.paragraph([.text(question.because)]))
    }
    return blocks
  }
}

extension Prose {
  /// The text as lines of a paper, one for each of its blocks.
  var lines: [[Paper.Inline]] {
    blocks.map { block in
      if case .code(let code) = block.kind { return [.code(code.joined(separator: " "))] }
      return block.runs.map { run in
        switch run.style {
        case .plain: .text(run.text)
        case .strong: .strong(run.text)
        case .emphasis, .math: .emphasis(run.text)
        case .code: .code(run.text)
        }
      }
    }
  }
}
