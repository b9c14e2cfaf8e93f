internal import Kernels

// The way back through sums of products of shared weights and columns.
extension Sweep {
  static func weightedBack(_ m: LaneMemory, _ at: UnsafePointer<LaneStep>) {
    let step = at.pointee
    if step.movesB {
      if step.bStep == 0 { sharedInputsBack(m, at) } else { slidingInputsBack(m, at) }
    }
    if step.movesA {
      switch (step.bStep, m.blocks) {
      case (0, 1): narrowWeightsBack(m, at)
      case (0, _): denseWeightsBack(m, at)
      default: slidingWeightsBack(m, at)
      }
    }
    if step.movesBias, step.bias >= 0 {
      biasesBack(m, at)
    }
  }

  /// `db[i] += Σ dy[i]` over all examples, four gates at a time.
  private static func biasesBack(_ m: LaneMemory, _ at: UnsafePointer<LaneStep>) {
    let step = at.pointee
    let db = m.singleGradients + Int(step.bias)
    var gate: Int32 = 0
    while step.biasStep == 1, gate &+ 4 <= step.count {
      let dy = m.gradient(step.out &+ gate)
      if m.isHalf {
        add(totals(dy[0].lowHalf, dy[1].lowHalf, dy[2].lowHalf, dy[3].lowHalf), to: db + Int(gate))
        gate &+= 4
        continue
      }
      var (a, b, c, d) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
      for s in 0..<m.blocks {
        a += dy[s]
        b += dy[m.blocks &+ s]
        c += dy[2 &* m.blocks &+ s]
        d += dy[3 &* m.blocks &+ s]
      }
      add(totals(a, b, c, d), to: db + Int(gate))
      gate &+= 4
    }
    while gate < step.count {
      let dy = m.gradient(step.out &+ gate)
      var sum = Lanes.zero
      for s in 0..<m.blocks { sum += dy[s] }
      db[Int(gate &* step.biasStep)] += sum.total
      gate &+= 1
    }
  }

  /// All gates read the same columns: `dx[k] += Σ w[i, k] * dy[i]`, four columns at a time.
  private static func sharedInputsBack(_ m: LaneMemory, _ at: UnsafePointer<LaneStep>) {
    let step = at.pointee
    let S = m.blocks
    let (n, count) = (Int(step.terms), Int(step.count))
    let (wStep, wTerm) = (Int(step.aStep), Int(step.aTerm))
    let xTerm = Int(step.bTerm) * S
    let w = m.singles + Int(step.a)
    let dx = m.gradient(step.b)
    let dy = m.gradient(step.out)
    // What is there before counts only if somebody has put it there.
    let isFirst = step.isFirstForB
    @inline(__always) func before(_ place: UnsafeMutablePointer<Lanes>) -> Lanes {
      isFirst ? Lanes.zero : place.pointee
    }
    var k = 0
    // Four different columns, not one four times.
    while k + 4 <= n, xTerm != 0 {
      let p = dx + k * xTerm
      var s = 0
      while s + 2 <= S {
        let (p0, p1, p2, p3) = (p + s, p + xTerm + s, p + 2 * xTerm + s, p + 3 * xTerm + s)
        var (a0, a1, a2, a3) = (before(p0), before(p1), before(p2), before(p3))
        var (b0, b1, b2, b3) = (before(p0 + 1), before(p1 + 1), before(p2 + 1), before(p3 + 1))
        var (gate, own, from) = (0, w + k &* wTerm, dy + s)
        while gate < count {
          let (g, h) = (from[0], from[1])
          var v = Lanes(own[0])
          a0 += v * g
          b0 += v * h
          v = Lanes(own[wTerm])
          a1 += v * g
          b1 += v * h
          v = Lanes(own[2 &* wTerm])
          a2 += v * g
          b2 += v * h
          v = Lanes(own[3 &* wTerm])
          a3 += v * g
          b3 += v * h
          own += wStep
          from += S
          gate &+= 1
        }
        (p0[0], p1[0], p2[0], p3[0]) = (a0, a1, a2, a3)
        (p0[1], p1[1], p2[1], p3[1]) = (b0, b1, b2, b3)
        s += 2
      }
      if s < S {
        let (p0, p1, p2, p3) = (p + s, p + xTerm + s, p + 2 * xTerm + s, p + 3 * xTerm + s)
        var (a0, a1, a2, a3) = (before(p0), before(p1), before(p2), before(p3))
        var (gate, own, from) = (0, w + k &* wTerm, dy + s)
        while gate < count {
          let g = from.pointee
          a0 += Lanes(own[0]) * g
          a1 += Lanes(own[wTerm]) * g
          a2 += Lanes(own[2 &* wTerm]) * g
          a3 += Lanes(own[3 &* wTerm]) * g
          own += wStep
          from += S
          gate &+= 1
        }
        (p0[0], p1[0], p2[0], p3[0]) = (a0, a1, a2, a3)
      }
      k += 4
    }
    while k < n {
      let p = dx + k * xTerm
      for s in 0..<S {
        var sum = before(p + s)
        for gate in 0..<count { sum += Lanes(w[gate * wStep + k * wTerm]) * dy[gate * S + s] }
        p[s] = sum
      }
      k += 1
    }
  }

