import Testing

/// Bytes a script may hold, and statements over several lines.
@Suite struct ScriptTextTests {
  private let place: Place
  init() throws { place = try Place() }

  /// The same from standard input and from a file.
  private func outcomes(_ bytes: [UInt8], _ arguments: [String] = []) throws -> [(Outcome, String)]
  {
    try place.write(bytes, to: "file")
    return [
      (try place.run(arguments, input: bytes), "stdin"),
      (try place.run(arguments + ["file"]), "file"),
    ]
  }

  @Test func `a byte order mark and any line ends are fine`() throws {
    for text in ["x = 1\r\nx + 1\r\n", "\u{FEFF}x = 1\r\nx + 1", "\u{FEFF}x = 1\nx + 1\n"] {
      for (outcome, source) in try outcomes(Array(text.utf8)) {
        #expect(outcome.output == "2\n", "\(source): \(text.debugDescription)")
        #expect(outcome.errors == "")
      }
    }
  }

  @Test func `what cannot be seen is shown and refused`() throws {
    for (character, spelled) in [
      ("\u{0}", #"\x00"#), ("\u{1B}[31m", #"\x1b[31m"#), ("\u{202E}", "<U+202E>"),
      ("\u{9B}", #"\x9b"#), ("\u{200B}", "<U+200B>"), ("\u{7F}", #"\x7f"#),
    ] {
      for (outcome, source) in try outcomes(Array("x = 1\nx = 2\(character)\nx\n".utf8)) {
        #expect(outcome.errors.hasPrefix("\(source):2: error: "))
        #expect(outcome.errors.contains(spelled))
        #expect(
          !outcome.errors.unicodeScalars.contains(where: character.unicodeScalars.contains)
            || character.hasPrefix("\u{1B}") && !outcome.errors.contains("\u{1B}"))
        #expect(outcome.output == "" && outcome.status == 1)
      }
    }
  }

  @Test func `a name that would move the cursor is spelled out in every message`() throws {
    for line in ["source", "save", "record", "lesson"] {
      let outcome = try place.run([], input: "\(line) no/\u{1B}]0;x\u{7}\u{202E}\n")
      // Without lessons beside the program, lesson has nothing to say about the name.
      let isNamed = outcome.errors.contains(#"\x1b]0;x\x07<U+202E>"#)
      #expect(isNamed || line == "lesson", "\(line)")
      #expect(!outcome.errors.contains("\u{1B}") && !outcome.errors.contains("\u{202E}"))
    }
    let outcome = try place.run(["no/\u{1B}[2J"])
    #expect(outcome.status == 66 && !outcome.errors.contains("\u{1B}"))
  }

  @Test func `broken UTF-8 is refused with the line it is in`() throws {
    for bad in [[0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xC0, 0xAF]] as [[UInt8]] {
      let bytes = Array("x = 1\nx = ".utf8) + bad + Array("\nx\n".utf8)
      for (outcome, source) in try outcomes(bytes) {
        #expect(outcome.errors.hasPrefix("\(source):2: error: this is not UTF-8"))
        #expect(outcome.output == "" && outcome.status == 65)
      }
      for (outcome, _) in try outcomes(bytes, ["--keep-going"]) {
        #expect(outcome.output == "1\n")
      }
    }
    try place.write("source file\n", to: "outer")
    #expect(try place.run(["outer"]).errors.hasPrefix("file:2: error: "))
  }

  @Test func `a line over 64 KiB is refused, and the next one runs`() throws {
    let long = "1" + String(repeating: " + 1", count: 20_000)
    for (outcome, source) in try outcomes(Array("\(long)\n2 + 2\n".utf8), ["--keep-going"]) {
      #expect(outcome.errors.hasPrefix("\(source):1: error: "))
      #expect(outcome.output == "4\n" && outcome.status == 1)
    }
    let fits = "1" + String(repeating: " + 1", count: 16_000)
    #expect(try place.run([], input: fits + "\n").output == "16001\n")
    // A statement that never ends is bounded too.
    let open = String(repeating: "(1 +\n", count: 20_000)
    let outcome = try place.run([], input: open)
    #expect(outcome.status == 1 && outcome.errors.contains("65536"))
  }

  @Test(arguments: [
    "x = (1 +\n2)\nx\n", "x = 1 +\n2\nx\n", "x = 1 \\\n+ 2\nx\n", "x =\n1 + 2\nx\n",
    "x = 1,\ny = 2\nx + y\n", "(1\n+\n2)\n",
  ])
  func `a statement may go on in the next line`(_ script: String) throws {
    for (outcome, source) in try outcomes(Array(script.utf8)) {
      #expect(outcome.output == "3\n", "\(source): \(outcome.errors)")
    }
  }

  @Test func `a statement that goes on is blamed where it begins`() throws {
    for (outcome, source) in try outcomes(Array("x = 1\ny = (x +\n2))\n".utf8)) {
      #expect(outcome.errors.hasPrefix("\(source):2: error: "))
    }
    for (outcome, source) in try outcomes(Array("x = 1\ny = (x +\n".utf8)) {
      #expect(outcome.errors.hasPrefix("\(source):2: error: "))
      #expect(outcome.status == 1)
    }
  }
}
