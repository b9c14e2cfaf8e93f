import Foundation
import Language
import TestSupport
import Testing

@testable import Typesetting

/// Plots: whole pictures agreed by eye, and what must hold of any picture.
@Suite struct PlotTests {
  @Test(arguments: ["unicode", "ascii", "speech"])
  func `plots look as agreed`(kind: String) throws {
    let style = PlotSamples.style(kind)
    let text = PlotSamples.pictures(style).map { "== \($0)\n" + $1.rendered(style) }.joined()
    try expectGolden(text, "plots.\(kind).txt")
    if kind == "ascii" { #expect(text.utf8.allSatisfy { $0 < 0x80 }) }
  }

  @Test func `a map in colours looks as agreed`() throws {
    let style = Style()
    try expectGolden(
      PlotSamples.boundary(style).rendered(style, colour: true), "boundary.colour.txt")
  }

  @Test func `no picture is wider than the screen, and none acts on a terminal`() {
    for kind in ["unicode", "ascii"] {
      for width in Array(20...40) + Array(stride(from: 47, through: 200, by: 17)) {
        var style = PlotSamples.style(kind)
        style.width = width
        for (name, document) in PlotSamples.pictures(style) {
          let text = document.rendered(style)
          let widest = text.split(separator: "\n").map { columns(String($0)) }.max() ?? 0
          #expect(widest <= width, "\(name) in \(kind) at \(width)")
          #expect(!text.contains("\u{1B}"))
        }
      }
    }
  }

  /// The dots of a braille picture, read back from its characters: rows of the frame only.
  private func dots(_ document: Document) -> Set<[Int]> {
    var result: Set<[Int]> = []
    let rows = document.rendered(Style()).split(separator: "\n").filter {
      $0.contains("┤") || $0.contains("│")
    }
    for (row, line) in rows.enumerated() {
      let cells = line.drop { $0 != "┤" && $0 != "│" }.dropFirst()
      for (column, cell) in cells.enumerated() {
        guard let code = cell.unicodeScalars.first?.value, (0x2800...0x28FF).contains(code) else {
          continue
        }
        let places = [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3)]
        for (bit, place) in places.enumerated() where code & (1 << UInt32(bit)) != 0 {
          result.insert([2 * column + place.0, 4 * row + place.1])
        }
      }
    }
    return result
  }

  @Test func `every sample has its dot`() {
    var random = SplitMix64(seed: 41)
    for trial in 0..<60 {
      let count = 2 + random.below(300)
      let isWide = trial % 2 == 0
      let losses = (0..<count).map { _ in
        isWide ? exp(random.number(-9...9)) : random.number(-3...5)
      }
      let dots = dots(.lossPlot(losses, style: Style()))
      let view =
        isWide && (losses.max() ?? 0) / (losses.min() ?? 1) >= 5 ? losses.map { log($0) } : losses
      let low = view.min() ?? 0
      let high = view.max() ?? 1
      var missing: [Int] = []
      for (epoch, loss) in view.enumerated() {
        let x = Int((Double(epoch) / Double(count - 1) * 119).rounded())
        let exact = (high - loss) / (high - low) * 35
        // Where the place is half way between two dots, either is right.
        let ys = [Int((exact - 1e-6).rounded()), Int((exact + 1e-6).rounded())]
        if !ys.contains(where: { dots.contains([x, $0]) }) { missing.append(epoch) }
      }
      #expect(missing == [], "trial \(trial)")
    }
  }

  @Test func `a threshold is drawn as two levels and a ramp as a ramp`() {
    let step = dots(.curvePlot([PlotSamples.curve("s") { $0 >= 0 ? 1 : 0 }], style: Style()))
    #expect(Set(step.map { $0[1] }) == [0, 51])
    let steep = dots(
      .curvePlot([PlotSamples.curve("s") { 1 / (1 + exp(-8 * $0)) }], style: Style()))
    #expect(Set(steep.map { $0[1] }) == Set(0...51))
  }

