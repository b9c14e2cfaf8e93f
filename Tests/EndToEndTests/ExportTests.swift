import Foundation
import Testing

/// `export`, `lesson --html`, `lesson --record` and `site` as someone types them.
@Suite struct ExportTests {
  @Test func `a formula goes to the screen or to a file`() throws {
    let place = try Place()
    let arguments = ["export", "svg", "(w1+w2)*w3", "--at", "w1=-2,w2=5,w3=-4"]
    let shown = try place.run(arguments)
    #expect(shown.status == 0 && shown.output.hasPrefix("<svg ") && shown.errors == "")
    let written = try place.run(arguments + ["--output", place.path("x.svg")])
    #expect(written.status == 0 && written.output == "")
    #expect(try place.text(of: "x.svg") == shown.output)
    // The same input gives the same bytes.
    #expect(try place.run(arguments).bytes == shown.bytes)
  }

  @Test func `lines leave the circuit where they stop`() throws {
    let place = try Place()
    let json = try place.run(["export", "json"] + (slide + ["step"]).asOptions)
    #expect(json.output.contains(#""position":1"#) && json.output.contains(#""label":"q""#))
    #expect(!json.output.contains("gradient"))
  }

  @Test func `at the prompt a file that is there stays, and its own is written anew`() throws {
    let place = try Place()
    try place.write("mine", to: "old.svg")
    let old = place.path("old.svg")
    let new = place.path("new.svg")
    let script = slide + ["step", "export svg \(new)", "step", "export svg \(new)"]
    #expect(try place.run(["-"], input: script.asScript).status == 0)
    #expect(try place.text(of: "new.svg").contains(">-12.00<"))
    let refused = try place.run(["-"], input: (slide + ["export svg \(old)"]).asScript)
    #expect(refused.status == 73 && refused.errors.contains("exists already"))
    #expect(try place.text(of: "old.svg") == "mine")
    for path in ["/no/such/folder/x.svg", place.folder.path, "/dev/full"] {
      let failed = try place.run(
        ["export", "svg", "x+1", "--at", "x=1", "--output", path])
      #expect([73, 74].contains(failed.status), "\(path)")
      #expect(failed.errors.contains("error:"), "\(path)")
    }
  }

  @Test func `what is asked for wrongly is said`() throws {
    let place = try Place()
    for (arguments, words) in [
      (["export", "png", "x+1"], "no format png"), (["export", "svg"], "needs one of"),
      (["export", "svg", "--lesson", "5"], "as html"),
      (["export", "svg", "x+1", "-e", "y=2"], "needs one of"),
      (["export", "svg", "x+"], "formula stops"), (["export", "svg", "x+1"], "no value"),
      (["lesson", "5", "--html", "--script"], "Only one"), (["lesson", "--html"], "Which lesson"),
      (["site", "/dev/null/site"], "error"), (["export", "html", "--lesson", "99"], "99"),
    ] {
      let outcome = try place.run(arguments)
      #expect(
        outcome.status != 0 && outcome.errors.contains(words), "\(arguments) \(outcome.errors)")
      #expect(outcome.output == "", "\(arguments)")
    }
    let prompt = try place.run(["-"], input: (slide + ["export", "export nix f"]).asScript, [:])
    #expect(prompt.status == 1)
    let inLesson = try place.run(
      [
        "check",
        try place.lesson("# L\n\n```backstep\n> x = 1\n> f = x^2\nf\n> export svg a.svg\n```\n"),
      ])
    #expect(inLesson.status == 1 && !place.exists("a.svg"))
  }

  @Test func `a recording plays what the lesson shows`() throws {
    let place = try Place()
    let cast = place.path("x.cast")
    #expect(try place.run(["lesson", Place.lesson.path, "--record", cast]).status == 0)
    var time = -1.0
    var text = ""
    let lines = try place.text(of: "x.cast").split(separator: "\n")
    let header = try #require(
      try JSONSerialization.jsonObject(with: Data(lines[0].utf8)) as? [String: Any])
    #expect(header["version"] as? Int == 2 && header["width"] as? Int == 80)
    #expect(header["height"] as? Int != nil)
    for line in lines.dropFirst() {
      let event = try #require(
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [Any])
      let at = try #require(event[0] as? Double)
      #expect(event.count == 3 && event[1] as? String == "o" && at >= time)
      time = at
      text += try #require(event[2] as? String)
    }
    let plain = text.replacing(/\u{1B}\[[0-9;]*m/, with: "").replacing("\r\n", with: "\n")
    let shown = try place.run(["lesson", Place.lesson.path, "--script"]).output
    #expect(plain == shown)
    #expect(time > 30)
  }

  @Test func `a site has a page for each lesson and an index`() throws {
    let place = try Place()
    try FileManager.default.createDirectory(
      atPath: place.path("site"), withIntermediateDirectories: true)
    #expect(try place.run(["site", place.path("site")]).status == 0)
    let files = try FileManager.default.contentsOfDirectory(atPath: place.path("site"))
    let lessons = try FileManager.default.contentsOfDirectory(
      atPath: Place.repository.appending(path: "lessons").path
    ).filter { $0.hasSuffix(".md") }
    #expect(Set(files) == Set(lessons.map { $0.dropLast(3) + ".html" } + ["index.html"]))
    let index = try place.text(of: "site/index.html")
    for file in files where file != "index.html" { #expect(index.contains("href=\"\(file)\"")) }
    // The sizes that were promised.
    #expect(try place.bytes(of: "site/05-backpropagation-by-example.html").count <= 150_000)
    #expect(try place.bytes(of: "site/25-a-small-convolutional-network.html").count <= 1_000_000)
  }
}

extension Place {
  /// A lesson file with this text.
  fileprivate func lesson(_ text: String) throws -> String {
    try write(text, to: "lesson.md")
    return path("lesson.md")
  }
}
