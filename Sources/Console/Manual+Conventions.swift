internal import Export
internal import Language

extension Manual {
  /// What four libraries make of the same points: `docs/conventions.md`.
  package static func conventions() -> String {
    var page = """
      # Conventions

      Written by `make docs` from the program's own records. A gradient is agreed on almost everywhere. Where a
      curve has a corner, where numbers tie and where numbers end, each library decides for itself. A script of
      `backstep export torch` or `backstep export jax` prints the numbers of backstep, or a row of this table says
      why not; the tests try out each row with the libraries themselves, with 64 bits. What is in **bold** differs
      from backstep.

      | what | formula | at | | backstep | PyTorch | JAX | TensorFlow |
      |---|---|---|---|---|---|---|---|

      """
    for row in FrameworkConvention.all {
      let cells = [
        row.topic, "`\(row.formula)`", "`\(row.at)`", row.shows == .value ? "value" : "slope",
        numbers(row.ours), cell(row.theirs["torch"], row), cell(row.theirs["jax"], row),
        cell(row.tensorFlow, row),
      ]
      page += "| " + cells.joined(separator: " | ") + " |\n"
    }
    return page + """

      The column of TensorFlow was measured once, with version 2.21; `–` is what was not measured. The others are
      measured again whenever the tests run and find the libraries. Some rules behind the table:

      - **At a corner** backstep takes the slope nearest to 0 of all that fit, and says so (`conventions` lists its
        own). `abs` in JAX and `leaky_relu` in JAX take the slope on the right.
      - **x^y** is the exponential of y ln x to JAX, so that 0 and ln 0 meet. A literal exponent has no gradient
        anywhere, and `x^2` is safe.
      - **Numbers below 2.2e-308** are 0 to JAX on a processor. All others keep them, with fewer digits.
      - **PyTorch's softplus** is x itself above 20, where the rest is below 2.1e-9.
      - **JAX's division** squares the divisor on the way back: past 1e154 the square is infinite.
      - **Where nan or infinity is met on the way**, slopes are products such as 0 times infinity, and which of them
        is nan depends on the order of the work. Nothing is promised there.
      - `sign(0)` is 0 in the libraries and 1 here; scripts say `where(x >= 0, 1.0, -1.0)`, and so agree.
      - A literal for `max` has to be a tensor to PyTorch, and elements are counted from 0 everywhere but here.

      """
  }

  private static func numbers(_ numbers: [Double]) -> String {
    numbers.map { $0 == 0 ? "0" : $0.formatted(.data) }.joined(separator: ", ")
  }

  private static func cell(_ theirs: [Double]?, _ row: FrameworkConvention) -> String {
    guard let theirs else { return "–" }
    return isEqual(theirs, row.ours) ? numbers(theirs) : "**\(numbers(theirs))**"
  }
}
