/// Eight numbers, one for each of eight examples.
public typealias Lanes = SIMD8<Double>

// The same recipes for eight numbers at once: each lane has the bits of the scalar function.
extension Functions {
  /// e to the power of each number.
  @inlinable @inline(__always)
  public static func exp(_ numbers: Lanes) -> Lanes {
    let (size, sign) = (magnitude(numbers), isSigned(numbers))
    let x = choice(exceeds(size, expMost) & ~sign, Lanes(repeating: expMost), numbers)
    return boundedExp(choice(exceeds(size, -expLeast) & sign, Lanes(repeating: expLeast), x))
  }

  /// e to the power of minus each number, none of which has a sign.
  @inlinable @inline(__always)
  public static func expOfMinus(_ size: Lanes) -> Lanes {
    boundedExp(-choice(exceeds(size, -expLeast), Lanes(repeating: -expLeast), size))
  }

  @inlinable @inline(__always)
  static func boundedExp(_ x: Lanes) -> Lanes {
    let n = (x * perLn2 + rounder) - rounder
    let high = x - n * ln2High
    let low = n * ln2Low
    let r = high - low
    let lost = (high - r) - low
    let tail = series(r) + lost
    let sum = 1 + r
    let rest = ((1 - sum) + r) + tail
    let shifted = n * 0.5 + rounder
    let half = shifted - rounder
    return (sum + rest) * power(shifted) * power((n - half) + rounder)
  }

  /// The hyperbolic tangent of each number.
  @inlinable @inline(__always)
  public static func tanh(_ x: Lanes) -> Lanes {
    let size = magnitude(x)
    let bound = Lanes(repeating: tanhBound)
    let z = 2 * choice(exceeds(size, tanhBound), bound, size)
    let shifted = z * perLn2 + rounder
    let n = shifted - rounder
    let high = z - n * ln2High
    let low = n * ln2Low
    let r = high - low
    let part = r + (series(r) + ((high - r) - low))
    let scale = power(shifted)
    let above = (scale - 1) + scale * part
    let y = bits(above / (above + 2))
    return numbers(y | bits(x) & SIMD8(repeating: 1 << 63))
  }

  @inlinable @inline(__always)
  static func series(_ r: Lanes) -> Lanes {
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

  /// 2^n, from a number whose lowest bits are n.
  @inlinable @inline(__always)
  static func power(_ shifted: Lanes) -> Lanes { numbers((bits(shifted) &+ 1023) &<< 52) }

  /// The numbers without their signs.
  @inlinable @inline(__always)
  public static func magnitude(_ x: Lanes) -> Lanes {
    numbers(bits(x) & SIMD8(repeating: ~(1 << 63)))
  }

  /// One number where all bits of a mask are set, another where none is.
  ///
  /// Masks are whole numbers made by arithmetic: with comparisons of vectors, loops became a choice lane
  /// by lane, several times as slow.
  @inlinable @inline(__always)
  public static func choice(_ mask: SIMD8<Int64>, _ yes: Lanes, _ no: Lanes) -> Lanes {
    let mask = unsafeBitCast(mask, to: SIMD8<UInt64>.self)
    return numbers(bits(yes) & mask | bits(no) & ~mask)
  }

  /// Where numbers are above 0; what is no number is not.
  @inlinable @inline(__always)
  public static func isPositive(_ x: Lanes) -> SIMD8<Int64> {
    // The bits of what is above 0 are those from 1 to infinity's.
    let below = pattern(x) &- 1
    return (~below & (below &- infinity)) &>> 63
  }

  /// Where numbers are below 0, or -0; what is no number is not.
  @inlinable @inline(__always)
  public static func isNegative(_ x: Lanes) -> SIMD8<Int64> {
    (pattern(x) & (pattern(magnitude(x)) &- infinity &- 1)) &>> 63
  }

  /// Where numbers have a minus, be it before a 0 or before what is no number.
  @inlinable @inline(__always)
  public static func isSigned(_ x: Lanes) -> SIMD8<Int64> { pattern(x) &>> 63 }

  /// Where numbers are 0, or -0.
  @inlinable @inline(__always)
  public static func isZero(_ x: Lanes) -> SIMD8<Int64> { (pattern(magnitude(x)) &- 1) &>> 63 }

  /// Where numbers without signs are above a bound above 0; what is no number is not.
  @inlinable @inline(__always)
  static func exceeds(_ size: Lanes, _ bound: Double) -> SIMD8<Int64> {
    // Of numbers without signs the larger one has the larger pattern.
    let bound = SIMD8<Int64>(repeating: Int64(truncatingIfNeeded: bound.bitPattern))
    return ((bound &- pattern(size)) & (pattern(size) &- infinity &- 1)) &>> 63
  }

  @inlinable @inline(__always)
  static var infinity: SIMD8<Int64> { SIMD8(repeating: 0x7FF0_0000_0000_0000) }

  @inlinable @inline(__always)
  static func pattern(_ x: Lanes) -> SIMD8<Int64> { unsafeBitCast(x, to: SIMD8<Int64>.self) }

  @inlinable @inline(__always)
  static func bits(_ x: Lanes) -> SIMD8<UInt64> { unsafeBitCast(x, to: SIMD8<UInt64>.self) }

  @inlinable @inline(__always)
  static func numbers(_ x: SIMD8<UInt64>) -> Lanes { unsafeBitCast(x, to: Lanes.self) }
}
