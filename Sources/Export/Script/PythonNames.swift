internal import Language

/// What the learner's names are called in a script: the same, unless Python or the script uses the word.
struct PythonNames: Sendable {
  private var identifiers: [String: String] = [:]
  private var taken: Set<String>

  init() { taken = Self.reserved }

  /// The identifier of a name; one name has one, whatever it stands for.
  mutating func identifier(for name: String) -> String {
    if let known = identifiers[name] { return known }
    let identifier = free(Self.clean(name))
    identifiers[name] = identifier
    return identifier
  }

  /// An identifier that nothing else has: the one asked for, or one like it.
  mutating func free(_ wanted: String) -> String {
    var identifier = wanted
    while taken.contains(identifier) { identifier += "_" }
    taken.insert(identifier)
    return identifier
  }

  /// Letters, digits and underscores only; whatever else there was is an underscore.
  private static func clean(_ name: String) -> String {
    var result = ""
    for scalar in name.unicodeScalars { result += isPart(scalar) ? String(scalar) : "_" }
    // Two underscores in front mean something to Python.
    guard let first = result.unicodeScalars.first, !("0"..."9" ~= first), !result.hasPrefix("__")
    else { return "v" + result }
    return result
  }

  /// Greek letters stand in names as they do here; Python reads these ones as themselves.
  private static func isPart(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "_", "Α"..."Ρ", "Σ"..."Ω", "α"..."ω": true
    default: false
    }
  }

  /// How a name is printed: as the learner wrote it, where that can stand between quotation marks.
  static func printed(_ name: String) -> String {
    name.unicodeScalars.allSatisfy(isPart) && !name.isEmpty ? name : clean(name)
  }

  /// What means something to Python, and what a script calls by its name.
  private static let reserved: Set<String> = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue",
    "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import",
    "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while",
    "with", "yield", "_",
    "float", "int", "len", "list", "print", "range", "sum", "tuple", "zip",
    "torch", "jax", "jnp", "F", "show", "inputs", "computed", "compute", "gradients", "rows", "row",
    "with_gradients", "losses",
    "conv", "conv_channels", "conv_bank", "maxpool", "avgpool", "multiclass_hinge",
    "relu_with_slope",
  ]
}

/// The function that scripts print with; nothing here prints by itself, and a test looks for that.
let pythonPrint = "print"

/// A text of somebody's as a comment of one line.
func pythonComment(_ text: String) -> String {
  "# "
    + visible(text).unicodeScalars.map { scalar in
      scalar == "\n" || scalar == "\t" ? " " : String(scalar)
    }.joined()
}

/// A number as Python reads it; whole numbers have no point where `isReal` does not ask for it.
func pythonNumber(_ number: Double, isReal: Bool = true) -> String {
  if number.isNaN { return "float(\"nan\")" }
  if number.isInfinite { return number < 0 ? "-float(\"inf\")" : "float(\"inf\")" }
  if !isReal, number.magnitude < 1e15, !(number == 0 && number.sign == .minus),
    let whole = Int(exactly: number)
  {
    return "\(whole)"
  }
  let text = number.formatted(.data)
  return text.contains(".") || text.contains("e") ? text : text + ".0"
}

/// Numbers in their shape, as Python's lists.
func pythonList(_ tensor: Tensor) -> String {
  let row = { (numbers: ArraySlice<Double>) in
    "[" + numbers.map { pythonNumber($0) }.joined(separator: ", ") + "]"
  }
  switch tensor.shape {
  case .scalar: return pythonNumber(tensor.values.first ?? .nan)
  case .vector: return row(tensor.values[...])
  case .matrix(let rows, let columns):
    let lines = (0..<rows).map { row(tensor.values[$0 * columns..<($0 + 1) * columns]) }
    let short = "[" + lines.joined(separator: ", ") + "]"
    guard short.utf8.count > 70 else { return short }
    return "[\n" + lines.map { "    \($0),\n" }.joined() + "]"
  }
}
