package import Typesetting

/// A recording of a terminal for asciinema, version 2: a header, then a line for each piece of output.
///
/// The times are those of someone who types and reads at ease; the same lesson gives the same bytes.
package struct Cast {
  private var lines: [String]
  private var time = 0.0
  /// How long the line before takes to read.
  private var pause = 0.0
  private let style: Style

  /// The seconds between two keys, before a line of output, and before the next line is typed.
  private static let (key, line, thought) = (0.06, 0.12, 2.0)
  /// The seconds somebody needs for a word of prose.
  private static let word = 0.2

  package init(title: String, style: Style, rows: Int) {
    self.style = style
    let header = JSON.object([
      ("version", 2), ("width", .count(style.width)), ("height", .count(rows)),
      ("title", .text(title)), ("env", .object([("TERM", "xterm-256color")])),
    ])
    lines = [header.written]
  }

  /// Records a document; what stands behind a prompt is typed key by key.
  package mutating func add(_ document: Document, prompt: String) {
    for text in document.lines(style) {
      let plain = text.trimmingEnd.plain
      // Prose stands behind a bar; the line before is read before the next one comes.
      let isProse = plain.hasPrefix(style.signs.bar)
      if plain.hasPrefix(prompt) {
        time += Self.thought
        emit(shown(.init(prompt, .dim)))
        for character in plain.dropFirst(prompt.count) {
          time += Self.key
          emit(shown(.init(String(character), .strong)))
        }
        time += Self.key
        emit("\r\n")
      } else {
        time += Self.line + (isProse ? pause : 0)
        pause = Double(plain.split(separator: " ").count) * Self.word
        emit(shown(text.trimmingEnd) + "\r\n")
      }
    }
  }

  /// The text as the terminal gets it, without the end of its line but with blanks at its end.
  private func shown(_ text: Text) -> String {
    let blanks = text.plain.reversed().prefix { $0 == " " }.count
    return Document.line(text).rendered(style, colour: true).dropLast()
      + String(repeating: " ", count: blanks)
  }

  private mutating func emit(_ text: String) {
    let milliseconds = (time * 1000).rounded() / 1000
    lines.append(JSON.list([.number(milliseconds), "o", .text(text)]).written)
  }

  /// The whole file.
  package var text: String { lines.joined(separator: "\n") + "\n" }
}
