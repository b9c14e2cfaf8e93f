internal import Language
package import Lessons
package import Typesetting

/// A web page in one file: prose, transcripts, circuits that can be stepped through, questions.
///
/// It needs no network and no library, and its script computes nothing: every number in it was
/// written by the engine.
package struct Page: Sendable {
  /// A part of a page.
  package enum Section: Sendable {
    case heading(String, level: Int)
    case prose(Prose)
    /// What is behind a summary until somebody opens it.
    case details(String, Prose)
    /// Lines that were typed, and what each was answered with.
    case transcript([(typed: String, answer: Document)], Style)
    /// A circuit to step through, from the beginning of its tape to the end.
    ///
    /// As long as a question after it is open, only so many events can be seen; all where nil.
    case circuit(Scene, title: String, events: Int?)
    /// Where a circuit further above has come to; its stepper follows the text.
    case progress(circuit: Int, events: Int)
    case question(PageQuestion)
  }

  /// Whether a circuit is small enough for a page.
  package static func canDraw(_ scene: Scene) -> Bool {
    (try? Diagram(scene, title: "")) != nil
  }

  package let title: String
  /// A line below the title, such as where the numbers come from.
  package let about: String
  package let sections: [Section]
  /// Where the other pages are, for a page among others.
  package let links: [(title: String, file: String)]

  package init(
    title: String, about: String, sections: [Section], links: [(title: String, file: String)] = []
  ) {
    self.title = title
    self.about = about
    self.sections = sections
    self.links = links
  }
}

/// A question of a page, with all the engine has to say to its answers.
package struct PageQuestion: Sendable {
  /// How a question is answered.
  package enum Kind: Sendable {
    /// With a number: the right one, and wrong ones with what each of them shows.
    case number(Double, shown: String, wrong: [(number: Double, message: String)])
    /// With one of several choices: their letters, the right letter, and words to wrong ones.
    case choice([(letter: String, text: Prose)], right: String, messages: [String: String])
  }

  package let prompt: Prose
  package let kind: Kind
  package let hints: [String]
  /// What is said after the right answer.
  package let because: String

  package init(prompt: Prose, kind: Kind, hints: [String], because: String) {
    self.prompt = prompt
    self.kind = kind
    self.hints = hints
    self.because = because
  }

  /// The answer and all that is said about answers.
  var key: JSON {
    var members: [(String, JSON)] = []
    switch kind {
    case .number(let answer, let shown, let wrong):
      members = [
        ("answer", .number(answer)), ("shown", .text(shown)),
        ("wrong", .list(wrong.map { .list([.number($0.number), .text($0.message)]) })),
      ]
    case .choice(_, let right, let messages):
      members = [
        ("right", .text(right)), ("shown", .text(right + ")")),
        (
          "messages", .object(messages.sorted { $0.key < $1.key }.map { ($0.key, .text($0.value)) })
        ),
      ]
    }
    members += [("hints", .list(hints.map { .text($0) })), ("after", .text(because))]
    return .object(members)
  }

  /// The question for the script; its key cannot be read by just looking at the page.
  var data: JSON {
    let kindName: JSON =
      switch kind {
      case .number: "number"
      case .choice: "choice"
      }
    return .object([
      ("kind", kindName), ("key", .text(base64(key.written))),
    ])
  }
}

/// The bytes of a text in letters and digits (RFC 4648, section 4).
func base64(_ text: String) -> String {
  let signs = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
  let bytes = Array(text.utf8)
  var result = ""
  for start in stride(from: 0, to: bytes.count, by: 3) {
    let three = bytes[start..<min(start + 3, bytes.count)].map(Int.init)
    let bits =
      three[0] << 16 | (three.count > 1 ? three[1] << 8 : 0) | (three.count > 2 ? three[2] : 0)
    for place in 0..<4 {
      result.append(place <= three.count ? signs[(bits >> (18 - 6 * place)) & 63] : "=")
    }
  }
  return result
}
