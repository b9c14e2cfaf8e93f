internal import Kernels

// Dense layers on up to eight examples, all of them in one vector. There is little to compute, so what
// counts is how little is done around it: no loop over vectors, and no arithmetic that is checked again.
extension Sweep {
  /// `out[i] = Σ w[i, k] * x[k]`, every gate reading the same columns.
  static func narrowWeighted(_ m: LaneMemory, _ at: UnsafePointer<LaneStep>) {
    let step = at.pointee
    let (n, count) = (Int(step.terms), Int(step.count))
    let (wStep, wTerm, xTerm) = (Int(step.aStep), Int(step.aTerm), Int(step.bTerm))
    var w = UnsafePointer(m.singles + Int(step.a))
    let x = UnsafePointer(m.values + Int(step.b))
    var y = m.values + Int(step.out)
    // Without a bias there is a place to read from all the same; what stands there is not used.
    let isBiased = step.bias >= 0
    var bias = UnsafePointer(m.singles + (isBiased ? Int(step.bias) : 0))
    let biasStep = isBiased ? Int(step.biasStep) : 0
    let (isFirst, isLast) = (isBiased && step.isBiasFirst, isBiased && !step.isBiasFirst)
    var gate = 0
    while gate &+ 4 <= count {
      var (a, b, c, d) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
      if isFirst {
        (a, b) = (Lanes(bias[0]), Lanes(bias[biasStep]))
        (c, d) = (Lanes(bias[2 &* biasStep]), Lanes(bias[3 &* biasStep]))
      }
      (a, b, c, d) = fourSums(n, w, wStep, wTerm, x, xTerm, from: (a, b, c, d))
      if isLast {
        a += Lanes(bias[0])
        b += Lanes(bias[biasStep])
        c += Lanes(bias[2 &* biasStep])
        d += Lanes(bias[3 &* biasStep])
      }
      (y[0], y[1], y[2], y[3]) = (a, b, c, d)
      w += 4 &* wStep
      bias += 4 &* biasStep
      y += 4
      gate &+= 4
    }
    while gate < count {
      var sum = isFirst ? Lanes(bias.pointee) : Lanes.zero
      var (k, from, at) = (0, x, 0)
      while k < n {
        sum += Lanes(w[at]) * from.pointee
        from += xTerm
        at &+= wTerm
        k &+= 1
      }
      y.pointee = isLast ? sum + Lanes(bias.pointee) : sum
      w += wStep
      bias += biasStep
      y += 1
      gate &+= 1
    }
  }

  /// `dw[i, k] += Σ dy[i] * x[k]` over the examples: four gates and two columns at a time.
  static func narrowWeightsBack(_ m: LaneMemory, _ at: UnsafePointer<LaneStep>) {
    let step = at.pointee
    let (n, count) = (Int(step.terms), Int(step.count))
    let (wStep, wTerm, xTerm) = (Int(step.aStep), Int(step.aTerm), Int(step.bTerm))
    var dw = m.singleGradients + Int(step.a)
    let x = UnsafePointer(m.values + Int(step.b))
    var dy = UnsafePointer(m.gradients + Int(step.out))
    var gate = 0
    while m.isHalf, gate &+ 4 <= count, n == 2, wTerm == 1, wStep == 2 {
      // Two inputs and four examples: halves of vectors, and the eight weights lie side by side.
      let (p, q) = (x[0].lowHalf, x[xTerm].lowHalf)
      let (g0, g1, g2, g3) = (dy[0].lowHalf, dy[1].lowHalf, dy[2].lowHalf, dy[3].lowHalf)
      add(totals(g0 * p, g0 * q, g1 * p, g1 * q), to: dw)
      add(totals(g2 * p, g2 * q, g3 * p, g3 * q), to: dw + 4)
      dw += 8
      dy += 4
      gate &+= 4
    }
    while gate &+ 4 <= count {
      let (g0, g1, g2, g3) = (dy[0], dy[1], dy[2], dy[3])
      var (k, from, row) = (0, x, dw)
      while k &+ 2 <= n {
        let (p, q) = (from[0], from[xTerm])
        let t = totals(g0 * p, g0 * q, g1 * p, g1 * q, g2 * p, g2 * q, g3 * p, g3 * q)
        if wTerm == 1, wStep == 2 {
          // Two inputs: the eight weights lie side by side.
          store(eight(row) + t, row)
        } else {
          for pair in 0..<4 {
            row[pair &* wStep] += t[2 &* pair]
            row[pair &* wStep &+ wTerm] += t[2 &* pair &+ 1]
          }
        }
        from += 2 &* xTerm
        row += 2 &* wTerm
        k &+= 2
      }
      if k < n {
        let p = from.pointee
        row[0] += (g0 * p).total
        row[wStep] += (g1 * p).total
        row[2 &* wStep] += (g2 * p).total
        row[3 &* wStep] += (g3 * p).total
      }
      dw += 4 &* wStep
      dy += 4
      gate &+= 4
    }
    while gate < count {
      let g = dy.pointee
      var (k, from, row) = (0, x, dw)
      while wTerm == 1, k &+ 4 <= n {
        let (p, q, r, s) = (from[0], from[xTerm], from[2 &* xTerm], from[3 &* xTerm])
        if m.isHalf {
          let h = g.lowHalf
          add(totals(h * p.lowHalf, h * q.lowHalf, h * r.lowHalf, h * s.lowHalf), to: row)
        } else {
          add(totals(g * p, g * q, g * r, g * s), to: row)
        }
        from += 4 &* xTerm
        row += 4
        k &+= 4
      }
      while k < n {
        row.pointee += (g * from.pointee).total
        from += xTerm
        row += wTerm
        k &+= 1
      }
      dw += wStep
      dy += 1
      gate &+= 1
    }
  }
}
