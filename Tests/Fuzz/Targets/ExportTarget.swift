internal import Console
internal import Engine
internal import Exercises
internal import Export
internal import Language
internal import Typesetting

extension FuzzTarget {
  static let export = FuzzTarget(
    name: "export",
    summary:
      "each format in turn, chosen by the first byte: a name from the first line, a session from the others, written and read back",
    asserts: [
      "SVG, QTI and Moodle's XML are well-formed, with the same elements and attributes as for a harmless name",
      "JSON is read by a strict decoder, has no nan in it, and gives the name back sign by sign",
      "pages have the same tags as for a harmless name, two scripts and no comment; papers the same tags",
      "DOT and TikZ have the same signs outside of strings, and brackets that close; TikZ and TeX no control word that the program did not mean",
      "a table has the same rows and cells, read by the rules of RFC 4180",
      "nothing that is written has anything invisible in it, and it is the same when written twice",
      "a session's circuit at any place is written or refused with words",
    ],
    maxLength: 200,
    words: {
      ["a = -2, b = 5\n", "f = a * b\n"] + Command.all.map(\.name) + hostileWords
    },
    share: 128,
    take: { bytes throws(Violation) in
      guard let choice = bytes.first else { return }
      let name = String(decoding: bytes.dropFirst().prefix { $0 != 0x0A }, as: UTF8.self)
      guard !name.isEmpty, name.utf8.count <= 60 else { return }
      let kinds = WrittenFormat.all
      let format = kinds[Int(choice) % kinds.count]
      for written in try format.text({ () throws(Problem) in try format.write(name) }) ?? [] {
        try require(!written.text.isEmpty, "\(format.name) of nothing")
      }
    },
    check: { bytes throws(Violation) in
      guard let choice = bytes.first else { return }
      let text = String(decoding: bytes.dropFirst(), as: UTF8.self)
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      guard let name = lines.first, name.utf8.count <= 60 else { return }
      let kinds = WrittenFormat.all
      let format = kinds[Int(choice) % kinds.count]
      if !name.isEmpty { try format.check(name: name) }
      let rest = lines.dropFirst().prefix(12).filter { !$0.isEmpty }
      guard !rest.isEmpty, !rest.contains(where: isCostly) else { return }
      let patience = Patience()
      var session = Session()
      session.attention.isInterrupted = { patience.isOver() }
      for line in rest {
        patience.begin()
        do throws(Problem) { _ = try session.enter(line) } catch { continue }
      }
      try format.check(session)
    })

  /// What has ended strings, elements, comments, scripts and macros elsewhere.
  private static let hostileWords = [
    "</script>", "<script>", "<!--", "-->", "]]>", "<![CDATA[", "\"", "'", "&amp;", "&#0;",
    "<TABLE>",
    "\\", "\\n", "{", "}", "$", "%", "#", "\\input{x}", "^^", "~", "=", "=cmd|",
    "{1:NUMERICAL:=1:0}",
    "::", "//", "\u{1B}[2J", "\u{202E}", "\u{FFFE}", "\u{2028}", "\u{0301}", "\u{200B}", "\t", ";",
    ",",
  ]
}

/// A way of writing things, with what reads it back.
struct WrittenFormat: Sendable {
  let name: String
  /// What is written for a name, in one text or several.
  let write: @Sendable (String) throws(Problem) -> [Written]
  /// What is written for a session; nil where a session cannot be written in it.
  let writeSession: (@Sendable (inout Session) throws(Problem) -> [Written])?

  /// Every format of the program: exporters, papers and platforms, as their records have them.
  static let all: [WrittenFormat] =
    Exporter.all.map { exporter in
      WrittenFormat(
        name: exporter.name,
        write: { name throws(Problem) in
          [
            Written(
              exporter.name, try exporter.text(of: try Sample.scene(named: name), title: name))
          ]
        },
        writeSession: { session throws(Problem) in
          [Written(exporter.name, try session.exported(as: exporter))]
        })
    }
    + PaperFormat.all.map { format in
      WrittenFormat(
        name: format.fileExtension,
        write: { name throws(Problem) in
          [Written(format.fileExtension, try format.text(of: paper(of: name)))]
        },
        writeSession: { session throws(Problem) in
          let paper = try session.workedAnswer().paper()
          return [Written(format.fileExtension, try format.text(of: paper))]
        })
    }
    + Platform.all.map { platform in
      WrittenFormat(
        name: platform.name,
        write: { name throws(Problem) in
          try platform.write([try Sample.item(words: name)], named: "week-3", generator: "fuzz")
            .filter { !$0.name.hasSuffix(".zip") }
            .map { Written($0.name.split(separator: ".").last.map(String.init) ?? "", $0.text) }
        }, writeSession: nil)
    }

  private static func paper(of name: String) throws(Problem) -> Paper {
    let item = try Sample.item(words: name)
    return Paper(
      title: name, imprint: name,
      blocks: item.text + [
        .heading([.text(name), .strong(name)], level: 2),
        .paragraph([.emphasis(name), .code(name), .math(Math(.name(name))), .blank]),
        .display(Math(.name(name), .sign(.equals), .word(name))),
        .table(
          Paper.Table(
            [[.text(name)], [.text("b")]], [.left, .right], [[[.text(name)], [.code(name)]]])),
        .figure(try Sample.scene(named: name), title: name), .list([[.text(name)]]),
        .choices([[.text(name)], [.text("b")]]), .listing([name]),
      ])
  }

  /// A name is only a name, whatever is in it.
  func check(name hostile: String) throws(Violation) {
    let written = try text { () throws(Problem) in try write(hostile) }
    guard let written else { return }
    let again = try text { () throws(Problem) in try write(hostile) }
    try require(written == again, "\(name): other bytes when written again")
    let plain = try text { () throws(Problem) in try write("a") } ?? []
    try require(written.count == plain.count, "\(name): \(written.count) files, not \(plain.count)")
    for (one, other) in zip(written, plain) {
      try one.checkForm(format: name)
      try one.requireSameForm(as: other, name: hostile, format: name)
    }
  }

  /// What a session computes is written well-formed.
  func check(_ session: Session) throws(Violation) {
    guard let writeSession else { return }
    var session = session
    let written = try text { () throws(Problem) in try writeSession(&session) }
    for one in written ?? [] { try one.checkForm(format: name) }
  }

  /// What is written, or nil where it is refused with words.
  fileprivate func text(
    _ write: () throws(Problem) -> [Written]
  ) throws(Violation) -> [Written]? {
    do throws(Problem) { return try write() } catch {
      try requirePrintable(error.rendered, "the error \(error.code)")
      return nil
    }
  }
}