  @Test func `a curve breaks where it is no number`() {
    let curve = PlotSamples.curve("r") { $0.magnitude < 1 ? .nan : $0 }
    #expect(curve.stretches.count == 2)
    let xs = Set(dots(.curvePlot([curve], style: Style())).map { $0[0] })
    #expect(xs.isDisjoint(with: 46...73))
    #expect(curve.lostCount == 59)
  }

  @Test func `zeros, jumps and extremes are found`() throws {
    let cubic = PlotSamples.curve("c", -3...3) { $0 * ($0 - 1.01) * ($0 + 2.03) }
    let zeros = cubic.zeros.map(\.lowerBound)
    #expect(zeros.count == 3)
    for (found, right) in zip(zeros, [-2.03, 0, 1.01]) { #expect(abs(found - right) < 1e-3) }
    #expect(cubic.jumps == [])
    #expect(PlotSamples.curve("p") { 1 / ($0 - 0.01) }.jumps.count == 1)
    #expect(PlotSamples.curve("relu") { max($0, 0) }.jumps == [])
    #expect(PlotSamples.curve("relu") { max($0, 0) }.zeros == [-4...0])
  }

  @Test func `what is said of a loss is computed`() {
    let course = LossCourse("Loss", [8, .nan, 6, 5, 3, 1, 2])
    #expect(course.halfway == 3)
    #expect(course.lowest == .init(epoch: 5, loss: 1))
    #expect(
      course.sentences == [
        "Loss fell from 8 to 2 in 6 epochs; half of the fall happened by epoch 3. Lowest 1 at epoch 5.",
        "Loss at epoch 1 is nan and left out.",
      ])
    #expect(LossCourse("Loss", [1, 2]).sentences[0].hasPrefix("Loss rose from 1 to 2 in 1 epoch;"))
  }

  @Test func `a map and its points lie where they should`() throws {
    var style = Style()
    style.unicode = false
    let region = Region(x1: 0...4, x2: 0...2)
    let points = [
      LabelledPoint(0, 0, isPositive: false), LabelledPoint(4, 2, isPositive: true),
      LabelledPoint(9, 9, isPositive: true),
    ]
    let text = Document.boundaryPlot(region, points: points, style: style) { x, _ in x > 2 ? 1 : 0 }
      .rendered(style)
    let rows = text.split(separator: "\n").filter { $0.contains("|") }.map {
      String($0.drop { $0 != "|" }.dropFirst().dropLast())
    }
    #expect(rows.count == 15)
    #expect(rows[0] == String(repeating: " ", count: 30) + String(repeating: "#", count: 29) + "x")
    #expect(rows[14] == "o" + String(repeating: " ", count: 29) + String(repeating: "#", count: 30))
    #expect(text.contains("1 point lies outside of what is shown."))
  }

  @Test func `the shades agree with the decision`() {
    for (score, shade) in [(0.0, 0), (0.49999, 7), (0.5, 8), (0.51, 8), (1, 15)] {
      let map = ScoreMap(Region(x1: 0...1, x2: 0...1), columns: 1, rows: 1, threshold: 0.5) {
        (_: Double, _: Double) in score
      }
      #expect(map.shade(0, 0) == UInt8(shade))
      #expect(map.isPositive(0, 0) == (shade >= 8))
    }
  }

  @Test func `a score that fails passes its problem on`() {
    #expect(throws: Problem.self) {
      try Document.boundaryPlot(Region(x1: 0...1, x2: 0...1), points: [], style: Style()) {
        (_, _) throws(Problem) -> Double in throw Problem("no", "no")
      }
    }
  }

  /// Numbers at the ends of what a double holds, which must not end the program.
  @Test func `extreme numbers are drawn too`() {
    let big = Double.greatestFiniteMagnitude
    let tiny = Double.leastNonzeroMagnitude
    let lists: [[Double]] = [
      [big, -big], [tiny, big], [tiny, 0], [tiny, tiny], [-0.0, 0], [big, big], [.infinity],
      [tiny, 2 * tiny], [1, 1.nextUp],
    ]
    for kind in ["unicode", "ascii", "speech"] {
      let style = PlotSamples.style(kind)
      for list in lists {
        #expect(!Document.lossPlot(list, validation: list, style: style).blocks.isEmpty)
        #expect(
          !Document.curvePlot([Curve("f", xs: list, ys: list.reversed())], style: style).blocks
            .isEmpty)
        let points = list.map { LabelledPoint($0, $0, isPositive: $0 > 0) }
        let plot = Document.boundaryPlot(Region(around: points), points: points, style: style) {
          x, y in x * y
        }
        #expect(!plot.blocks.isEmpty)
      }
    }
  }
}

