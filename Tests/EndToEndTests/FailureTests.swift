import Foundation
import Testing

/// What goes wrong: said where it happened, on the other stream, and with its own status.
@Suite struct FailureTests {
  private let place: Place
  init() throws { place = try Place() }

  @Test func `an error names its file and line, and ends the script`() throws {
    let script = "x = 1\n\nfoo\nx + 1\n"
    try place.write(script, to: "bad.backstep")
    for (arguments, input, at) in [
      (["bad.backstep"], "", "bad.backstep:3"), ([], script, "stdin:3"), (["-"], script, "stdin:3"),
      (["-e", "x = 1", "-e", "foo", "-e", "x + 1"], "", "-e:2"),
    ] {
      let outcome = try place.run(arguments, input: input)
      #expect(outcome.errors.hasPrefix("\(at): error: unknown name or command: foo\n"))
      #expect(outcome.output == "", "what failed leaves no result")
      #expect(outcome.status == 1)
    }
  }

  @Test func `a misspelt subcommand is found out, and a file of that name is a script`() throws {
    for (arguments, meant) in [
      (["lesosn", "5"], "lesson"), (["exprot", "svg", "x"], "export"), (["lessons"], "lesson"),
      (["chekc"], "check"),
    ] {
      let outcome = try place.run(arguments)
      #expect(outcome.status == 64)
      #expect(outcome.errors.contains("no subcommand and no file called \(arguments[0])"))
      #expect(outcome.errors.contains("did you mean backstep \(meant)?"))
    }
    try place.write("1 + 1\n", to: "lessons")
    #expect(try place.run(["lessons"]).output == "2\n")
    #expect(try place.run(["no-such-file"]).status == 66)
  }

  @Test func `--keep-going goes on, and still says that something failed`() throws {
    let outcome = try place.run(["--keep-going"], input: "x = 1\nfoo\nx + 1\n1 + )\nx + 2\n")
    #expect(outcome.output == "2\n3\n")
    #expect(outcome.errors.hasPrefix("stdin:2: error: "))
    #expect(outcome.errors.contains("\nstdin:4: error: "))
    #expect(outcome.status == 1)
  }

  @Test func `every kind of failure has its status`() throws {
    try place.write([0x78, 0x3D, 0x31, 0x0A, 0xFF, 0x0A], to: "bytes.backstep")
    try place.write([0x23, 0x20, 0xC3, 0x28, 0x0A], to: "bytes.md")
    for (arguments, status) in [
      (["-e", "1 + 1"], 0), (["-e", "foo"], 1), (["--no-such-option"], 64), (["--width", "9"], 64),
      (["--color", "blue"], 64), (["eval"], 64), (["lesson", "--speed", "-1"], 64),
      (["bytes.backstep"], 65), (["lesson", "bytes.md"], 65), (["check", "bytes.md"], 65),
      (["missing.backstep"], 66), (["lesson", "missing.md"], 66), (["check", "missing.md"], 66),
      (["-e", "source missing"], 66), (["-e", "save nowhere/file"], 73),
      (["-e", "record nowhere/file"], 73), (["eval", "x +"], 1),
    ] as [([String], Int32)] {
      let outcome = try place.run(arguments)
      #expect(outcome.status == status, "\(arguments): \(outcome.errors)")
      #expect(outcome.errors.isEmpty == (status == 0), "\(arguments)")
    }
  }

  @Test func `a full disk ends in 74, whatever was to be written`() throws {
    for arguments in ["-e 1", "eval 1+1", "eval --jsonl", "check '\(Place.lesson.path)'"] {
      let outcome = try place.shell(
        "\"$BACKSTEP\" \(arguments) >/dev/full", input: #"{"formula":"1"}"# + "\n")
      #expect(outcome.status == 74, "\(arguments)")
      #expect(outcome.errors.contains("the disk is full"))
    }
  }

  @Test func `closed standard streams are no crash`() throws {
    #expect(try place.shell(#""$BACKSTEP" <&-"#).status == 0)
    #expect(try place.shell(#""$BACKSTEP" <&- >&-"#).status == 0)
    #expect(try place.shell(#""$BACKSTEP" -e 1+1 2>&-"#).output == "2\n")
    #expect(try place.shell(#""$BACKSTEP" -e foo 2>&-"#).status == 1)
    let outcome = try place.shell(#""$BACKSTEP" -e 1+1 >&-"#)
    #expect(outcome.status == 74)
    #expect(outcome.errors.contains("standard output"))
    // A file that is opened must not take the place of a stream that is not there.
    _ = try place.shell(#""$BACKSTEP" -e 1+1 -e 'save s' -e 2+2 >&- 2>&-"#)
    #expect(!place.exists("s"))
  }

  @Test func `nobody reading any more is a quiet end`() throws {
    let outcome = try place.shell(
      #"{ yes 1+1 | "$BACKSTEP" 2>err; echo $? >status; } | head -n 1"#)
    #expect(outcome.output == "2\n")
    #expect(try place.text(of: "status") == "141\n")
    #expect(try place.text(of: "err") == "")
  }

  @Test func `^C ends a script that waits for input`() throws {
    let (child, input) = try place.startWaiting([])
    try input.write(contentsOf: Data("1 + 1\n".utf8))
    while child.written != "2\n" { usleep(2_000) }
    child.send(SIGINT)
    let outcome = try child.outcome()
    #expect(outcome.status == -SIGINT, "which a shell calls 130")
    #expect(outcome.output == "2\n")
  }

  @Test func `each line of a pipe is answered before the next is there`() throws {
    let (child, input) = try place.startWaiting(["eval", "--jsonl"])
    for number in 1...3 {
      try input.write(contentsOf: Data(#"{"formula":"\#(number)"}"#.utf8 + [0x0A]))
      while child.written.split(separator: "\n").count < number { usleep(2_000) }
    }
    try input.close()
    #expect(try child.outcome().status == 0)
  }
}
