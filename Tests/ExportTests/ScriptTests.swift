import Console
import Engine
import Export
import Foundation
import Language
import Lessons
import TestSupport
import Testing

/// Scripts of all lessons and of many random formulas, run by PyTorch and JAX: the numbers are the
/// program's own, or a row of the table of conventions says why not.
@Suite struct ScriptTests {
  private func session(_ lines: [String]) throws -> Session {
    var session = Session()
    for line in lines { _ = try session.enter(line) }
    return session
  }

  /// What neither the rule of distances nor a convention explains.
  private func unexplained(
    _ computation: Computation, _ printed: ScriptPeer.Printed, _ peer: ScriptPeer,
    _ explained: inout Int
  ) throws -> [String] {
    if let error = printed.error { return [error] }
    let numbers = try ScriptNumbers(computation)
    let differences = numbers.differences(printed)
    guard !differences.isEmpty else { return [] }
    if numbers.meetsTheEnd || !numbers.conventions(for: peer.framework).isEmpty {
      explained += 1
      return []
    }
    return differences
  }

  @Test(arguments: [0, 1])
  func `every lesson: the same values and gradients`(place: Int) throws {
    let peer = ScriptPeer.all[place]
    guard peer.isInstalled else {
      return print("skipped: \(peer.framework.title) is not installed")
    }
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "lessons")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
      $0.hasSuffix(".md")
    }.sorted()
    let lessons = try files.map { file in
      LessonScript(
        of: try Lesson(parsing: Array(Data(contentsOf: folder.appending(path: file)))))
    }
    let results = try peer.run(lessons.map { $0.text(for: peer.framework) })
    var (count, explained, wrong) = (0, 0, 0)
    for (place, lesson) in lessons.enumerated() {
      #expect(results[place].error == nil, "\(files[place]): \(results[place].error ?? "")")
      var printed = results[place].circuits[...]
      for (circuit, about) in lesson.circuits {
        guard (try? circuit.graph()) != nil, let own = printed.popFirst() else { continue }
        let problems = try unexplained(circuit, own, peer, &explained)
        #expect(problems == [], "\(files[place]): \(about)")
        count += 1
        wrong += problems.isEmpty ? 0 : 1
      }
      #expect(printed.isEmpty, "\(files[place])")
    }
    #expect(files.count == 28 && count > 100)
    #expect(explained < 10)
    try Evidence.note(
      ["circuits": count, "explained": explained, "wrong": wrong],
      as: "\(peer.framework.title), lessons", in: "peers")
  }

  /// Python's own numbers would end the script here, or become complex.
  @Test(arguments: [0, 1])
  func `numbers of a loop divide and are raised as ours are`(place: Int) throws {
    let peer = ScriptPeer.all[place]
    guard peer.isInstalled else {
      return print("skipped: \(peer.framework.title) is not installed")
    }
    let sums = [
      "1/(i-1)", "(i-1)^(-1)", "(i-2.5)^0.5", "2^(-i)", "i^2/3", "(i-3)/i", "i/(i-4)", "(i-1)^i",
    ]
    let circuits = try sums.map { term in
      try session(["x = 0.75", "f = x + sum(\(term) for i in 1..2)"]).computation()
    }
    let results = try peer.run(
      try circuits.map { try Script.of($0, for: peer.framework, about: []) })
    for (place, circuit) in circuits.enumerated() {
      #expect(results[place].error == nil, "\(sums[place]): \(results[place].error ?? "")")
      #expect(try ScriptNumbers(circuit).differences(results[place]) == [], "\(sums[place])")
    }
  }

  @Test(arguments: [0, 1])
  func `two hundred random formulas: the same values and gradients`(place: Int) throws {
    let peer = ScriptPeer.all[place]
    guard peer.isInstalled else {
      return print("skipped: \(peer.framework.title) is not installed")
    }
    var circuits: [(lines: [String], computation: Computation)] = []
    for seed in 1...200 {
      var random = RandomCircuits(seed: UInt64(seed))
      let lines = random.lines()
      circuits.append((lines, try session(lines).computation()))
    }
    let results = try peer.run(
      try circuits.map { try Script.of($0.computation, for: peer.framework, about: $0.lines) })
    var (explained, wrong) = (0, 0)
    for ((lines, computation), result) in zip(circuits, results) {
      let problems = try unexplained(computation, result, peer, &explained)
      #expect(problems == [], "\(lines)")
      wrong += problems.isEmpty ? 0 : 1
    }
    // An explanation is for the few.
    #expect(explained < 60)
    try Evidence.note(
      ["circuits": circuits.count, "explained": explained, "wrong": wrong],
      as: "\(peer.framework.title), random formulas", in: "peers")
    let text = circuits.flatMap(\.lines).joined()
    let words = Composite.catalog.filter { !$0.isRandom }.map(\.name)
    for word in words + Primitive.functions.keys
    where Primitive.functions[word].map({ Primitive[$0].name == word }) != false {
      #expect(text.contains(word), "\(word) is never tried")
    }
  }

  @Test(arguments: [0, 1])
  func `each row of the conventions is what the framework does`(place: Int) throws {
    let peer = ScriptPeer.all[place]
    let name = peer.framework.name
    var scripts: [String] = []
    for row in FrameworkConvention.all {
      let computation = try session([row.at.replacing("],", with: "], "), "f = \(row.formula)"])
        .computation()
      let numbers = try ScriptNumbers(computation)
      let own =
        row.shows == .value
        ? numbers.graph.outputs.map { numbers.values[$0] }
        : numbers.graph.inputs.map { numbers.adjoints[$0] }
      #expect(isSame(own, row.ours), "\(row.topic): backstep gives \(own)")
      scripts.append(try Script.of(computation, for: peer.framework, about: [row.topic]))
    }
    guard peer.isInstalled else {
      return print("skipped: \(peer.framework.title) is not installed")
    }
    for (row, result) in zip(FrameworkConvention.all, try peer.run(scripts)) {
      let theirs =
        row.shows == .value
        ? result["f"] ?? []
        : result.lines.filter { $0.name.hasPrefix("grad ") && $0.name != "grad f" }
          .flatMap(\.numbers)
      #expect(
        isSame(theirs, row.theirs[name] ?? []),
        "\(row.topic): \(peer.framework.title) gives \(theirs) \(result.error ?? "")")
    }
  }

  /// Equal to eleven digits, signs of zero apart.
  private func isSame(_ a: [Double], _ b: [Double]) -> Bool {
    a.count == b.count
      && zip(a, b).allSatisfy {
        $0 == $1 || $0.isNaN && $1.isNaN || ($0 - $1).magnitude <= 1e-11 * $1.magnitude
      }
  }

  @Test(arguments: [0, 1])
  func `a trained network prints the loss that training ended with`(place: Int) throws {
    let peer = ScriptPeer.all[place]
    guard peer.isInstalled else {
      return print("skipped: \(peer.framework.title) is not installed")
    }
    let session = try session([
      "data moons 60 seed 3", "seed 1", "W = uniform(-1, 1, 4, 2), b = uniform(-1, 1, 4)",
      "v = uniform(-1, 1, 4), c = 0", "z = W @ [x1, x2] + b", "s = dot(v, tanh(z)) + c",
      "L = binary_cross_entropy(y, s)", "train L wrt W, b, v, c rate 0.5 epochs 40",
    ])
    let last = try #require(session.learning.losses.last)
    let script = try Script.of(try session.computation(), for: peer.framework, about: [])
    let printed = try #require(try peer.run([script]).first)
    #expect(printed.error == nil)
    let mean = try #require(printed["mean L"]?.first)
    #expect((mean - last).magnitude < 1e-12)
  }
}
