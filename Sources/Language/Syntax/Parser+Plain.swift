// The plain things that most of a large formula is, read from its bytes without a token.
extension Parser {
  /// Reads on where an operand is wanted, as long as there are short names that have been met before,
  /// short numbers, brackets and one-byte operators.
  ///
  /// Returns what is wanted where it stopped. Whatever it leaves alone is read token by token; what it
  /// does read comes out the same either way.
  mutating func readPlain() -> Step {
    // In a session, names such as `grad` can be more than names.
    guard place == .plain || place == .rule, lexer.bytes.count <= Int32.max,
      let text = lexer.bytes.baseAddress, let nodes = bench.nodes.baseAddress,
      let waiting = bench.waiting.baseAddress
    else { return .operand }
    let (count, offset) = (lexer.bytes.count, lexer.offset)
    var stop = PlainStop(bench: bench, offset: offset, wanted: .operand)
    PlainByte.table.withUnsafeBufferPointer { bytes in
      PlainSign.table.withUnsafeBufferPointer { signs in
        names.withFinder { names in
          // Both tables are never empty.
          guard let bytes = bytes.baseAddress, let signs = signs.baseAddress else { return }
          let reader = PlainReader(
            text: text, count: count, bytes: bytes, signs: signs, names: names, nodes: nodes,
            waiting: waiting)
          stop = reader.read(stop)
        }
      }
    }
    bench = stop.bench
    lexer.move(to: stop.offset)
    // The token that was read last ends here.
    token = Token(kind: .end, start: stop.offset, end: stop.offset)
    return stop.wanted
  }
}

/// How far a `PlainReader` has come: behind the token that was read last.
private struct PlainStop {
  var bench: Workbench
  var offset: Int
  var wanted: Parser.Step
}

/// The loop of `Parser.readPlain`, with all that it asks at hand.
///
/// Its pointers are checked by room, once for each operand and the sign behind it: `bench.room` says
/// for how many of these there are places, and `lastWord` up to where there are bytes.
private struct PlainReader {
  let text: UnsafePointer<UInt8>
  let count: Int
  /// 256 rows of `PlainByte`.
  let bytes: UnsafePointer<UInt8>
  /// 256 rows of `PlainSign`.
  let signs: UnsafePointer<PlainSign>
  let names: NameTable.Finder
  let nodes: UnsafeMutableRawPointer
  let waiting: UnsafeMutableRawPointer

  @inline(__always)
  private func has(_ bit: UInt8, _ word: UInt64) -> Bool {
    bytes[Int(UInt8(truncatingIfNeeded: word))] & bit != 0
  }

