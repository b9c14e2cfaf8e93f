internal import Kernels

// Gates of one and of two operands.
extension Sweep {
  static func unary(_ m: LaneMemory, _ step: LaneStep) {
    for gate in 0..<step.count {
      let x = m.column(step.a + gate * step.aStep)
      let y = m.column(step.out + gate)
      switch step.function {
      case .tanh: for s in 0..<m.blocks { y[s] = Functions.tanh(x[s]) }
      case .exp: for s in 0..<m.blocks { y[s] = Functions.exp(x[s]) }
      case .sigmoid: for s in 0..<m.blocks { y[s] = Functions.sigmoid(x[s]) }
      // What is no number stays none.
      case .relu: for s in 0..<m.blocks { y[s] = x[s].replacing(with: 0, where: x[s] .<= 0) }
      case .square: for s in 0..<m.blocks { y[s] = x[s] * x[s] }
      case .squareRoot: for s in 0..<m.blocks { y[s] = squareRoot(x[s]) }
      case .absolute: for s in 0..<m.blocks { y[s] = Functions.magnitude(x[s]) }
      case .ln: for s in 0..<m.blocks { for l in 0..<8 { y[s][l] = Functions.ln(x[s][l]) } }
      case .softplus:
        for s in 0..<m.blocks { for l in 0..<8 { y[s][l] = Functions.softplus(x[s][l]) } }
      // Copies and signs are products with 1 and -1.
      case .multiply: for s in 0..<m.blocks { y[s] = x[s] }
      case .subtract: for s in 0..<m.blocks { y[s] = -x[s] }
      case .add, .leaf, .divide, .other: for s in 0..<m.blocks { y[s] = Lanes(.nan) }
      }
    }
  }

  static func unaryBack(_ m: LaneMemory, _ step: LaneStep) {
    for gate in 0..<step.count {
      let x = m.column(step.a + gate * step.aStep)
      let dx = m.gradient(step.a + gate * step.aStep)
      let y = m.column(step.out + gate)
      let dy = m.gradient(step.out + gate)
      for s in 0..<m.blocks {
        let slope: Lanes
        switch step.function {
        case .tanh: slope = 1 - y[s] * y[s]
        case .exp: slope = y[s]
        case .sigmoid: slope = y[s] * (1 - y[s])
        case .relu:
          slope = sides(x[s], above: 1, below: 0, zero: m.reluAtZero)
        case .square: slope = 2 * x[s]
        case .squareRoot: slope = 1 / (2 * y[s])
        case .absolute: slope = sides(x[s], above: 1, below: -1, zero: 0)
        case .ln: slope = 1 / x[s]
        case .softplus: slope = Functions.sigmoid(x[s])
        case .multiply: slope = Lanes(1)
        case .subtract: slope = Lanes(-1)
        case .add, .leaf, .divide, .other: slope = Lanes(.nan)
        }
        dx[s] += dy[s] * slope
      }
    }
  }

  /// A slope that depends on the side of 0 the operand is on; what is no number stays none.
  @inline(__always)
  private static func sides(_ x: Lanes, above: Double, below: Double, zero: Double) -> Lanes {
    x.replacing(with: Lanes(above), where: x .> 0).replacing(with: Lanes(below), where: x .< 0)
      .replacing(with: Lanes(zero), where: x .== 0)
  }

  @inline(__always)
  private static func squareRoot(_ x: Lanes) -> Lanes {
    var y = x
    for lane in 0..<8 { y[lane] = (x[lane] + 0).squareRoot() }
    return y
  }

  static func binary(_ m: LaneMemory, _ step: LaneStep) {
    for gate in 0..<step.count {
      let y = m.column(step.out + gate)
      let (a, b) = (step.a + gate * step.aStep, step.b + gate * step.bStep)
      if step.isASingle {
        let x = Lanes(m.singles[Int(a)])
        let z = m.column(b)
        for s in 0..<m.blocks { y[s] = apply(step.function, x, z[s]) }
      } else if step.isBSingle {
        let x = m.column(a)
        let z = Lanes(m.singles[Int(b)])
        for s in 0..<m.blocks { y[s] = apply(step.function, x[s], z) }
      } else {
        let (x, z) = (m.column(a), m.column(b))
        for s in 0..<m.blocks { y[s] = apply(step.function, x[s], z[s]) }
      }
    }
  }

  @inline(__always)
  private static func apply(_ function: Operation, _ x: Lanes, _ z: Lanes) -> Lanes {
    switch function {
    case .add: x + z
    case .subtract: x - z
    case .multiply: x * z
    default: x / z
    }
  }

  static func binaryBack(_ m: LaneMemory, _ step: LaneStep) {
    for gate in 0..<step.count {
      let (a, b) = (step.a + gate * step.aStep, step.b + gate * step.bStep)
      let (y, dy) = (m.column(step.out + gate), m.gradient(step.out + gate))
      if step.movesA {
        var total = Lanes.zero
        let dx = step.isASingle ? nil : Optional(m.gradient(a))
        for s in 0..<m.blocks {
          let second = step.isBSingle ? Lanes(m.singles[Int(b)]) : m.column(b)[s]
          let part: Lanes =
            switch step.function {
            case .add, .subtract: dy[s]
            case .multiply: dy[s] * second
            default: dy[s] * (1 / second)
            }
          if let dx { dx[s] += part } else { total += part }
        }
        if dx == nil { m.singleGradients[Int(a)] += total.total }
      }
      if step.movesB {
        var total = Lanes.zero
        let dz = step.isBSingle ? nil : Optional(m.gradient(b))
        for s in 0..<m.blocks {
          let first = step.isASingle ? Lanes(m.singles[Int(a)]) : m.column(a)[s]
          let second = step.isBSingle ? Lanes(m.singles[Int(b)]) : m.column(b)[s]
          let part: Lanes =
            switch step.function {
            case .add: dy[s]
            case .subtract: -dy[s]
            case .multiply: dy[s] * first
            default: dy[s] * (-y[s] / second)
            }
          if let dz { dz[s] += part } else { total += part }
        }
        if dz == nil { m.singleGradients[Int(b)] += total.total }
      }
    }
  }
}
