import Foundation
import Testing

let circuitProblem = """
  # A circuit

  ```problem
  q = w1 + w2
  f = q * w3
  w1, w2, w3 in -5..5 except 0
  ask grad q, grad w1, grad w2, grad w3
  ```
  """

/// `sheet`, `grade` and `stress` as an instructor types them.
@Suite struct SheetTests {
  @Test func `every shipped problem has a type of its own, and they are twenty`() throws {
    let place = try Place()
    let list = try place.run(["sheet", "--list"])
    #expect(list.status == 0)
    let types = list.lines.dropFirst(2).compactMap {
      $0.split(separator: " ").first.map(String.init)
    }
    #expect(types == (1...20).map { "Q\($0)" })
  }

  @Test func `the same seed gives the same bytes, in every cut and format`() throws {
    let place = try Place()
    try place.write(circuitProblem, to: "c.md")
    for arguments in [
      ["--seed", "7"], ["--cut", "key", "--variants", "4"], ["--cut", "worked", "--format", "md"],
      ["--format", "tex"], ["--format", "html"], ["--fade", "2"], ["--find-error"],
    ] {
      let sheet = try place.run(["sheet", "./c.md"] + arguments)
      #expect(sheet.status == 0 && sheet.errors == "", "\(arguments) \(sheet.errors)")
      #expect(try place.run(["sheet", "./c.md"] + arguments).bytes == sheet.bytes)
      #expect(sheet.output.contains("A circuit"))
    }
    let other = try place.run(["sheet", "./c.md", "--seed", "8"])
    #expect(try place.run(["sheet", "./c.md", "--seed", "7"]).bytes != other.bytes)
  }

