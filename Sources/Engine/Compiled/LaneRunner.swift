internal import Kernels
internal import Language

/// The numbers of a plan, and the sweeps over them.
///
/// Examples are taken in strips of up to `rowsPerStrip`: as many as the plan's columns can have and still
/// stay in the processor's near memory.
struct LaneRunner: ~Copyable {
  let plan: LanePlan
  let graph: Graph
  let processor: Processor
  let rowsPerStrip: Int
  private let arena: Arena
  private let columns: UnsafeMutablePointer<Lanes>
  private let columnGradients: UnsafeMutablePointer<Lanes>
  let singles: UnsafeMutablePointer<Double>
  let singleGradients: UnsafeMutablePointer<Double>
  let velocity: UnsafeMutablePointer<Double>
  /// The groups of eight rows in the strip that is loaded.
  private(set) var blocks = 1

  func column(_ slot: Int32) -> UnsafeMutablePointer<Double> {
    UnsafeMutableRawPointer(columns + Int(slot) * blocks).assumingMemoryBound(to: Double.self)
  }

  func columnGradient(_ slot: Int32) -> UnsafeMutablePointer<Double> {
    UnsafeMutableRawPointer(columnGradients + Int(slot) * blocks)
      .assumingMemoryBound(to: Double.self)
  }

  /// Memory for strips of a batch of so many rows; throws where the machine has none.
  init(
    _ plan: LanePlan, of graph: Graph, rows: Int, on processor: Processor = .widest
  ) throws(Problem) {
    // Values and gradients of one block, in bytes; half a megabyte of them stays near.
    let block = max(1, plan.columnCount) * 128
    let all = max(1, (rows + 7) / 8)
    let strips = max(1, (all * block + (1 << 19) - 1) / (1 << 19))
    let blocks = max(1, min(all, (all + strips - 1) / strips))
    let singleCount = (plan.singles.count + 15) & ~7
    let bytes = blocks * block + singleCount * 24
    guard bytes < Limit.trainingMemory.bound, let arena = Arena(bytes: bytes) else {
      throw .noMemory(bytes)
    }
    self.plan = plan
    self.graph = graph
    self.processor = min(processor, .widest)
    rowsPerStrip = blocks * 8
    columns = arena.column(Lanes.self, at: 0)
    columnGradients = arena.column(Lanes.self, at: blocks * block / 2)
    singles = arena.column(Double.self, at: blocks * block)
    singleGradients = arena.column(Double.self, at: blocks * block + singleCount * 8)
    velocity = arena.column(Double.self, at: blocks * block + singleCount * 16)
    self.arena = arena
    for (place, number) in plan.singles.enumerated() { singles[place] = number }
  }

  /// The parameters, side by side in the order they were given.
  var parameters: UnsafeMutablePointer<Double> { singles + LanePlan.firstParameter }
  /// Their gradients, added up over all strips since `begin`.
  var parameterGradients: UnsafeMutablePointer<Double> {
    singleGradients + LanePlan.firstParameter
  }

  private func memory(_ references: UnsafePointer<Reference>) -> LaneMemory {
    LaneMemory(
      blocks: blocks, values: columns, gradients: columnGradients, singles: singles,
      singleGradients: singleGradients, references: references, reluAtZero: plan.reluAtZero)
  }

  /// Fills the columns of a table's rows; the last row fills what is left of the last eight.
  mutating func load(
    _ rows: ArraySlice<Int>, of examples: Examples, _ bindings: [(column: Int, slot: Int)]
  ) {
    blocks = max(1, (rows.count + 7) / 8)
    let width = examples.columns.count
    examples.numbers.withUnsafeBufferPointer { numbers in
      rows.withUnsafeBufferPointer { rows in
        for binding in bindings {
          let target = column(Int32(binding.slot))
          for place in 0..<blocks * 8 {
            target[place] = numbers[rows[min(place, rows.count - 1)] * width + binding.column]
          }
        }
      }
    }
  }

  /// The numbers of a node for the rows of the strip: one after the other, or one for all of them.
  func numbers(of node: NodeID) -> (start: UnsafeMutablePointer<Double>, step: Int) {
    guard let place = plan.places[node] else { return (singles, 0) }
    if place.isSingle { return (singles + Int(place.slot), 0) }
    return (column(place.slot), 1)
  }

  /// Computes what parameters alone decide, and forgets all gradients.
  mutating func begin() {
    singleGradients.update(repeating: 0, count: plan.singles.count)
    guard !plan.singleSteps.isEmpty else { return }
    plan.references.withUnsafeBufferPointer { references in
      plan.singleSteps.withUnsafeBufferPointer { steps in
        guard let list = steps.baseAddress, let shared = references.baseAddress else { return }
        let memory = memory(shared)
        var at = 0
        while true {
          at = processor.forwardSingles(memory, list, from: at, to: steps.count)
          guard at < steps.count else { return }
          compute(list[at], rows: 1)
          at += 1
        }
      }
    }
  }

  /// Computes the columns of the strip.
  mutating func forward() {
    plan.references.withUnsafeBufferPointer { references in
      plan.columnSteps.withUnsafeBufferPointer { steps in
        guard let list = steps.baseAddress, let shared = references.baseAddress else { return }
        let memory = memory(shared)
        var at = 0
        while true {
          at = processor.forward(memory, list, from: at, to: steps.count)
          guard at < steps.count else { return }
          compute(list[at], rows: blocks * 8)
          at += 1
        }
      }
    }
  }

  /// Hands the gradient 1 of each of the strip's first rows back from a node.
  mutating func backward(from node: NodeID, rows: Int) {
    guard let place = plan.places[node] else { return }
    if place.isSingle {
      singleGradients[Int(place.slot)] += Double(rows)
      return
    }
    columnGradients.update(repeating: Lanes.zero, count: plan.columnCount * blocks)
    let seeds = columnGradient(place.slot)
    for row in 0..<rows { seeds[row] = 1 }
    plan.references.withUnsafeBufferPointer { references in
      plan.columnSteps.withUnsafeBufferPointer { steps in
        guard let list = steps.baseAddress, let shared = references.baseAddress else { return }
        let memory = memory(shared)
        var end = steps.count
        while true {
          let at = processor.backward(memory, list, from: end, to: 0)
          guard at >= 0 else { return }
          handBack(list[at], rows: blocks * 8)
          end = at
        }
      }
    }
  }

  /// Hands the gradients of what parameters alone decide on to the parameters.
  mutating func finish() {
    guard !plan.singleSteps.isEmpty else { return }
    plan.references.withUnsafeBufferPointer { references in
      plan.singleSteps.withUnsafeBufferPointer { steps in
        guard let list = steps.baseAddress, let shared = references.baseAddress else { return }
        let memory = memory(shared)
        var end = steps.count
        while true {
          let at = processor.backwardSingles(memory, list, from: end, to: 0)
          guard at >= 0 else { return }
          handBack(list[at], rows: 1)
          end = at
        }
      }
    }
  }
}
