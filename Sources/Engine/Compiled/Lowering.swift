internal import Kernels
internal import Language

/// How the gates of a primitive are laid out for the loops.
///
/// The rest of the catalog is computed through its records; a new primitive works without being listed
/// here, and faster when it is.
enum Lowering: Sendable {
  /// One or two operands, computed by the loops.
  case unary(Operation)
  case binary(Operation)
  /// A product with 1 or -1, which is exact.
  case copy, negate
  /// Operands in a row, added up from the first on.
  case sum
  /// Pairs of operands multiplied and added up, perhaps with one more to add.
  case dot
  /// A power: a square where the exponent is a literal 2.
  case power
  /// Through the record.
  case other

  /// The layout of a primitive by its place in the catalog; fused gates are behind its end.
  static func of(_ primitive: PrimitiveID) -> Lowering {
    table.indices.contains(Int(primitive)) ? table[Int(primitive)] : .other
  }

  static let table: [Lowering] = Primitive.catalog.map { primitive in
    switch primitive.notation {
    case .infix: infix[primitive.name] ?? .other
    case .prefix: primitive.name == "-" ? .negate : .other
    case .function: functions[primitive.name] ?? .other
    case .gate: primitive.name == "dot" ? .dot : .other
    case .comparison: .other
    }
  }

  /// The number of the operation, for gates of one operand or two that take one slot as they are.
  ///
  /// Others have a number that is none.
  static let plainCodes: [UInt8] = table.map { lowering in
    switch lowering {
    case .unary(let operation), .binary(let operation): UInt8(operation.rawValue)
    case .sum: UInt8(Operation.add.rawValue)
    case .copy, .negate, .dot, .power, .other: notPlain
    }
  }
  static let notPlain: UInt8 = 255

  private static let infix: [String: Lowering] = [
    "+": .sum, "-": .binary(.subtract), "*": .binary(.multiply), "/": .binary(.divide),
    "^": .power,
  ]
  private static let functions: [String: Lowering] = [
    "copy": .copy, "exp": .unary(.exp), "ln": .unary(.ln), "sqrt": .unary(.squareRoot),
    "tanh": .unary(.tanh), "sigmoid": .unary(.sigmoid), "relu": .unary(.relu),
    "abs": .unary(.absolute), "softplus": .unary(.softplus),
  ]
}
