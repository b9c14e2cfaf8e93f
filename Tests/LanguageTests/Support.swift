import Foundation

@testable import Language

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
