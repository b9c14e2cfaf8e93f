/// The results of the parts of formulas that have been read so far, the last on top.
///
/// A plain number is kept as its node, one integer; what is wider lies aside. So a formula of plain
/// numbers, which is what most are, moves integers about and nothing else.
struct PartStack {
  /// Nodes, or `wide` for a part that lies in `others`.
  private(set) var entries: [Int32] = []
  /// Vectors, ranges and names without elements, in the order they were put down.
  private var others: [Value] = []

  private static let wide: Int32 = -1

  var count: Int { entries.count }

  @inline(__always)
  mutating func push(node: NodeID) { entries.append(Int32(truncatingIfNeeded: node)) }

  mutating func push(_ value: Value) {
    if case .scalar(let node) = value { return push(node: node) }
    entries.append(Self.wide)
    others.append(value)
  }

  mutating func pop() -> Value? {
    guard let entry = entries.popLast() else { return nil }
    return entry == Self.wide ? others.popLast() : .scalar(Int(entry))
  }

  /// The last `count` parts, the one on top last.
  mutating func pop(_ count: Int) -> [Value] {
    var values: [Value] = []
    values.reserveCapacity(count)
    for _ in 0..<count {
      if let value = pop() { values.append(value) }
    }
    values.reverse()
    return values
  }

  /// Where the last `count` parts begin when all of them are plain numbers; else nil.
  @inline(__always)
  func plainNumbers(_ count: Int) -> Int? {
    let first = entries.count - count
    guard first >= 0 else { return nil }
    for place in first..<entries.count where entries[place] < 0 { return nil }
    return first
  }

  /// Takes away the last parts, which are plain numbers.
  @inline(__always)
  mutating func dropNumbers(_ count: Int) { entries.removeLast(count) }

  mutating func reserve(_ count: Int) { entries.reserveCapacity(count) }
}
