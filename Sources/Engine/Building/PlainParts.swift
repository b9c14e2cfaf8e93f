internal import Language

/// The loop of `GraphBuilder.readPlainParts` over a stretch of parts.
///
/// A part makes a node at most, puts one part on the stack at most, and takes as many wires as it
/// takes parts from there. So the caller knows how much room there has to be, and the loop need not
/// ask.
struct PlainParts {
  var cursor: Int
  let end: Int
  var gateCount: Int32
  /// Where the nodes and the operands that are made here will stand in the graph.
  let firstNode: Int
  let firstOperand: Int
  let addition: PrimitiveID
  let isExpanded: Bool

  /// Reads as far as the parts are plain; room for each part is in `made` and `waiting`, and in `wires`
  /// also for what waits already.
  @inline(__always)
  mutating func read(
    _ parts: UnsafeBufferPointer<Formula.Node>, _ known: UnsafeBufferPointer<PlainPart>,
    _ made: UnsafeMutableBufferPointer<Graph.Node>, _ nodeCount: inout Int,
    _ wires: UnsafeMutableBufferPointer<Int32>, _ wireCount: inout Int,
    _ waiting: UnsafeMutablePointer<PlainPart>, _ stackHeight: inout Int
  ) {
    guard end <= parts.count, let parts = parts.baseAddress, let made = made.baseAddress,
      let wires = wires.baseAddress
    else { return }
    var (cursor, gates, node, wire) = (cursor, gateCount, nodeCount, wireCount)
    var height = stackHeight
    reading: while cursor < end {
      let part = parts + cursor
      let content = part.pointee.content
      switch part.pointee.kind {
      case .number:
        waiting[height] = PlainPart(firstNode &+ node, isLiteral: true)
        Graph.Node.write(literal: content, gatesSoFar: gates, at: made + node)
        node &+= 1
      case .name:
        let name = Int(UInt32(truncatingIfNeeded: content))
        guard name < known.count, known[name].isPlain else { break reading }
        waiting[height] = known[name]
      case .apply:
        let count = Int(content &>> 32)
        let base = height &- count
        guard count > 0, base >= 0, !isExpanded else { break reading }
        let primitive = Int32(truncatingIfNeeded: content)
        if count == 2, primitive == addition, cursor > 0 {
          // A sum of two with a product of vectors in it becomes one gate with it.
          let other = cursor &- 1 &- Int((part - 1).pointee.size)
          guard other >= 0, !(part - 1).pointee.isComposite, !parts[other].isComposite else {
            break reading
          }
        }
        // The first, the one in the middle and the last: of up to three these are all, without a jump.
        let (first, middle, last) = (
          waiting[base].code, waiting[base &+ count &>> 1].code, waiting[height &- 1].code
        )
        wires[wire] = first &>> 1
        wires[wire &+ count &>> 1] = middle &>> 1
        wires[wire &+ count &- 1] = last &>> 1
        var (joined, common) = (first | middle | last, first & middle & last)
        if count > 3 {
          (joined, common) = Self.join(waiting + base, to: wires + wire, count)
        }
        // Not where there is something wide among them, or nothing but literals.
        guard joined >= 0, common & 1 == 0 else { break reading }
        gates &+= 1
        height = base
        waiting[height] = PlainPart(firstNode &+ node, isLiteral: false)
        Graph.Node.write(
          gate: primitive, firstOperand: firstOperand &+ wire, count: count, gatesSoFar: gates,
          at: made + node)
        node &+= 1
        wire &+= count
      default: break reading
      }
      height &+= 1
      cursor &+= 1
    }
    (self.cursor, gateCount, nodeCount, wireCount) = (cursor, gates, node, wire)
    stackHeight = height
  }

  /// Wires the parts of a long gate, and says which bits one of them has, and which all have.
  @inline(never)
  private static func join(
    _ parts: UnsafeMutablePointer<PlainPart>, to wires: UnsafeMutablePointer<Int32>, _ count: Int
  ) -> (joined: Int32, common: Int32) {
    var (joined, common): (Int32, Int32) = (0, -1)
    for place in 0..<count {
      let code = parts[place].code
      joined |= code
      common &= code
      wires[place] = code &>> 1
    }
    return (joined, common)
  }
}

extension Formula.Node {
  // Written into the loop, which a method of another target is not.
  @inline(__always)
  fileprivate var isComposite: Bool { if case .composite = kind { true } else { false } }
}

// Nodes as words of eight bytes: four stores make one, where its properties one by one would take
// seven. The words say how a node lies in memory; `WordsTests` holds it to that.
extension Graph.Node {
  /// No name, below the count of gates.
  private static let noName: UInt64 = 0xFFFF_FFFF

  @inline(__always)
  private static func write(
    _ head: UInt64, _ operands: UInt64, _ gatesSoFar: Int32, _ value: UInt64,
    at place: UnsafeMutablePointer<Graph.Node>
  ) {
    let place = UnsafeMutableRawPointer(place)
    let gates = UInt64(UInt32(bitPattern: gatesSoFar)) &<< 32
    place.storeBytes(of: head, as: UInt64.self)
    place.storeBytes(of: operands, toByteOffset: 8, as: UInt64.self)
    place.storeBytes(of: gates | noName, toByteOffset: 16, as: UInt64.self)
    place.storeBytes(of: value, toByteOffset: 24, as: UInt64.self)
  }

  /// Writes a literal, given by its bits.
  @inline(__always)
  static func write(
    literal bits: UInt64, gatesSoFar: Int32, at place: UnsafeMutablePointer<Graph.Node>
  ) {
    write(UInt64(Graph.Kind.constant.rawValue) | 1 &<< 8, 0, gatesSoFar, bits, at: place)
  }

  /// Writes a gate.
  @inline(__always)
  static func write(
    gate primitive: PrimitiveID, firstOperand: Int, count: Int, gatesSoFar: Int32,
    at place: UnsafeMutablePointer<Graph.Node>
  ) {
    let first = UInt64(UInt32(truncatingIfNeeded: firstOperand))
    write(
      UInt64(Graph.Kind.gate.rawValue) | UInt64(UInt32(bitPattern: primitive)) &<< 32,
      first | UInt64(truncatingIfNeeded: count) &<< 32, gatesSoFar, Double.nan.bitPattern,
      at: place)
  }
}
