import Foundation
import Lessons
import Testing

@testable import Console

/// The slides' numbers, computed by a computer algebra system and not by this program.
@Suite struct SlideNumberTests {
  /// Which examples each lesson works through.
  static let lessons: [(lesson: String, examples: [String])] = [
    ("01", ["neuron-linear", "neuron-sigmoid", "neuron-relu", "neuron-threshold"]),
    ("03", ["activation-"]), ("04", ["regression"]), ("05", ["circuit"]), ("07", ["chain"]),
    ("08", ["chain"]), ("09", ["multivariate-sum", "multivariate-product"]), ("10", ["branching"]),
    ("11", ["two-layer-chain"]), ("12", ["vanishing-"]), ("13", ["mlp-2-2-1"]),
    ("14", ["mlp-2-2-1", "softmax-cross-entropy"]),
    ("16", ["l2-distance", "l1-distance", "robust-huber", "mse-vs-mae"]),
    ("17", ["softmax-cross-entropy", "cross-entropy-probabilities", "multiclass-hinge"]),
    ("18", ["gradient-descent"]), ("22", ["conv1d"]), ("23", ["parameter-counts"]),
    ("25", ["cnn1d"]), ("27", ["adversarial"]),
  ]

  /// Examples whose numbers stand under other names in the lesson, where only the number counts:
  /// one activation at four points is a vector there, and five steps of descent are one name.
  static let byNumber = [
    "activation-", "vanishing-", "gradient-descent", "mse-vs-mae", "parameter-",
  ]

  @Test(arguments: lessons.indices)
  func `every lesson asserts every number of its slides`(place: Int) throws {
    let data = try Data(
      contentsOf: repository.appending(path: "Tests/ConsoleTests/Slides/expected.json"))
    let all = try #require(try JSONSerialization.jsonObject(with: data) as? [String: [String: Any]])
    let (number, prefixes) = Self.lessons[place]
    let file = try #require(
      try lessonFiles().first { $0.lastPathComponent.hasPrefix(number + "-") })
    let lesson = try Lesson(parsing: Array(Data(contentsOf: file)))
    let asserted = lesson.transcripts.flatMap(\.entries).filter(\.isAssertion).flatMap {
      Self.statements($0.command)
    }
    var compared = 0
    for (id, example) in all where prefixes.contains(where: id.hasPrefix) {
      for (name, wanted) in Self.numbers(of: example) {
        compared += 1
        let isFree = Self.byNumber.contains(where: id.hasPrefix)
        let isThere = asserted.contains { statement in
          (isFree || statement.name == Self.canonical(name))
            && abs(statement.number - wanted) <= 1e-8 * max(1, abs(wanted))
        }
        #expect(isThere, "\(file.lastPathComponent) does not assert \(name) = \(wanted) (\(id))")
      }
    }
    #expect(compared > 0)
  }

  /// What an example states: `value q`, `grad w1`, each with its number.
  private static func numbers(of example: [String: Any]) -> [(name: String, number: Double)] {
    var result = (example["values"] as? [String: Double] ?? [:]).map {
      ("value \($0.key)", $0.value)
    }
    for gradients in (example["gradients"] as? [String: [String: Double]] ?? [:]).values {
      result += gradients.map { ("grad \($0.key)", $0.value) }
    }
    // Counts stand beside their names.
    return result + example.compactMap { key, value in (value as? Double).map { (key, $0) } }
  }

  /// `grad W[1,2]` and `grad w12` are the same number under two spellings.
  private static func canonical(_ name: String) -> String {
    name.lowercased().filter { !"[], _".contains($0) }
  }

  /// The numbers an `assert` line states, element by element where it states a vector.
  private static func statements(_ line: String) -> [(name: String, number: Double)] {
    let code = line.split(separator: "#")[0].dropFirst("assert".count)
    guard let equals = code.lastIndex(of: "=") else { return [] }
    var left = code[..<equals].trimmingCharacters(in: .whitespaces)
    if !left.hasPrefix("grad "), !left.hasPrefix("value ") { left = "value " + left }
    let right = code[code.index(after: equals)...].split(separator: "±")[0]
      .trimmingCharacters(in: .whitespaces)
    guard right.hasPrefix("[") else {
      return Double(right).map { [(canonical(left), $0)] } ?? []
    }
    let rows = right.hasPrefix("[[") ? right.components(separatedBy: "],") : [right]
    var result: [(name: String, number: Double)] = []
    for (row, text) in rows.enumerated() {
      let numbers = text.filter { !"[] ".contains($0) }.split(separator: ",")
      for (column, number) in numbers.enumerated() {
        guard let value = Double(number) else { continue }
        let place = rows.count > 1 ? "\(row + 1)\(column + 1)" : "\(column + 1)"
        result.append((canonical(left + place), value))
      }
    }
    return result
  }
}
