import Engine
import Foundation
import Language
import Testing
import TestSupport

@testable import Export
@testable import Typesetting

/// Papers in every format, with harmless names and with others.
@Suite struct PaperTests {
  /// A paper with all kinds of blocks in it, around one text.
  private func paper(_ text: String) throws -> Paper {
    let scene = try scene(named: text)
    let formula = Formula.applying(
      Primitive.divide, [Formula(name: text), Formula(number: -0.000_000_15)])
    let math = Math(
      .name(text), .sign(.equals), .formula(formula), .sign(.arrow),
      .derivative(of: text, by: "w1"),
      .sign(.times), .operand(-4), .word(text), .nabla(text), .sign(.sum), .digits("-0.125"))
    let cells: [[Paper.Inline]] = [[.text(text)], [.math(math)], [.blank], [.code(text)]]
    return Paper(
      title: text, imprint: text,
      blocks: [
        .heading([.text(text)], level: 1), .heading([.math(math)], level: 2),
        .paragraph([.text(text), .strong(text), .emphasis(text), .code(text), .math(math)]),
        .display(math), .figure(scene, title: text), .list([cells[0], cells[1]]),
        .choices([[.text(text)], [.math(math)]]), .listing([text, "  " + text]), .pageBreak,
        .table(Paper.Table(cells, [.left, .centre, .right, .left], [cells, cells])),
      ] + (try WorkedAnswer(of: scene.tape, title: text)).blocks())
  }

  @Test func `HTML is one well-formed page without script, whatever a name is`() throws {
    let html = try #require(PaperFormat.named("html"))
    for record in try Hostile.all() {
      let text = try html.text(of: try paper(record.text))
      let found = Elements(text)
      #expect(found.isWellFormed, "\(record.id)")
      #expect(!found.names.contains("script") && found.names.count { $0 == "style" } == 1)
      #expect(found.attributes.allSatisfy { $0.isDisjoint(with: ["style", "onclick", "src"]) })
      #expect(found.names.contains("math") && found.names.contains("svg"))
    }
  }

