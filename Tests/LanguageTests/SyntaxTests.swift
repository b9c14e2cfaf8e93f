import Foundation
import TestSupport
import Testing

@testable import Language

/// The cases of `Oracle/syntax.jsonl`, each to be accepted or refused, none to crash or hang.
@Suite struct SyntaxTests {
  /// Refused while there were only numbers: `[a]` is a vector now, `a@b` a matrix product.
  private static let isReadSince: Set<String> = ["syn-112", "syn-153"]

  struct Case: Decodable {
    let id: String
    let expect: String
    let why: String
    let text: String?
    let hex: String?
    let `repeat`: Repetition?
    let then: String?
    let close: Repetition?

    struct Repetition: Decodable {
      let text: String
      let count: Int
      init(from decoder: any Decoder) throws {
        var pair = try decoder.unkeyedContainer()
        text = try pair.decode(String.self)
        count = try pair.decode(Int.self)
      }
    }

    var bytes: [UInt8] {
      if let text { return Array(text.utf8) }
      if let hex {
        var digits = Array(hex)[...]
        var bytes: [UInt8] = []
        while digits.count >= 2 {
          bytes.append(UInt8(String(digits.prefix(2)), radix: 16) ?? 0)
          digits = digits.dropFirst(2)
        }
        return bytes
      }
      let repeated = { (part: Repetition?) in
        part.map { String(repeating: $0.text, count: $0.count) } ?? ""
      }
      return Array((repeated(self.repeat) + (then ?? "") + repeated(close)).utf8)
    }

    static func all() throws -> [Case] {
      let file = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Oracle/syntax.jsonl")
      return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
        try JSONDecoder().decode(Case.self, from: Data($0.utf8))
      }
    }
  }

  /// What this project decides where the data leaves the choice open; the rest of `either` may be
  /// accepted.
  private let refused: Set<String> = [
    "implicit multiplication", "invisible characters",
  ]

  @Test func `every case is read or refused as stated`() throws {
    var wrong: [String] = []
    let cases = try Case.all()
    #expect(cases.count == 201)
    for example in cases {
      var code: String?
      do throws(Problem) {
        let formula = try Formula(reading: decoded(example.bytes))
        // What was read must be printable and mean itself when read again.
        if formula.nodes.count < 2_000 {
          if (try? Formula(reading: formula.written(.source))) != formula {
            wrong.append("\(example.id): printed as \(formula.written(.source))")
          }
        } else if formula.nodes.count < 200_000 {
          #expect(formula.written(.source).utf8.count >= formula.nodes.count)
        }
      } catch {
        code = error.code
        if error.pointing(into: "x").rendered.isEmpty {
          wrong.append("\(example.id): says nothing")
        }
      }
      switch example.expect {
      case "accept" where code != nil: wrong.append("\(example.id) refused: \(code ?? "")")
      case "reject" where code == nil && !Self.isReadSince.contains(example.id):
        wrong.append("\(example.id) accepted (\(example.why))")
      case "either" where refused.contains(example.why) && code == nil:
        if String(decoding: example.bytes, as: UTF8.self).hasPrefix("\u{FEFF}") == false {
          wrong.append("\(example.id) accepted although the manual says it is not")
        }
      default: break
      }
    }
    #expect(wrong == [])
    try Evidence.note(
      ["cases": cases.count, "wrong": wrong.count], as: "syntax", in: "suite")
  }

  @Test(arguments: [
    ("x²", "x^2"), ("x·y", "x*y"), ("x×y", "x*y"), ("x÷y", "x/y"), ("x−y", "x-y"),
    ("w₁₂", "w12"), ("σ(x)", "sigmoid(x)"), ("ReLU(x)", "relu(x)"), ("Sigmoid(x)", "sigmoid(x)"),
    ("Tanh(x)", "tanh(x)"), ("log(x)", "ln(x)"), ("x**2", "x^2"), ("x**-0.5", "x^-0.5"),
    ("+x", "x"), ("a++b", "a+b"), ("2^+x", "2^x"), ("-x²", "-(x^2)"), ("x³²", "(x^3)^2"),
    ("\u{FEFF}x", "x"), ("a\u{A0}+ b", "a+b"),
  ])
  func `pasted notation means what it meant on the slide`(pasted: String, plain: String) throws {
    #expect(try Formula(reading: pasted) == Formula(reading: plain))
  }

  @Test(arguments: [
    ("-2^2", -4), ("2^3^2", 512), ("2^-1", 0.5), ("2^-2^2", 0.0625), ("2--3", 5), ("8/4/2", 1),
    ("2-3-4", -5), ("2*-3", -6), ("if(2 > 1, 10, 20)", 10), ("if(1 == 2, 10, 20)", 20),
    ("max(1, 2) + min(1, 2)", 3), ("logsumexp(0, 0)", 0.6931471805599453),
  ])
  func `precedence and choice`(text: String, value: Double) throws {
    #expect(try Formula(reading: text).evaluated { _ in 0 } == value)
  }

  @Test func `a chain of sums is one gate, brackets keep two`() throws {
    #expect(try Formula(reading: "a + b + c").nodes.last?.arity == 3)
    #expect(try Formula(reading: "(a + b) + c").nodes.last?.arity == 2)
    #expect(try Formula(reading: "a + b - c + d").nodes.last?.arity == 2)
    #expect(try Formula(reading: "a + b*c + d").nodes.last?.arity == 3)
  }
}
