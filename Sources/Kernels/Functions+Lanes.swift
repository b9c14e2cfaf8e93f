/// Eight numbers, one for each of eight examples.
public typealias Lanes = SIMD8<Double>

// The same recipes for eight numbers at once: each lane has the bits of the scalar function.
extension Functions {
  /// e to the power of each number.
  @inlinable @inline(__always)
  public static func exp(_ numbers: Lanes) -> Lanes {
    let (least, most) = (Lanes(repeating: expLeast), Lanes(repeating: expMost))
    var x = numbers.replacing(with: least, where: numbers .< least)
    x = x.replacing(with: most, where: x .> most)
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
    let z = 2 * size.replacing(with: bound, where: size .> bound)
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

  @inlinable @inline(__always)
  static func bits(_ x: Lanes) -> SIMD8<UInt64> { unsafeBitCast(x, to: SIMD8<UInt64>.self) }

  @inlinable @inline(__always)
  static func numbers(_ x: SIMD8<UInt64>) -> Lanes { unsafeBitCast(x, to: Lanes.self) }
}
