package import Kernels

// The steps whose numbers all examples share: a graph without a table, or the part of a loss that only
// looks at parameters. Runs are done eight gates or eight terms at a time.
extension Sweep {
  /// Computes single numbers with the steps from `start` up to `end`; returns the first outsider, or
  /// `end`.
  @inline(never)
  package static func forwardSingles(
    _ memory: LaneMemory, _ steps: UnsafePointer<LaneStep>, from start: Int, to end: Int
  ) -> Int {
    let v = memory.singles
    for place in start..<end {
      let step = steps[place]
      let y = v + Int(step.out)
      let (a, b) = (v + Int(step.a), v + Int(step.b))
      let (aStep, bStep, terms) = (Int(step.aStep), Int(step.bStep), Int(step.terms))
      let (aTerm, bTerm) = (Int(step.aTerm), Int(step.bTerm))
      switch step.operation {
      case .unary:
        for gate in 0..<Int(step.count) {
          y[gate] = alone(step.function, a[gate * aStep], memory.reluAtZero)
        }
      case .binary:
        for gate in 0..<Int(step.count) {
          y[gate] = value(step.function, a[gate * aStep], b[gate * bStep], memory.reluAtZero)
        }
      case .dot where aStep == 0 && bStep == 1 && step.bias < 0:
        slidingDots(step, a, b, y)
      case .dot where aTerm == 1 && bTerm == 1 && terms >= 16:
        for gate in 0..<Int(step.count) {
          y[gate] = biased(inner(a + gate &* aStep, b + gate &* bStep, terms), v, step, gate)
        }
      case .dot:
        for gate in 0..<Int(step.count) {
          var sum = step.isBiasFirst ? biased(0, v, step, gate) : 0
          let (x, z) = (a + gate &* aStep, b + gate &* bStep)
          for term in 0..<terms { sum += x[term * aTerm] * z[term * bTerm] }
          y[gate] = step.isBiasFirst ? sum : biased(sum, v, step, gate)
        }
      case .sum:
        for gate in 0..<Int(step.count) {
          y[gate] = total(a + gate &* aStep, aTerm, terms)
        }
      case .gatheredDot:
        let list = memory.references + Int(step.a)
        var sum = 0.0
        for term in 0..<terms {
          sum += v[Int(list[2 * term].slot)] * v[Int(list[2 * term + 1].slot)]
        }
        y[0] = sum
      case .gatheredSum:
        let list = memory.references + Int(step.a)
        var sum = v[Int(list[0].slot)]
        for term in 1..<max(1, terms) { sum += v[Int(list[term].slot)] }
        y[0] = sum
      case .outsider: return place
      }
    }
    return end
  }

  /// A gate of one operand; copies and signs are products with 1 and -1.
  @inline(__always)
  private static func alone(
    _ function: Operation, _ x: Double, _ reluAtZero: Double
  ) -> Double {
    switch function {
    case .multiply: x
    case .subtract: -x
    default: derived(function, x, 0, reluAtZero).0
    }
  }

  @inline(__always)
  private static func value(
    _ function: Operation, _ x: Double, _ z: Double, _ reluAtZero: Double
  ) -> Double {
    switch function {
    case .add: x + z
    case .subtract: x - z
    case .multiply: x * z
    default: derived(function, x, z, reluAtZero).0
    }
  }

  @inline(__always)
  private static func biased(
    _ sum: Double, _ v: UnsafeMutablePointer<Double>, _ step: LaneStep, _ gate: Int
  ) -> Double {
    step.bias < 0 ? sum : sum + v[Int(step.bias) + gate &* Int(step.biasStep)]
  }

  /// One filter that slides over neighbouring numbers: eight places at a time.
  private static func slidingDots(
    _ step: LaneStep, _ a: UnsafeMutablePointer<Double>, _ b: UnsafeMutablePointer<Double>,
    _ y: UnsafeMutablePointer<Double>
  ) {
    let (aTerm, bTerm) = (Int(step.aTerm), Int(step.bTerm))
    let (count, terms) = (Int(step.count), Int(step.terms))
    var gate = 0
    // Four times eight places for each number of the filter that is fetched.
    while gate + 32 <= count {
      let first = Lanes(a[0])
      let from = b + gate
      var (s, t) = (first * eight(from), first * eight(from + 8))
      var (u, v) = (first * eight(from + 16), first * eight(from + 24))
      for term in 1..<max(1, terms) {
        let weight = Lanes(a[term * aTerm])
        let from = b + gate + term &* bTerm
        s += weight * eight(from)
        t += weight * eight(from + 8)
        u += weight * eight(from + 16)
        v += weight * eight(from + 24)
      }
      store(s, y + gate)
      store(t, y + gate + 8)
      store(u, y + gate + 16)
      store(v, y + gate + 24)
      gate += 32
    }
    while gate + 8 <= count {
      var sum = Lanes(a[0]) * eight(b + gate)
      for term in 1..<max(1, terms) {
        sum += Lanes(a[term * aTerm]) * eight(b + gate + term &* bTerm)
      }
      store(sum, y + gate)
      gate += 8
    }
    while gate < count {
      var sum = a[0] * b[gate]
      for term in 1..<max(1, terms) { sum += a[term * aTerm] * b[gate + term &* bTerm] }
      y[gate] = sum
      gate += 1
    }
  }

  /// Neighbouring numbers times neighbouring numbers, added up in sixteen sums that become one.
  @inline(__always)
  static func inner(
    _ a: UnsafeMutablePointer<Double>, _ b: UnsafeMutablePointer<Double>, _ terms: Int
  ) -> Double {
    var (first, second) = (Lanes.zero, Lanes.zero)
    var term = 0
    while term + 16 <= terms {
      first += eight(a + term) * eight(b + term)
      second += eight(a + term + 8) * eight(b + term + 8)
      term += 16
    }
    var sum = (first + second).total
    while term < terms {
      sum += a[term] * b[term]
      term += 1
    }
    return sum
  }

  private static func total(
    _ a: UnsafeMutablePointer<Double>, _ step: Int, _ terms: Int
  ) -> Double {
    var term = 0
    var sum = 0.0
    if step == 1, terms >= 32 {
      var (first, second) = (Lanes.zero, Lanes.zero)
      while term + 16 <= terms {
        first += eight(a + term)
        second += eight(a + term + 8)
        term += 16
      }
      sum = (first + second).total
    } else {
      sum = a[0]
      term = 1
    }
    while term < terms {
      sum += a[term * step]
      term += 1
    }
    return sum
  }

  @inline(__always)
  static func eight(_ place: UnsafeMutablePointer<Double>) -> Lanes {
    UnsafeRawPointer(place).loadUnaligned(as: Lanes.self)
  }

  @inline(__always)
  static func store(_ numbers: Lanes, _ place: UnsafeMutablePointer<Double>) {
    UnsafeMutableRawPointer(place).storeBytes(of: numbers, as: Lanes.self)
  }

  @inline(__always)
  static func four(_ place: UnsafePointer<Double>) -> SIMD4<Double> {
    UnsafeRawPointer(place).loadUnaligned(as: SIMD4<Double>.self)
  }

  @inline(__always)
  static func store(_ numbers: SIMD4<Double>, _ place: UnsafeMutablePointer<Double>) {
    UnsafeMutableRawPointer(place).storeBytes(of: numbers, as: SIMD4<Double>.self)
  }
}
