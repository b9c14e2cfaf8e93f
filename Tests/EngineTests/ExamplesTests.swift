import Language
import Testing

@testable import Engine

@Suite struct ExamplesTests {
  private func examples(
    _ name: String, _ count: Int? = nil, seed: UInt64 = 1
  ) throws -> Examples {
    try #require(Examples.recipe(name)).examples(count, seed: seed)
  }

  @Test func `gates are the tables people write`() throws {
    for (name, answers) in [
      ("xor", [0.0, 1, 1, 0]), ("and", [0, 0, 0, 1]), ("or", [0, 1, 1, 1]),
    ] {
      let examples = try examples(name)
      #expect(examples.columns == ["x1", "x2", "y"] && examples.count == 4)
      #expect(examples.column(0) == [0, 0, 1, 1] && examples.column(1) == [0, 1, 0, 1])
      #expect(examples.column(2) == answers)
    }
    #expect(try examples("xor", 6).column(2) == [0, 1, 1, 0, 0, 1])
  }

  @Test func `every recipe keeps its promises`() throws {
    #expect(
      Examples.recipes.map(\.name) == [
        "xor", "and", "or", "moons", "circles", "spiral", "line", "sine",
      ])
    for recipe in Examples.recipes {
      let examples = try recipe.examples(seed: 3)
      #expect(examples.columns == recipe.columns && examples.count == recipe.standardCount)
      #expect(examples.numbers.allSatisfy { $0.isFinite })
      #expect(try recipe.examples(seed: 3) == examples, "same seed, same rows")
      for count in [1, 2, 3, 7] { #expect(try recipe.examples(count).count == count) }
      for count in [0, -1, 1_000_001] {
        #expect(throws: Problem.self) { try recipe.examples(count) }
      }
      guard recipe.standardCount == 100 else { continue }
      #expect(try recipe.examples(seed: 4) != examples, "other seed, other rows")
      if recipe.columns.count == 3 {
        #expect(examples.column(2).count { $0 == 0 } == 50)
        #expect(examples.column(2).count { $0 == 1 } == 50)
        #expect(Set(examples.column(2).prefix(50)).count == 2, "shuffled")
      }
    }
  }

  /// Where the points should be, within four deviations of the noise and a bit.
  @Test func `points lie where their names say`() throws {
    let moons = try examples("moons", 400)
    let circles = try examples("circles", 400)
    for row in 0..<400 {
      let moon = Array(moons[row: row])
      let center = moon[2] == 0 ? (0.0, 0.0) : (1, 0.5)
      let reach = distance(moon[0] - center.0, moon[1] - center.1)
      #expect(abs(reach - 1) < 0.45)
      let circle = Array(circles[row: row])
      #expect(abs(distance(circle[0], circle[1]) - (circle[2] == 0 ? 1 : 0.5)) < 0.25)
    }
    let line = try examples("line", 400)
    let errors = zip(line.column(0), line.column(1)).map { $1 - (2 * $0 - 1) }
    #expect(abs(errors.reduce(0, +) / 400) < 0.03 && errors.allSatisfy { abs($0) < 0.5 })
    let sine = try examples("sine", 400)
    #expect(zip(sine.column(0), sine.column(1)).allSatisfy { abs($1 - Real.sin($0)) < 0.5 })
    #expect(sine.column(0).allSatisfy { (-3...3).contains($0) })
  }

  private func distance(_ x: Double, _ y: Double) -> Double { (x * x + y * y).squareRoot() }

  @Test func `rows and columns that do not exist are empty`() {
    let examples = Examples(columns: ["a", "b"], numbers: [1, 2, 3, 4, 5])
    #expect(examples.count == 2 && examples.numbers == [1, 2, 3, 4])
    #expect(examples[row: 2].isEmpty && examples[row: -1].isEmpty && examples.column(2).isEmpty)
    #expect(Examples(columns: [], numbers: [1]).count == 0)
    #expect(examples.place(of: "b") == 1 && examples.place(of: "c") == nil)
  }
}

@Suite struct CSVTests {
  @Test(arguments: [
    "x1,y\n1,2\n-3,4e-1\n", "x1,y\r\n1,2\r\n-3,0.4", "\u{FEFF}x1,y\n1,2\n-3,.4\n\n  \n\r\n",
    " x1 , \"y\" \n\"1\", +2\n −3 ,\" 0.4\" ", "x₁,y\r1,2\r-3,0.4\r",
  ])
  func `one table, however it was saved`(text: String) throws {
    let examples = try Examples(csv: text)
    #expect(examples.columns == ["x1", "y"])
    #expect(examples.numbers == [1, 2, -3, 0.4])
  }

