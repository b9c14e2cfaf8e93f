/// What the names of one formula stand for, by their places in the formula; filled in on the way.
///
/// Like `PartStack`, it keeps plain numbers as integers and what is wider aside.
struct Bindings {
  /// Nodes, `unknown`, or ``-2 - place`` for what lies in `others`.
  private(set) var entries: [Int32]
  private var others: [Value] = []

  private static let unknown: Int32 = -1

  init(names count: Int) { entries = [Int32](repeating: Self.unknown, count: count) }

  subscript(name: Int) -> Value? {
    get {
      let entry = entries[name]
      if entry >= 0 { return .scalar(Int(entry)) }
      return entry == Self.unknown ? nil : others[Int(-2 - entry)]
    }
    set {
      switch newValue {
      case nil: entries[name] = Self.unknown
      case .scalar(let node): entries[name] = Int32(truncatingIfNeeded: node)
      case let value?:
        others.append(value)
        entries[name] = -1 - Int32(clamping: others.count)
      }
    }
  }
}
