package import Kernels

// The way back through the steps on single numbers.
extension Sweep {
  /// Hands gradients back from the last step before `end` down to `start`; returns the place of the
  /// first outsider it meets, or -1.
  @inline(never)
  package static func backwardSingles(
    _ memory: LaneMemory, _ steps: UnsafePointer<LaneStep>, from end: Int, to start: Int
  ) -> Int {
    let (v, g) = (memory.singles, memory.singleGradients)
    var place = end - 1
    while place >= start {
      let step = steps[place]
      defer { place -= 1 }
      guard step.movesA || step.movesB || step.movesBias else { continue }
      let dy = g + Int(step.out)
      let (a, b, aStep, bStep) = (Int(step.a), Int(step.b), Int(step.aStep), Int(step.bStep))
      switch step.operation {
      case .unary:
        for gate in (0..<Int(step.count)).reversed() {
          let x = a + gate * aStep
          g[x] += dy[gate] * aloneSlopes(step.function, v[x], memory.reluAtZero).a
        }
      case .binary:
        for gate in (0..<Int(step.count)).reversed() {
          let (x, z) = (a + gate &* aStep, b + gate &* bStep)
          let p = slopes(step.function, v[x], v[z], memory.reluAtZero)
          if step.movesA { g[x] += dy[gate] * p.a }
          if step.movesB { g[z] += dy[gate] * p.b }
        }
      case .dot: dotsBack(memory, steps + place)
      case .sum:
        for gate in 0..<Int(step.count) {
          let (from, upstream) = (g + a + gate &* aStep, dy[gate])
          for term in 0..<Int(step.terms) { from[term * Int(step.aTerm)] += upstream }
        }
      case .gatheredDot:
        let list = memory.references + a
        for term in 0..<Int(step.terms) {
          let (p, q) = (list[2 * term], list[2 * term + 1])
          if p.moves { g[Int(p.slot)] += dy[0] * v[Int(q.slot)] }
          if q.moves { g[Int(q.slot)] += dy[0] * v[Int(p.slot)] }
        }
      case .gatheredSum:
        let list = memory.references + a
        for term in 0..<Int(step.terms) where list[term].moves {
          g[Int(list[term].slot)] += dy[0]
        }
      case .outsider: return place
      }
    }
    return -1
  }

  @inline(__always)
  private static func aloneSlopes(
    _ function: Operation, _ x: Double, _ reluAtZero: Double
  ) -> Partials {
    switch function {
    case .multiply: Partials(1, 0)
    case .subtract: Partials(-1, 0)
    default: derived(function, x, 0, reluAtZero).1
    }
  }

  @inline(__always)
  private static func slopes(
    _ function: Operation, _ x: Double, _ z: Double, _ reluAtZero: Double
  ) -> Partials {
    switch function {
    case .add: Partials(1, 1)
    case .subtract: Partials(1, -1)
    case .multiply: Partials(z, x)
    default: derived(function, x, z, reluAtZero).1
    }
  }

  private static func dotsBack(_ m: LaneMemory, _ at: UnsafePointer<LaneStep>) {
    let step = at.pointee
    let (v, g) = (m.singles, m.singleGradients)
    let dy = g + Int(step.out)
    let (a, b, aStep, bStep) = (Int(step.a), Int(step.b), Int(step.aStep), Int(step.bStep))
    let (aTerm, bTerm) = (Int(step.aTerm), Int(step.bTerm))
    let (count, terms) = (Int(step.count), Int(step.terms))
    if step.movesBias, step.bias >= 0 {
      for gate in 0..<count { g[Int(step.bias) + gate &* Int(step.biasStep)] += dy[gate] }
    }
    if aStep == 0, bStep == 1, bTerm == 1, terms <= count {
      // One filter over neighbouring numbers.
      if step.movesB { slidingBack(v + a, aTerm, dy, g + b, count, terms, step.isFirstForB) }
      if step.movesA { slidingWeightsBack(dy, v + b, g + a, aTerm, count, terms) }
      return
    }
    for gate in 0..<count {
      let (x, z) = (a + gate &* aStep, b + gate &* bStep)
      if aTerm == 1, bTerm == 1 {
        if x == z, step.movesA, step.movesB {
          add(2 * dy[gate], v + x, to: g + x, terms, step.isFirstForA)
        } else {
          if step.movesA { add(dy[gate], v + z, to: g + x, terms, step.isFirstForA) }
          if step.movesB { add(dy[gate], v + x, to: g + z, terms, step.isFirstForB) }
        }
        continue
      }
      for term in 0..<terms {
        let (p, q) = (x + term &* aTerm, z + term &* bTerm)
        if step.movesA { g[p] += dy[gate] * v[q] }
        if step.movesB { g[q] += dy[gate] * v[p] }
      }
    }
  }

