import Foundation
import Testing

/// Keys of the line editor through a real terminal, pastes that mean harm, and lines that are too long.
@Suite struct KeyTests {
  private let place: Place
  init() throws { place = try Place() }

  private func learner(_ lines: [String] = []) throws -> Learner {
    let learner = try Learner(in: place)
    try learner.prompt()
    for line in lines { try learner.say(line) }
    return learner
  }

  private func leave(_ learner: Learner) throws {
    try learner.type("\u{4}")
    #expect(try learner.end() == 0)
  }

  private static let chords: [(name: String, keys: String, line: String)] = [
    ("arrow left", "12\u{1B}[D0", "102"), ("arrow right", "12\u{1B}[D\u{1B}[D\u{1B}[C0", "102"),
    ("^A and ^E", "2\u{1}1\u{5}3", "123"), ("Home and End", "2\u{1B}[H1\u{1B}[F3", "123"),
    ("^B and ^F", "12\u{2}\u{2}\u{6}0", "102"),
    ("^K and ^Y", "1 + 2\u{1}\u{6}\u{B}\u{19}\u{19}", "1 + 2 + 2"),
    ("^U and ^Y", "2 + 1\u{15}3 + \u{19}", "3 + 2 + 1"), ("^W", "1 + foo\u{17}7", "1 + 7"),
    ("Alt-B and Alt-F", "11 + 22\u{1B}b\u{1B}b5\u{1B}f6", "5116 + 22"),
    ("Alt-D", "11 + 22\u{1}\u{1B}d33", "33 + 22"), ("^T", "21\u{14}", "12"),
    ("^D in a line", "123\u{1}\u{4}", "23"),
    ("Delete", "123\u{1}\u{1B}[3~", "23"), ("undo by ^_", "12 + 3\u{17}\u{1F}", "12 + 3"),
    ("arrow up", "\u{1B}[A", "20 + 2"), ("two up, one down", "\u{1B}[A\u{1B}[A\u{1B}[B", "20 + 2"),
    ("^P and ^N", "\u{10}\u{10}\u{E}", "20 + 2"), ("^R", "\u{12}10", "10 + 1"),
    ("^R twice", "\u{12}0 +\u{12}", "10 + 1"), ("^R and ^G", "3\u{12}10\u{7}", "3"),
    ("TAB in the middle", "1 + sigm(0)\u{2}\u{2}\u{2}\t", "1 + sigmoid(0)"),
    ("TAB in the middle of a name", "alp + 1\u{1}\u{6}\u{6}\u{6}\t", "alpha + 1"),
    ("Alt-. is of bash and does no harm", "1\u{1B}.", "12"),
  ]

  /// The line that was entered is in the history as it then stood.
  @Test func `keys move, cut, find and complete as in any shell`() throws {
    for chord in Self.chords {
      let learner = try learner(["alpha = 1", "10 + 1", "20 + 2"])
      try learner.type(chord.keys + "\r")
      try learner.wait(for: Learner.entered)
      try learner.prompt()
      let history = try place.text(of: "state/backstep/history").split(separator: "\n")
      #expect(history.last.map(String.init) == chord.line, "\(chord.name)")
      try leave(learner)
      try FileManager.default.removeItem(atPath: place.path("state"))
    }
  }

