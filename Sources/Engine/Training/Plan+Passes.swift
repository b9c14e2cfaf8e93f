internal import Language

/// The numbers a plan works on: made once, and used for every row.
struct Workspace {
  var values: [Double]
  var gradients: [Double]
  /// The operands of one gate side by side, for primitives that are computed through their records.
  var scratch: [Double]

  init(for plan: Plan) {
    values = plan.start
    gradients = [Double](repeating: 0, count: plan.start.count)
    scratch = [Double](repeating: 0, count: max(1, plan.width))
  }
}

extension Plan {
  /// Computes every gate; false when one of them is nan or infinite.
  func runForward(_ workspace: inout Workspace) -> Bool {
    workspace.values.withUnsafeMutableBufferPointer { values in
      workspace.scratch.withUnsafeMutableBufferPointer { scratch in
        operands.withUnsafeBufferPointer { operands in
          var isFinite = true
          for gate in forward {
            let value = compute(gate, values, operands, scratch)
            values[Int(gate.target)] = value
            isFinite = isFinite && value.isFinite
          }
          return isFinite
        }
      }
    }
  }

  /// Sends the gradient 1 from the output back to the parameters.
  ///
  /// Gradients of nodes that no parameter reaches are left unfinished: nobody asks for them.
  func runBackward(_ workspace: inout Workspace) {
    workspace.gradients.withUnsafeMutableBufferPointer { gradients in
      workspace.values.withUnsafeBufferPointer { values in
        workspace.scratch.withUnsafeMutableBufferPointer { scratch in
          operands.withUnsafeBufferPointer { operands in
            gradients.update(repeating: 0)
            gradients[output] += 1
            for gate in backward.reversed() {
              handBack(gate, values, gradients, operands, scratch)
            }
          }
        }
      }
    }
  }

  /// The value of one gate.
  @inline(__always)
  private func compute(
    _ gate: Instruction, _ values: UnsafeMutableBufferPointer<Double>,
    _ operands: UnsafeBufferPointer<Int32>, _ scratch: UnsafeMutableBufferPointer<Double>
  ) -> Double {
    let a = values[Int(gate.a)]
    switch gate.code {
    case .add:
      var sum = a
      for place in Int(gate.first) + 1..<Int(gate.first + gate.count) {
        sum += values[Int(operands[place])]
      }
      return sum
    case .dot:
      let first = Int(gate.first)
      let half = Int(gate.count) / 2
      var sum = a * values[Int(operands[first + half])]
      for place in first + 1..<first + max(half, 1) {
        sum += values[Int(operands[place])] * values[Int(operands[place + half])]
      }
      let isBiased = Int(gate.count) > 2 * half
      return isBiased ? sum + values[Int(operands[first + 2 * half])] : sum
    case .subtract: return a - values[Int(gate.b)]
    case .multiply: return a * values[Int(gate.b)]
    case .divide: return a / values[Int(gate.b)]
    case .power: return Real.power(a, values[Int(gate.b)])
    case .negate: return -a
    case .copy: return a
    case .exp: return Real.exp(a)
    case .ln: return Real.ln(a)
    case .tanh: return Real.tanh(a)
    case .sigmoid: return sigmoid(a)
    case .relu: return a.isNaN ? .nan : a > 0 ? a : 0
    case .general, .logSumExp, .squareRoot, .sine, .cosine, .leakyRelu, .softplus, .gaussian,
      .absolute:
      return Primitive.value(
        of: gate.primitive, gather(gate, UnsafeBufferPointer(values), operands, scratch))
    }
  }

