internal import Glibc

/// The transcendental functions, one recipe for every part of the program.
///
/// The tape, the compiled graph and the lanes of a training all use these, each with the same
/// operations in the same order and without fused multiply-adds. So what is stepped through and what
/// is trained get the same bits from them, on every processor and with every C library.
///
/// `exp` is within one unit in the last place, `tanh` within 3; a test compares both with a library.
public enum Functions {
  /// Beyond these exp is 0 or infinite whatever the number.
  @inlinable static var expLeast: Double { -746 }
  @inlinable static var expMost: Double { 710 }
  /// From here on tanh is 1 in double precision.
  @inlinable static var tanhBound: Double { 22 }
  /// Adding and subtracting it rounds to a whole number, which then stands in the lowest bits.
  @inlinable static var rounder: Double { 6_755_399_441_055_744 }
  @inlinable static var perLn2: Double { 1.4426950408889634074 }
  /// The logarithm of 2 in two parts; the first has zeros at its end, so that products are exact.
  @inlinable static var ln2High: Double { 6.93147180369123816490e-01 }
  @inlinable static var ln2Low: Double { 1.90821492927058770002e-10 }
  /// A polynomial for (e^r - 1 - r) / r^2, which has ten terms and is as good as twelve of the series.
  ///
  /// It goes through ten Chebyshev points of the interval that r is in, and is off by an eighth of a unit
  /// in the last place of e^r at most.
  @inlinable static var c2: Double { 0.5000000000000001 }
  @inlinable static var c3: Double { 0.16666666666666669 }
  @inlinable static var c4: Double { 0.041666666666624136 }
  @inlinable static var c5: Double { 0.008333333333330063 }
  @inlinable static var c6: Double { 0.001388888891720967 }
  @inlinable static var c7: Double { 0.00019841269863050506 }
  @inlinable static var c8: Double { 2.4801521302241082e-05 }
  @inlinable static var c9: Double { 2.7557268464831627e-06 }
  @inlinable static var c10: Double { 2.7620085455018414e-07 }
  @inlinable static var c11: Double { 2.510038319586702e-08 }

  /// e to the power of a number: 2^n e^r with r at most half the logarithm of 2.
  @inlinable @inline(__always)
  public static func exp(_ number: Double) -> Double {
    // What is no number stays none.
    var x = number < expLeast ? expLeast : number
    x = x > expMost ? expMost : x
    let n = (x * perLn2 + rounder) - rounder
    let high = x - n * ln2High
    let low = n * ln2Low
    let r = high - low
    // What r lost, and the series without its first two terms.
    let lost = (high - r) - low
    let tail = series(r) + lost
    let sum = 1 + r
    let rest = ((1 - sum) + r) + tail
    // 2^n in two factors, as it may be larger or smaller than a number can be.
    let shifted = n * 0.5 + rounder
    let half = shifted - rounder
    return (sum + rest) * power(shifted) * power((n - half) + rounder)
  }

  /// 2^n, from a number whose lowest bits are n.
  @inlinable @inline(__always)
  static func power(_ shifted: Double) -> Double {
    Double(bitPattern: (shifted.bitPattern &+ 1023) &<< 52)
  }

  /// e^r - 1 - r, in independent parts, as one multiplication need not wait for another.
  @inlinable @inline(__always)
  static func series(_ r: Double) -> Double {
    let r2 = r * r
    let r4 = r2 * r2
    let q0 = c2 + r * c3
    let q1 = c4 + r * c5
    let q2 = c6 + r * c7
    let q3 = c8 + r * c9
    let q4 = c10 + r * c11
    let low = q0 + r2 * q1
    let middle = q2 + r2 * q3
    return r2 * (low + r4 * (middle + r4 * q4))
  }

  /// The hyperbolic tangent, from e^2|x| - 1, which loses nothing near 0.
  @inlinable @inline(__always)
  public static func tanh(_ x: Double) -> Double {
    let size = x.magnitude
    let z = 2 * (size > tanhBound ? tanhBound : size)
    let shifted = z * perLn2 + rounder
    let n = shifted - rounder
    let high = z - n * ln2High
    let low = n * ln2Low
    let r = high - low
    let part = r + (series(r) + ((high - r) - low))
    let scale = power(shifted)
    let above = (scale - 1) + scale * part
    let y = above / (above + 2)
    return Double(bitPattern: y.bitPattern | x.bitPattern & (1 << 63))
  }

  /// Where exp needs 2^n in one factor only.
  @inlinable public static var plainBound: Double { 700 }

  /// tanh and exp in one go, of which one is meant: the other is no number to use.
  ///
  /// `isExp`: all bits for exp, none for tanh. For numbers within `plainBound`, with the bits of the two
  /// functions above.
  @inlinable @inline(__always)
  public static func tanhAndExp(_ x: Double, isExp: UInt64) -> (tanh: Double, exp: Double) {
    let size = x.magnitude
    let twice = 2 * (size > tanhBound ? tanhBound : size)
    let z = Double(bitPattern: (x.bitPattern & isExp) | (twice.bitPattern & ~isExp))
    let shifted = z * perLn2 + rounder
    let n = shifted - rounder
    let high = z - n * ln2High
    let low = n * ln2Low
    let r = high - low
    let tail = series(r) + ((high - r) - low)
    let scale = power(shifted)
    let sum = 1 + r
    let e = (sum + (((1 - sum) + r) + tail)) * scale
    let above = (scale - 1) + scale * (r + tail)
    let y = above / (above + 2)
    return (Double(bitPattern: y.bitPattern | x.bitPattern & (1 << 63)), e)
  }

  /// 1 / (1 + exp(-x)), so that exp never overflows.
  @inlinable @inline(__always)
  public static func sigmoid(_ x: Double) -> Double {
    let t = exp(-x.magnitude)
    return (x >= 0 ? 1 : t) / (1 + t)
  }

  /// ln(1 + exp(x)).
  public static func softplus(_ x: Double) -> Double {
    x.isNaN ? .nan : Swift.max(x, 0) + Glibc.log1p(exp(-x.magnitude))
  }

  /// The natural logarithm.
  public static func ln(_ x: Double) -> Double { Glibc.log(x) }
}