/// What the plots are tried on.
enum PlotSamples {
  static let losses: [Double] = (0...400).map { (epoch: Int) -> Double in
    let t = Double(epoch)
    let fast: Double = 0.97 * exp(-t / 20)
    return 0.185 + fast + 0.2432 * exp(-t / 200)
  }
  static let validation: [Double] = (0...400).map { (epoch: Int) -> Double in
    let t = Double(epoch)
    let fast: Double = 1.2 * exp(-t / 25)
    return 0.25 + fast + 0.0004 * t
  }
  static func curve(
    _ name: String, _ range: ClosedRange<Double> = -4...4, _ f: (Double) -> Double
  ) -> Curve {
    let xs = (0...240).map {
      range.lowerBound + (range.upperBound - range.lowerBound) * Double($0) / 240
    }
    return Curve(name, xs: xs, ys: xs.map(f))
  }
  static var moons: [LabelledPoint] {
    var random = SplitMix64(seed: 3)
    return (0..<24).flatMap { i -> [LabelledPoint] in
      let a = Double.pi * Double(i) / 23
      let noise = { (random: inout SplitMix64) in random.number(-0.15...0.15) }
      return [
        LabelledPoint(cos(a) + noise(&random), sin(a) + noise(&random), isPositive: false),
        LabelledPoint(1 - cos(a) + noise(&random), 0.4 - sin(a) + noise(&random), isPositive: true),
      ]
    }
  }
  static func score(_ x: Double, _ y: Double) -> Double {
    1 / (1 + exp(-4 * (0.3 + 0.8 * sin(2.1 * (x - 0.5)) * 0.9 - y)))
  }
  static func boundary(_ style: Style) -> Document {
    Document.boundaryPlot(Region(around: moons), points: moons, style: style, score: score)
  }
  static func style(_ kind: String) -> Style {
    var style = Style()
    style.unicode = kind != "ascii"
    style.speech = kind == "speech"
    return style
  }
  static func pictures(_ style: Style) -> [(String, Document)] {
    [
      ("loss", .lossPlot(losses, style: style)),
      ("validation", .lossPlot(losses, validation: validation, style: style)),
      ("one", .lossPlot([0.5], style: style)),
      ("five", .lossPlot([2, 1.5, 1.7, 1, 0.9], style: style)),
      ("constant", .lossPlot([0.5, 0.5, 0.5], style: style)),
      ("diverging", .lossPlot([1, 2, 8, 90, 4e5, .infinity, .nan], style: style)),
      ("empty", .lossPlot([], style: style)), ("nan", .lossPlot([.nan, .nan], style: style)),
      ("sigmoid", .curvePlot([curve("sigmoid(x)") { 1 / (1 + exp(-$0)) }], style: style)),
      (
        "tanh",
        .curvePlot(
          [
            curve("tanh(x)") { tanh($0) }, curve("tanh'(x)") { 1 - tanh($0) * tanh($0) },
            curve("relu(x)/4") { max($0, 0) / 4 },
          ], style: style)
      ),
      ("step", .curvePlot([curve("step(x)") { $0 >= 0 ? 1 : 0 }], style: style)),
      ("pole", .curvePlot([curve("1/x") { 1 / $0 }, curve("ln(x)") { log($0) }], style: style)),
      ("cubic", .curvePlot([curve("x^3 - 4x") { $0 * $0 * $0 - 4 * $0 }], style: style)),
      ("floor", .curvePlot([curve("floor(x)") { floor($0) }], style: style)),
      ("boundary", boundary(style)),
    ]
  }
}
