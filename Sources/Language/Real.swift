internal import Glibc

/// The C library's functions of a real number; the only file of these floors that knows it.
package enum Real {
  /// e to the power of a number.
  package static func exp(_ x: Double) -> Double { Glibc.exp(x) }
  /// The natural logarithm.
  package static func ln(_ x: Double) -> Double { Glibc.log(x) }
  static func log1p(_ x: Double) -> Double { Glibc.log1p(x) }
  /// The sine of an angle in radians.
  package static func sin(_ x: Double) -> Double { Glibc.sin(x) }
  /// The cosine of an angle in radians.
  package static func cos(_ x: Double) -> Double { Glibc.cos(x) }
  static func tan(_ x: Double) -> Double { Glibc.tan(x) }
  static func sinh(_ x: Double) -> Double { Glibc.sinh(x) }
  static func cosh(_ x: Double) -> Double { Glibc.cosh(x) }
  /// The hyperbolic tangent.
  package static func tanh(_ x: Double) -> Double { Glibc.tanh(x) }
  /// The first number to the power of the second, as C99 defines it for every pair.
  package static func power(_ a: Double, _ b: Double) -> Double { Glibc.pow(a, b) }
  static func arctangent(_ y: Double, _ x: Double) -> Double { Glibc.atan2(y, x) }
}