  @Test func `MathML sets what a printer of formulas means`() throws {
    let style = Style()
    let mathML = { (text: String) in
      Math(.formula(try Formula(reading: text))).mathML(style)
    }
    #expect(try mathML("-4").contains("<mn>−4</mn>"))
    #expect(
      try mathML("a/b").contains("<mfrac><mrow><mi>a</mi></mrow><mrow><mi>b</mi></mrow></mfrac>"))
    #expect(try mathML("w12^2").contains("<msub><mi>w</mi><mn>12</mn></msub>"))
    #expect(
      try mathML("theta").contains("<mi>θ</mi>") && mathML("relu(x)").contains("<mi>ReLU</mi>"))
    #expect(try mathML("a - (b - c)").contains("(</mo><mrow><mi>b</mi><mo>−</mo><mi>c</mi></mrow>"))
    for (name, latex) in [
      ("W[2,1]", "W_{2,1}"), ("x[3]", "x_{3}"), ("@3", "g_{3}"), ("W1[2,1]", "W_{1}[2,1]"),
      ("loss", #"\mathrm{loss}"#), ("a_b", #"\mathrm{a\_b}"#), ("θ", #"\theta"#), ("h1", "h_{1}"),
    ] {
      #expect(NameParts(name).latex == latex)
      #expect(Elements("<m>\(NameParts(name).mathML)</m>").isWellFormed)
    }
    let small = Formula(number: -1.5e-7)
    #expect(small.written(.latex) == #"-1.5 \cdot 10^{-7}"#)
  }

  @Test func `no formula is so deep that a writer falls over`() throws {
    let deep = try Formula(
      reading: String(repeating: "(", count: 20_000) + "x" + String(repeating: "+1)", count: 20_000)
    )
    #expect(Math(.formula(deep)).mathML(Style()).count > 100_000)
  }

  @Test func `Markdown: cells stay in their columns, and dollars come in pairs`() throws {
    let markdown = try #require(PaperFormat.named("md"))
    for record in try Hostile.all() {
      let text = try markdown.text(of: try paper(record.text))
      // Without code and without signs that were made harmless.
      var bare = text.replacing(/```+text\n(?s:.)*?\n```+(?=\n|$)/, with: "")
      bare = bare.replacing(/\\[\\`*_{}\[\]#|~$!]/, with: "")
      for line in bare.split(separator: "\n") where line.hasPrefix("| ") {
        let code = line.replacing(/(`+)(?s:.)*?\1/, with: "")
        #expect([4, 5, 6, 3].contains(code.count { $0 == "|" }), "\(record.id): \(line)")
        #expect(code.count { $0 == "$" }.isMultiple(of: 2), "\(record.id): \(line)")
      }
    }
  }

  @Test func `TeX is ASCII, and says no control word that was not meant`() throws {
    let tex = try #require(PaperFormat.named("tex"))
    let words = { (text: String) in
      Set(text.matches(of: /\\([A-Za-z]+|[^A-Za-z])/).map { String($0.0) })
    }
    let own = words(try tex.text(of: try paper("a")))
    // What stands for signs that mean something to TeX, and for Greek letters.
    let signs: Set = [
      // Letters with accents.
      "\\r", "\\c", "\\v", "\\u", "\\H", "\\ss", "\\ae", "\\oe", "\\o", "\\l", "\\i",
      "\\{", "\\}", "\\$", "\\&", "\\#", "\\%", "\\_", "\\ ", "\\textbackslash",
      "\\textasciicircum", "\\textasciitilde", "\\textless", "\\textgreater", "\\textbar",
      "\\char", "\\small", "\\epsilon", "\\lambda", "\\mu", "\\dots", "\\cdot", "\\mathrm",
      "\\text",
    ]
    for record in try Hostile.all() {
      let text = try tex.text(of: try paper(record.text))
      #expect(text.utf8.allSatisfy { $0 < 0x7F && $0 >= 0x20 || $0 == 0x0A }, "\(record.id)")
      #expect(words(text).subtracting(own).subtracting(signs) == [], "\(record.id)")
    }
    let used = try tex.text(of: try paper("a")).matches(of: /\\usepackage(\[[^\]]*\])?\{([^}]*)\}/)
    let packages = Set(used.flatMap { $0.2.split(separator: ",").map(String.init) })
    #expect(
      packages == ["geometry", "amsmath", "amssymb", "booktabs", "xcolor", "tikz", "fancyhdr"])
  }

  @Test(.enabled(if: Tool.pdflatex.isInstalled))
  func `pdflatex sets a paper of every name`() throws {
    let folder = try Folder()
    let tex = try #require(PaperFormat.named("tex"))
    var papers: [String] = []
    for record in try Hostile.all() {
      papers.append(try tex.text(of: try paper(record.text)))
    }
    let opening = "\\begin{document}\n"
    let bodies = papers.compactMap {
      $0.components(separatedBy: opening).last?.replacing("\\end{document}\n", with: "")
    }
    let preamble = try #require(papers[0].components(separatedBy: "\\fancyfoot[L]").first)
    try folder.write(
      preamble + opening + bodies.joined(separator: "\\clearpage\n") + "\\end{document}\n",
      to: "x.tex")
    let (output, status) = try Tool.pdflatex.run(
      ["-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "x.tex"], in: folder.url)
    let log = String(decoding: output, as: UTF8.self)
    #expect(status == 0, "\(log.suffix(1500))")
  }

  @Test func `plain text keeps to its width, also in ASCII`() throws {
    var style = Style()
    style.unicode = false
    let text = try #require(PaperFormat.named("text"))
    for (lines, output, upstream) in [
      (slide, "f", nil),
      (["x = [1, 2, -1, 3, 2]", "w = [2, -1, 3]", "o = conv(x, w)"], "o", [1.0, -2, 3]),
      (["W = [[1, -1], [0.5, 2]]", "x = [1, 2]", "f = sum(tanh(W @ x))"], "f", nil),
    ] {
      let answer = try WorkedAnswer(
        of: try tape(lines, of: output, upstream: upstream), title: "An answer")
      for cut in WorkedAnswer.Cut.allCases {
        let written = try text.text(of: answer.paper(cut), style: style)
        #expect(written.utf8.allSatisfy { $0 < 0x7F })
        for line in written.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
      }
    }
  }

  @Test func `formats are found by their names`() {
    #expect(PaperFormat.all.map(\.name) == ["text", "md", "html", "tex"])
    #expect(PaperFormat.named("docx") == nil)
    #expect(Set(PaperFormat.all.map(\.fileExtension)).count == PaperFormat.all.count)
    #expect((0...27).map(letter).suffix(3) == ["z", "aa", "bb"])
  }
}
