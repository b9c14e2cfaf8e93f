import Foundation
import Testing

/// Windows from 20 to 200 columns, and one that does not say how wide it is.
@Suite struct WindowTests {
  private let place: Place
  init() throws { place = try Place() }

  /// How many columns a line takes on the screen: combining marks take none, and none of ours takes two.
  private func width(_ line: Substring) -> Int {
    line.unicodeScalars.filter { $0.properties.generalCategory != .nonspacingMark }.count
  }

  private static let views = [
    "step", "graph", "table", "tree", "tape", "why w1", "ledger q", "derive w1", "numeric",
    "bug no-swap", "hunt nan",
    "jacobian f w1", "set", "limits", "conventions", "help", "help step", "help tanh", "lesson",
    "data xor", "data",
  ]

  @Test func `every view fits into every width, from the next command on`() throws {
    let learner = try Learner(in: place)
    try learner.prompt()
    for line in slide + ["step 9"] { try learner.say(line) }
    var wide: [String] = []
    for columns in Array(stride(from: 20, through: 200, by: 20)) + [37, 79, 81, 133] {
      learner.resize(columns: Int32(columns))
      for view in Self.views {
        for line in try learner.say(view).split(separator: "\n") where width(line) > columns {
          wide.append("\(columns): \(view): \(line)")
        }
      }
    }
    #expect(wide == [])
    try learner.type("\u{4}")
    #expect(try learner.end() == 0)
  }

  @Test
  func `a line that is being typed is drawn anew when the window changes, and stays one line`()
    throws
  {
    let learner = try Learner(in: place, columns: 80)
    try learner.prompt()
    let sum = (1...40).map(String.init).joined(separator: " + ")
    try learner.type(sum)
    for columns in stride(from: Int32(200), through: 20, by: -9) {
      learner.resize(columns: columns)
      _ = try learner.read(within: 20)
    }
    #expect(try learner.say("") == "820\n")
    #expect(try learner.say("1 + 1") == "2\n")
    try learner.type("\u{4}")
    #expect(try learner.end() == 0)
  }

  @Test func `a typed line wraps where the window ends`() throws {
    for columns in [20, 40, 80] {
      let learner = try Learner(in: place, columns: Int32(columns))
      try learner.prompt()
      let line = String(repeating: "1", count: columns * 2)
      try learner.type(line)
      // Each row ends with a letter and a carriage return, which is how readline turns a corner.
      let first = columns - "backstep> ".count
      try learner.wait(for: String(repeating: "1", count: first))
      try learner.wait(for: String(repeating: "1", count: columns))
      try learner.type("\u{15}7 + 1\r")
      try learner.wait(for: "\r8\r\n")
      try learner.prompt()
      try learner.type("\u{4}")
      #expect(try learner.end() == 0)
    }
  }

  @Test func `a window without a width is taken for 80 columns`() throws {
    let learner = try Learner(in: place, columns: 0)
    try learner.prompt()
    for line in slide { try learner.say(line) }
    let rule = try learner.say("step").split(separator: "\n").first { $0.hasPrefix("──") }
    #expect(rule?.unicodeScalars.count == 80)
    #expect(try learner.say(String(repeating: "1 + ", count: 60) + "1") == "61\n")
    try learner.type("\u{4}")
    #expect(try learner.end() == 0)
  }
}