  /// Every gate has columns of its own, or shares some of them with its neighbours.
  private static func slidingInputsBack(_ m: LaneMemory, _ at: UnsafePointer<LaneStep>) {
    let step = at.pointee
    for gate in 0..<step.count {
      let dy = m.gradient(step.out &+ gate)
      for term in 0..<step.terms {
        let v = Lanes(m.singles[Int(step.a &+ gate &* step.aStep &+ term &* step.aTerm)])
        let dx = m.gradient(step.b &+ gate &* step.bStep &+ term &* step.bTerm)
        for s in 0..<m.blocks { dx[s] += v * dy[s] }
      }
    }
  }

  /// `dw[i, k] += Σ dy[i] * x[k]` over all examples: four gates and two columns at a time.
  private static func denseWeightsBack(_ m: LaneMemory, _ at: UnsafePointer<LaneStep>) {
    let step = at.pointee
    let S = m.blocks
    let (n, count) = (Int(step.terms), Int(step.count))
    let (wStep, wTerm) = (Int(step.aStep), Int(step.aTerm))
    let xTerm = Int(step.bTerm) * S
    let dw = m.singleGradients + Int(step.a)
    let x = m.column(step.b)
    let dy = m.gradient(step.out)
    var gate = 0
    while gate + 4 <= count {
      let g0 = dy + gate &* S
      let (g1, g2, g3) = (g0 + S, g0 + 2 * S, g0 + 3 * S)
      let r0 = dw + gate &* wStep
      let (r1, r2, r3) = (r0 + wStep, r0 + 2 * wStep, r0 + 3 * wStep)
      var k = 0
      while k + 2 <= n {
        let x0 = x + k * xTerm
        let x1 = x0 + xTerm
        var (a0, a1, a2, a3) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
        var (b0, b1, b2, b3) = (a0, a1, a2, a3)
        for s in 0..<S {
          let (p, q) = (x0[s], x1[s])
          a0 += g0[s] * p
          b0 += g0[s] * q
          a1 += g1[s] * p
          b1 += g1[s] * q
          a2 += g2[s] * p
          b2 += g2[s] * q
          a3 += g3[s] * p
          b3 += g3[s] * q
        }
        let t = totals(a0, b0, a1, b1, a2, b2, a3, b3)
        let (here, next) = (k * wTerm, (k + 1) * wTerm)
        // Two inputs: the eight weights lie side by side.
        if here &+ 1 == next, wStep == 2 {
          store(eight(r0 + here) + t, r0 + here)
          k += 2
          continue
        }
        r0[here] += t[0]
        r0[next] += t[1]
        r1[here] += t[2]
        r1[next] += t[3]
        r2[here] += t[4]
        r2[next] += t[5]
        r3[here] += t[6]
        r3[next] += t[7]
        k += 2
      }
      while k < n {
        for row in 0..<4 {
          (dw + (gate + row) * wStep)[k * wTerm] += inner(g0 + row * S, x + k * xTerm, S)
        }
        k += 1
      }
      gate += 4
    }
    while gate < count {
      var k = 0
      while k + 4 <= n, wTerm == 1 {
        let (g, p) = (dy + gate &* S, x + k * xTerm)
        var (a, b, c, d) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
        for s in 0..<S {
          a += g[s] * p[s]
          b += g[s] * p[xTerm + s]
          c += g[s] * p[2 * xTerm + s]
          d += g[s] * p[3 * xTerm + s]
        }
        add(totals(a, b, c, d), to: dw + gate * wStep + k)
        k += 4
      }
      while k < n {
        dw[gate * wStep + k * wTerm] += inner(dy + gate &* S, x + k * xTerm, S)
        k += 1
      }
      gate += 1
    }
  }

  /// Weights that several gates share: their gradients are added up over gates and examples.
  private static func slidingWeightsBack(_ m: LaneMemory, _ at: UnsafePointer<LaneStep>) {
    let step = at.pointee
    let isShared = step.aStep == 0
    for term in 0..<step.terms {
      var sum = 0.0
      for gate in 0..<step.count {
        let x = m.column(step.b &+ gate &* step.bStep &+ term &* step.bTerm)
        let part = inner(m.gradient(step.out &+ gate), x, m.blocks)
        if isShared {
          sum += part
        } else {
          m.singleGradients[Int(step.a &+ gate &* step.aStep &+ term &* step.aTerm)] += part
        }
      }
      if isShared { m.singleGradients[Int(step.a &+ term &* step.aTerm)] += sum }
    }
  }

  /// The products of two columns, added up over all examples.
  @inline(__always)
  static func inner(
    _ a: UnsafeMutablePointer<Lanes>, _ b: UnsafeMutablePointer<Lanes>, _ blocks: Int
  ) -> Double {
    var sum = Lanes.zero
    for s in 0..<blocks { sum += a[s] * b[s] }
    return sum.total
  }

  @inline(__always)
  static func add(_ numbers: SIMD4<Double>, to place: UnsafeMutablePointer<Double>) {
    store(four(place) + numbers, place)
  }
}
