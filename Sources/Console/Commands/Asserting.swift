internal import Engine
internal import Language
internal import Typesetting

// `assert`: what a lesson or a script takes to be true.
extension Session {
  mutating func assert(_ words: Words) throws(Problem) -> Reply {
    guard let span = words.span else { throw .missingArgument("assert") }
    let text = words.text
    guard let equals = Self.equalsSign(in: text) else { throw .missingArgument("assert") }
    let left = String(text[..<equals]).trimmed
    var right = String(text[text.index(after: equals)...]).trimmed
    var bound: Double?
    for sign in ["±", "+-"] {
      guard let mark = right.firstRange(of: sign) else { continue }
      bound = try number(String(right[mark.upperBound...]).trimmed, in: .plain)
      right = String(right[..<mark.lowerBound]).trimmed
      break
    }
    let wanted: Tensor
    let got: Tensor
    do throws(Problem) {
      got = try tensor(left, in: .session)
      wanted = try tensor(right, in: .plain)
    } catch {
      throw error.code == "missing-value" ? error : error.moved(by: span.lowerBound)
    }
    let texts = wanted.shape == .scalar ? [right] : Self.numbersWritten(in: right)
    let isPlain = texts.count == wanted.values.count
    func holds(_ place: Int) -> Bool {
      let (got, wanted) = (got.values[place], wanted.values[place])
      let allowed = bound ?? Self.printedBound(isPlain ? texts[place] : "", wanted)
      return isEqual(got, wanted) || (got - wanted).magnitude <= allowed
    }
    guard got.shape == wanted.shape, got.values.indices.allSatisfy(holds) else {
      if got.shape != wanted.shape {
        throw .assertionFailed(
          left, wanted: wanted.shape.description, got: got.shape.description, at: span)
      }
      let different = got.values.indices.first { !holds($0) }
      if let different, got.values.count > 8 {
        throw .assertionFailed(
          left + got.shape.index(of: different),
          wanted: wanted.values[different].formatted(.significant(10)),
          got: got.values[different].formatted(.significant(10)), at: span)
      }
      throw .assertionFailed(left, wanted: right, got: got.formatted(.significant(10)), at: span)
    }
    return Reply()
  }

  /// The first `=` that is not part of a comparison.
  private static func equalsSign(in text: String) -> String.Index? {
    let bytes = text.utf8
    return bytes.indices.first { index in
      guard bytes[index] == UInt8(ascii: "=") else { return false }
      let after = bytes.index(after: index)
      if after < bytes.endIndex, bytes[after] == UInt8(ascii: "=") { return false }
      guard index > bytes.startIndex else { return true }
      return !"<>=!".utf8.contains(bytes[bytes.index(before: index)])
    }
  }

  /// The numbers of a vector or a matrix as they were typed, row by row.
  private static func numbersWritten(in text: String) -> [String] {
    text.split(separator: ",").map {
      $0.filter { !"[] ".contains($0) }
    }
  }

  /// Half a unit of the last decimal written: `0.42` is true of all that rounds to it.
  private static func printedBound(_ text: String, _ value: Double) -> Double {
    let mantissa = text.prefix { $0 != "e" && $0 != "E" }
    let exponent = Int(text.dropFirst(mantissa.count + 1)) ?? 0
    guard let point = mantissa.firstIndex(of: "."),
      mantissa.allSatisfy({ $0.isNumber || $0 == "." || $0 == "-" })
    else { return 1e-9 * max(1, value.magnitude) }
    let places = mantissa.distance(from: point, to: mantissa.endIndex) - 1
    // In doubles: an exponent of any length is only ever a very small or very large one.
    let scale = Double(exponent) - Double(places)
    // Fifteen digits and more promise what no two ways of computing agree on to the last bit.
    return max(
      0.5000001 * Real.power(10, min(max(scale, -300), 300)), 1e-12 * value.magnitude)
  }
}
