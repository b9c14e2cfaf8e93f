import Exercises
import Language
import Testing

/// The examples that marking was designed with, and every row of its table of verdicts.
@Suite struct MarkingTests {
  /// `(a + b) * (b + c)` at 1, 2, -5: p is 3, q is -3.
  private func fanOut() throws -> AnswerKey {
    AnswerKey(
      try item(
        ["a = 1, b = 2, c = -5", "p = a + b", "q = b + c", "f = p * q"],
        asking: ["grad p", "grad q", "grad a", "grad b", "grad c"]))
  }

  private func sheet(_ p: Int, _ q: Int, _ a: Int, _ b: Int, _ c: Int) -> [String: String] {
    ["grad p": "\(p)", "grad q": "\(q)", "grad a": "\(a)", "grad b": "\(b)", "grad c": "\(c)"]
  }

  @Test func `the sheet that is right`() throws {
    let rows = try fanOut().verdicts(sheet(-3, 3, -3, 0, 3))
    #expect(rows.values.allSatisfy { $0 == "right 1 1" } && rows.count == 5)
  }

  @Test func `the sheet without a swap carries the slip down`() throws {
    let rows = try fanOut().mark(sheet(3, 3, 3, 6, 3))
    #expect(rows["grad p"]?.verdict == .mistake && rows["grad p"]?.mistakes.first == "no-swap")
    #expect(rows["grad q"]?.verdict == .right && rows["grad c"]?.verdict == .right)
    for row in ["grad a", "grad b"] {
      #expect(rows[row]?.verdict == .carried)
      #expect(rows[row]?.sources == [0])
      #expect(rows[row]?.hundredths == 100)
    }
  }

  @Test func `the sheet that takes one way out of two`() throws {
    let rows = try fanOut().mark(sheet(-3, 3, -3, 3, 3))
    let row = try #require(rows["grad b"])
    #expect(row.verdict == .onePath && row.accuracy == 0 && row.method == 0)
    #expect(row.mistakes.first.map { ["overwrite", "one-path"].contains($0) } == true)
    guard case .products(let products, let seed) = row.working else {
      Issue.record("no contributions")
      return
    }
    #expect(Set(products.map(\.amount)) == [-3, 3] && seed == 0)
    #expect(rows.values.count { $0.verdict == .right } == 4)
  }

  @Test func `the sheet with two slips and a sum that comes out right`() throws {
    let rows = try fanOut().mark(sheet(3, -3, 3, 0, -3))
    for row in ["grad p", "grad q"] {
      #expect(rows[row]?.mistakes.first == "no-swap" && rows[row]?.method == 0)
    }
    #expect(rows["grad a"]?.verdict == .carried && rows["grad c"]?.verdict == .carried)
    #expect(rows["grad b"]?.verdict == .right)
  }

  @Test func `the sheet of local derivatives alone`() throws {
    let rows = try fanOut().mark(sheet(-3, 3, 1, 2, 1))
    for row in ["grad a", "grad b", "grad c"] {
      #expect(rows[row]?.verdict == .mistake && rows[row]?.mistakes.first == "local-only")
    }
    #expect(rows["grad p"]?.verdict == .right && rows["grad q"]?.verdict == .right)
  }

