internal import Engine
internal import Glibc
internal import Language

// How fast text becomes a formula, and a formula a graph: a sum of 50,000 terms over 100 names.
// The argument is the folder with `w6.txt` and `w6vars.txt`.
@main struct FrontBenchmark {
  static func main() throws {
    guard CommandLine.arguments.count > 1 else { return print("usage: FrontBenchmark FOLDER") }
    let folder = CommandLine.arguments[1]
    let text = contents(folder + "/w6.txt")
    var definitions = Definitions()
    for (index, number) in contents(folder + "/w6vars.txt").split(separator: "\n").enumerated() {
      let line = try Assignment.reading("w\(index) = \(number)", functions: [:])
      for assignment in line ?? [] { try definitions.define(assignment) }
    }
    let formula = try Formula(reading: text)
    let graph = try Graph(of: formula, in: definitions)
    let value = graph.outputs.first.map { graph.values()[$0] } ?? .nan
    try report("W6 text to graph", check: value) {
      try Graph(of: Formula(reading: text), in: definitions).nodes.count
    }
    try report("W6 text to formula", check: value) { try Formula(reading: text).nodes.count }
  }

  /// The median and the least of 21 rounds, after one that warms the memory up.
  static func report(_ what: String, check: Double, _ work: () throws -> Int) throws {
    var times: [Double] = []
    for _ in 0..<22 {
      let start = ContinuousClock.now
      guard try work() > 0 else { return }
      let spent = start.duration(to: .now).components
      times.append(Double(spent.seconds) * 1e3 + Double(spent.attoseconds) * 1e-15)
    }
    let sorted = times.dropFirst().sorted()
    withVaList([sorted[10], sorted[0], check]) { numbers in
      var line = [CChar](repeating: 0, count: 256)
      _ = vsnprintf(&line, line.count, "med   %12.4f min %12.4f ms       check %.15g", numbers)
      let figures = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self)
      print(padded("Swift", 26), padded(what, 30), figures)
    }
  }

  static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.utf8.count))
  }

  static func contents(_ path: String) -> String {
    guard let file = fopen(path, "r") else { return "" }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = fread(&part, 1, part.count, file)
      guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
      bytes += part[..<count]
    }
  }
}
