import TestSupport
import Testing

@testable import Language

/// The quick ways of reading: words of bytes, keys for names, decimals without the library.
@Suite struct FrontTests {
  /// What a part says, in words that can be compared.
  private func words(_ formula: Formula) -> [String] {
    formula.nodes.map { node in
      let name: String =
        switch node.kind {
        case .name, .call: formula.names[Int(node.reference)]
        case .number: "\(node.number.bitPattern)"
        default: "\(node.reference)"
        }
      return "\(node.kind) \(name) \(node.arity) \(node.size) \(node.span) "
        + "\(node.isBracketed) \(node.isIndexed)"
    }
  }

  @Test func `numbers are those of Swift's own reader to the last bit`() throws {
    var random = SplitMix64(seed: 11)
    var spellings = ["0", "00", "1.", ".5", "0.0", "9007199254740993", "9007199254740992", "1e22"]
    for _ in 0..<20_000 {
      let digits = { (count: Int) in
        String((0..<count).map { _ in random.pick(Array("0123456789")) })
      }
      var text = digits(1 + random.below(random.pick([3, 7, 20])))
      if random.below(3) > 0 { text += "." + digits(random.below(random.pick([4, 8, 22]))) }
      if random.below(8) == 0 {
        text +=
          random.pick(["e", "E"]) + random.pick(["", "+", "-"]) + digits(1 + random.below(3))
      }
      spellings.append(text)
    }
    for text in spellings {
      // Swift's reader wants a digit after the point.
      let own = try #require(Double(text.hasSuffix(".") ? text + "0" : text))
      // At the end of a text and far from it, which are read in different ways.
      for line in [text, text + " + a_long_way_from_the_end"] {
        let read = try Formula(reading: line).nodes.first
        #expect(read?.number.bitPattern == own.bitPattern, "\(line)")
        #expect(read?.span == 0..<text.utf8.count, "\(line)")
      }
    }
  }

  @Test func `a broken number is told wherever it stands`() {
    for (text, wrong) in [("1e", "1e"), ("1.2.3", "1.2.3"), ("12e+", "12e+"), ("1.5.", "1.5.")] {
      for tail in ["", " + a_long_way_from_the_end"] {
        let problem = #expect(throws: Problem.self) { try Formula(reading: text + tail) }
        #expect(problem?.code == "unreadable-number", "\(text)")
        #expect(problem?.span == 0..<wrong.utf8.count, "\(text)")
      }
    }
  }

  @Test func `thousands of names keep their order, whatever their length`() throws {
    var random = SplitMix64(seed: 5)
    let alphabet = Array("abyz_AZ09") + ["α", "ω"]
    var names: [String] = ["a", "ab", "aaaaaaa", "aaaaaaaa", "aaaaaaaaa", "a2345678", "a23456789"]
    for _ in 0..<4_000 {
      let tail = (0..<random.below(random.pick([3, 8, 30]))).map { _ in random.pick(alphabet) }
      names.append(random.pick(["w", "weight_of_layer_", "θ"]) + String(tail))
    }
    names = names.filter { $0 != "grad" && $0 != "value" }
    var order: [String] = []
    var seen: Set<String> = []
    for name in names where seen.insert(name).inserted { order.append(name) }
    let used = names + names.reversed()
    let formula = try Formula(reading: used.joined(separator: "+"))
    #expect(formula.names == order)
    let read = formula.nodes.dropLast().map { formula.names[Int($0.reference)] }
    #expect(read == used)
  }

  @Test func `subscript digits make no other name`() throws {
    let formula = try Formula(reading: "w12 + w₁₂ + w1₂ + layer_of_weights₁ + layer_of_weights1")
    #expect(formula.names == ["w12", "layer_of_weights1"])
  }

