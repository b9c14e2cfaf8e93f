import Foundation
import Testing

/// Pages in a real browser, where one is installed.
@Suite struct PageTests {
  static let canBrowse = ["chromedriver", "chromium", "python3"].allSatisfy {
    FileManager.default.isExecutableFile(atPath: "/usr/bin/\($0)")
  }

  @Test(.enabled(if: canBrowse))
  func `every number of a page is the engine's, wherever one clicks`() throws {
    let place = try Place()
    try FileManager.default.createDirectory(
      atPath: place.path("pages"), withIntermediateDirectories: true)
    let outcome = try place.shell(
      #"cd "$HOME" && python3 "$SCRIPT" "$BACKSTEP" "$LESSONS" pages 2>&1"#, input: "",
      [
        "SCRIPT": Place.repository.appending(path: "Tests/Page/click_through.py").path,
        "LESSONS": Place.repository.appending(path: "lessons").path,
        "PYTHONDONTWRITEBYTECODE": "1",
      ])
    #expect(outcome.status == 0, "\(outcome.output.suffix(4000))")
  }

  @Test func `the pages' policy names their very script and style`() throws {
    // By another program than the one that writes them: coreutils.
    let place = try Place()
    let page = try place.run(["export", "html", "x^2", "--at", "x=3"]).output
    for (tag, directive) in [("script", "script-src"), ("style", "style-src")] {
      let last = try #require(page.components(separatedBy: "<\(tag)>").last)
      try place.write(last.components(separatedBy: "</\(tag)>")[0], to: "inline")
      let hex = try place.shell("sha256sum < inline").output.prefix(64)
      let bytes = stride(from: 0, to: 64, by: 2).compactMap {
        UInt8(hex.dropFirst($0).prefix(2), radix: 16)
      }
      #expect(bytes.count == 32)
      let hash = Data(bytes).base64EncodedString()
      #expect(page.contains("\(directive) 'sha256-\(hash)'"), "run python3 Tests/Page/hashes.py")
    }
  }
}