  @Test func `files are written once, all or none`() throws {
    let place = try Place()
    try place.write(circuitProblem, to: "c.md")
    let arguments = ["sheet", "./c.md", "--forms", "A..C", "--output", place.path("out")]
    #expect(try place.run(arguments).status == 0)
    let names = try FileManager.default.contentsOfDirectory(atPath: place.path("out")).sorted()
    #expect(
      names == [
        "c-A-student.md", "c-A-worked.md", "c-B-student.md", "c-B-worked.md", "c-C-student.md",
        "c-C-worked.md", "c-key.json", "c-key.md",
      ])
    let student = try ["A", "B", "C"].map { try place.text(of: "out/c-\($0)-student.md") }
    #expect(Set(student).count == 3)
    // A student's sheet changes when the numbers do, and holds no answer in a blank.
    for text in student {
      let rows = text.split(separator: "\n").filter { $0.contains("\\partial f") }
      #expect(rows.count == 4 && rows.allSatisfy { $0.contains("\\_") || $0.contains("__") })
    }
    try place.write("mine", to: "out/c-key.md")
    let again = try place.run(arguments)
    #expect(again.status == 73 && again.errors.contains("is there already"))
    #expect(try place.text(of: "out/c-key.md") == "mine")
    #expect(try place.run(arguments + ["--force"]).status == 0)
    #expect(try place.text(of: "out/c-key.md") != "mine")
  }

  @Test func `a student's sheet does not depend on the answers`() throws {
    // Two wordings that differ in what is right, and in nothing a student may see.
    let place = try Place()
    let head =
      "# T\n\n```problem\nf = a * b + 0\na, b in 2..9 except 5\nask f as result\nallow hidden, distinct\n"
    try place.write(head + "wrong sum: a + b + 100 | Not a sum.\n```\n", to: "one/t.md")
    try place.write(head + "wrong sum: a - b - 100 | No difference.\n```\n", to: "two/t.md")
    let student = try ["one", "two"].map { try place.run(["sheet", place.path($0) + "/t.md"]) }
    #expect(student[0].status == 0 && student[0].bytes == student[1].bytes)
    let worked = try ["one", "two"].map {
      try place.run(["sheet", place.path($0) + "/t.md", "--cut", "worked"])
    }
    #expect(worked[0].bytes != worked[1].bytes)
  }

  @Test func `a roster gives each student a variant`() throws {
    let place = try Place()
    try place.write(circuitProblem, to: "c.md")
    try place.write("id,name,mail\n1,Ada,a@x\n2,\"Bo, B.\",b@x\n3,../../x,c@x\n", to: "r.csv")
    let made = try place.run([
      "sheet", "./c.md", "--for", "r.csv", "--output", "o", "--cut", "student",
    ])
    #expect(made.status == 0, "\(made.errors)")
    try place.write("student\nAda\n\"Bo, B.\"\n../../x\n", to: "s.csv")
    let named = try place.run([
      "sheet", "./c.md", "--for", "s.csv", "--output", "p", "--cut", "student",
    ])
    #expect(named.status == 0, "\(named.errors)")
    let names = try FileManager.default.contentsOfDirectory(atPath: place.path("p")).sorted()
    // No name leads to another folder.
    #expect(
      names == ["c-Ada-student.md", "c-Bo__B.-student.md", "c-_._.._x-student.md", "c-key.json"]
        || names.count == 4 && names.allSatisfy { !$0.contains("/") && !$0.hasPrefix(".") })
    for (csv, words) in [
      ("mail\na@x\n", "student"), ("", "empty"), ("student\nAda\nAda\n", "Ada"),
      ("student\nAda\n,x\n", "line 3"), ("student\n", "nobody"), ("student\n\"Ada\n", "quote"),
    ] {
      try place.write(csv, to: "bad.csv")
      let refused = try place.run(["sheet", "./c.md", "--for", "bad.csv", "--output", "q"])
      #expect(refused.status != 0 && refused.errors.lowercased().contains("error"), "\(csv)")
      #expect(!place.exists("q"), "\(csv) \(words)")
    }
  }

  @Test func `what is asked for wrongly is said`() throws {
    let place = try Place()
    try place.write(circuitProblem, to: "c.md")
    try place.write(circuitProblem.replacing("f = q * w3", with: "f = q * w3 * 99"), to: "big.md")
    try place.write(circuitProblem.replacing("-5..5", with: "5..-5"), to: "range.md")
    for (arguments, words) in [
      ([String](), "needs a problem"), (["nowhere"], "no problem called nowhere"),
      (["./nowhere.md"], "no file called"), (["./c.md", "--forms", "D..A"], "forms"),
      (["./c.md", "--forms", "A,A"], "forms"), (["./c.md", "--fix", "w9=1"], "w9"),
      (["./c.md", "--fix", "w3"], "w3"), (["./c.md", "--fix", "w3=four"], "four"),
      (["./c.md", "--variants", "0"], "1 to 10000"), (["./c.md", "--strata", "x"], "stratum"),
      (["./c.md", "--variants", "9999"], "9999 different variants"),
      (["./big.md"], "refused by size"), (["./range.md"], "range.md:6: "),
      (["./c.md", "./c.md"], "the id c"), (["./c.md", "--format", "doc"], "no format doc"),
      (["./c.md", "--export", "blackboard", "--output", "x"], "no platform blackboard"),
      (["./c.md", "--export", "moodle"], "--output"), (["./c.md", "--fade", "9"], "--fade"),
      (["./c.md", "--forms", "A..B", "--variants", "2"], "Only one of"),
      (["./c.md", "--count", "--variants", "2"], "--count counts"),
      (["./c.md", "--fix", "w3=1", "--fix", "w3=2"], "w3=2"),
    ] {
      let outcome = try place.run(["sheet"] + arguments)
      #expect(outcome.status != 0 && outcome.output == "", "\(arguments)")
      #expect(outcome.errors.contains(words), "\(arguments) \(outcome.errors)")
    }
  }

  @Test func `shipped problems of every kind can be printed and exported`() throws {
    let place = try Place()
    // Values, gradients, choices, counts, a table with an error: small spaces, so that it is quick.
    let types = ["Q2", "Q13", "Q17", "Q18", "Q20"]
    for format in ["text", "md", "html", "tex"] {
      for cut in ["student", "worked"] {
        let sheet = try place.run(
          ["sheet"] + types + ["--cut", cut, "--format", format, "--seed", "3"])
        #expect(sheet.status == 0 && sheet.bytes.count > 1_000, "\(format) \(cut) \(sheet.errors)")
        if format == "tex" { #expect(sheet.bytes.allSatisfy { $0 < 0x80 }) }
      }
    }
    for platform in [
      "moodle", "moodle-numerical", "gift", "qti", "canvas", "rexams", "anki", "csv", "json",
    ] {
      let made = try place.run(
        ["sheet"] + types + ["--variants", "2", "--export", platform, "--output", "x-\(platform)"])
      #expect(made.status == 0, "\(platform) \(made.errors)")
    }
  }

  @Test func `what must hold of variants is tried on every shipped problem`() throws {
    let place = try Place()
    let stressed = try place.run(["stress", "--most", "25"])
    #expect(stressed.status == 0, "\(stressed.output)\(stressed.errors)")
    #expect(stressed.lines.last == "20 problems, 500 variants")
  }

  @Test func `fading leaves what is asked blank`() throws {
    let place = try Place()
    try place.write(circuitProblem, to: "c.md")
    // f is -2 × w3 + …: the gradients of q, w1 and w2 are w3, and q is w1 + w2.
    for fade in ["0", "1", "2", "3"] {
      let sheet = try place.run([
        "sheet", "./c.md", "--fix", "w3=-4", "--fade", fade, "--format", "text", "--seed", "4",
      ])
      let backward = sheet.output.components(separatedBy: "Backward pass").dropFirst().joined()
      let rows = backward.split(separator: "\n").filter {
        $0.contains("∂f/∂q") || $0.contains("∂f/∂w")
      }
      #expect(!rows.isEmpty && rows.allSatisfy { $0.contains("______") }, "\(fade) \(rows)")
    }
  }

  static let hasPython = FileManager.default.isExecutableFile(atPath: "/usr/bin/python3")

  /// Formulas written down apart from the program, in fractions.
  @Test(.enabled(if: hasPython)) func `a script of its own finds the same answers`() throws {
    let place = try Place()
    for type in 1...20 {
      let made = try place.run([
        "sheet", "Q\(type)", "--variants", "9", "--seed", "\(type)", "--output", "keys",
      ])
      #expect(made.status == 0, "Q\(type) \(made.errors)")
    }
    let outcome = try place.shell(
      #"cd "$HOME" && /usr/bin/python3 "$SCRIPT" keys 2>&1"#, input: "",
      [
        "SCRIPT": Place.repository.appending(path: "Tests/Readers/recompute_problems.py").path,
        "PYTHONDONTWRITEBYTECODE": "1",
      ])
    #expect(outcome.status == 0, "\(outcome.output.suffix(3000))")
    #expect(outcome.output.contains("180 items of 20 problems, 0 differences"), "\(outcome.output)")
  }
}
