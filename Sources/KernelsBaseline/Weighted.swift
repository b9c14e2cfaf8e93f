internal import Kernels

// Sums of products of shared weights and columns: dense layers and convolutions.
extension Sweep {
  /// `out[i] = Σ w[i, k] * x[i, k]`; four gates that read the same columns are done together.
  static func weighted(_ m: LaneMemory, _ at: UnsafePointer<LaneStep>) {
    let step = at.pointee
    let S = m.blocks
    let (n, count) = (Int(step.terms), Int(step.count))
    let (wStep, wTerm) = (Int(step.aStep), Int(step.aTerm))
    let (xStep, xTerm) = (Int(step.bStep) * S, Int(step.bTerm) * S)
    let w = m.singles + Int(step.a)
    let x = m.column(step.b)
    let y = m.column(step.out)
    let (bias, biasStep) = (Int(step.bias), Int(step.biasStep))
    let isBiased = bias >= 0
    let (first, last) = (isBiased && step.isBiasFirst, isBiased && !step.isBiasFirst)
    @inline(__always) func start(_ gate: Int) -> Lanes {
      first ? Lanes(m.singles[bias + gate &* biasStep]) : Lanes.zero
    }
    @inline(__always) func finish(_ sum: Lanes, _ gate: Int) -> Lanes {
      last ? sum + Lanes(m.singles[bias + gate &* biasStep]) : sum
    }
    var gate = 0
    if xStep == 0 {
      while gate + 4 <= count {
        let w0 = w + gate &* wStep
        let (w1, w2, w3) = (w0 + wStep, w0 + 2 &* wStep, w0 + 3 &* wStep)
        var s = 0
        while s &+ 2 <= S {
          var (a0, a1, a2, a3) = (start(gate), start(gate + 1), start(gate + 2), start(gate + 3))
          var (b0, b1, b2, b3) = (a0, a1, a2, a3)
          var (k, at, from) = (0, 0, x + s)
          while k < n {
            let (p, q) = (from[0], from[1])
            var v = Lanes(w0[at])
            a0 += v * p
            b0 += v * q
            v = Lanes(w1[at])
            a1 += v * p
            b1 += v * q
            v = Lanes(w2[at])
            a2 += v * p
            b2 += v * q
            v = Lanes(w3[at])
            a3 += v * p
            b3 += v * q
            from += xTerm
            at &+= wTerm
            k &+= 1
          }
          let z = y + gate &* S + s
          (z[0], z[1]) = (finish(a0, gate), finish(b0, gate))
          (z[S], z[S + 1]) = (finish(a1, gate + 1), finish(b1, gate + 1))
          (z[2 * S], z[2 * S + 1]) = (finish(a2, gate + 2), finish(b2, gate + 2))
          (z[3 * S], z[3 * S + 1]) = (finish(a3, gate + 3), finish(b3, gate + 3))
          s &+= 2
        }
        if s < S {
          let (a0, a1, a2, a3) = fourSums(
            n, w0, wStep, wTerm, x + s, xTerm,
            from: (start(gate), start(gate + 1), start(gate + 2), start(gate + 3)))
          let z = y + gate &* S + s
          z[0] = finish(a0, gate)
          z[S] = finish(a1, gate + 1)
          z[2 * S] = finish(a2, gate + 2)
          z[3 * S] = finish(a3, gate + 3)
        }
        gate += 4
      }
    }
    while gate < count {
      let own = w + gate &* wStep
      let from = x + gate &* xStep
      let z = y + gate &* S
      var s = 0
      while s + 4 <= S {
        var (a0, a1, a2, a3) = (start(gate), start(gate), start(gate), start(gate))
        var (k, at, p) = (0, 0, from + s)
        while k < n {
          let v = Lanes(own[at])
          a0 += v * p[0]
          a1 += v * p[1]
          a2 += v * p[2]
          a3 += v * p[3]
          p += xTerm
          at &+= wTerm
          k &+= 1
        }
        (z[s], z[s + 1]) = (finish(a0, gate), finish(a1, gate))
        (z[s + 2], z[s + 3]) = (finish(a2, gate), finish(a3, gate))
        s += 4
      }
      while s < S {
        var sum = start(gate)
        var (k, at, p) = (0, 0, from + s)
        while k < n {
          sum += Lanes(own[at]) * p.pointee
          p += xTerm
          at &+= wTerm
          k &+= 1
        }
        z[s] = finish(sum, gate)
        s += 1
      }
      gate += 1
    }
  }

  /// The sums of four gates that read the same columns, over one vector of each.
  @inline(__always)
  static func fourSums(
    _ n: Int, _ w: UnsafePointer<Double>, _ wStep: Int, _ wTerm: Int, _ x: UnsafePointer<Lanes>,
    _ xTerm: Int, from start: (Lanes, Lanes, Lanes, Lanes)
  ) -> (Lanes, Lanes, Lanes, Lanes) {
    let (w1, w2, w3) = (w + wStep, w + 2 &* wStep, w + 3 &* wStep)
    var (a, b, c, d) = start
    var (k, at, from) = (0, 0, x)
    while k < n {
      let p = from.pointee
      a += Lanes(w[at]) * p
      b += Lanes(w1[at]) * p
      c += Lanes(w2[at]) * p
      d += Lanes(w3[at]) * p
      from += xTerm
      at &+= wTerm
      k &+= 1
    }
    return (a, b, c, d)
  }
}
