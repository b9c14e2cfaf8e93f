import Engine
import Exercises
import Language
import Testing
import Typesetting

private let circuit = [
  "q = a + b", "f = q * c", "a, b, c in -5..5 except 0", "ask grad q, grad a, grad b, grad c",
]

/// Pools of variants: what passes, what is refused, and what a seed means.
@Suite struct VariantTests {
  @Test func `every variant of a circuit tells mistakes apart, worked out by hand`() throws {
    var pool = try Pool(of: try exercise(circuit))
    let count = try #require(pool.count)
    let items = try pool.items(count, VariantRequest(seed: 3))
    #expect(Set(items.map(\.identifier)).count == count && count > 100)
    for item in items {
      let numbers = item.given.map { $0.values[0] }
      let (a, b, c) = (numbers[0], numbers[1], numbers[2])
      let q = a + b
      let right = [c, c, c, q]
      #expect(q != 0)
      let answers = item.blanks.map { blank -> Double in
        if case .number(let number, _) = blank.answer { number.double } else { .nan }
      }
      #expect(answers == right)
      // Mistakes as instructor and student would compute them with a pencil.
      let mistaken: [[Double]] = [
        [q, q, q, c],  // not swapped
        right.map { -$0 },  // the other way round
        [c, 1, 1, q],  // the slope of the last gate only
        [q, a, b, c],  // the value read off
      ]
      for wrong in mistaken { #expect(wrong != right, "\(numbers)") }
      #expect(Set(mistaken).count == mistaken.count, "\(numbers)")
    }
  }

  @Test func `what is refused has a reason`() throws {
    // Only numbers at which q is 0, or at which swapping changes nothing.
    for (lines, filter) in [
      (["q = a - b", "f = q * c", "a, b in {3}", "c in 1..9", "ask grad a"], "zero-value"),
      (["f = relu(a) * b", "a in {0}", "b in 1..5", "ask value f"], "kink"),
      (["f = a * b", "a, b in 20..30", "ask grad a"], "size"),
      (["f = a / b", "a in {1}", "b in {3, 7}", "ask value f"], "places"),
      (["f = a * b", "a, b in 1..5", "keep a > 9", "ask grad a"], "kept"),
      (["f = sigmoid(a)", "a in {ln(100)}", "ask value f"], "saturated"),
      (
        ["f = relu(a) * b", "a in -5..-1", "b in 1..5", "ask grad a", "allow zero-value"],
        "zero-gradient"
      ),
    ] as [([String], String)] {
      var pool = try Pool(of: try exercise(lines))
      #expect(pool.count == 0, "\(lines)")
      do {
        _ = try pool.items(1, VariantRequest())
        Issue.record("\(lines) has a variant")
      } catch {
        #expect(
          error.code == "no-variants" && error.message.contains("by \(filter)"), "\(error.message)")
        #expect(error.hint != nil)
      }
    }
  }

  @Test func `numbers that hide a mistake are refused one by one`() throws {
    // Where a is b, swapping changes nothing: 7 of 49.
    let pool = try Pool(
      of: try exercise(["f = a * b", "a, b in 1..7", "ask grad a, grad b", "mistakes no-swap"]))
    #expect(pool.count == 42 && pool.report.map(\.count) == [7])
    #expect(pool.report.map(\.filter) == [.hidden])
    let open = try Pool(
      of: try exercise([
        "f = a * b", "a, b in 1..7", "ask grad a, grad b", "mistakes no-swap", "allow hidden",
      ]))
    #expect(open.count == 49)
    // Two mistakes of the author's that are one where a is 2: a + a and a * a.
    let twins = try Pool(
      of: try exercise([
        "f = a + 7", "a in 1..4", "ask f", "wrong twice: a + a | Not twice.",
        "wrong square: a * a | Not squared.",
      ]))
    #expect(twins.count == 3 && twins.report.map(\.filter) == [.distinct])
  }

