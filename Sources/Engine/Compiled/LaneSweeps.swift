internal import Kernels
internal import KernelsAVX2
internal import KernelsAVX512
internal import KernelsBaseline

// The sweeps for the processor at hand. One choice for a whole sweep costs nothing.
extension Processor {
  func forward(
    _ columns: Columns, from start: Int, to end: Int, partial: inout Int, _ reluAtZero: Double
  ) -> Int {
    switch self {
    case .baseline:
      KernelsBaseline.Sweep.forward(
        columns, from: start, to: end, partial: &partial, reluAtZero: reluAtZero)
    case .avx2:
      KernelsAVX2.Sweep.forward(
        columns, from: start, to: end, partial: &partial, reluAtZero: reluAtZero)
    case .avx512:
      KernelsAVX512.Sweep.forward(
        columns, from: start, to: end, partial: &partial, reluAtZero: reluAtZero)
    }
  }

  func backward(_ columns: Columns, from last: Int, to first: Int, partial: Int) {
    switch self {
    case .baseline:
      KernelsBaseline.Sweep.backward(columns, from: last, to: first, partial: partial)
    case .avx2: KernelsAVX2.Sweep.backward(columns, from: last, to: first, partial: partial)
    case .avx512: KernelsAVX512.Sweep.backward(columns, from: last, to: first, partial: partial)
    }
  }

  func forward(
    _ memory: LaneMemory, _ steps: UnsafePointer<LaneStep>, from start: Int, to end: Int
  ) -> Int {
    switch self {
    case .baseline: KernelsBaseline.Sweep.forward(memory, steps, from: start, to: end)
    case .avx2: KernelsAVX2.Sweep.forward(memory, steps, from: start, to: end)
    case .avx512: KernelsAVX512.Sweep.forward(memory, steps, from: start, to: end)
    }
  }

  func backward(
    _ memory: LaneMemory, _ steps: UnsafePointer<LaneStep>, from end: Int, to start: Int
  ) -> Int {
    switch self {
    case .baseline: KernelsBaseline.Sweep.backward(memory, steps, from: end, to: start)
    case .avx2: KernelsAVX2.Sweep.backward(memory, steps, from: end, to: start)
    case .avx512: KernelsAVX512.Sweep.backward(memory, steps, from: end, to: start)
    }
  }

  func forwardSingles(
    _ memory: LaneMemory, _ steps: UnsafePointer<LaneStep>, from start: Int, to end: Int
  ) -> Int {
    switch self {
    case .baseline: KernelsBaseline.Sweep.forwardSingles(memory, steps, from: start, to: end)
    case .avx2: KernelsAVX2.Sweep.forwardSingles(memory, steps, from: start, to: end)
    case .avx512: KernelsAVX512.Sweep.forwardSingles(memory, steps, from: start, to: end)
    }
  }

  func backwardSingles(
    _ memory: LaneMemory, _ steps: UnsafePointer<LaneStep>, from end: Int, to start: Int
  ) -> Int {
    switch self {
    case .baseline: KernelsBaseline.Sweep.backwardSingles(memory, steps, from: end, to: start)
    case .avx2: KernelsAVX2.Sweep.backwardSingles(memory, steps, from: end, to: start)
    case .avx512: KernelsAVX512.Sweep.backwardSingles(memory, steps, from: end, to: start)
    }
  }

  func descend(
    _ parameters: UnsafeMutablePointer<Double>, _ gradients: UnsafePointer<Double>,
    _ velocity: UnsafeMutablePointer<Double>, _ before: UnsafeMutablePointer<Double>, count: Int,
    rows: Double, rate: Double, momentum: Double, decay: Double
  ) -> Bool {
    switch self {
    case .baseline:
      KernelsBaseline.Sweep.descend(
        parameters, gradients, velocity, before, count: count, rows: rows, rate: rate,
        momentum: momentum, decay: decay)
    case .avx2:
      KernelsAVX2.Sweep.descend(
        parameters, gradients, velocity, before, count: count, rows: rows, rate: rate,
        momentum: momentum, decay: decay)
    case .avx512:
      KernelsAVX512.Sweep.descend(
        parameters, gradients, velocity, before, count: count, rows: rows, rate: rate,
        momentum: momentum, decay: decay)
    }
  }
}