  /// Hands the gradient of one gate on to its operands, the first operand first.
  @inline(__always)
  private func handBack(
    _ gate: Instruction, _ values: UnsafeBufferPointer<Double>,
    _ gradients: UnsafeMutableBufferPointer<Double>, _ operands: UnsafeBufferPointer<Int32>,
    _ scratch: UnsafeMutableBufferPointer<Double>
  ) {
    let upstream = gradients[Int(gate.target)]
    let (a, b) = (Int(gate.a), Int(gate.b))
    let (x, y) = (values[a], values[Int(gate.target)])
    switch gate.code {
    case .add:
      for place in Int(gate.first)..<Int(gate.first + gate.count) {
        gradients[Int(operands[place])] += upstream
      }
    case .dot:
      let first = Int(gate.first)
      let half = Int(gate.count) / 2
      for place in first..<first + half {
        gradients[Int(operands[place])] += upstream * values[Int(operands[place + half])]
      }
      for place in first..<first + half {
        gradients[Int(operands[place + half])] += upstream * values[Int(operands[place])]
      }
      if Int(gate.count) > 2 * half { gradients[Int(operands[first + 2 * half])] += upstream }
    case .subtract:
      gradients[a] += upstream
      gradients[b] += -upstream
    case .multiply:
      gradients[a] += upstream * values[b]
      gradients[b] += upstream * x
    case .divide:
      gradients[a] += upstream * (1 / values[b])
      gradients[b] += upstream * (-y / values[b])
    case .power:
      let exponent = values[b]
      if moves[a] {
        gradients[a] += upstream * (exponent == 0 ? 0 : exponent * Real.power(x, exponent - 1))
      }
      if gate.movesB {
        let slope = x == 0 && exponent >= 0 ? 0 : y * Real.ln(x)
        gradients[b] += upstream * slope
      }
    case .negate: gradients[a] += -upstream
    case .copy: gradients[a] += upstream
    case .exp: gradients[a] += upstream * y
    case .ln: gradients[a] += upstream * (1 / x)
    case .squareRoot: gradients[a] += upstream * (1 / (2 * y))
    case .sine: gradients[a] += upstream * Real.cos(x)
    case .cosine: gradients[a] += upstream * -Real.sin(x)
    // A power, as in the rule: y * y may differ from it in the last bit.
    case .tanh: gradients[a] += upstream * (1 - Real.power(y, 2))
    case .sigmoid: gradients[a] += upstream * (y * (1 - y))
    case .relu: gradients[a] += upstream * (x > 0 ? 1 : x < 0 ? 0 : x == 0 ? gate.convention : x)
    case .leakyRelu: gradients[a] += upstream * (x > 0 ? 1 : x <= 0 ? 0.01 : x)
    case .softplus: gradients[a] += upstream * sigmoid(x)
    case .gaussian: gradients[a] += upstream * (-2 * x * y)
    case .absolute: gradients[a] += upstream * (x > 0 ? 1 : x < 0 ? -1 : x == 0 ? 0 : x)
    case .logSumExp:
      for place in Int(gate.first)..<Int(gate.first + gate.count) {
        let operand = Int(operands[place])
        if moves[operand] { gradients[operand] += upstream * Real.exp(values[operand] - y) }
      }
    case .general:
      let inputs = gather(gate, values, operands, scratch)
      for slot in 0..<Int(gate.count) {
        let operand = Int(operands[Int(gate.first) + slot])
        guard moves[operand] else { continue }
        let slope = Primitive.slope(
          of: gate.primitive, operand: slot, operands: inputs, result: y,
          convention: gate.convention)
        gradients[operand] += upstream * slope
      }
    }
  }

  @inline(__always)
  private func sigmoid(_ x: Double) -> Double {
    if x >= 0 { return 1 / (1 + Real.exp(-x)) }
    let t = Real.exp(x)
    return t / (1 + t)
  }

  /// The operands of a gate side by side.
  private func gather(
    _ gate: Instruction, _ values: UnsafeBufferPointer<Double>,
    _ operands: UnsafeBufferPointer<Int32>, _ scratch: UnsafeMutableBufferPointer<Double>
  ) -> UnsafeBufferPointer<Double> {
    let count = Int(gate.count)
    for slot in 0..<count { scratch[slot] = values[Int(operands[Int(gate.first) + slot])] }
    return UnsafeBufferPointer(rebasing: scratch[..<count])
  }
}
