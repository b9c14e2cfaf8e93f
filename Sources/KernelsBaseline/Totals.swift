internal import Kernels

// The lanes of a vector added up, in pairs that lie half a vector apart: several vectors share the work.
extension Lanes {
  @inline(__always) var total: Double {
    let four = lowHalf + highHalf
    let two = four.lowHalf + four.highHalf
    return two[0] + two[1]
  }
}

extension Sweep {
  /// Of eight vectors.
  @inline(__always)
  static func totals(
    _ a: Lanes, _ b: Lanes, _ c: Lanes, _ d: Lanes, _ e: Lanes, _ f: Lanes, _ g: Lanes, _ h: Lanes
  ) -> Lanes {
    Lanes(lowHalf: totals(a, b, c, d), highHalf: totals(e, f, g, h))
  }

  /// Of four vectors.
  @inline(__always)
  static func totals(_ a: Lanes, _ b: Lanes, _ c: Lanes, _ d: Lanes) -> SIMD4<Double> {
    @inline(__always) func halves(_ p: Lanes, _ q: Lanes) -> Lanes {
      Lanes(lowHalf: p.lowHalf + p.highHalf, highHalf: q.lowHalf + q.highHalf)
    }
    return totals(halves(a, b), halves(c, d))
  }

  /// Of four vectors of which only the lower halves count, the others being zeros.
  @inline(__always)
  static func totals(
    _ a: SIMD4<Double>, _ b: SIMD4<Double>, _ c: SIMD4<Double>, _ d: SIMD4<Double>
  ) -> SIMD4<Double> {
    totals(Lanes(lowHalf: a, highHalf: b), Lanes(lowHalf: c, highHalf: d))
  }

  /// Of four halves of vectors, two in each.
  @inline(__always)
  private static func totals(_ p: Lanes, _ q: Lanes) -> SIMD4<Double> {
    let x = Lanes(
      lowHalf: SIMD4(p[0], p[1], p[4], p[5]) + SIMD4(p[2], p[3], p[6], p[7]),
      highHalf: SIMD4(q[0], q[1], q[4], q[5]) + SIMD4(q[2], q[3], q[6], q[7]))
    return x.evenHalf + x.oddHalf
  }
}
