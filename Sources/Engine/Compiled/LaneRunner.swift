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
  /// The parameters as they were before the last step.
  let before: UnsafeMutablePointer<Double>
  // The plan's lists once more, where no array has to be asked for them.
  private let singleSteps: UnsafeMutablePointer<LaneStep>
  private let columnSteps: UnsafeMutablePointer<LaneStep>
  private let singleStepCount: Int
  private let columnStepCount: Int
  private var memory: LaneMemory
  /// The groups of eight rows in the strip that is loaded.
  private var blocks: Int { memory.blocks }
  /// The gradient to start from in the last eight rows: 1 for those that are rows.
  private var lastSeed = Lanes(repeating: 1)

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
    // Everything in one piece of memory; each part begins at a multiple of 64 bytes.
    var size = blocks * block
    func part(_ bytes: Int) -> Int {
      defer { size += (bytes + 63) & ~63 }
      return size
    }
    let numbers = (plan.singles.count + 8) * 8
    let (first, second, third, fourth) = (
      part(numbers), part(numbers), part(numbers), part(numbers)
    )
    let stride = MemoryLayout<LaneStep>.stride
    let (early, late) = (
      part(plan.singleSteps.count * stride), part(plan.columnSteps.count * stride)
    )
    let list = part(plan.references.count * MemoryLayout<Reference>.stride)
    guard size < Limit.trainingMemory.bound, let arena = Arena(bytes: size) else {
      throw .noMemory(size)
    }
    self.plan = plan
    self.graph = graph
    self.processor = min(processor, .widest)
    rowsPerStrip = blocks * 8
    columns = arena.column(Lanes.self, at: 0)
    columnGradients = arena.column(Lanes.self, at: blocks * block / 2)
    singles = arena.column(Double.self, at: first)
    singleGradients = arena.column(Double.self, at: second)
    velocity = arena.column(Double.self, at: third)
    before = arena.column(Double.self, at: fourth)
    singleSteps = arena.column(LaneStep.self, at: early)
    columnSteps = arena.column(LaneStep.self, at: late)
    let references = arena.column(Reference.self, at: list)
    singleStepCount = plan.singleSteps.count
    columnStepCount = plan.columnSteps.count
    memory = LaneMemory(
      blocks: 1, values: columns, gradients: columnGradients, singles: singles,
      singleGradients: singleGradients, references: references, reluAtZero: plan.reluAtZero)
    self.arena = arena
    for (place, number) in plan.singles.enumerated() { singles[place] = number }
    for (place, step) in plan.singleSteps.enumerated() { singleSteps[place] = step }
    for (place, step) in plan.columnSteps.enumerated() { columnSteps[place] = step }
    for (place, reference) in plan.references.enumerated() { references[place] = reference }
  }

  /// The parameters, side by side in the order they were given.
  var parameters: UnsafeMutablePointer<Double> { singles + LanePlan.firstParameter }
  /// Their gradients, added up over all strips since `begin`.
  var parameterGradients: UnsafeMutablePointer<Double> {
    singleGradients + LanePlan.firstParameter
  }

  /// Fills the columns of a table's rows; the last row fills what is left of the last eight.
  mutating func load(
    _ rows: ArraySlice<Int>, of examples: Examples, _ bindings: [(column: Int, slot: Int)]
  ) {
    let blocks = max(1, (rows.count + 7) / 8)
    if blocks != memory.blocks {
      // Every column stands somewhere else now.
      memory.blocks = blocks
      Self.clear(plan.untouchedColumns, of: columnGradients, blocks)
    }
    memory.isHalf = rows.count <= 4
    for lane in 0..<8 { lastSeed[lane] = (blocks - 1) * 8 + lane < rows.count ? 1 : 0 }
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
    for range in plan.clearedSingles {
      (singleGradients + range.lowerBound).update(repeating: 0, count: range.count)
    }
    var at = 0
    while at < singleStepCount {
      at = processor.forwardSingles(memory, singleSteps, from: at, to: singleStepCount)
      guard at < singleStepCount else { return }
      compute(singleSteps[at], rows: 1)
      at += 1
    }
  }

  /// Computes the columns of the strip.
  mutating func forward() {
    var at = 0
    while at < columnStepCount {
      at = processor.forward(memory, columnSteps, from: at, to: columnStepCount)
      guard at < columnStepCount else { return }
      compute(columnSteps[at], rows: blocks * 8)
      at += 1
    }
  }

  /// Sets columns to 0; static, as the compiler copied all fields of the runner for a call that reads it.
  private static func clear(
    _ ranges: [Range<Int>], of columns: UnsafeMutablePointer<Lanes>, _ blocks: Int
  ) {
    for range in ranges {
      (columns + range.lowerBound * blocks).update(
        repeating: Lanes.zero, count: range.count * blocks)
    }
  }

  /// Hands the gradient 1 of each row of the strip back from a node.
  mutating func backward(from node: NodeID, rows: Int) {
    guard let place = plan.places[node] else { return }
    if place.isSingle {
      singleGradients[Int(place.slot)] += Double(rows)
      return
    }
    Self.clear(plan.clearedColumns, of: columnGradients, blocks)
    // Whole vectors: what is written in parts is slow to read as a whole.
    let seeds = columnGradients + Int(place.slot) * blocks
    if blocks > 1 { seeds.update(repeating: Lanes(repeating: 1), count: blocks - 1) }
    seeds[blocks - 1] = lastSeed
    var end = columnStepCount
    while end > 0 {
      end = processor.backward(memory, columnSteps, from: end, to: 0)
      guard end >= 0 else { return }
      handBack(columnSteps[end], rows: blocks * 8)
    }
  }

  /// Hands the gradients of what parameters alone decide on to the parameters.
  mutating func finish() {
    var end = singleStepCount
    while end > 0 {
      end = processor.backwardSingles(memory, singleSteps, from: end, to: 0)
      guard end >= 0 else { return }
      handBack(singleSteps[end], rows: 1)
    }
  }

  /// Moves the parameters along their gradients, the mean over so many rows; false where one of them
  /// is no number any more.
  mutating func descend(rows: Int, rate: Double, _ options: borrowing Training.Options) -> Bool {
    processor.descend(
      parameters, parameterGradients, velocity, before, count: plan.parameterCount,
      rows: Double(rows), rate: rate, momentum: options.momentum, decay: options.decay)
  }
}