  @inline(__always)
  func read(_ from: PlainStop) -> PlainStop {
    let stride = Workbench.stride
    // Up to here a word can be read, and the two bytes behind any name in it.
    let lastWord = count - 10
    var bench = from.bench
    var count = bench.count
    var top = waiting + bench.depth * stride
    var offset = from.offset
    var wanted = Parser.Step.operand
    var room = 0
    reading: while true {
      wanted = .operand
      if room == 0 {
        bench.count = count
        bench.depth = (top - waiting) / stride
        room = bench.room
      }
      guard offset <= lastWord, room > 0 else { break }
      room &-= 1
      var start = offset
      while text[start] == 0x20, start < lastWord { start &+= 1 }
      let word = UInt64(littleEndian: UnsafeRawPointer(text + start).loadUnaligned(as: UInt64.self))
      // A byte after the other is moved down and asked. The length so follows from jumps: a processor
      // guesses where the next token begins and goes on from there, where it would have to wait for a
      // count. Zeros follow the word's last byte, and they belong to nothing.
      var rest = word &>> 8
      var length = 1
      var sign: UInt8
      if has(PlainByte.letter, word) {
        while has(PlainByte.name, rest) {
          rest &>>= 8
          length &+= 1
        }
        var behind = start &+ length
        sign = UInt8(truncatingIfNeeded: rest)
        // Two blanks may hide a bracket.
        if sign == 0x20 {
          behind &+= 1
          sign = UInt8(truncatingIfNeeded: rest &>> 8)
        }
        // Eight letters leave a zero behind them, which follows no name.
        guard has(PlainByte.afterName, UInt64(sign)),
          let place = names.place(of: word & ByteWord.mask(length))
        else { break }
        Workbench.write(
          .name, UInt64(UInt32(bitPattern: place)), from: start, length: length,
          at: nodes + count &* stride)
        offset = start &+ length
        start = behind
      } else if has(PlainByte.digit, word) {
        var digits = word & 0x0F
        while has(PlainByte.digit, rest) {
          digits = digits &* 10 &+ (rest & 0x0F)
          rest &>>= 8
          length &+= 1
        }
        var places = 0
        if UInt8(truncatingIfNeeded: rest) == UInt8(ascii: ".") {
          rest &>>= 8
          places = length
          while has(PlainByte.digit, rest) {
            digits = digits &* 10 &+ (rest & 0x0F)
            rest &>>= 8
            length &+= 1
          }
          places = length &- places
          length &+= 1
        }
        guard length < 8, has(PlainByte.afterNumber, rest) else { break }
        Workbench.write(
          .number, Lexer.exact(digits, places: places).bitPattern, from: start, length: length,
          at: nodes + count &* stride)
        offset = start &+ length
        start = offset
        if text[start] == 0x20 { start &+= 1 }
        sign = text[start]
      } else if UInt8(truncatingIfNeeded: word) == UInt8(ascii: "(") {
        Workbench.Pending.write(
          Workbench.Pending.head(.bracket, 0, precedence: .min), arity: 1, count: count,
          from: start, at: top)
        top += stride
        offset = start &+ 1
        continue
      } else {
        break
      }
      count &+= 1
      wanted = .operator
      while sign == UInt8(ascii: ")") {
        var head = UInt64.max
        while top > waiting {
          head = Workbench.Pending.head(at: top - stride)
          guard head & 0x80FF == UInt64(Workbench.Pending.Kind.infix.rawValue),
            Workbench.apply(top - stride, to: nodes, count: count)
          else { break }
          top -= stride
          count &+= 1
        }
        guard top > waiting,
          Workbench.Pending.kind(head) == Workbench.Pending.Kind.bracket.rawValue
        else { break reading }
        top -= stride
        (nodes + (count &- 1) &* stride).storeBytes(of: 1, toByteOffset: 1, as: UInt8.self)
        offset = start &+ 1
        guard offset < lastWord else { break reading }
        start = offset
        if text[start] == 0x20 { start &+= 1 }
        sign = text[start]
      }
      // `**` is a power.
      guard signs[Int(sign)].isOperator,
        UnsafeRawPointer(text + start).loadUnaligned(as: UInt16.self) != 0x2A2A
      else { break }
      let place = signs + Int(sign)
      while top > waiting {
        let head = Workbench.Pending.head(at: top - stride)
        if head == place.pointee.chain {
          let arity = (top - stride).load(fromByteOffset: 16, as: UInt32.self)
          (top - stride).storeBytes(of: arity &+ 1, toByteOffset: 16, as: UInt32.self)
          offset = start &+ 1
          continue reading
        }
        guard Workbench.Pending.precedence(head) >= place.pointee.precedence else { break }
        // What came to wait in another way is applied token by token.
        guard Workbench.Pending.kind(head) == Workbench.Pending.Kind.infix.rawValue,
          Workbench.apply(top - stride, to: nodes, count: count)
        else { break reading }
        top -= stride
        count &+= 1
      }
      Workbench.Pending.write(
        place.pointee.head, arity: 2, count: count, from: start, at: top)
      top += stride
      offset = start &+ 1
    }
    bench.count = count
    bench.depth = (top - waiting) / stride
    return PlainStop(bench: bench, offset: offset, wanted: wanted)
  }
}
