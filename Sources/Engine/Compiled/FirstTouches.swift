internal import Kernels

/// Which steps are the first, on the way back, to give gradients to their operands.
///
/// They write where others add; so only what nobody writes has to be cleared before the way back.
struct FirstTouches {
  /// Whether the operands looked at are the single numbers; else the columns.
  let isSingle: Bool
  private var isTouched: [Bool]
  private var isWritten: [Bool]

  /// `output`: the slot that the way back starts from, which is given its gradient there.
  init(slots: Int, isSingle: Bool, output: Int32?) {
    self.isSingle = isSingle
    isTouched = [Bool](repeating: false, count: slots)
    isWritten = isTouched
    if let output {
      isTouched[Int(output)] = true
      // The seeds are written into a column, and added to a single number.
      isWritten[Int(output)] = !isSingle
    }
  }

  /// Marks the steps, last step first.
  mutating func mark(
    _ steps: inout [LaneStep], _ references: [Reference], _ outsiders: [LanePlan.Outsider]
  ) {
    for place in steps.indices.reversed() {
      let step = steps[place]
      switch step.operation {
      case .unary, .binary:
        if step.movesA, step.isASingle == isSingle {
          if step.operation == .binary, sharesSomeOperands(step) {
            // What one gate adds for its second operand, a later one would write over for its first.
            touch(step.a, step.count, step.aStep, 1, 0)
          } else {
            steps[place].isFirstForA = write(step.a, step.count, step.aStep)
          }
        }
        if step.operation == .binary, step.movesB, step.isBSingle == isSingle {
          steps[place].isFirstForB = write(step.b, step.count, step.bStep)
        }
      case .dot: markDot(&steps[place])
      case .sum: touch(step.a, step.count, step.aStep, step.terms, step.aTerm)
      case .gatheredDot, .gatheredSum:
        let count = Int(step.terms) * (step.operation == .gatheredDot ? 2 : 1)
        for reference in references[Int(step.a)..<Int(step.a) + count]
        where reference.isSingle == isSingle { isTouched[Int(reference.slot)] = true }
      case .outsider:
        for reference in outsiders[Int(step.a)].operands where reference.isSingle == isSingle {
          isTouched[Int(reference.slot)] = true
        }
      }
    }
  }

  /// Whether different gates of a run read the same slot, one as its first operand, one as its second.
  private func sharesSomeOperands(_ step: LaneStep) -> Bool {
    guard step.movesB, step.isASingle == step.isBSingle else { return false }
    guard (step.a, step.aStep) != (step.b, step.bStep) else { return false }
    let second = Set((0..<step.count).map { step.b + $0 * step.bStep })
    return (0..<step.count).contains { second.contains(step.a + $0 * step.aStep) }
  }

  private mutating func markDot(_ step: inout LaneStep) {
    if isSingle, step.movesBias, step.bias >= 0 {
      touch(step.bias, step.count, step.biasStep, 1, 0)
    }
    if step.movesA, step.isASingle == isSingle {
      if isSingle, step.count == 1, step.aTerm == 1, step.bTerm == 1 {
        step.isFirstForA = write(neighbours: step.terms, from: step.a)
      } else {
        touch(step.a, step.count, step.aStep, step.terms, step.aTerm)
      }
    }
    guard step.movesB, step.isBSingle == isSingle else { return }
    let isDense = !isSingle && step.isASingle && step.bStep == 0 && step.bTerm == 1
    let isSliding =
      isSingle && step.aStep == 0 && step.bStep == 1 && step.bTerm == 1 && step.terms <= step.count
      && step.count > 1
    if isDense {
      step.isFirstForB = write(neighbours: step.terms, from: step.b)
    } else if isSliding {
      step.isFirstForB = write(
        neighbours: step.count + step.terms - 1, from: step.b)
    } else {
      touch(step.b, step.count, step.bStep, step.terms, step.bTerm)
    }
  }

  /// The operands of gates of one or two: columns side by side are written, if nobody has been there.
  private mutating func write(_ first: Int32, _ count: Int32, _ step: Int32) -> Bool {
    if !isSingle, step == 1 || count == 1 { return write(neighbours: count, from: first) }
    touch(first, count, step, 1, 0)
    return false
  }

  private mutating func write(neighbours count: Int32, from first: Int32) -> Bool {
    let range = Int(first)..<Int(first) + Int(count)
    let isFirst = !range.contains { isTouched[$0] }
    for slot in range {
      isTouched[slot] = true
      if isFirst { isWritten[slot] = true }
    }
    return isFirst
  }

  private mutating func touch(
    _ first: Int32, _ count: Int32, _ step: Int32, _ terms: Int32, _ term: Int32
  ) {
    for gate in 0..<count {
      for k in 0..<terms { isTouched[Int(first + gate * step + k * term)] = true }
    }
  }

  /// The neighbouring slots that have to be cleared before each way back.
  ///
  /// Columns that no step touches are in `untouched` instead. Of the single numbers whole vectors of
  /// eight, as a vector that was cleared in parts is slow to read; what else lies in them is written
  /// before it is read.
  var cleared: [Range<Int>] {
    guard isSingle else { return slots { isTouched[$0] && !isWritten[$0] } }
    return slots { !isWritten[$0] }.reduce(into: []) { widened, range in
      let wide = range.lowerBound & ~7..<(range.upperBound + 7) & ~7
      if let last = widened.last, last.upperBound >= wide.lowerBound {
        widened[widened.count - 1] = last.lowerBound..<wide.upperBound
      } else {
        widened.append(wide)
      }
    }
  }

  /// The neighbouring slots that no step gives a gradient to.
  var untouched: [Range<Int>] { slots { !isTouched[$0] } }

  private func slots(where isMeant: (Int) -> Bool) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    for slot in isTouched.indices where isMeant(slot) {
      if let last = ranges.last, last.upperBound == slot {
        ranges[ranges.count - 1] = last.lowerBound..<slot + 1
      } else {
        ranges.append(slot..<slot + 1)
      }
    }
    return ranges
  }
}