  @Test func `decimals decide as they are, and not as they are rounded`() throws {
    // 0.1 + 0.2 - 0.3 is 0, and not 5e-17.
    let lines = [
      "f = relu(a + b - c) * v", "a in {0.1}", "b in {0.2}", "c in {0.3}", "v in {2}", "ask grad v",
      "allow hidden, distinct, zero-gradient, zero-value",
    ]
    let kinked = try Pool(of: try exercise(lines, matter: "places: 3"))
    #expect(kinked.count == 0 && kinked.report.map(\.filter) == [.kink])
    let pool = try Pool(
      of: try exercise(
        [
          "z = a + b - c", "a, b, c in 0.1..0.9 step 0.1", "keep z == 0.1", "ask value z",
          "allow hidden, distinct",
        ], matter: "places: 3"))
    // In tenths: a + b - c = 1 with all from 1 to 9.
    let sums = (1...9).flatMap { a in (1...9).map { b in a + b - 1 } }.count { 1...9 ~= $0 }
    #expect(pool.count == sums)
    // The least whole number has no negative.
    #expect(Exact(-0x1p63) == nil && Rational(.min).negated == Rational(.max))
  }

  @Test func `strata that overlap give no variant twice`() throws {
    var pool = try Pool(
      of: try exercise(circuit + ["stratum one: a > -9", "stratum two: b > -9"]))
    let first = try pool.items(60, VariantRequest(seed: 1, stratum: "one"))
    let second = try pool.items(60, VariantRequest(seed: 1, stratum: "two"))
    #expect(Set((first + second).map(\.identifier)).count == 120)
  }

