internal import Glibc
internal import Kernels

/// The functions of a real number: those of the loops where they have their own, so that what is stepped
/// through and what is trained agree to the last bit, else the C library's.
package enum Real {
  /// e to the power of a number.
  package static func exp(_ x: Double) -> Double { Functions.exp(x) }
  /// The natural logarithm.
  package static func ln(_ x: Double) -> Double { Glibc.log(x) }
  /// 1 / (1 + exp(-x)).
  static func sigmoid(_ x: Double) -> Double { Functions.sigmoid(x) }
  /// ln(1 + exp(x)).
  static func softplus(_ x: Double) -> Double { Functions.softplus(x) }
  /// The sine of an angle in radians.
  package static func sin(_ x: Double) -> Double { Glibc.sin(x) }
  /// The cosine of an angle in radians.
  package static func cos(_ x: Double) -> Double { Glibc.cos(x) }
  static func tan(_ x: Double) -> Double { Glibc.tan(x) }
  static func sinh(_ x: Double) -> Double { Glibc.sinh(x) }
  static func cosh(_ x: Double) -> Double { Glibc.cosh(x) }
  /// The hyperbolic tangent.
  package static func tanh(_ x: Double) -> Double { Functions.tanh(x) }
  /// The first number to the power of the second, as C99 defines it for every pair.
  ///
  /// A square is a product, whose rounding is exact where the C library's may be off by one.
  package static func power(_ a: Double, _ b: Double) -> Double { b == 2 ? a * a : Glibc.pow(a, b) }
  static func arctangent(_ y: Double, _ x: Double) -> Double { Glibc.atan2(y, x) }
}
