import Foundation
import Language
import TestSupport
import Testing
import Typesetting

@testable import Export

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// The elements, attributes and texts of an XML file, as a real parser finds them.
final class Elements: NSObject, XMLParserDelegate {
  private(set) var names: [String] = []
  private(set) var attributes: [Set<String>] = []
  private(set) var texts: [String] = []
  private var text = ""
  private(set) var isWellFormed = false

  init(_ xml: String) {
    super.init()
    let parser = XMLParser(data: Data(xml.utf8))
    parser.delegate = self
    isWellFormed = parser.parse()
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes found: [String: String] = [:]
  ) {
    names.append(name)
    attributes.append(Set(found.keys))
    text = ""
  }

  func parser(_ parser: XMLParser, foundCharacters found: String) { text += found }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    if name == "text" || name == "title" { texts.append(text) }
  }
}

/// Names that try to get out of the format they are written in, read back by real readers.
@Suite struct HostileExportTests {
  private func texts(_ exporter: String) throws -> [(id: String, text: String, written: String)] {
    try Hostile.all().map { record in
      let exporter = try #require(Exporter.named(exporter))
      return (
        record.id, record.text,
        try exporter.text(of: try scene(named: record.text), title: record.text)
      )
    }
  }

  /// Counts the texts that have gone through a format, for `.build/evidence/hostile.json`.
  private func note(_ format: String) throws {
    try Evidence.note(try Hostile.all().count, as: format, of: "exports", in: "hostile")
  }

  @Test func `SVG: the same elements and attributes, and the name as it is shown`() throws {
    let svg = try #require(Exporter.named("svg"))
    let plain = Elements(try svg.text(of: try scene(named: "a"), title: "a"))
    #expect(plain.isWellFormed && plain.names.count > 30)
    for (id, text, written) in try texts("svg") where !text.isEmpty {
      let found = Elements(written)
      #expect(found.isWellFormed, "\(id)")
      // The name of the gate is longer, and so is its box: nothing else may differ.
      #expect(found.names == plain.names, "\(id)")
      #expect(found.attributes == plain.attributes, "\(id)")
      let shown = visible(text).replacing("\u{FFFE}", with: "\u{FFFD}")
      #expect(found.texts.contains(shown + "2"), "\(id): \(found.texts)")
    }
    try note("svg")
  }

