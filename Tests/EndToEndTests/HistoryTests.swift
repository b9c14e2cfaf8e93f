import Foundation
import Testing

/// Lines that are remembered from one session to the next.
@Suite struct HistoryTests {
  private let place: Place
  init() throws { place = try Place() }
  private let file = "state/backstep/history"

  private func session(_ lines: [String], _ options: [String] = []) throws {
    let learner = try Learner(in: place, options)
    try learner.prompt()
    for line in lines { try learner.say(line) }
    try learner.type("\u{4}")
    let status = try learner.end()
    #expect(status == 0)
  }

  @Test func `the next session has the lines of the last one`() throws {
    try session(["40 + 1", "40 + 1", "   ", "40 + 2"])
    #expect(try place.text(of: file) == "40 + 1\n40 + 2\n", "no blanks, no repetitions")
    let attributes = try FileManager.default.attributesOfItem(atPath: place.path(file))
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    let folder = try FileManager.default.attributesOfItem(atPath: place.path("state/backstep"))
    #expect(folder[.posixPermissions] as? Int == 0o700)
    let learner = try Learner(in: place)
    try learner.prompt()
    #expect(try learner.say("\u{1B}[A\u{1B}[A") == "41\n")
    #expect(try learner.say("\u{1B}[A\u{1B}[A") == "42\n", "40 + 1 was added, 40 + 2 is above it")
    try learner.type("\u{4}")
    #expect(try learner.end() == 0)
  }

  @Test func `two sessions at once both keep their lines`() throws {
    let learners = [try Learner(in: place), try Learner(in: place)]
    for learner in learners { try learner.prompt() }
    for round in 1...5 {
      for (index, learner) in learners.enumerated() { try learner.say("\(index) + \(round)") }
    }
    for learner in learners {
      try learner.type("\u{4}")
      #expect(try learner.end() == 0)
    }
    let lines = Set(try place.text(of: file).split(separator: "\n").map(String.init))
    #expect(lines == Set((1...5).flatMap { ["0 + \($0)", "1 + \($0)"] }))
  }

  @Test func `--no-history keeps none`() throws {
    try session(["1 + 1"], ["--no-history"])
    #expect(!place.exists(file))
    let learner = try Learner(in: place, ["--no-history"])
    try learner.prompt()
    #expect(try learner.say("\u{1B}[A7") == "7\n")
    try learner.type("\u{4}")
    #expect(try learner.end() == 0)
  }

  @Test func `a damaged history is survived`() throws {
    let bytes: [UInt8] = Array("1 + 1\n".utf8) + [0xFF, 0x0A, 0x1B, 0x5B, 0x32, 0x4A, 0x0A, 0x00]
    try place.write(bytes + Array("\n2 + 2\n".utf8), to: file)
    let learner = try Learner(in: place)
    try learner.prompt()
    #expect(try learner.say("\u{1B}[A") == "4\n")
    #expect(try learner.say("\u{1B}[A\u{1B}[A") == "2\n")
    try learner.type("\u{4}")
    #expect(try learner.end() == 0)
  }

  @Test func `a history of many megabytes is read from its end, and cut there`() throws {
    let rows = (0..<600_000).map { "\($0) + 1000000000" }
    try place.write(rows.joined(separator: "\n") + "\n", to: file)
    let learner = try Learner(in: place)
    try learner.prompt()
    #expect(try learner.say("\u{1B}[A") == "1000599999\n")
    try learner.type("\u{4}")
    #expect(try learner.end() == 0)
    #expect(try place.text(of: file) == rows.suffix(1000).joined(separator: "\n") + "\n")
  }

  @Test func `a history that cannot be written is mentioned once and no obstacle`() throws {
    try place.write("", to: "state/backstep/history/file")
    let learner = try Learner(in: place)
    try learner.prompt()
    let first = try learner.say("1 + 1")
    #expect(first.hasSuffix("2\n"))
    #expect(try learner.say("2 + 2") == "4\n")
    #expect(learner.everything.components(separatedBy: "will not be remembered").count == 2)
    try learner.type("\u{4}")
    #expect(try learner.end() == 0)
  }

  @Test func `a script leaves no history`() throws {
    #expect(try place.run([], input: "1 + 1\n").output == "2\n")
    #expect(!place.exists("state"))
  }
}
