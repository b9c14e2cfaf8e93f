internal import Kernels

// Gates of one and of two operands.
extension Sweep {
  static func unary(_ m: LaneMemory, _ at: UnsafePointer<LaneStep>) {
    let step = at.pointee
    switch step.function {
    case .tanh: eachCostly(m, step) { Functions.tanh($0) }
    case .exp: eachCostly(m, step) { Functions.exp($0) }
    case .sigmoid: eachCostly(m, step) { sigmoid($0) }
    case .relu: each(m, step) { rectified($0) }
    case .square: each(m, step) { $0 * $0 }
    case .squareRoot: each(m, step) { squareRoot($0) }
    case .absolute: each(m, step) { Functions.magnitude($0) }
    case .ln: each(m, step) { lanes($0) { Functions.ln($0) } }
    case .softplus: each(m, step) { lanes($0) { Functions.softplus($0) } }
    // Copies and signs are products with 1 and -1.
    case .multiply: each(m, step) { $0 }
    case .subtract: each(m, step) { -$0 }
    case .add, .leaf, .divide, .other: each(m, step) { _ in Lanes(.nan) }
    }
  }

  static func unaryBack(_ m: LaneMemory, _ at: UnsafePointer<LaneStep>) {
    let step = at.pointee
    switch step.function {
    case .tanh: eachBack(m, step) { _, y in 1 - y * y }
    case .exp: eachBack(m, step) { _, y in y }
    case .sigmoid: eachBack(m, step) { _, y in y * (1 - y) }
    case .relu:
      let zero = m.reluAtZero
      if zero == 0 {
        // The usual convention: the result is 0, above 0 or no number, and so is the slope but for its size.
        eachBack(m, step) { _, y in Functions.choice(Functions.isPositive(y), Lanes(1), y) }
      } else {
        eachBack(m, step) { x, _ in sides(x, above: 1, below: 0, zero: zero) }
      }
    case .square: eachBack(m, step) { x, _ in 2 * x }
    case .squareRoot: eachBack(m, step) { _, y in 1 / (2 * y) }
    case .absolute: eachBack(m, step) { x, _ in sides(x, above: 1, below: -1, zero: 0) }
    case .ln: eachBack(m, step) { x, _ in 1 / x }
    case .softplus: eachBack(m, step) { x, _ in sigmoid(x) }
    case .multiply: eachBack(m, step) { _, _ in Lanes(1) }
    case .subtract: eachBack(m, step) { _, _ in Lanes(-1) }
    case .add, .leaf, .divide, .other: eachBack(m, step) { _, _ in Lanes(.nan) }
    }
  }

  /// The same where the function takes long: two columns of which only a half counts are one.
  @inline(__always)
  private static func eachCostly(
    _ m: LaneMemory, _ step: LaneStep, _ function: (Lanes) -> Lanes
  ) {
    guard m.isHalf, step.count > 1 else { return each(m, step, function) }
    var gate: Int32 = 0
    while gate < step.count {
      // The last of an odd number is taken twice.
      let next = min(gate &+ 1, step.count &- 1)
      let first = m.column(step.a &+ gate &* step.aStep).pointee.lowHalf
      let second = m.column(step.a &+ next &* step.aStep).pointee.lowHalf
      let both = function(Lanes(lowHalf: first, highHalf: second))
      // The other half stands for the last row, as in a column of the table.
      let (low, high) = (both.lowHalf, both.highHalf)
      m.column(step.out &+ next).pointee = Lanes(lowHalf: high, highHalf: .init(repeating: high[3]))
      m.column(step.out &+ gate).pointee = Lanes(lowHalf: low, highHalf: .init(repeating: low[3]))
      gate &+= 2
    }
  }

  /// The gates of a run; neighbouring columns are one long one.
  @inline(__always)
  private static func each(_ m: LaneMemory, _ step: LaneStep, _ function: (Lanes) -> Lanes) {
    let isLong = step.aStep == 1 || step.count == 1
    let length = isLong ? Int(step.count) * m.blocks : m.blocks
    for gate in 0..<(isLong ? 1 : step.count) {
      let x = m.column(step.a &+ gate &* step.aStep)
      let y = m.column(step.out &+ gate)
      var s = 0
      while s < length {
        y[s] = function(x[s])
        s &+= 1
      }
    }
  }

  /// The same backward: what each operand gets, from its number and the result.
  @inline(__always)
  private static func eachBack(
    _ m: LaneMemory, _ step: LaneStep, _ slope: (Lanes, Lanes) -> Lanes
  ) {
    let isLong = step.aStep == 1 || step.count == 1
    let length = isLong ? Int(step.count) * m.blocks : m.blocks
    for gate in 0..<(isLong ? 1 : step.count) {
      let x = m.column(step.a &+ gate &* step.aStep)
      let dx = m.gradient(step.a &+ gate &* step.aStep)
      let y = m.column(step.out &+ gate)
      let dy = m.gradient(step.out &+ gate)
      // Two loops: what each of them asks is asked once.
      if step.isFirstForA {
        for s in 0..<length { dx[s] = dy[s] * slope(x[s], y[s]) }
      } else {
        for s in 0..<length { dx[s] += dy[s] * slope(x[s], y[s]) }
      }
    }
  }

  @inline(__always)
  private static func lanes(_ x: Lanes, _ function: (Double) -> Double) -> Lanes {
    var y = x
    for lane in 0..<8 { y[lane] = function(x[lane]) }
    return y
  }

  /// A slope that depends on the side of 0 the operand is on; what is no number stays none.
  @inline(__always)
  private static func sides(_ x: Lanes, above: Double, below: Double, zero: Double) -> Lanes {
    let known = Functions.choice(Functions.isPositive(x), Lanes(above), x)
    let both = Functions.choice(Functions.isNegative(x), Lanes(below), known)
    return Functions.choice(Functions.isZero(x), Lanes(zero), both)
  }

  /// What is no number stays none.
  @inline(__always)
  private static func rectified(_ x: Lanes) -> Lanes {
    Functions.choice(Functions.isNegative(x), Lanes.zero, x)
  }

  /// The scalar function's two branches, both at once.
  @inline(__always)
  private static func sigmoid(_ x: Lanes) -> Lanes {
    let t = Functions.expOfMinus(Functions.magnitude(x))
    return Functions.choice(Functions.isSigned(x), t, Lanes(1)) / (1 + t)
  }

  @inline(__always)
  private static func squareRoot(_ x: Lanes) -> Lanes { lanes(x) { ($0 + 0).squareRoot() } }

  static func binary(_ m: LaneMemory, _ at: UnsafePointer<LaneStep>) {
    let step = at.pointee
    for gate in 0..<step.count {
      let y = m.column(step.out &+ gate)
      let (a, b) = (step.a &+ gate &* step.aStep, step.b &+ gate &* step.bStep)
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

  static func binaryBack(_ m: LaneMemory, _ at: UnsafePointer<LaneStep>) {
    let step = at.pointee
    for gate in 0..<step.count {
      let (a, b) = (step.a &+ gate &* step.aStep, step.b &+ gate &* step.bStep)
      let (y, dy) = (m.column(step.out &+ gate), m.gradient(step.out &+ gate))
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
          if let dx { dx[s] = step.isFirstForA ? part : dx[s] + part } else { total += part }
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
          if let dz { dz[s] = step.isFirstForB ? part : dz[s] + part } else { total += part }
        }
        if dz == nil { m.singleGradients[Int(b)] += total.total }
      }
    }
  }
}
