internal import Language

// Convolutions and pools: the same gates at every position.
extension GraphBuilder {
  /// `o[i] = Σ w[k] x[i + k - 1]`; rows of `x` are channels, rows of `w` belong to them, and a matrix
  /// of filters over one channel gives one row of outputs for each filter.
  mutating func convolution(_ arguments: [Value]) throws(Problem) -> Value {
    let stride = arguments.count > 2 ? try positive(arguments[2], "the stride", least: 1) : 1
    let padding = arguments.count > 3 ? try positive(arguments[3], "the padding", least: 0) : 0
    let (channels, length) = rows(arguments[0])
    let (filters, size) = rows(arguments[1])
    guard length > 0 else { throw located(.needsVector("the input", arguments[0].shape)) }
    guard size > 0 else { throw located(.needsVector("the filter", arguments[1].shape)) }
    let isBank = channels == 1 && filters > 1
    guard isBank || channels == filters else {
      throw cannotMultiply(
        arguments[0], arguments[1], "this convolution",
        hint: "a filter has one row for each row of the input, its channels")
    }
    guard padding < size else { throw located(.tooMuchPadding(padding, size)) }
    let (room, isTooLarge) = length.addingReportingOverflow(2 * padding)
    guard !isTooLarge, size <= room else {
      throw located(
        .emptyWindows("a filter", size, length, hint: "make it smaller, or add padding"))
    }
    let positions = (room - size) / stride + 1
    try Limit.vector.check(positions)
    let (x, w) = (arguments[0].nodes, arguments[1].nodes)
    var nodes: [NodeID] = []
    for bank in 0..<(isBank ? filters : 1) {
      for position in 0..<positions {
        var pairs: (weights: [NodeID], inputs: [NodeID]) = ([], [])
        for channel in 0..<channels {
          for tap in 0..<size {
            let place = position * stride + tap - padding
            // Outside there are zeros, which add nothing.
            guard (0..<length).contains(place) else { continue }
            pairs.weights.append(w[(isBank ? bank : channel) * size + tap])
            pairs.inputs.append(x[channel * length + place])
          }
        }
        try countWork(channels * size)
        nodes.append(
          pairs.weights.isEmpty ? try constant(0, nil) : try dot(pairs.weights, pairs.inputs))
      }
    }
    return isBank
      ? Value(.matrix(rows: filters, columns: positions), nodes)
      : Value(.vector(positions), nodes)
  }

  mutating func pool(_ arguments: [Value], isMaximum: Bool) throws(Problem) -> Value {
    let (channels, length) = rows(arguments[0])
    guard length > 0 else { throw located(.needsVector(text(ofOperand: 0), arguments[0].shape)) }
    let size = try positive(arguments[1], "the size of a window", least: 1)
    let stride = arguments.count > 2 ? try positive(arguments[2], "the stride", least: 1) : size
    guard size <= length else { throw located(.emptyWindows("a window", size, length)) }
    let positions = (length - size) / stride + 1
    let id = isMaximum ? Primitive.maxpool : try function("mean")
    var nodes: [NodeID] = []
    for channel in 0..<channels {
      for position in 0..<positions {
        let first = channel * length + position * stride
        nodes.append(try gate(id, Array(arguments[0].nodes[first..<first + size])))
      }
    }
    if case .matrix = arguments[0].shape {
      return Value(.matrix(rows: channels, columns: positions), nodes)
    }
    return Value(.vector(positions), nodes)
  }

  private func rows(_ value: Value) -> (rows: Int, columns: Int) {
    switch value.shape {
    case .scalar: (1, 0)
    case .vector(let count): (1, count)
    case .matrix(let rows, let columns): (rows, columns)
    }
  }

  mutating func positive(_ value: Value, _ what: String, least: Int) throws(Problem) -> Int {
    let number = try wholeNumber(value, as: what)
    guard number >= least else {
      throw located(
        Problem(
          "bad-size", "\(what) is \(number), and should be at least \(least)",
          hint: "use a whole number from \(least) up"))
    }
    return number
  }
}
