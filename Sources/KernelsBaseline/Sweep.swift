package import Kernels

/// Goes through the steps of a training's program, on columns of examples and on single numbers.
///
/// This folder is compiled once for each kind of processor. Only pointers and whole numbers cross its
/// border, as wide registers are handed over differently; and nothing here is generic, as the linker
/// would keep one copy of a generic function for all three. Steps are handed over by their address: to
/// put each into the place of an argument took as long as a small gate.
package enum Sweep {
  /// Computes columns with the steps from `start` up to `end`; returns the first outsider, or `end`.
  @inline(never)
  package static func forward(
    _ memory: LaneMemory, _ steps: UnsafePointer<LaneStep>, from start: Int, to end: Int
  ) -> Int {
    var place = start
    while place < end {
      let step = steps + place
      switch step.pointee.operation {
      case .unary: unary(memory, step)
      case .binary: binary(memory, step)
      case .dot:
        if step.pointee.isASingle, step.pointee.bStep == 0, memory.blocks == 1 {
          narrowWeighted(memory, step)
        } else if step.pointee.isASingle {
          weighted(memory, step)
        } else {
          products(memory, step)
        }
      case .sum: sum(memory, step)
      case .gatheredDot: gatheredDot(memory, step)
      case .gatheredSum: gatheredSum(memory, step)
      case .outsider: return place
      }
      place += 1
    }
    return end
  }

  /// Hands gradients back through the steps from the last before `end` down to `start`; returns the
  /// place of the first outsider it meets, or -1.
  @inline(never)
  package static func backward(
    _ memory: LaneMemory, _ steps: UnsafePointer<LaneStep>, from end: Int, to start: Int
  ) -> Int {
    var place = end - 1
    while place >= start {
      let step = steps + place
      if step.pointee.movesA || step.pointee.movesB || step.pointee.movesBias {
        switch step.pointee.operation {
        case .unary: unaryBack(memory, step)
        case .binary: binaryBack(memory, step)
        case .dot:
          if step.pointee.isASingle {
            weightedBack(memory, step)
          } else {
            productsBack(memory, step)
          }
        case .sum: sumBack(memory, step)
        case .gatheredDot: gatheredDotBack(memory, step)
        case .gatheredSum: gatheredSumBack(memory, step)
        case .outsider: return place
        }
      }
      place -= 1
    }
    return -1
  }
}

extension Lanes {
  /// One number in all lanes.
  @inline(__always) init(_ number: Double) { self.init(repeating: number) }
}

// Slots and their products were checked when memory was asked for: they cannot overflow here.
extension LaneMemory {
  @inline(__always) func column(_ slot: Int32) -> UnsafeMutablePointer<Lanes> {
    values + Int(slot) &* blocks
  }
  @inline(__always) func gradient(_ slot: Int32) -> UnsafeMutablePointer<Lanes> {
    gradients + Int(slot) &* blocks
  }
}
