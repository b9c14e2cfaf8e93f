internal import Kernels

// Sums whose products are of two columns, plain sums, and sums without a rule.
extension Sweep {
  static func products(_ m: LaneMemory, _ at: UnsafePointer<LaneStep>) {
    let step = at.pointee
    for gate in 0..<step.count {
      let y = m.column(step.out &+ gate)
      let bias =
        step.bias >= 0 ? Lanes(m.singles[Int(step.bias &+ gate &* step.biasStep)]) : Lanes.zero
      for s in 0..<m.blocks {
        var sum = step.isBiasFirst ? bias : Lanes.zero
        for term in 0..<step.terms {
          sum +=
            m.column(step.a &+ gate &* step.aStep &+ term &* step.aTerm)[s]
            * m.column(step.b &+ gate &* step.bStep &+ term &* step.bTerm)[s]
        }
        y[s] = step.bias >= 0 && !step.isBiasFirst ? sum + bias : sum
      }
    }
  }

  static func productsBack(_ m: LaneMemory, _ at: UnsafePointer<LaneStep>) {
    let step = at.pointee
    for gate in 0..<step.count {
      let dy = m.gradient(step.out &+ gate)
      for term in 0..<step.terms {
        let a = step.a &+ gate &* step.aStep &+ term &* step.aTerm
        let b = step.b &+ gate &* step.bStep &+ term &* step.bTerm
        let (x, z) = (m.column(a), m.column(b))
        let (dx, dz) = (m.gradient(a), m.gradient(b))
        // One after the other: both may be the same column.
        if step.movesA { for s in 0..<m.blocks { dx[s] += dy[s] * z[s] } }
        if step.movesB { for s in 0..<m.blocks { dz[s] += dy[s] * x[s] } }
      }
      if step.movesBias, step.bias >= 0 {
        var sum = Lanes.zero
        for s in 0..<m.blocks { sum += dy[s] }
        m.singleGradients[Int(step.bias &+ gate &* step.biasStep)] += sum.total
      }
    }
  }

  static func sum(_ m: LaneMemory, _ at: UnsafePointer<LaneStep>) {
    let step = at.pointee
    for gate in 0..<step.count {
      let y = m.column(step.out &+ gate)
      let x = m.column(step.a &+ gate &* step.aStep)
      let term = Int(step.aTerm) * m.blocks
      for s in 0..<m.blocks {
        var sum = x[s]
        for k in 1..<max(1, Int(step.terms)) { sum += x[k * term + s] }
        y[s] = sum
      }
    }
  }

  static func sumBack(_ m: LaneMemory, _ at: UnsafePointer<LaneStep>) {
    let step = at.pointee
    for gate in 0..<step.count {
      let dy = m.gradient(step.out &+ gate)
      for term in 0..<step.terms {
        let dx = m.gradient(step.a &+ gate &* step.aStep &+ term &* step.aTerm)
        for s in 0..<m.blocks { dx[s] += dy[s] }
      }
    }
  }

  static func gatheredDot(_ m: LaneMemory, _ at: UnsafePointer<LaneStep>) {
    let step = at.pointee
    let list = m.references + Int(step.a)
    let y = m.column(step.out)
    for s in 0..<m.blocks {
      var sum = Lanes.zero
      for term in 0..<Int(step.terms) {
        sum += value(m, list[2 * term], s) * value(m, list[2 * term + 1], s)
      }
      y[s] = sum
    }
  }

  static func gatheredDotBack(_ m: LaneMemory, _ at: UnsafePointer<LaneStep>) {
    let step = at.pointee
    let list = m.references + Int(step.a)
    let dy = m.gradient(step.out)
    for term in 0..<Int(step.terms) {
      let (a, b) = (list[2 * term], list[2 * term + 1])
      for (operand, other) in [(a, b), (b, a)] where operand.moves {
        if operand.isSingle {
          var sum = Lanes.zero
          for s in 0..<m.blocks { sum += dy[s] * value(m, other, s) }
          m.singleGradients[Int(operand.slot)] += sum.total
        } else {
          let dx = m.gradient(operand.slot)
          for s in 0..<m.blocks { dx[s] += dy[s] * value(m, other, s) }
        }
      }
    }
  }

  static func gatheredSum(_ m: LaneMemory, _ at: UnsafePointer<LaneStep>) {
    let step = at.pointee
    let list = m.references + Int(step.a)
    let y = m.column(step.out)
    for s in 0..<m.blocks {
      var sum = value(m, list[0], s)
      for term in 1..<max(1, Int(step.terms)) { sum += value(m, list[term], s) }
      y[s] = sum
    }
  }

  static func gatheredSumBack(_ m: LaneMemory, _ at: UnsafePointer<LaneStep>) {
    let step = at.pointee
    let list = m.references + Int(step.a)
    let dy = m.gradient(step.out)
    for term in 0..<Int(step.terms) where list[term].moves {
      if list[term].isSingle {
        var sum = Lanes.zero
        for s in 0..<m.blocks { sum += dy[s] }
        m.singleGradients[Int(list[term].slot)] += sum.total
      } else {
        let dx = m.gradient(list[term].slot)
        for s in 0..<m.blocks { dx[s] += dy[s] }
      }
    }
  }

  @inline(__always)
  private static func value(_ m: LaneMemory, _ operand: Reference, _ block: Int) -> Lanes {
    operand.isSingle ? Lanes(m.singles[Int(operand.slot)]) : m.column(operand.slot)[block]
  }
}