  @Test func `the sheet of zeros gains nothing but the zero that is one`() throws {
    let rows = try fanOut().mark(sheet(0, 0, 0, 0, 0))
    for row in ["grad p", "grad q"] { #expect(rows[row]?.verdict == .wrong) }
    for row in ["grad a", "grad c"] { #expect(rows[row]?.verdict == .notCredited(.zero)) }
    #expect(rows["grad b"]?.verdict == .right)
    #expect(rows.filter { $0.key != "grad b" }.allSatisfy { $0.value.hundredths == 0 })
  }

  // MARK: - The table of verdicts

  /// `(w1 + w2) * w3` at -2, 5, -4: q is 3, f is -12.
  private func slide() throws -> AnswerKey {
    AnswerKey(
      try item(
        ["w1 = -2, w2 = 5, w3 = -4", "q = w1 + w2", "f = q * w3"],
        asking: ["value q", "value f", "grad q", "grad w1", "grad w2", "grad w3", "step w1"]))
  }

  private let right = [
    "value q": "3", "value f": "-12", "grad q": "-4", "grad w1": "-4", "grad w2": "-4",
    "grad w3": "3", "step w1": "0",
  ]

  private func changed(_ changes: [String: String]) -> [String: String] {
    right.merging(changes) { $1 }
  }

  @Test func `right and following`() throws {
    #expect(try slide().verdicts(right).values.allSatisfy { $0 == "right 1 1" })
  }

  @Test func `right, and not following from the rows above`() throws {
    let rows = try slide().mark(changed(["grad q": "4"]))
    for row in ["grad w1", "grad w2"] {
      #expect(rows[row]?.verdict == .unsupported && rows[row]?.hundredths == 200)
      #expect(rows[row]?.accuracy == 1 && rows[row]?.method == 0)
      #expect(rows[row]?.expected == 4)
    }
  }

  @Test func `carried forward through values, gradients and an update`() throws {
    let rows = try slide().mark(
      changed(["value q": "7", "value f": "-28", "grad w3": "7", "grad w1": "5", "step w1": "-4.5"])
    )
    #expect(
      rows["value q"]?.verdict == .mistake && rows["value q"]?.mistakes.first == "operand-sign")
    #expect(rows["value f"]?.verdict == .carried && rows["value f"]?.sources == [0])
    #expect(rows["grad w3"]?.verdict == .carried && rows["grad w3"]?.sources == [0])
    #expect(rows["grad w1"]?.verdict == .wrong && rows["grad w1"]?.expected == -4)
    #expect(rows["step w1"]?.verdict == .carried && rows["step w1"]?.sources == [3])
  }

  @Test func `a mistake is looked for with the student's numbers`() throws {
    // With the upstream of 4, the slope -4 of the gate lost leaves 4 × 3 for w3.
    let key = AnswerKey(
      try item(
        ["x = 2, y = 3, z = 5", "u = x * y", "v = u - z", "f = v^2"],
        asking: ["grad v", "grad u", "grad z", "grad x"]))
    // v = 1: truth 2, 2, -2, 6. The student has 7 for v, and forgets the minus of z.
    let rows = key.mark(["grad v": "7", "grad u": "7", "grad z": "7", "grad x": "14"])
    #expect(rows["grad v"]?.verdict == .wrong)
    #expect(rows["grad u"]?.verdict == .carried)
    #expect(rows["grad z"]?.verdict == .mistake && rows["grad z"]?.mistakes.first == "sign")
    // 7 × x instead of 7 × y.
    #expect(rows["grad x"]?.mistakes.first == "no-swap")
  }

  @Test func `a gap is a gap, and the rows below use the right number`() throws {
    let rows = try slide().mark(["grad w1": "-4", "grad w2": "7"])
    #expect(rows["grad q"]?.verdict == .blank && rows["grad q"]?.hundredths == 0)
    #expect(rows["grad w1"]?.verdict == .right)
    #expect(rows["grad w2"]?.verdict == .wrong && rows["grad w2"]?.expected == -4)
    #expect(rows["step w1"]?.verdict == .blank)
  }

  @Test func `rows below a gap are not made of what lies above it`() throws {
    let key = AnswerKey(
      try item(
        ["w1 = -2, w2 = 5, w3 = -4, b = 1", "q = w1 + w2", "r = q * w3", "f = r + b"],
        asking: ["value q", "value r", "value f", "grad f", "grad r", "grad q"]))
    let forward = key.verdicts(["value q": "7", "value f": "-11"])
    #expect(forward["value r"] == "blank 0 0" && forward["value f"] == "right 1 1")
    let backward = key.verdicts(["value q": "3", "grad f": "5", "grad q": "-4"])
    #expect(backward["grad r"] == "blank 0 0" && backward["grad q"] == "right 1 1")
  }

  @Test func `what cannot be read is named, and counts as a gap below`() throws {
    let rows = try slide().mark(changed(["grad q": "four"]))
    guard case .unreadable(let reason)? = rows["grad q"]?.verdict else {
      Issue.record("read four")
      return
    }
    #expect(reason.contains("four"))
    #expect(rows["grad w1"]?.verdict == .right)
  }

  @Test func `an unasked gate between two rows is worked out from the student's numbers`() throws {
    let key = AnswerKey(
      try item(
        ["w1 = -2, w2 = 5, w3 = -4, b = 1", "q = w1 + w2", "f = q * w3 + b"],
        asking: ["value q", "value f", "grad w1"]))
    #expect(key.verdicts(["value q": "7", "value f": "-27"])["value f"] == "carried-forward 0 1")
  }

  @Test func `an update against the sign of the gradient is named`() throws {
    let row = try slide().mark(changed(["step w1": "-4"]))["step w1"]
    #expect(row?.verdict == .mistake && row?.mistakes == ["turned-gradient"])
  }

  @Test func `two mistakes that give the same number are both named`() throws {
    // p's own value and its value as a slope are the same 3.
    let mistakes = try fanOut().mark(sheet(3, 3, 3, 6, 3))["grad p"]?.mistakes ?? []
    #expect(mistakes.first == "no-swap" && mistakes.contains("value"))
  }

  @Test func `numbers rounded within the tolerance may be gone on with`() throws {
    let key = AnswerKey(
      try item(
        ["x = 0.375, y = 0.5, z = 8", "u = x * y", "f = u * z"],
        asking: ["value u", "value f"], tolerance: 0.0005))
    // u is 0.1875. Who writes 0.188 may go on to 1.504, and to the exact 1.5 as well.
    for (f, verdict) in [
      ("1.5", "right 1 1"), ("1.504", "right 1 1"), ("1.51", "wrong 0 0"),
    ] {
      #expect(key.verdicts(["value u": "0.188", "value f": f])["value f"] == verdict, "\(f)")
    }
  }
}
