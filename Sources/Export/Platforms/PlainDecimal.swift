internal import Language

/// The number as `-0.125`: ASCII digits, one point, no exponent; nil where it does not end within nine places.
///
/// A platform that reads anything else either refuses it or, as GIFT does, takes every answer for right.
func plainDecimal(_ number: Rational) -> String? {
  guard let places = number.places, places <= 9 else { return nil }
  let text = number.text
  return isPlainDecimal(text) ? text : nil
}

/// The number as `-0.125`; nil for what is not finite, and for what is very large or very small.
func plainDecimal(_ number: Double) -> String? {
  guard number.isFinite else { return nil }
  if number == 0 { return "0" }
  guard (1e-12..<1e15).contains(number.magnitude) else { return nil }
  let text = number.magnitude.formatted(.data)
  let pieces = text.split(separator: "e")
  guard let mantissa = pieces.first else { return nil }
  let exponent = pieces.count > 1 ? Int(pieces[1]) ?? 0 : 0
  let digits = mantissa.filter { $0 != "." }
  let whole = mantissa.prefix { $0 != "." }.count + exponent
  let written: String
  if whole <= 0 {
    written = "0." + String(repeating: "0", count: -whole) + digits
  } else if whole >= digits.count {
    written = digits + String(repeating: "0", count: whole - digits.count)
  } else {
    written = digits.prefix(whole) + "." + digits.dropFirst(whole)
  }
  let signed = (number < 0 ? "-" : "") + written
  return isPlainDecimal(signed) ? signed : nil
}

/// Whether a text is a decimal number as every platform reads it: `-4`, `0.125`.
func isPlainDecimal(_ text: String) -> Bool {
  var bytes = text.utf8[...]
  if bytes.first == UInt8(ascii: "-") { bytes.removeFirst() }
  let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
  guard (1...2).contains(parts.count) else { return false }
  return parts.allSatisfy { part in
    !part.isEmpty && part.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }
}
