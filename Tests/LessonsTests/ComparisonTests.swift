import Testing

@testable import Lessons

@Suite struct ComparisonTests {
  private func agrees(
    _ expected: String, _ actual: String, _ tolerance: Tolerance = .printed
  ) -> Bool {
    let split = { (text: String) in
      text.isEmpty
        ? [] : text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
    return Comparison.firstDifference(
      expected: split(expected), actual: split(actual), tolerance: tolerance) == nil
  }

  @Test(arguments: [
    ("f = -12.0", "f = -12"), ("f = -12", "f = -12.0"), ("f = -12", "f = -12.000000000001"),
    ("0.33", "0.333333"), ("0.12", "0.125"), ("0.12", "0.115"), ("1234567.12", "1234567.125"),
    ("1.5e-05", "1.54e-5"), ("1e-05", "1e-5"), ("1E5", "100000"), ("1e3", "1000"),
    ("-0", "0"), ("0.00", "-0.0"), ("+3", "3"), (".5", "0.5"), ("nan", "nan"), ("-nan", "nan"),
    ("inf", "inf"), ("1e999", "inf"), ("-inf", "-1e999"), ("0", "1e-12"), ("3.", "3."),
    ("a  =   1", "a = 1.0"), ("  x", "x  "), ("\tx y", "x\ty"), ("2-2-1", "2-2-1.0"),
    ("x=-4.0", "x=-4"), ("(-4.0)", "(-4)"), ("f(2)-1.0", "f(2)-1"), ("w11 @3 x²", "w11 @3 x²"),
    ("1.0e", "1e"), ("99999999999999999999", "1e20"), ("∂f/∂w3 = 3.0", "∂f/∂w3 = 3"),
  ])
  func same(_ expected: String, _ actual: String) {
    #expect(agrees(expected, actual))
  }

  @Test(arguments: [
    ("-11.99", "-12.00"), ("f = 12", "f = -12"), ("1", "1.1"), ("1", "1.00001"), ("0.33", "0.336"),
    ("1.5e-05", "1.6e-05"), ("1e-05", "2e-05"), ("1e-05", "1.4e-05"), ("1e-12", "0"),
    ("nan", "1"), ("1", "nan"), ("inf", "-inf"), ("inf", "1e300"), ("1e300", "inf"),
    ("w11", "w11.0"), ("w1", "w2"), ("@3", "@4"), ("@3", "@3.0"), ("x²", "x^2"), ("x₁2", "x₁2.0"),
    ("2-2", "2+2"), ("2-2.0", "2 -2"), ("a b", "ab"), ("a", "a b"), ("a b", "a"), ("1 2", "1"),
    ("1.2.3", "1.2.30"), ("nano", "nan"), ("", "x"), ("x", ""), ("x\ny", "x"), ("a\n\nb", "a\nb"),
    ("ŷ = 1", "y = 1"), ("x1.5", "x1.50"), ("a-4", "a--4"), ("(2)-0", "(2)+0"), ("2-0", "2+0"),
    ("[a]-0", "[a]+0"), ("info", "inf"),
  ])
  func different(_ expected: String, _ actual: String) {
    #expect(!agrees(expected, actual))
  }

  @Test func blankLinesAtTheEndDoNotCount() {
    #expect(agrees("x\n\n  ", "x"))
    #expect(agrees("", "\n\n"))
    #expect(agrees(" \n", ""))
    #expect(!agrees("\nx", "x"))
  }

  @Test func bounds() {
    #expect(agrees("100", "100.09", .bound(1e-3)))
    #expect(!agrees("100", "100.2", .bound(1e-3)))
    #expect(agrees("0", "0.0009", .bound(1e-3)))
    #expect(!agrees("0.33", "0.334", .bound(1e-6)))
    #expect(!agrees("nan", "1", .bound(0.5)))
  }

  @Test(arguments: [
    ("...", ""), ("...", "a\nb"), ("...\nb", "a\nb"), ("...\nb", "b"), ("a\n...", "a"),
    ("a\n...", "a\nb\nc"), ("a\n...\n...\nc", "a\nc"), ("a\n...\nc\n...\ne", "a\nb\nc\nd\nc\ne"),
    ("...\n...", "a"), ("  ...  \nb", "b"), ("...\na\nb", "a\na\nb"), ("...", "..."),
    ("x = [..]", "x = 3 4"), ("[..]b", "ab"), ("a[..]", "a"),
    ("a[..]c[..]e", "abcde"),
    ("[..][..]x", "x"), ("[..]ab", "aab"), ("0.99[..]", "0.999"), ("[..]5", "w15"),
    ("x[..]-4", "xa-4"), ("t = 2.0 [..] s", "t = 2 or 3 s"), ("[..] 3.0 [..]", "1 2 3 4"),
    ("a [..] b", "a  b b"), ("path 1 [..]", "path 1   f → a"),
  ])
  func gapsThatMatch(_ expected: String, _ actual: String) {
    #expect(agrees(expected, actual))
  }

  @Test(arguments: [
    ("...\nb", "a"), ("a\n...", "b"), ("a\n...\na", "a"), ("...\nb", "b\nc"), ("... x", "a\nb"),
    ("[..]b", "a"), ("a[..]b", "ab c"), ("[..]ab[..]ab", "ab"), ("1[..]2", "1"), ("x [..]", "x"),
    ("[..] 3.0 [..]", "1 2 4 5"), ("[...]", "x"), ("[.]", "x"), ("[..]", ""),
  ])
  func gapsThatDoNot(_ expected: String, _ actual: String) {
    #expect(!agrees(expected, actual))
  }

  @Test func gapsTakeNoExponentialTime() {
    let expected = Array(repeating: ["...", "a"], count: 200).flatMap(\.self) + ["b"]
    let lines = Array(repeating: "a", count: 500)
    #expect(
      Comparison.firstDifference(expected: expected, actual: lines, tolerance: .printed) != nil)
    let pattern = String(repeating: "[..]a", count: 300) + "b"
    let line = String(repeating: "a", count: 1000)
    #expect(
      Comparison.firstDifference(expected: [pattern], actual: [line], tolerance: .printed) != nil)
  }

  @Test func theDifferenceIsNamed() throws {
    func difference(_ expected: [String], _ actual: [String]) throws -> Comparison.Difference {
      try #require(
        Comparison.firstDifference(expected: expected, actual: actual, tolerance: .printed))
    }
    let number = try difference(["a", "f = -12.00 x"], ["a", "f = -11.99 y"])
    #expect(number.expectedIndex == 1)
    #expect(number.actualIndex == 1)
    #expect(number.expectedLine == "f = -12.00 x")
    #expect(number.actualLine == "f = -11.99 y")
    #expect(number.numbers == .init(expected: "-12.00", actual: "-11.99"))
    let word = try difference(["f = 1"], ["g = 1"])
    #expect(word.numbers == nil)
    let more = try difference(["a"], ["a", "b"])
    #expect(more.expectedIndex == nil)
    #expect(more.actualIndex == 1)
    #expect(more.actualLine == "b")
    let fewer = try difference(["a", "b"], ["a"])
    #expect(fewer.expectedIndex == 1)
    #expect(fewer.actualIndex == nil)
    let behindGap = try difference(["...", "f = 3"], ["a", "f = 4", "b"])
    #expect(behindGap.expectedIndex == 1)
    #expect(behindGap.actualIndex == 1)
    #expect(behindGap.numbers == .init(expected: "3", actual: "4"))
  }
}