  /// `to[k] += factor * from[k]`, eight at a time.
  @inline(__always)
  private static func add(
    _ factor: Double, _ from: UnsafeMutablePointer<Double>, to: UnsafeMutablePointer<Double>,
    _ terms: Int, _ isFirst: Bool
  ) {
    var term = 0
    while term + 8 <= terms {
      let part = Lanes(factor) * eight(from + term)
      store(isFirst ? part : eight(to + term) + part, to + term)
      term += 8
    }
    while term < terms {
      let part = factor * from[term]
      to[term] = isFirst ? part : to[term] + part
      term += 1
    }
  }

  /// What each number under a sliding filter gets: `dx[j] += Σ w[k] * dy[j - k]`, eight at a time where
  /// the whole filter is over it.
  private static func slidingBack(
    _ w: UnsafeMutablePointer<Double>, _ wTerm: Int, _ dy: UnsafeMutablePointer<Double>,
    _ dx: UnsafeMutablePointer<Double>, _ count: Int, _ terms: Int, _ isFirst: Bool
  ) {
    func edge(_ j: Int) {
      var sum = 0.0
      for k in max(0, j - count + 1)...min(terms - 1, j) { sum += w[k * wTerm] * dy[j - k] }
      dx[j] = isFirst ? sum : dx[j] + sum
    }
    var j = 0
    while j < terms - 1 {
      edge(j)
      j += 1
    }
    // Four times eight numbers for each number of the filter that is fetched.
    while j + 32 <= count {
      let to = dx + j
      var (s, t) = (Lanes.zero, Lanes.zero)
      var (u, v) = (s, t)
      if !isFirst { (s, t, u, v) = (eight(to), eight(to + 8), eight(to + 16), eight(to + 24)) }
      for k in 0..<terms {
        let weight = Lanes(w[k * wTerm])
        let from = dy + j - k
        s += weight * eight(from)
        t += weight * eight(from + 8)
        u += weight * eight(from + 16)
        v += weight * eight(from + 24)
      }
      store(s, to)
      store(t, to + 8)
      store(u, to + 16)
      store(v, to + 24)
      j += 32
    }
    while j + 8 <= count {
      var sum = isFirst ? Lanes.zero : eight(dx + j)
      for k in 0..<terms { sum += Lanes(w[k * wTerm]) * eight(dy + j - k) }
      store(sum, dx + j)
      j += 8
    }
    while j < count + terms - 1 {
      edge(j)
      j += 1
    }
  }

  /// What each number of the filter gets: `dw[k] += Σ dy[i] * x[i + k]`, four at a time.
  private static func slidingWeightsBack(
    _ dy: UnsafeMutablePointer<Double>, _ x: UnsafeMutablePointer<Double>,
    _ dw: UnsafeMutablePointer<Double>, _ wTerm: Int, _ count: Int, _ terms: Int
  ) {
    var term = 0
    while term + 4 <= terms {
      var (a, b, c, d) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
      let from = x + term
      var i = 0
      while i + 8 <= count {
        let upstream = eight(dy + i)
        a += upstream * eight(from + i)
        b += upstream * eight(from + i + 1)
        c += upstream * eight(from + i + 2)
        d += upstream * eight(from + i + 3)
        i += 8
      }
      var sums = SIMD4(a.total, b.total, c.total, d.total)
      while i < count {
        let upstream = dy[i]
        sums += SIMD4(from[i], from[i + 1], from[i + 2], from[i + 3]) * upstream
        i += 1
      }
      for k in 0..<4 { dw[(term + k) * wTerm] += sums[k] }
      term += 4
    }
    while term < terms {
      dw[term * wTerm] += inner(dy, x + term, count)
      term += 1
    }
  }
}
