import Foundation
import Testing

/// Levels and reviews as the program grants them: its options, its files, a terminal.
@Suite struct ReviewTests {
  private let place: Place
  init() throws { place = try Place() }

  private var circuit: String { Place.lesson.path }

  @Test func `--level fades a lesson, with and without --script`() throws {
    let script = try place.run(["lesson", circuit, "--level", "3", "--script"])
    #expect(script.status == 0 && script.errors == "")
    #expect(script.output.contains("∂f/∂w1 = (-4) × 1 = -4.") && script.output.contains("> table"))
    let last = try place.run(
      ["lesson", circuit, "--level", "1"], input: String(repeating: "\n", count: 4) + "-4\n\n\n")
    #expect(last.status == 0 && last.errors == "")
    #expect(last.output.contains("End of the lesson. 1 of 1 answered at the first try."))
    #expect(!last.output.contains("review"))
    // Nothing to keep: it was no lesson played in full, and nothing was missed.
    #expect(!place.exists("state/backstep/progress") && !place.exists("state/backstep/missed"))
    let typed = try place.run([], input: "lesson \(circuit) level 0\n\n\n\n\n\n\nx = 3\nx\n")
    #expect(typed.status == 0 && typed.output.hasSuffix("\n3\n"))
  }

  @Test(arguments: [
    ["--level", "4"], ["--level", "none"], ["--level"], ["--level", "2", "--handout"],
  ])
  func `a wrong level is a clear error`(options: [String]) throws {
    let outcome = try place.run(["lesson", circuit] + options)
    #expect(outcome.status == 64 && outcome.output == "")
    #expect(outcome.errors.contains("--level"))
    let typed = try place.run([], input: "lesson 5 level 9\n")
    #expect(typed.status == 1)
    #expect(
      typed.errors.contains("there is no level 9") && typed.errors.contains("0 watch, 1 last"))
  }

  @Test func `what was missed is kept for the owner only, and asked again in another run`() throws {
    let first = try place.run(["lesson", circuit], input: "\n7\n3\nskip\nleave\n")
    #expect(first.errors == "" && first.status == 0)
    let name = Place.lesson.deletingPathExtension().lastPathComponent
    #expect(
      try place.text(of: "state/backstep/missed")
        == "\(name) 1 0 value q\n\(name) 2 0 value f\n")
    let attributes = try FileManager.default.attributesOfItem(
      atPath: place.path("state/backstep/missed"))
    #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
    let second = try place.run([], input: "review\nw1 + w2\n\nskip\nreview 5\n")
    #expect(second.errors == "" && second.status == 0, "\(second.errors)")
    #expect(second.output.contains("card 1 of 2") && second.output.contains("✓ yes, "))
    #expect(second.output.contains("End of the review. 1 of 2 answered at the first try."))
    #expect(second.output.contains("card 1 of 1"))
    #expect(try place.text(of: "state/backstep/missed") == "\(name) 2 1 value f\n")
  }

  @Test func `nothing is kept where nothing is to be kept`() throws {
    let outcome = try place.run(
      ["lesson", circuit, "--no-history"], input: "\nskip\nleave\nreview\nleave\n")
    #expect(outcome.output.contains("What is the value of q?"), "this run remembers")
    #expect(!place.exists("state/backstep/missed"))
    let fresh = try place.run([], input: "review\n")
    #expect(fresh.status == 0 && fresh.output.hasPrefix("Nothing to review: "))
  }

  @Test func `a damaged file costs its lines and a word`() throws {
    let name = Place.lesson.deletingPathExtension().lastPathComponent
    let bytes: [UInt8] = [0xFF, 0x00, 0x0A] + Array("\(name) 4 0 grad w3\n1 2\n".utf8)
    try place.write(bytes, to: "state/backstep/missed")
    let outcome = try place.run([], input: "review\nleave\n")
    #expect(outcome.status == 0 && outcome.output.contains("What is ∂f/∂w3?"))
    #expect(outcome.errors.contains("missed: 2 lines that say nothing"))
    try place.write("gone 4 0 grad w3\n", to: "state/backstep/missed")
    let gone = try place.run([], input: "review\n")
    #expect(gone.status == 0 && gone.output.hasPrefix("Nothing to review: "))
    #expect(gone.errors.contains("gone cannot be found, so it is left out"))
    try FileManager.default.removeItem(atPath: place.path("state/backstep/missed"))
    try FileManager.default.createDirectory(
      atPath: place.path("state/backstep/missed"), withIntermediateDirectories: true)
    let folder = try place.run(["lesson", circuit], input: "\nskip\nleave\nreview\nleave\n")
    #expect(folder.status == 0 && folder.output.contains("What is the value of q?"))
  }

  @Test func `a review is for the prompt, not for the middle of a lesson`() throws {
    let outcome = try place.run(["lesson", circuit], input: "review\nleave\n")
    #expect(outcome.errors.contains("review is for the prompt"))
  }

  @Test func `a review at a terminal`() throws {
    let learner = try Learner(in: place, ["lesson", circuit, "--level", "3"])
    try learner.prompt("your answer> ")
    #expect(try learner.say("-4", prompt: "your answer> ").contains("not yet."))
    #expect(try learner.say("3", prompt: "your answer> ").contains("✓ yes, 3"))
    try learner.say("-4", prompt: "your answer> ")
    #expect(try learner.say("-4").contains("End of the lesson. 2 of 3"))
    let asked = try learner.say("review", prompt: "your answer> ")
    #expect(asked.contains("What is ∂f/∂w3?"))
    #expect(try learner.say("w1 + w2").contains("End of the review. 1 of 1"))
    #expect(try learner.say("review").contains("Nothing to review: "))
    try learner.type("\u{4}")
    #expect(try learner.end() == 0)
    #expect(try place.text(of: "state/backstep/missed") == "")
  }
}
