/// Text to read: Markdown, taken apart into blocks of styled runs.
package struct Prose: Sendable, Hashable {
  /// How a piece of text is set apart.
  package enum Style: Sendable, Hashable {
    /// Running text.
    case plain
    /// `**text**`.
    case strong
    /// `*text*`.
    case emphasis
    /// Between backticks.
    case code
    /// Between dollars.
    case math
  }

  /// A piece of text in one style.
  package struct Run: Sendable, Hashable {
    /// The text, without Markdown marks.
    package internal(set) var text: String
    /// How it is set apart.
    package let style: Style

    /// Makes a piece of text.
    package init(_ text: String, _ style: Style = .plain) {
      self.text = text
      self.style = style
    }
  }

  /// A paragraph or something that stands like one.
  package struct Block: Sendable, Hashable {
    /// What a block can be.
    package enum Kind: Sendable, Hashable {
      /// Running text.
      case paragraph
      /// A heading below the one of the card.
      case heading
      /// An item of a list, with its bullet or number.
      case item(marker: String)
      /// Lines of code, shown as they are.
      case code([String])
      /// A row of a table, its cells padded to columns.
      case row
      /// A line across.
      case rule
    }

    /// What the block is.
    package let kind: Kind
    /// How many block quotes it stands in.
    package let quotes: Int
    /// How many lists it stands in, its own item included.
    package let level: Int
    /// Whether a blank line goes before it.
    package let isSpaced: Bool
    /// Its text.
    package let runs: [Run]
  }

  /// The blocks in order.
  package let blocks: [Block]

  /// The text alone, a line for each block.
  package var plainText: String {
    blocks.map { block in
      if case .code(let lines) = block.kind { return lines.joined(separator: "\n") }
      return block.runs.map(\.text).joined()
    }.joined(separator: "\n")
  }
}

extension Prose {
  /// Reads a piece of Markdown; what is not understood is shown as it is written.
  package init(_ markdown: String) {
    var reader = ProseReader()
    let lines = markdown.split(separator: "\n", omittingEmptySubsequences: false)
    self = reader.read(
      lines.enumerated().map { NumberedLine(number: $0.offset + 1, text: String($0.element)) })
  }
}
