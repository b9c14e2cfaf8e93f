package import Language
package import Typesetting

/// A format that a paper can be written in; its record drives the commands, help, docs and tests.
package struct PaperFormat: Sendable {
  /// What is typed: `md`.
  package let name: String
  /// How its files end, without the point.
  package let fileExtension: String
  package let summary: String
  let write: @Sendable (Paper, Style) throws(Problem) -> String

  /// The paper in this format.
  ///
  /// `style`: how numbers are rounded; for plain text also its width and its signs.
  package func text(of paper: Paper, style: Style = Style()) throws(Problem) -> String {
    try write(paper, style)
  }

  /// Every format, the one for the screen first.
  package static let all: [PaperFormat] = [
    PaperFormat(
      name: "text", fileExtension: "txt", summary: "plain text for a screen of 80 columns",
      write: { (paper: Paper, style: Style) throws(Problem) -> String in
        PaperText(style).text(paper)
      }),
    PaperFormat(
      name: "md", fileExtension: "md",
      summary: "Markdown with formulas in LaTeX, as GitHub reads it",
      write: { (paper: Paper, style: Style) throws(Problem) -> String in
        PaperMarkdown(style).text(paper)
      }),
    PaperFormat(
      name: "html", fileExtension: "html",
      summary: "a page without script, to read or to print from a browser",
      write: { (paper: Paper, style: Style) throws(Problem) -> String in
        PaperHTML(style).text(paper)
      }),
    PaperFormat(
      name: "tex", fileExtension: "tex", summary: "a document for pdflatex",
      write: { (paper: Paper, style: Style) throws(Problem) -> String in
        PaperTeX(style).text(paper)
      }),
  ]

  /// The format of a name.
  package static func named(_ name: String) -> PaperFormat? { all.first { $0.name == name } }
}
