import Foundation
import Testing

/// `source`, `save` and `record`.
@Suite struct FileCommandTests {
  private let place: Place
  init() throws { place = try Place() }

  @Test func `a sourced file may source another`() throws {
    try place.write("x = 3\nsource inner\ny\n", to: "folder/outer")
    try place.write("y = 4\n", to: "inner")
    let outcome = try place.run(["-e", "source folder/outer", "-e", "x"])
    #expect(outcome.output == "4\n3\n")
    try place.write("y = \n", to: "inner")
    #expect(try place.run(["folder/outer"]).errors.hasPrefix("inner:1: error: "))
  }

  @Test func `a file that sources itself is refused`() throws {
    try place.write("1 + 1\nsource self\n", to: "self")
    let outcome = try place.run(["self"])
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("self is run by a script that it runs itself"))
    try place.write("source b\n", to: "a")
    try place.write("source a\n", to: "b")
    #expect(try place.run(["-e", "source a"]).status == 1)
  }

  @Test func `a folder or a huge file is no script`() throws {
    try place.write("", to: "folder/file")
    #expect(try place.run(["folder"]).status == 65)
    let outcome = try place.shell(
      #"head -c 17000000 /dev/zero >huge; "$BACKSTEP" huge"#)
    #expect(outcome.status == 65 && outcome.errors.contains("16"))
  }

  @Test func `what save wrote, source turns into the same table`() throws {
    let saved = try place.run(
      (slide + ["backward", "break q", "nudge w1 0.5", "save session", "table"]).asOptions)
    #expect(saved.status == 0)
    let table = try #require(saved.output.firstRange(of: "#  node"))
    let again = try place.run(["-e", "source session", "-e", "table"])
    #expect(again.output.hasSuffix(saved.output[table.lowerBound...]))
    #expect(again.status == 0)
  }

  @Test func `save replaces its own file and nobody else's`() throws {
    try place.write("dear diary\n", to: "diary")
    let outcome = try place.run(
      ["--keep-going", "-e", "x = 1", "-e", "save diary", "-e", "save mine", "-e", "save mine"])
    #expect(outcome.errors.hasPrefix("-e:2: error: diary exists"))
    #expect(outcome.status == 73)
    #expect(try place.text(of: "diary") == "dear diary\n")
    #expect(try place.text(of: "mine").contains("x = 1\n"))
  }

  @Test func `no file is made at the end of a link`() throws {
    let outcome = try place.shell(
      #"""
      ln -s elsewhere link
      "$BACKSTEP" --keep-going -e x=1 -e f=x -e 'save link' -e 'export json link' -e 'record link'
      """#)
    #expect(outcome.status == 73)
    #expect(outcome.errors.components(separatedBy: "link exists already").count == 4)
    #expect(!place.exists("elsewhere"))
  }

  @Test(arguments: [[], ["--width", "40"], ["--width", "150"], ["--ascii"], ["--speech"]])
  func `a recorded session is a lesson that passes`(_ options: [String]) throws {
    try place.write("w4 = 1\n", to: "more")
    try place.write("see record off\n", to: "taken.md")
    let lines =
      ["record transcript.md"] + slide + [
        "step 3", "table", "derive w1", "why w1", "foo", "x = (1 +", "2)", "records = 7", "records",
        "source more", "w4", "save session", "set", "numeric", "help", "# a comment", "ledger w1",
      ]
    let outcome = try place.run(options + ["--keep-going"] + lines.asOptions)
    #expect(outcome.status == 1, "because of foo")
    let transcript = try place.text(of: "transcript.md")
    #expect(transcript.hasSuffix("```\n"), "closed, although nobody said record off")
    #expect(transcript.contains("> records = 7\n> records\n7\n> w4 = 1\n> w4\n1\n"))
    let check = try place.run(["check", "transcript.md"])
    #expect(check.status == 0, "\(check.errors)")
    #expect(!check.output.contains(" 0 checks"))
    let other = try place.run(["-e", "record taken.md"])
    #expect(other.status == 73)
  }

  @Test func `record off ends it, and a second one begins anew`() throws {
    let outcome = try place.run(
      ["record a.md", "x = 2", "x", "record off", "x + 1", "record b.md", "y = 5", "y"].asOptions)
    #expect(outcome.status == 0)
    #expect(try place.text(of: "a.md") == "# Transcript\n\n```backstep\n> x = 2\n> x\n2\n```\n")
    // What was typed before is in it, or the rest would mean nothing.
    #expect(
      try place.text(of: "b.md")
        == "# Transcript\n\n```backstep\n> x = 2\n> x\n2\n> x + 1\n3\n> y = 5\n> y\n5\n```\n")
  }
}
