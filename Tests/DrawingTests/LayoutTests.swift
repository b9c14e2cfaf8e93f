import Drawing
import TestSupport
import Testing

/// A random circuit of up to 70 parts, with as much sharing as asked for.
private func randomCircuit(_ random: inout SplitMix64) -> Circuit {
  var parts: [(width: Int, operands: [Int])] = []
  for _ in 0..<2 + random.below(11) { parts.append((1 + random.below(4), [])) }
  let sharing = Double(random.below(60)) / 100
  var unused = Array(parts.indices)
  for _ in 0..<1 + random.below(30) {
    let operands = (0..<random.pick([1, 2, 2, 2, 3, 5])).map { _ -> Int in
      guard !unused.isEmpty, random.number(0...1) > sharing else {
        return random.below(parts.count)
      }
      return unused.remove(at: random.below(unused.count))
    }
    unused.append(parts.count)
    parts.append((random.pick([3, 3, 3, 6]), operands))
  }
  while unused.count > 1 {
    let operands = [unused.removeLast(), unused.removeLast()]
    unused.append(parts.count)
    parts.append((3, operands))
  }
  return Circuit(
    parts.map {
      Circuit.Part(
        width: $0.width, label: 5, operands: $0.operands,
        isOrdered: $0.operands.count == 2 && random.below(3) == 0, result: 1)
    })
}

@Suite struct LayoutTests {
  @Test func `a sign for every mixture of light and heavy arms, by its name in Unicode`() {
    let arms: [String: Int] = ["UP": 0, "RIGHT": 1, "DOWN": 2, "LEFT": 3]
    var signs: [[Int]: Character] = [:]
    for value in UInt32(0x2500)..<0x2580 {
      guard let scalar = Unicode.Scalar(value), let name = scalar.properties.name,
        !["DASH", "DOUBLE", "ARC", "DIAGONAL"].contains(where: name.contains)
      else { continue }
      var words = name.split(separator: " ").dropFirst(2).map(String.init).filter { $0 != "AND" }
      // "LIGHT DOWN AND RIGHT", but "DOWN LIGHT AND RIGHT HEAVY".
      let isLeading = ["LIGHT", "HEAVY"].contains(words[0])
      var weights = [0, 0, 0, 0]
      if !isLeading { words.reverse() }
      var weight = 1
      for word in words {
        switch word {
        case "LIGHT": weight = 1
        case "HEAVY": weight = 2
        case "HORIZONTAL": (weights[1], weights[3]) = (weight, weight)
        case "VERTICAL": (weights[0], weights[2]) = (weight, weight)
        default: if let arm = arms[word] { weights[arm] = weight }
        }
      }
      signs[weights] = Character(scalar)
    }
    for (round, corner) in [
      [0, 1, 1, 0]: "╭", [0, 0, 1, 1]: "╮", [1, 1, 0, 0]: "╰", [1, 0, 0, 1]: "╯",
    ] {
      signs[round] = Character(corner)
    }
    #expect(signs.count == 80)
    for (weights, sign) in signs {
      #expect(Canvas.Cell(weights).glyph(isUnicode: true) == sign, "\(weights)")
    }
  }

  @Test(arguments: 0..<20)
  func `no wires touch in 500 random circuits, and each gate has its inputs`(part: Int) {
    var faults: [String] = []
    for seed in part * 500 + 1...part * 500 + 500 {
      var random = SplitMix64(seed: UInt64(seed))
      let circuit = randomCircuit(&random)
      guard let layout = Layout(circuit, spacing: seed % 5 == 0 ? .tight : .normal) else {
        faults.append("seed \(seed), \(circuit.parts.count) parts: no layout")
        continue
      }
      let canvas = Canvas(layout)
      // A dot hides the arms of its cell: dots under each other must belong together.
      for fork in layout.forks {
        let below = Layout.Point(column: fork.column, row: fork.row + 1)
        if layout.forks.contains(below), canvas[fork].south == .none {
          faults.append("seed \(seed): two forks look like one wire")
        }
      }
      if canvas.hasOverlap { faults.append("seed \(seed): wires touch") }
      faults += Tracing(layout, canvas, circuit).faults.map { "seed \(seed): \($0)" }
    }
    #expect(faults == [])
  }
}
