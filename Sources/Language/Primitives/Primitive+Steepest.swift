extension Primitive {
  /// The largest magnitude its slope can have, for functions of one operand that have a largest.
  ///
  /// It says how much a gradient must shrink on its way through a chain of such gates.
  package var steepest: Double? {
    switch name {
    case "sigmoid": 0.25
    case "tanh", "relu", "leaky_relu", "softplus", "sin", "cos", "abs": 1
    default: nil
    }
  }
}
