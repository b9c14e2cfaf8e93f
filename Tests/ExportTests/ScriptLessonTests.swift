import Console
import Export
import Foundation
import Language
import Lessons
import Testing

/// Lesson 28 shows scripts: they are the exporter's text, and what they print is what it says.
@Suite struct ScriptLessonTests {
  private var lesson: String {
    get throws {
      let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
      return try String(
        contentsOf: root.appending(path: "lessons/28-from-scalars-to-a-library.md"), encoding: .utf8
      )
    }
  }

  /// Blocks of a language in order, without their fences.
  private func blocks(_ language: String, in text: String) -> [String] {
    text.components(separatedBy: "```\(language)\n").dropFirst().compactMap {
      $0.components(separatedBy: "```\n").first
    }
  }

  private func script(_ framework: Framework, _ lines: [String]) throws -> String {
    var session = Session()
    for line in lines { _ = try session.enter(line) }
    return try Script.of(
      try session.computation(), for: framework, about: [lines.last ?? ""])
  }

  private let network = [
    "W = [[1, -1], [0.5, 1]], b = [0, -1]", "v = [2, -1], c = 0.5", "x = [1, 2], y = 1",
    "z = W @ x + b", "h = relu(z)", "o = sigmoid(dot(v, h) + c)", "L = (y - o)^2 / 2",
  ]
  private let convolution = [
    "x = [2, -1, 0, 3, 1, -2], w = [1, -2, 3]", "V = [[0.1, -0.1], [-0.2, 0.3]]",
    "o = conv(x, w)", "h = relu(o)", "m = maxpool(h, 2)", "s = V @ m",
    "L = softmax_cross_entropy(s, 1)",
  ]

  @Test func `the scripts of lesson 28 are what the program exports`() throws {
    let shown = blocks("python", in: try lesson)
    #expect(shown.count == 4)
    #expect(shown[0] == (try script(Framework.all[0], network)))
    #expect(shown[1] == (try script(Framework.all[1], network)))
    #expect(shown[3] == (try script(Framework.all[0], convolution)))
  }

  @Test(.enabled(if: ScriptPeer.torch.isInstalled && ScriptPeer.jax.isInstalled))
  func `what lesson 28 says they print is what they print`() throws {
    let text = try lesson
    let (scripts, outputs) = (blocks("python", in: text), blocks("text", in: text))
    #expect(outputs.count == 5)
    // The lines from z = … to L.backward() twice; and the step behind the script.
    let start = try #require(scripts[0].range(of: "\nz = W @ x"))
    let end = try #require(scripts[0].range(of: "\nshow(inputs, computed)"))
    let once = scripts[0][start.lowerBound..<end.lowerBound]
    let twice = scripts[0][..<end.lowerBound] + once + scripts[0][end.lowerBound...]
    let run = { (script: String) throws -> String in
      let folder = try Folder()
      try folder.write(script, to: "script.py")
      let (output, _) = try Reader.python(folder.url.appending(path: "script.py").path)
      return String(decoding: output, as: UTF8.self)
    }
    #expect(try run(scripts[0]) == outputs[0])
    #expect(try run(String(twice)).contains(outputs[1]))
    #expect(try run(scripts[1]) == outputs[2])
    #expect(try run(scripts[0] + "\n" + scripts[2]).hasSuffix(outputs[3]))
    #expect(try run(scripts[3]) == outputs[4])
  }
}
