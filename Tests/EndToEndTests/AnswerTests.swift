import Foundation
import Testing

/// `answer` as someone types it.
@Suite struct AnswerTests {
  private static let slide = ["answer", "q*w3", "--let", "q = w1+w2", "--at", "w1=-2,w2=5,w3=-4"]

  @Test func `a formula is worked out, in every format`() throws {
    let place = try Place()
    let text = try place.run(Self.slide)
    #expect(text.status == 0 && text.errors == "")
    #expect(text.output.contains("∇f = (∂f/∂w1, ∂f/∂w2, ∂f/∂w3) = (-4, -4, 3)"))
    #expect(text.output.contains("(48, 48, -36)"))
    for (format, words) in [
      ("md", "| 5b | $\\partial f/\\partial w_{2}$ | $-4$ | $1$ | $-4$ |"), ("html", "<math "),
      ("tex", "\\begin{tikzpicture}"), ("json", "\"step\":\"5b\""),
    ] {
      let file = place.path("x." + format)
      let outcome = try place.run(Self.slide + ["--format", format, "--output", file])
      #expect(outcome.status == 0 && outcome.output == "", "\(outcome.errors)")
      #expect(try place.text(of: "x." + format).contains(words), "\(format)")
    }
    let ascii = try place.run(Self.slide + ["--ascii"])
    #expect(ascii.bytes.allSatisfy { $0 < 0x7F })
  }

  @Test func `upstream gradients, lines and lessons`() throws {
    let place = try Place()
    let filter = try place.run([
      "answer", "o = conv(x, w)", "--at", "x=[1,2,-1,3,2]", "--at", "w=[2,-1,3]", "--upstream",
      "1,-2,3",
    ])
    #expect(filter.output.contains("∂L/∂x = (2, -5, 11, -9, 9)"))
    let lines = try place.run(["answer", "-e", "x = 3", "-e", "y = x^2", "--cut", "key"])
    #expect(lines.status == 0 && lines.output.contains("∂y/∂x = 6"))
    #expect(!lines.output.contains("substitute"))
    let lesson = try place.run(["answer", "--lesson", "5"])
    #expect(lesson.status == 0 && lesson.output.contains("Answer: "))
    #expect(lesson.output.contains("Circuit: ") && lesson.output.contains("8. If you got"))
    let blank = try place.run(["answer", "--lesson", "5", "--cut", "student"])
    #expect(blank.output.contains("Answer: ______") && !blank.output.contains("If you got"))
  }

  @Test func `what is asked for wrongly is said`() throws {
    let place = try Place()
    for (arguments, status, words) in [
      (["answer"], 64, "needs one of"), (["answer", "x+1", "-e", "y=2"], 64, "needs one of"),
      (["answer", "-e", "y=2", "--at", "x=1"], 64, "are for a formula"),
      (["answer", "x+1", "--at", "x=1", "--format", "docx"], 64, "no format docx"),
      (["answer", "x+1", "--at", "x=1", "--fade", "4", "--cut", "student"], 64, "0 to 3"),
      (["answer", "x+1", "--at", "x=1", "--fade", "1"], 64, "--cut student"),
      (["answer", "x+1", "--at", "x=1", "--cut", "teacher"], 64, "teacher"),
      (["answer", "--lesson", "5", "--format", "json"], 64, "single circuit"),
      (["answer", "x+"], 1, "formula stops"), (["answer", "x+1"], 1, "no value"),
      (["answer", "x+1", "--at", "x=1", "--data", "z"], 1, "no input"),
      (["answer", "x+1", "--at", "x=1", "--upstream", "1,2"], 1, "upstream"),
      (["answer", "--lesson", "99"], 66, "99"),
      (["answer", "x+1", "--at", "x=1", "--output", "/no/such/x.md"], 73, "no such"),
    ] as [([String], Int32, String)] {
      let outcome = try place.run(arguments)
      #expect(outcome.status == status, "\(arguments): \(outcome.status) \(outcome.errors)")
      #expect(outcome.errors.contains(words), "\(arguments): \(outcome.errors)")
      #expect(outcome.output == "", "\(arguments)")
    }
  }

  @Test func `without a program for PDFs there is the source, and a status of its own`() throws {
    let place = try Place()
    let outcome = try place.run(
      Self.slide + ["--pdf", place.path("x.pdf")], ["PATH": "/nowhere"])
    #expect(outcome.status == 69 && outcome.errors.contains("apt install texlive-latex-base"))
    #expect(try place.text(of: "x.tex").hasPrefix("\\documentclass"))
    #expect(!FileManager.default.fileExists(atPath: place.path("x.pdf")))
  }

  @Test func `a program that fails leaves the source and says why`() throws {
    let place = try Place()
    try place.write("#!/bin/sh\necho '! Something is wrong.'\nexit 1\n", to: "bin/pdflatex")
    try place.write("#!/bin/sh\nexit 0\n", to: "bin/kpsewhich")
    _ = try place.shell("chmod +x bin/*")
    let outcome = try place.run(
      Self.slide + ["--pdf", place.path("x.pdf")], ["PATH": place.path("bin")])
    #expect(outcome.status == 1 && outcome.errors.contains("! Something is wrong."))
    #expect(try place.text(of: "x.tex").contains("tikzpicture"))
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/pdflatex")))
  func `a PDF is made, the same bytes each time`() throws {
    let place = try Place()
    for name in ["a.pdf", "b.pdf"] {
      let outcome = try place.run(
        Self.slide + ["--pdf", place.path(name)], ["PATH": "/usr/bin:/bin"])
      #expect(outcome.status == 0 && outcome.output == "", "\(outcome.errors)")
    }
    let bytes = try place.bytes(of: "a.pdf")
    #expect(bytes.starts(with: Array("%PDF-".utf8)))
    #expect(bytes == (try place.bytes(of: "b.pdf")))
  }

  @Test func `the policy of papers names their very style`() throws {
    let place = try Place()
    let page = try place.run(Self.slide + ["--format", "html"]).output
    let style = try #require(page.components(separatedBy: "<style>").last)
    try place.write(style.components(separatedBy: "</style>")[0], to: "inline")
    let hex = try place.shell("sha256sum < inline").output.prefix(64)
    let bytes = stride(from: 0, to: 64, by: 2).compactMap {
      UInt8(hex.dropFirst($0).prefix(2), radix: 16)
    }
    let hash = Data(bytes).base64EncodedString()
    #expect(page.contains("style-src 'sha256-\(hash)'"), "run python3 Tests/Page/hashes.py")
    #expect(bytes.count == 32 && !page.contains("<script"))
  }
}