  @Test func `gates are told apart, and each is named once`() throws {
    let formula = try Formula(reading: "@1 + @2 * @1 + w * @12", as: .session)
    #expect(formula.names == ["@1", "@2", "w", "@12"])
    let read = formula.nodes.filter { $0.kind == .name }.map { formula.names[Int($0.reference)] }
    #expect(read == ["@1", "@2", "@1", "w", "@12"])
  }

  @Test func `what stands behind a name decides what it is, over blanks too`() throws {
    let tail = " + a_long_way_from_the_end"
    for call in ["exp(x)", "exp (x)", "exp  (x)", "exp\u{A0}(x)", "exp\t(x)"] {
      #expect(try Formula(reading: "x*" + call + tail).names.first == "x", "\(call)")
      #expect(try Formula(reading: "x*" + call + tail).names.count == 2, "\(call)")
    }
    for element in ["x[1]", "x [1]", "x  [1]", "x\u{A0}[1]"] {
      let formula = try Formula(reading: "y + x + " + element + tail)
      #expect(formula.nodes.filter(\.isIndexed).count == 1, "\(element)")
    }
  }

  @Test(arguments: 1...400)
  func `a formula says the same read in words and token by token`(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    var text = Tree.random(depth: 2 + random.below(5), &random).formula.written(.source)
    text = text.replacing("*", with: random.pick(["*", " * ", "·"]))
    // A sign within a number, 5e-324, is no operator.
    if !text.contains("e-") { text = text.replacing("-", with: random.pick(["-", "−", " - "])) }
    // In a session no plain stretch is read, since names can be more than names there.
    let plain = try Formula(reading: text)
    let tokens = try Formula(reading: text, as: .session)
    #expect(words(plain) == words(tokens), "\(text)")
  }

  @Test func `every beginning of a text is read, or is wrong, as it is token by token`() throws {
    let tail = "-w2*w1 - (x+ 1.25 )*w2 +x**2+((x))  + w1/3e2*-x^2 - 12345678/1234567.*abcdefg"
    let text = Array(("x + w1*w2 + abcdefg + " + tail + " + abcdefgh - 3 w2 + 1..2").utf8)
    for end in 1...text.count {
      // Blanks and brackets behind it move the end of the text away from what is read.
      for close in ["", "    ", ")", " + x*(w1 - w2)"] {
        let line = String(decoding: text[..<end], as: UTF8.self) + close
        let plain = Result { () throws(Problem) in try Formula(reading: line) }
        let tokens = Result { () throws(Problem) in try Formula(reading: line, as: .session) }
        switch (plain, tokens) {
        case (.success(let plain), .success(let tokens)):
          #expect(words(plain) == words(tokens), "\(line)")
        case (.failure(let plain), .failure(let tokens)):
          #expect(plain.code == tokens.code && plain.span == tokens.span, "\(line)")
        default: Issue.record("\(line)")
        }
      }
    }
  }

  @Test func `fifty thousand terms are read with all their places`() throws {
    var random = SplitMix64(seed: 6)
    var (text, value) = ("", 0.0)
    let number = { (name: Int) in Double(name) / 8 - 5 }
    for term in 0..<50_000 {
      let (a, b, c) = (random.below(100), random.below(100), random.below(9_000))
      let factor = Double(c) / 1_000
      if term > 0 { text += " + " }
      switch random.below(3) {
      case 0:
        text += "\(factor)*w\(a)*w\(b)"
        value += factor * number(a) * number(b)
      case 1:
        text += "(w\(a)+\(factor))*w\(b)"
        value += (number(a) + factor) * number(b)
      default:
        text += "w\(a)*(w\(b)-w\(a))"
        value += number(a) * (number(b) - number(a))
      }
    }
    let formula = try Formula(reading: text)
    #expect(formula.nodes.last?.arity == 50_000)
    #expect(formula.nodes.last?.span == 0..<text.utf8.count)
    let got = formula.evaluated { Int(formula.names[$0].dropFirst()).map(number) ?? .nan }
    #expect(got == value)
  }
}