  @Test(.enabled(if: Tool.dot.isInstalled))
  func `DOT: dot draws the same nodes and edges, and labels read back`() throws {
    let folder = try Folder()
    let dot = try #require(Exporter.named("dot"))
    let objects = { (text: String) throws -> (nodes: Int, edges: Int, labels: [String]) in
      try folder.write(text, to: "x.dot")
      let (output, status) = try Tool.dot.run(["-Tsvg", "x.dot"], in: folder.url)
      guard status == 0 else { return (0, 0, [String(decoding: output, as: UTF8.self)]) }
      let svg = String(decoding: output, as: UTF8.self)
      let found = Elements(svg)
      return (
        svg.ranges(of: "class=\"node\"").count, svg.ranges(of: "class=\"edge\"").count,
        found.texts.map { $0.replacing("\u{A0}", with: " ").trimmingCharacters(in: .whitespaces) }
      )
    }
    let plain = try objects(try dot.text(of: try scene(named: "a"), title: "a"))
    // Two inputs and two gates, each with its wire; and the result.
    #expect(plain.nodes == 9)
    for (id, text, written) in try texts("dot") {
      let found = try objects(written)
      #expect(found.nodes == plain.nodes && found.edges == plain.edges, "\(id): \(found.labels)")
      #expect(!found.labels.isEmpty)
      let shown = visible(text + "3").replacing("\n", with: " ").trimmingCharacters(
        in: .whitespaces)
      #expect(
        found.labels.contains(shown.replacing("\u{FFFE}", with: "\u{FFFD}")),
        "\(id): \(found.labels)")
    }
    try note("dot")
  }

  @Test func `TikZ: no control word that the program did not mean`() throws {
    let tikz = try #require(Exporter.named("tikz"))
    let words = { (text: String) in
      Set(text.matches(of: /\\([A-Za-z]+|[^A-Za-z])/).map { String($0.0) })
    }
    let own = words(try tikz.text(of: try scene(named: "a"), title: "a"))
    // What stands for signs that mean something to TeX.
    let signs: Set = [
      // Letters with accents.
      "\\r", "\\c", "\\v", "\\u", "\\H", "\\ss", "\\ae", "\\oe", "\\o", "\\l", "\\i",
      "\\{", "\\}", "\\$", "\\&", "\\#", "\\%", "\\_", "\\textbackslash", "\\textasciicircum",
      "\\textasciitilde", "\\textless", "\\textgreater", "\\textbar", "\\char", "\\small",
      "\\epsilon", "\\mu", "\\dots", "\\cdot",
    ]
    for (id, _, written) in try texts("tikz") {
      #expect(words(written).subtracting(own).subtracting(signs) == [], "\(id)")
    }
  }

  @Test(.enabled(if: Tool.pdflatex.isInstalled))
  func `TikZ: pdflatex sets every name, one page each`() throws {
    let folder = try Folder()
    let pages = try texts("tikz").map(\.written)
    try folder.write(
      "\\documentclass{article}\n\\usepackage[utf8]{inputenc}\n\\usepackage{tikz}\n"
        + "\\usepackage[paperwidth=300cm,paperheight=20cm,margin=1cm]{geometry}\n"
        + "\\begin{document}\n" + pages.joined(separator: "\\newpage\n") + "\\end{document}\n",
      to: "x.tex")
    let (output, status) = try Tool.pdflatex.run(
      ["-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "x.tex"], in: folder.url)
    let log = String(decoding: output, as: UTF8.self)
    #expect(status == 0, "\(log.suffix(1500))")
    #expect(log.contains("(\(pages.count) pages"))
    try note("tikz")
  }

  @Test func `JSON: a strict parser reads the name back as it was`() throws {
    for (id, text, written) in try texts("json") {
      let data = try #require(
        try JSONSerialization.jsonObject(with: Data(written.utf8)) as? [String: Any], "\(id)")
      // Nor does it turn lines around, or hide anything, for who looks at the file.
      #expect(visible(written) == written && !written.contains("\t"), "\(id)")
      let nodes = try #require(data["nodes"] as? [[String: Any]])
      #expect(
        nodes.contains {
          ($0["label"] as? String)?.unicodeScalars.elementsEqual(text.unicodeScalars) == true
        }, "\(id)")
    }
    try note("json")
  }

  @Test(.enabled(if: Reader.hasPython))
  func `scripts: the same tree for every name, and nothing but our own calls`() throws {
    for framework in Framework.all {
      let names = try ["a"] + Hostile.all().map(\.text)
      let scripts = try names.map {
        try Script.of(try computation(named: $0), for: framework, about: [$0, "f = \($0)"])
      }
      let folder = try Folder()
      let (input, output) = (folder.url.appending(path: "in"), folder.url.appending(path: "out"))
      try JSONSerialization.data(withJSONObject: scripts).write(to: input)
      let (log, status) = try Reader.python(
        Reader.script("parse_scripts.py"), input.path, output.path)
      #expect(status == 0, "\(String(decoding: log, as: UTF8.self))")
      let trees = try JSONDecoder().decode([String].self, from: Data(contentsOf: output))
      #expect(trees.count == names.count && trees[0].count > 100)
      for (name, tree) in zip(names, trees) {
        #expect(tree == trees[0], "\(framework.name): \(name.debugDescription)")
      }
    }
  }

  @Test func `HTML: nothing in the text of a page can end its script or begin another`() throws {
    for (id, _, written) in try texts("html") {
      // The data and the program: two scripts, whatever the name is.
      #expect(written.ranges(of: "<script").count == 2, "\(id)")
      #expect(written.ranges(of: "</script").count == 2, "\(id)")
      #expect(written.ranges(of: "<style").count == 1, "\(id)")
      #expect(!written.contains("<!--"), "\(id)")
      let scalars = written.unicodeScalars
      #expect(!scalars.contains { $0.value < 0x20 && $0 != "\n" || $0.value == 0x202E }, "\(id)")
    }
    try note("html")
  }
}
