import Testing

/// `data FILE.csv`: the one part of training that needs files.
@Suite struct TrainingFileTests {
  private let place: Place
  init() throws { place = try Place() }

  @Test func `a table is read and trained on`() throws {
    try place.write("\u{FEFF}x,y\r\n1,3\r\n2,5\r\n3,7\r\n", to: "points.csv")
    let outcome = try place.run([
      "-e", "data points.csv", "-e", "w = 0, b = 0", "-e", "L = (w*x + b - y)^2",
      "-e", "train L wrt w, b epochs 2000", "-e", "assert w = 2 ± 1e-6", "-e",
      "assert b = 1 ± 1e-6",
    ])
    #expect(outcome.errors == "" && outcome.status == 0)
    #expect(outcome.lines.first == "points.csv: 3 rows of x, y.  data shows them.")
  }

  @Test func `^C stops a training and keeps its steps, also after a reset`() throws {
    let learner = try Learner(in: place)
    try learner.prompt()
    for line in ["reset", "data line", "w = 0", "L = (w*x - y)^2"] { try learner.say(line) }
    try learner.type("train L wrt w epochs 1000000\r")
    try learner.wait(for: "[?2004l\r")
    try learner.type("\u{3}")
    let answer = try learner.prompt()
    #expect(answer.contains("Stopped ") && answer.contains(" kept."))
    #expect(try learner.say("w").hasPrefix("0\n") == false)
    try learner.type("\u{4}")
    #expect(try learner.end() == 0)
  }

  @Test func `a table that cannot be read has a status of its own`() throws {
    try place.write("x,y\n1,abc\n", to: "bad.csv")
    let bad = try place.run(["-e", "data bad.csv"])
    #expect(bad.status == 65)
    #expect(bad.errors.contains("bad.csv, line 2, column y: \"abc\" is not a number"))
    #expect(bad.errors.contains("  1,abc\n    ^^^\n"))
    #expect(try place.run(["-e", "data none.csv"]).status == 66)
  }
}
