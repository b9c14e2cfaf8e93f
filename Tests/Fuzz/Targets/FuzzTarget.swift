internal import Language

/// Something a fuzzer can feed: bytes go in, and what must hold of every input is asserted.
///
/// The fuzz program, `make fuzz`, the replay in the test suite and `docs/fuzzing.md` all go by these records.
package struct FuzzTarget: Sendable {
  package let name: String
  /// What is made of the bytes.
  package let summary: String
  /// What is asserted of each input, besides that nothing crashes, hangs or takes memory without end.
  package let asserts: [String]
  /// The longest input that is tried: short ones are fast, and what is wrong is wrong in short ones too.
  package let maxLength: Int
  /// Words that a fuzzer would take long to spell by chance.
  let words: @Sendable () -> [String]
  /// One of so many inputs is checked for everything; the others are only taken in, which is much faster.
  package let share: UInt64
  /// Takes an input in, and throws where what comes of it has no form.
  let take: @Sendable ([UInt8]) throws(Violation) -> Void
  /// Takes an input in and asserts everything; throws where something does not hold.
  package let check: @Sendable ([UInt8]) throws(Violation) -> Void

  /// Every target, in the order `make fuzz` runs them.
  package static let all: [FuzzTarget] = [formula, lesson, csv, prompt, export]

  /// The target of a name.
  package static func named(_ name: String) -> FuzzTarget? { all.first { $0.name == name } }

  /// What the fuzzer calls: which inputs are checked for everything follows from their bytes, so that one
  /// that was found out is found out again.
  package func feed(_ bytes: [UInt8]) throws(Violation) {
    // FNV-1a, stirred once more: the last bytes do not reach its high bits by themselves.
    let hash = bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01B3
    }
    let stirred = (hash ^ (hash >> 33)) &* 0xFF51_AFD7_ED55_8CCD
    if (stirred >> 32) % share == 0 { try check(bytes) } else { try take(bytes) }
  }

  /// The words in libFuzzer's way of writing dictionaries, each once.
  package var dictionary: [String] {
    Set(words()).filter { !$0.isEmpty && $0.utf8.count <= 64 }.sorted().map { word in
      let escaped = word.utf8.map { byte -> String in
        if (0x20..<0x7F).contains(byte), byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
          return String(UnicodeScalar(byte))
        }
        let digits = String(byte, radix: 16, uppercase: true)
        return "\\x" + (digits.utf8.count < 2 ? "0" : "") + digits
      }
      return "\"" + escaped.joined() + "\""
    }
  }
}

/// Something that should hold of every input, and does not.
package struct Violation: Error, Sendable {
  package let message: String

  init(_ message: String) { self.message = message }
}

/// Asserts something; the message is made only where it does not hold.
func require(
  _ holds: Bool, _ message: @autoclosure () -> String
) throws(Violation) {
  if !holds { throw Violation(message()) }
}

/// Asserts that a text can do nothing to a terminal.
func requirePrintable(_ text: String, _ what: String) throws(Violation) {
  try require(visible(text) == text, "\(what) holds something invisible: \(text.debugDescription)")
}

/// The text without MathML's signs for a product and a function at work, which nobody can see and
/// screen readers read.
func withoutMathSigns(_ text: String) -> String {
  text.replacing("\u{2061}", with: "").replacing("\u{2062}", with: "")
}

/// Asserts that an error has words and a place within the text.
func requirePlaced(_ problem: Problem, in text: String) throws(Violation) {
  try require(!problem.code.isEmpty && !problem.message.isEmpty, "an error without words")
  if let span = problem.span {
    let length = (problem.excerpt ?? text).utf8.count
    try require(
      span.lowerBound >= 0 && span.upperBound <= length,
      "\(problem.code) points at \(span), outside of its text of \(length) bytes")
  }
}

/// Asserts that an error can be shown: words, a place within the text, nothing invisible.
func requireShowable(_ problem: Problem, of text: String) throws(Violation) {
  try requirePlaced(problem, in: text)
  try requirePrintable(problem.pointing(into: text).rendered, "the error \(problem.code)")
}