  /// What is no UTF-8 cannot carry something that is: each byte of it is looked at by itself.
  @Test func `bytes that are part of no letter hide nothing behind them`() throws {
    let attacks: [[UInt8]] = [
      [0x61, 0xC3, 0xE2, 0x80, 0xAE, 0x62], [0x61, 0xE2, 0xE2, 0x80, 0xAE, 0x62],
      [0x61, 0x80, 0xAE, 0x62], [0x61, 0xF0, 0x9F, 0xC2, 0x9B, 0x62], [0xC3, 0xC3, 0xA9],
    ]
    for attack in attacks {
      let learner = try learner(["x = 1"])
      let mark = learner.screen.count
      try learner.type(bytes: attack)
      while try learner.read(within: 150) != nil {}
      let echo = Array(learner.screen[mark...])
      #expect(String(validating: echo, as: UTF8.self) != nil, "\(attack): \(echo)")
      let shown = String(decoding: echo, as: UTF8.self)
      #expect(
        shown.contains("\u{FFFD}")
          && shown.unicodeScalars.allSatisfy { !HostileText.actsUnseen($0) }, "\(attack)")
      try learner.type("\u{15}x + 1\r")
      try learner.wait(for: Learner.entered)
      #expect(try learner.prompt().hasPrefix("2"))
      try leave(learner)
    }
  }

  /// What a page may have put on the clipboard of someone who copies a formula from it.
  @Test func `a paste cannot act: neither on the terminal nor behind its own end`() throws {
    let attacks = [
      "1 + 1\u{1B}]0;title\u{7}", "\u{9B}31mred", "a\u{202E}b", "x\u{200B}y", "\u{1B}[2J\u{1B}[H",
      "\u{85}next", "\u{2066}\u{2069}", "\u{E0041}", "\u{7F}\u{7F}", "\u{AD}",
    ]
    for attack in attacks {
      let learner = try learner(["x = 1"])
      let mark = learner.screen.count
      try learner.type("\u{1B}[200~\(attack)\u{1B}[201~")
      _ = try learner.read(within: 100)
      // Pasted is not entered, whatever the paste holds.
      #expect(!learner.screen[mark...].elementsEqual([]), "\(attack.debugDescription)")
      let shown = String(decoding: learner.screen[mark...], as: UTF8.self)
      #expect(!shown.contains(Learner.entered), "\(attack.debugDescription)")
      try learner.type("\r")
      try learner.wait(for: Learner.entered)
      let answer = try learner.prompt()
      #expect(answer.contains("error"), "\(attack.debugDescription): \(answer)")
      #expect(try learner.say("x + 1") == "2\n")
      // Readline's own sequences aside, nothing of it has reached the terminal.
      let all = String(decoding: learner.screen[mark...], as: UTF8.self)
      for forbidden in ["\u{1B}]", "\u{1B}[2J", "\u{7}"] { #expect(!all.contains(forbidden)) }
      #expect(
        all.unicodeScalars.allSatisfy { !HostileText.actsUnseen($0) }, "\(attack.debugDescription)")
      try leave(learner)
    }
  }

  @Test func `a paste that ends itself and goes on types no more than its text`() throws {
    // The end mark inside: what follows is typed, and needs an Enter that a terminal does not send from a paste.
    let learner = try learner(["x = 1"])
    try learner.type("\u{1B}[200~x + 1\u{1B}[201~ + 5\u{1B}[201~")
    try learner.type("\r")
    try learner.wait(for: Learner.entered)
    _ = try learner.prompt()
    #expect(try learner.say("x") == "1\n")
    try leave(learner)
  }

  @Test(arguments: [false, true])
  func `a line of more than 64 KiB is refused, typed or pasted`(_ isPasted: Bool) throws {
    let learner = try learner()
    let sum = String(repeating: "1+", count: 33_000) + "1"
    try learner.type(isPasted ? "\u{1B}[200~\(sum)\u{1B}[201~\r" : sum + "\r")
    try learner.wait(for: "a typed line may have 65536 bytes, and this has 66001")
    try learner.prompt()
    #expect(try learner.say("1 + 1") == "2\n")
    try leave(learner)
    // It is not kept either: the next session would meet it.
    #expect(try place.text(of: "state/backstep/history") == "1 + 1\n")
  }

  @Test func `a megabyte in one line of a pipe is refused, and the next line answered`() throws {
    let long = String(repeating: "1+", count: 524_288) + "1\n1 + 1\n"
    let outcome = try place.run(["--keep-going"], input: long)
    #expect(outcome.output == "2\n" && outcome.status == 1)
    #expect(outcome.errors.contains("a line is longer than 64 KiB"))
  }
}
