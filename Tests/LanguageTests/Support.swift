import Foundation

@testable import Language

/// SplitMix64: small, seeded, the same on every machine, and none of the program's own.
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func below(_ count: Int) -> Int { Int(next() % UInt64(count)) }

  /// A number in `range`, uniformly.
  mutating func number(_ range: ClosedRange<Double>) -> Double {
    let unit = Double(next() >> 11) * 0x1p-53
    return range.lowerBound + unit * (range.upperBound - range.lowerBound)
  }

  mutating func pick<T>(_ choices: [T]) -> T { choices[below(choices.count)] }
}

/// A text with a span marked in it: `a «#» b`.
struct Marked {
  let text: String
  let span: Range<Int>

  init(_ marked: String) {
    // By bytes: a combining mark after « is one Character with it.
    let bytes = Array(marked.utf8)
    let open = bytes.indices.first { bytes[$0...].starts(with: "«".utf8) } ?? bytes.count
    let close = bytes.indices.last { bytes[$0...].starts(with: "»".utf8) } ?? bytes.count
    span = open..<max(open, close - 2)
    text = String(
      decoding: bytes[..<open] + bytes[min(open + 2, close)..<close] + bytes.dropFirst(close + 2),
      as: UTF8.self)
  }

  /// The text with the marks put around another span, to show where a problem pointed.
  static func marking(_ span: Range<Int>?, in text: String) -> String {
    guard let span, span.upperBound <= text.utf8.count else { return "no span: \(text)" }
    let bytes = Array(text.utf8)
    let piece = { (range: Range<Int>) in String(decoding: bytes[range], as: UTF8.self) }
    return piece(0..<span.lowerBound) + "«" + piece(span) + "»"
      + piece(span.upperBound..<bytes.count)
  }
}

/// Whether every brace, and every `\left`, is closed, in order.
func isBalanced(_ latex: String) -> Bool {
  var open: [String] = []
  var rest = latex[...]
  while let first = rest.first {
    if rest.hasPrefix(#"\left"#), !rest.hasPrefix(#"\leftarrow"#) {
      open.append("left")
      rest = rest.dropFirst(6)
    } else if rest.hasPrefix(#"\right"#), !rest.hasPrefix(#"\rightarrow"#) {
      guard open.popLast() == "left" else { return false }
      rest = rest.dropFirst(7)
    } else if first == #"\"# {
      rest = rest.dropFirst(2)
    } else {
      if first == "{" { open.append("brace") }
      if first == "}", open.popLast() != "brace" { return false }
      rest = rest.dropFirst()
    }
  }
  return open.isEmpty
}

/// Runs `body` on a thread with a stack so small that recursion over a long formula would crash.
func onSmallStack<T: Sendable>(_ body: @escaping @Sendable () -> T) async -> T {
  await withCheckedContinuation { continuation in
    let thread = Thread { continuation.resume(returning: body()) }
    thread.stackSize = 256 * 1024
    thread.start()
  }
}