  @Test func `columns may be elements`() throws {
    let examples = try Examples(csv: "x[1],x[ 2 ],\"W[1, 2]\",θ\n1,2,3,4")
    #expect(examples.columns == ["x[1]", "x[2]", "W[1,2]", "θ"])
    #expect(try Examples(csv: "y\n7").numbers == [7])
  }

  @Test(arguments: [
    ("x,y\n1,2\n3,abc", "not-a-number", "line 3, column y: \"abc\" is not a number", "«abc»"),
    ("x,y\n1,nan", "not-a-number", "line 2, column y: \"nan\" is not a number", "«nan»"),
    ("x,y\n1,inf", "not-a-number", "line 2, column y: \"inf\" is not a number", "«inf»"),
    ("x,y\n0x1F,2", "not-a-number", "line 2, column x: \"0x1F\" is not a number", "«0x1F»"),
    ("x,y\n1 $,2", "not-a-number", "line 2, column x: \"1 $\" is not a number", "«1 $»"),
    ("x,y\n1 2,2", "not-a-number", "line 2, column x: \"1 2\" is not a number", "«1 2»"),
    ("x,y\n1+1,2", "not-a-number", "line 2, column x: \"1+1\" is not a number", "«1+1»"),
    ("x,y\n--1,2", "not-a-number", "line 2, column x: \"--1\" is not a number", "«--1»"),
    ("x,y\n1e,2", "not-a-number", "line 2, column x: \"1e\" is not a number", "«1e»"),
    ("x,y\n-,2", "not-a-number", "line 2, column x: \"-\" is not a number", "«-»"),
    ("x,y\n\"1,2", "not-a-number", "line 2, column x: \"\"1\" is not a number", "«\"1»"),
    ("x,y\n1e999,2", "not-a-number", "line 2, column x: \"1e999\" is too large", "«1e999»"),
    ("x,y\n1,", "not-a-number", "line 2, column y: a number is missing", "«»"),
    ("x,y\r\n1,2\r\n\r\n3,4", "ragged-row", "line 3 is empty, and more rows follow", "«»"),
    ("x,y\n1,2,3", "ragged-row", "line 2 has 3 fields, and there are 2 columns", "«1,2,3»"),
    ("x,y\n1", "ragged-row", "line 2 has 1 field, and there are 2 columns", "«1»"),
    ("x\n1,2", "ragged-row", "line 2 has 2 fields, and there is 1 column", "«1,2»"),
    ("", "no-rows", "there is nothing in this table", ""),
    (" \n\r\n", "no-rows", "there is nothing in this table", ""),
    ("x,y\n", "no-rows", "this table has names for its columns and no row of numbers", ""),
    ("x,x\n1,2", "repeated-column", "line 1: two columns are called x", "«x»"),
    ("x1,x₁\n1,2", "repeated-column", "line 1: two columns are called x1", "«x₁»"),
    ("x,\n1,2", "bad-column-name", "line 1: column 2 has no name", "«»"),
    ("x;y\n1;2", "bad-column-name", "line 1: \"x;y\" cannot name a column", "«x;y»"),
    ("1,2\n3,4", "bad-column-name", "line 1: \"1\" cannot name a column", "«1»"),
    ("(x),y\n3,4", "bad-column-name", "line 1: \"(x)\" cannot name a column", "«(x)»"),
    ("x[0]\n3", "bad-column-name", "line 1: \"x[0]\" cannot name a column", "«x[0]»"),
    ("x[1\n3", "bad-column-name", "line 1: \"x[1\" cannot name a column", "«x[1»"),
    ("petal length\n3", "bad-column-name", "line 1: \"petal length\" cannot name a column", ""),
  ])
  func `what is wrong is told with its place`(
    text: String, code: String, message: String, mark: String
  ) throws {
    let problem = try #require(throws: Problem.self) { try Examples(csv: text) }
    #expect(problem.code == code)
    #expect(problem.message == message)
    guard !mark.isEmpty, let excerpt = problem.excerpt, let span = problem.span else { return }
    let bytes = Array(excerpt.utf8)
    #expect("«" + String(decoding: bytes[span], as: UTF8.self) + "»" == mark)
    #expect(!problem.rendered.isEmpty)
  }

  @Test func `rows are counted up to the limit`() throws {
    let problem = try #require(throws: Problem.self) {
      try Examples(csv: "x\n" + String(repeating: "1\n", count: Limit.examples.bound + 2))
    }
    #expect(problem.code == "over-limit" && problem.message.contains("1000002"))
  }
}
