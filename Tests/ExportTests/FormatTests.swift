import Engine
import Foundation
import Language
import Testing
import TestSupport
import Typesetting

@testable import Export

/// Formats with harmless names: what stands in them, and that real readers take them.
@Suite struct FormatTests {
  @Test func `SVG: values above and gradients below, each on its own wire`() throws {
    let svg = try #require(Exporter.named("svg"))
    let text = try svg.text(of: try scene(slide, of: "f"), title: "f")
    let labels = { (colour: String) in
      text.matches(of: /<text x="([\d.]+)" y="([\d.]+)"[^>]*fill="(#\w+)">([^<]*)</)
        .filter { $0.3 == colour }.map {
          (x: Double($0.1) ?? 0, y: Double($0.2) ?? 0, text: String($0.4))
        }
    }
    // Colours are attributes, so that no style sheet of a page is needed, or can be in the way.
    #expect(!text.contains("class=") && !text.contains("style="))
    let (values, gradients) = (labels(Figure.Ink.value), labels(Figure.Ink.gradient))
    #expect(values.map(\.text) == ["-2.00", "5.00", "3.00", "-4.00", "-12.00"])
    #expect(gradients.map(\.text) == ["-4.00", "-4.00", "-4.00", "3.00", "1.00"])
    for (value, gradient) in zip(values, gradients) {
      #expect(value.x == gradient.x && value.y < gradient.y)
    }
    #expect(text.contains("w1: value -2.00, gradient -4.00"))
  }

  @Test func `SVG: half way, what is not known yet is open and the gate at work is heavy`() throws {
    let svg = try #require(Exporter.named("svg"))
    let text = try svg.text(of: try scene(slide, of: "f", event: 1), title: "f")
    #expect(text.contains(">·</text>") && text.contains("f: value not known yet"))
    #expect(text.contains("stroke-width=\"3\"") && text.contains("stroke-width=\"2.5\""))
    let rest = try svg.text(of: try scene(slide, of: "f", event: 0), title: "f")
    #expect(!rest.contains("stroke-width=\"3\""))
  }

  @Test(.enabled(if: Tool.rsvg.isInstalled))
  func `SVG: a renderer draws it`() throws {
    let folder = try Folder()
    let svg = try #require(Exporter.named("svg"))
    try folder.write(try svg.text(of: try scene(slide, of: "f"), title: "f"), to: "x.svg")
    let (log, status) = try Tool.rsvg.run(["-b", "white", "x.svg", "-o", "x.png"], in: folder.url)
    #expect(status == 0, "\(String(decoding: log, as: UTF8.self))")
    let picture = try Data(contentsOf: folder.url.appending(path: "x.png"))
    #expect(picture.starts(with: [0x89, 0x50, 0x4E, 0x47]) && picture.count > 2_000)
  }

  @Test(.enabled(if: Tool.dot.isInstalled))
  func `DOT: the edges are those of the graph`() throws {
    let folder = try Folder()
    let dot = try #require(Exporter.named("dot"))
    for seed in 1...20 {
      var random = SplitMix64(seed: UInt64(seed))
      var lines = (0..<4).map { "i\($0) = \($0 + 1)" }
      var known = (0..<4).map { "i\($0)" }
      for gate in 0..<8 {
        lines.append(
          "g\(gate) = \(random.pick(known)) \(random.pick(["+", "-", "*"])) \(random.pick(known))")
        known.append("g\(gate)")
      }
      let scene = try scene(lines, of: "g7")
      try folder.write(try dot.text(of: scene, title: "g7"), to: "x.dot")
      let (output, status) = try Tool.dot.run(["-Tjson0", "x.dot"], in: folder.url)
      #expect(status == 0)
      let data = try #require(try JSONSerialization.jsonObject(with: output) as? [String: Any])
      let objects = try #require(data["objects"] as? [[String: Any]])
      let names = objects.map { $0["name"] as? String ?? "" }
      let edges = (data["edges"] as? [[String: Any]] ?? []).map {
        (names[$0["tail"] as? Int ?? 0], names[$0["head"] as? Int ?? 0])
      }
      // A wire, w3, leads from its box, b3, to the boxes that read it.
      let wires = edges.filter { $0.0.hasPrefix("w") && $0.1.hasPrefix("b") }.count
      let expected = scene.graph.gates.map { Set(scene.graph.operands(of: $0)).count }
      #expect(
        wires == expected.reduce(0, +) + scene.graph.gates.count { scene.isTwice($0) },
        "seed \(seed)")
    }
  }

  @Test func `JSON: numbers to the last digit`() throws {
    let json = try #require(Exporter.named("json"))
    let scene = try scene(["x = 0.1, y = 0.3", "f = x * y"], of: "f")
    let data =
      try JSONSerialization.jsonObject(
        with: Data(try json.text(of: scene, title: "f").utf8)) as? [String: Any]
    let nodes = try #require(data?["nodes"] as? [[String: Any]])
    #expect(nodes.map { $0["label"] as? String } == ["x", "y", "f"])
    #expect(nodes.map { $0["value"] as? Double } == [0.1, 0.3, 0.1 * 0.3])
    #expect(nodes.map { $0["gradient"] as? Double } == [0.3, 0.1, 1])
  }

  @Test func `every exporter writes every event of a tape`() throws {
    let count = try scene(slide, of: "f").tape.events.count
    for exporter in Exporter.pictures {
      for event in 0...count {
        #expect(
          !(try exporter.text(of: try scene(slide, of: "f", event: event), title: "f")).isEmpty)
      }
    }
  }

  @Test func `what is too large is refused, not drawn badly`() throws {
    let lines = ["x0 = 1"] + (1...900).map { "x\($0) = x\($0 - 1) * x\(max(0, $0 - 7))" }
    let scene = try scene(lines, of: "x900")
    for name in ["svg", "dot", "tikz", "html"] {
      let exporter = try #require(Exporter.named(name))
      let problem = #expect(throws: Problem.self) { try exporter.text(of: scene, title: "x") }
      #expect(problem?.code == "too-large-to-draw")
    }
  }

  @Test func `base 64`() {
    // From RFC 4648, section 10.
    let vectors = [
      "": "", "f": "Zg==", "fo": "Zm8=", "foo": "Zm9v", "foob": "Zm9vYg==", "foobar": "Zm9vYmFy",
    ]
    for (plain, coded) in vectors { #expect(base64(plain) == coded) }
  }
}

extension Scene {
  /// Whether an ordered gate reads the same node twice: its two uses have numbers of their own.
  fileprivate func isTwice(_ gate: NodeID) -> Bool {
    let operands = graph.operands(of: gate)
    return graph.primitive(of: gate).name == "-" && Set(operands).count < operands.count
  }
}
