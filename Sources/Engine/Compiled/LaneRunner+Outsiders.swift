internal import Kernels
internal import Language

// Gates that are computed through their records, one example after the other.
extension LaneRunner {
  /// Where numbers are for the rows of a strip: one after the other, or one for all of them.
  typealias Rows = (start: UnsafeMutablePointer<Double>, step: Int)

  private func places(of outsider: LanePlan.Outsider) -> [Rows] {
    var places: [Rows] = []
    for operand in outsider.operands {
      places.append(
        operand.isSingle ? (singles + Int(operand.slot), 0) : (column(operand.slot), 1))
    }
    return places
  }

  private func gradientPlaces(of outsider: LanePlan.Outsider) -> [Rows] {
    var places: [Rows] = []
    for operand in outsider.operands {
      places.append(
        operand.isSingle
          ? (singleGradients + Int(operand.slot), 0) : (columnGradient(operand.slot), 1))
    }
    return places
  }

  /// Where the result of a step is: a column where it has many rows.
  private func result(_ step: LaneStep, rows: Int) -> UnsafeMutablePointer<Double> {
    rows > 1 ? column(step.out) : singles + Int(step.out)
  }

  /// Goes through the rows of a strip, with the operands of one gate side by side.
  private static func each(
    _ rows: Int, of sources: [Rows], _ body: (Int, UnsafeBufferPointer<Double>) -> Void
  ) {
    var numbers = [Double](repeating: 0, count: sources.count)
    numbers.withUnsafeMutableBufferPointer { scratch in
      for row in 0..<rows {
        for (slot, source) in sources.enumerated() {
          scratch[slot] = source.start[row * source.step]
        }
        body(row, UnsafeBufferPointer(scratch))
      }
    }
  }

  func compute(_ step: LaneStep, rows: Int) {
    let outsider = plan.outsiders[Int(step.a)]
    let sources = places(of: outsider)
    let target = result(step, rows: rows)
    Self.each(rows, of: sources) { row, inputs in
      target[row] = graph.value(of: outsider.node, inputs)
    }
  }

  func handBack(_ step: LaneStep, rows: Int) {
    let outsider = plan.outsiders[Int(step.a)]
    let sources = places(of: outsider)
    let targets = gradientPlaces(of: outsider)
    let values = result(step, rows: rows)
    let gradients = rows > 1 ? columnGradient(step.out) : singleGradients + Int(step.out)
    Self.each(rows, of: sources) { row, inputs in
      for (slot, operand) in outsider.operands.enumerated() where operand.moves {
        let slope = slope(outsider, slot, inputs, values[row])
        targets[slot].start[row * targets[slot].step] += gradients[row] * slope
      }
    }
  }

  /// The slope in one operand; the frequent ones without their rules, with the same operations.
  private func slope(
    _ outsider: LanePlan.Outsider, _ slot: Int, _ inputs: UnsafeBufferPointer<Double>,
    _ result: Double
  ) -> Double {
    if graph.nodes[outsider.node].primitive == Self.logSumExp {
      return Real.exp(inputs[slot] - result)
    }
    return graph.slope(
      of: outsider.node, operand: slot, operands: inputs, result: result,
      convention: outsider.convention)
  }

  private static let logSumExp = Primitive.functions["logsumexp"] ?? -1
}
