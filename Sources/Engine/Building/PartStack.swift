internal import Language

/// A plain number among the parts of a formula: a node, and whether it is a literal.
struct PlainPart: BitwiseCopyable {
  /// Twice the node, and one more for a literal; below 0 for what is no plain number.
  let code: Int32

  static let none = PlainPart(code: -1)

  @inline(__always)
  init(_ node: NodeID, isLiteral: Bool) {
    code = Int32(truncatingIfNeeded: node) &<< 1 | (isLiteral ? 1 : 0)
  }

  init(code: Int32) { self.code = code }

  var isPlain: Bool { code >= 0 }
  var node: Int32 { code &>> 1 }
}

/// The results of the parts of formulas that have been read so far, the last on top.
///
/// A plain number is kept as an integer; what is wider lies aside. So a formula of plain numbers,
/// which is what most are, moves integers about and nothing else.
struct PartStack: ~Copyable {
  /// Plain numbers, or `PlainPart.none` for what lies in `others`.
  var parts = Pile<PlainPart>()
  /// Vectors, ranges and names without elements, in the order they were put down.
  private var others: [Value] = []

  var count: Int { parts.count }

  mutating func push(wide value: Value) {
    parts.push(.none)
    others.append(value)
  }

  mutating func pop() -> Value? {
    guard let part = parts.pop() else { return nil }
    return part.isPlain ? .scalar(Int(part.node)) : others.popLast()
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
}

/// What the names of one formula stand for, by their places in the formula; filled in on the way.
struct Bindings {
  /// What is plain; `PlainPart.none` for what lies in `others`, or is not known yet.
  private(set) var parts: [PlainPart]
  private var others: [Int: Value] = [:]

  init(names count: Int) { parts = [PlainPart](repeating: .none, count: count) }

  subscript(name: Int) -> Value? {
    parts[name].isPlain ? .scalar(Int(parts[name].node)) : others[name]
  }

  mutating func bind(_ name: Int, to value: Value, in graph: Graph) {
    if case .scalar(let node) = value {
      parts[name] = PlainPart(node, isLiteral: graph.nodes[node].kind == .constant)
    } else {
      others[name] = value
    }
  }
}
