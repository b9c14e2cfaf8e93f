import TestSupport
import Testing

@testable import Engine

/// A table of names is a dictionary to everyone who asks.
@Suite struct NameTableTests {
  @Test(arguments: [1, 2, 3] as [UInt64])
  func `it holds what a dictionary holds, through growth and removal`(seed: UInt64) {
    var draw = SplitMix64(seed: seed)
    var table = NameTable<Int>()
    var model: [String: Int] = [:]
    for step in 0..<12_000 {
      let name = "n\(draw.below(5_000))"
      let value = draw.below(4) == 0 ? nil : step
      table[name] = value
      model[name] = value
      #expect(table.count == model.count && table[name] == value)
    }
    #expect(Dictionary(uniqueKeysWithValues: table.entries.map { ($0.key, $0.value) }) == model)
    #expect(table.keys.sorted() == model.keys.sorted())
    #expect(table.values.sorted() == model.values.sorted())
    #expect((0..<5_000).allSatisfy { table["n\($0)"] == model["n\($0)"] })
  }

  @Test func `a copy does not see what is changed afterwards`() {
    var table = NameTable<Int>()
    for number in 0..<100 { table["a\(number)"] = number }
    let copy = table
    table["a5"] = -1
    table["a6"] = nil
    for number in 100..<2_000 { table["a\(number)"] = number }
    #expect(copy.count == 100 && copy["a5"] == 5 && copy["a6"] == 6 && copy["a100"] == nil)
  }

  @Test func `names keep the order in which they were first defined`() throws {
    let lines = (0..<300).map { "n\(($0 * 7) % 300) = \($0)" }
    var names = try definitions(lines + ["n7 = 5", "f = n7 + n3", "g(z) = z"])
    #expect(names.order.prefix(300).elementsEqual((0..<300).map { "n\(($0 * 7) % 300)" }))
    #expect(names.order.suffix(2) == ["f", "g"] && names.count == 302)
    try define("n7 = f0 + 1", in: &names)
    #expect(names.order.first == "n0" && names.order[1] == "n7")
  }
}
