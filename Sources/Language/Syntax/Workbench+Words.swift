// Parts and what waits as words of eight bytes, for the one loop that reads most of a large formula.
//
// Three stores make a node, where its properties one by one would take six. The words say how the
// two structs lie in memory; `WordsTests` holds them to it. The callers have checked the room.
extension Workbench {
  /// What a node and a `Pending` take in memory.
  static let stride = 24

  /// Writes a number or a name.
  @inline(__always)
  static func write(
    _ kind: Formula.Kind, _ content: UInt64, from start: Int, length: Int,
    at node: UnsafeMutableRawPointer
  ) {
    let start = UInt64(truncatingIfNeeded: start)
    let end = start &+ UInt64(truncatingIfNeeded: length)
    node.storeBytes(of: UInt64(kind.rawValue) | 1 &<< 32, as: UInt64.self)
    node.storeBytes(of: start | end &<< 32, toByteOffset: 8, as: UInt64.self)
    node.storeBytes(of: content, toByteOffset: 16, as: UInt64.self)
  }

  /// Writes an operator between two operands behind them, as the node with the index `count`; false
  /// where there is no operand to its left.
  @inline(__always)
  static func apply(
    _ top: UnsafeMutableRawPointer, to nodes: UnsafeMutableRawPointer, count: Int
  ) -> Bool {
    let left = Int(top.load(fromByteOffset: 20, as: Int32.self)) &- 1
    guard left >= 0 else { return false }
    let node = nodes + count &* stride
    let first = nodes + left &* stride
    let leftSize = UInt64(first.load(fromByteOffset: 4, as: UInt32.self))
    let size = UInt64(truncatingIfNeeded: count &- left) &+ leftSize
    let start = UInt64(first.load(fromByteOffset: 8, as: UInt32.self))
    let end = UInt64((node - stride).load(fromByteOffset: 12, as: UInt32.self))
    let reference = UInt64(top.load(fromByteOffset: 4, as: UInt32.self))
    let arity = UInt64(top.load(fromByteOffset: 16, as: UInt32.self))
    node.storeBytes(of: UInt64(Formula.Kind.apply.rawValue) | size &<< 32, as: UInt64.self)
    node.storeBytes(of: start | end &<< 32, toByteOffset: 8, as: UInt64.self)
    node.storeBytes(of: reference | arity &<< 32, toByteOffset: 16, as: UInt64.self)
    return true
  }
}

extension Workbench.Pending {
  /// The first word: what it is, how tightly it binds and what it refers to.
  @inline(__always)
  static func head(_ kind: Kind, _ reference: Int32, precedence: Int8) -> UInt64 {
    UInt64(kind.rawValue) | UInt64(UInt8(bitPattern: precedence)) &<< 8
      | UInt64(UInt32(bitPattern: reference)) &<< 32
  }

  /// The first word of what waits, without the bytes between that mean nothing.
  @inline(__always)
  static func head(at place: UnsafeMutableRawPointer) -> UInt64 {
    place.load(as: UInt64.self) & 0xFFFF_FFFF_0000_FFFF
  }

  /// The kind and the precedence that a first word says.
  @inline(__always)
  static func kind(_ head: UInt64) -> UInt8 { UInt8(truncatingIfNeeded: head) }
  @inline(__always)
  static func precedence(_ head: UInt64) -> Int8 { Int8(truncatingIfNeeded: head &>> 8) }

  /// Writes what waits with `count` parts before it.
  @inline(__always)
  static func write(
    _ head: UInt64, arity: UInt64, count: Int, from start: Int,
    at place: UnsafeMutableRawPointer
  ) {
    let start = UInt64(truncatingIfNeeded: start)
    place.storeBytes(of: head, as: UInt64.self)
    place.storeBytes(of: start | (start &+ 1) &<< 32, toByteOffset: 8, as: UInt64.self)
    place.storeBytes(
      of: arity | UInt64(truncatingIfNeeded: count) &<< 32, toByteOffset: 16, as: UInt64.self)
  }
}