  @Test func `a wrong answer that is right is no wrong answer`() throws {
    let own = try exercise(["f = a * b", "a, b in 2..5", "ask grad a", "wrong same: b | No."])
    do throws(Problem) {
      _ = try Pool(of: own)
      Issue.record("it is right")
    } catch { #expect(error.code == "problem-wrong" && error.message.contains("same")) }
  }

  @Test func `a seed means the same variants, and another seed others`() throws {
    let draw = { (seed: UInt64, count: Int) in
      var pool = try Pool(of: try exercise(circuit))
      return try pool.items(count, VariantRequest(seed: seed)).map(\.identifier)
    }
    let first = try draw(7, 30)
    #expect(try draw(7, 30) == first && Set(first).count == 30)
    // More of them begin with the same.
    #expect(try Array(draw(7, 60).prefix(30)) == first)
    #expect(try draw(8, 30) != first)
    // Pinned: a seed printed on a sheet has to find it again next year.
    #expect(first.prefix(3).joined(separator: " ") == Self.pinned)
  }

  private static let pinned = "sample-0190 sample-0282 sample-0134"

  @Test func `a large space is walked without repetition`() throws {
    let lines = [
      "z = W @ x + b", "h = relu(z)", "y = dot(v, h) + c", "L = (y - t)^2 / 2",
      "x[2] in -3..3 except 0", "W[2,2] in {-2, -1, 1, 2}", "b[2] in -2..2",
      "v[2] in -3..3 except 0", "c in -2..2", "t in -4..4", "keep dead == 1",
      "allow zero-value, zero-gradient", "ask grad W, grad b, grad v, grad c",
    ]
    var pool = try Pool(of: try exercise(lines, matter: "cap: 20\nplaces: 1"))
    #expect(pool.count == nil)
    let items = try pool.items(60, VariantRequest(seed: 2))
    #expect(Set(items.map { $0.given.map(\.text) }).count == 60)
    for item in items {
      let values = item.tape.graph.values()
      let z = item.tape.graph.group(named: "z")?.nodes.map { values[$0] } ?? []
      #expect(z.count == 2 && z.count { $0 < 0 } == 1 && !z.contains(0))
    }
    do {
      _ = try pool.items(5, VariantRequest(seed: 2, stratum: "none"))
      Issue.record("there is no such stratum")
    } catch { #expect(error.code == "problem-stratum") }
  }

  @Test func `strata and bands are what they say`() throws {
    let lines = circuit + ["stratum negative: grad a < 0", "stratum positive: grad a > 0"]
    var pool = try Pool(of: try exercise(lines))
    for (stratum, sign) in [("negative", -1.0), ("positive", 1.0)] {
      for item in try pool.items(20, VariantRequest(seed: 1, stratum: stratum)) {
        #expect(item.given[2].values[0] * sign > 0 && item.stratum == stratum)
      }
    }
    let costs = { (band: VariantRequest.Band) in
      var pool = try Pool(of: try exercise(lines))
      return try pool.items(25, VariantRequest(seed: 1, band: band)).map(\.difficulty)
    }
    let (easy, medium, hard) = (try costs(.easy), try costs(.medium), try costs(.hard))
    #expect(try #require(easy.max()) <= #require(medium.min()))
    #expect(try #require(medium.max()) <= #require(hard.min()))
    #expect(try #require(easy.min()) < #require(hard.max()))
  }

  @Test func `more than there are is refused`() throws {
    var pool = try Pool(of: try exercise(circuit))
    do {
      _ = try pool.items(5_000, VariantRequest())
      Issue.record("there are not so many")
    } catch { #expect(error.code == "too-few-variants" && error.hint != nil) }
    #expect(throws: Problem.self) {
      try Pool(of: try exercise(["f = sum(x)", "x[200] in -9..9", "ask value f"]))
    }
  }

  @Test func `a number can be fixed, in its range or not`() throws {
    for text in ["-4", "7", "1/2"] {
      var pool = try Pool(
        of: try exercise(circuit, matter: "places: 1").fixing("c", at: text))
      let items = try pool.items(10, VariantRequest())
      #expect(
        items.allSatisfy {
          $0.identifier != $0.problem
            && $0.given[2].values[0] == Double(Rational(decimal: text)?.double ?? 0.5)
        }
      )
    }
    #expect(throws: Problem.self) { try exercise(circuit).fixing("d", at: "1") }
    #expect(throws: Problem.self) { try exercise(circuit).fixing("c", at: "four") }
  }

  @Test func `an item is made again from its numbers`() throws {
    for lines in [
      circuit, circuit + ["find-error"],
      [
        "x in -3..3 except 0", "choose y: relu(x) | abs(x) | x^2", "ask value y, grad x",
        "allow zero-value, zero-gradient",
      ],
    ] {
      let own = try exercise(lines)
      var pool = try Pool(of: own)
      let again = Remaking(of: own)
      for item in try pool.items(12, VariantRequest(seed: 5)) {
        let copy = try again.item(
          item.recipe, number: item.number, count: item.count, seed: item.seed, form: item.form,
          stratum: item.stratum)
        #expect(copy.identifier == item.identifier && copy.given == item.given)
        #expect("\(copy.blanks)" == "\(item.blanks)" && "\(copy.exhibit)" == "\(item.exhibit)")
      }
    }
  }

  @Test func `a table with an error has one wrong row, and what follows from it`() throws {
    var pool = try Pool(of: try exercise(circuit + ["find-error"]))
    let count = try #require(pool.count)
    for item in try pool.items(count, VariantRequest(seed: 1)) {
      guard case .table(let table)? = item.exhibit.first,
        case .number(let row, _) = item.blanks[0].answer,
        case .number(let corrected, _) = item.blanks[1].answer
      else {
        Issue.record("no table")
        continue
      }
      let numbers = table.rows.map { row -> Double in
        guard case .math(let math)? = row[2].first, case .digits(let text)? = math.pieces.first
        else { return .nan }
        return Double(text) ?? .nan
      }
      let given = item.given.map { $0.values[0] }
      // Rows are q or c first, then b and a, as the pass visits them.
      let right = table.rows.map { row -> Double in
        guard case .math(let math)? = row[1].first,
          case .derivative(of: _, by: let name)? = math.pieces.first
        else { return .nan }
        return name == "c" ? given[0] + given[1] : given[2]
      }
      let place = row.numerator - 1
      #expect(numbers[place] != right[place] && corrected.double == right[place])
      // What stands above it is right; q's number is copied to a and b.
      #expect(zip(numbers, right).prefix(place).allSatisfy { $0 == $1 })
    }
  }
}
