internal import Language

// JAX: a function that computes, from which another one is made that also finds gradients.
extension Script {
  func functionalLines(
    _ body: ScriptBody, _ computation: Computation, _ rows: ScriptRows?
  ) -> [String] {
    var lines: [String] = []
    let functions = body.functionLines { !$0.isOpen }
    if !functions.isEmpty { lines += functions + ["", ""] }
    lines += body.inputs.map { "\($0.identifier) = jnp.array(\(pythonList($0.tensor)))" }
    lines += body.constants
    let names = body.inputs.map(\.identifier)
    let parameters = names.joined(separator: ", ")
    let open = body.functionLines(where: \.isOpen).drop { $0.isEmpty }
    lines += ["", "", "def compute(\(parameters)):"]
    lines += Self.indented(open + body.statements.flatMap(\.lines))
    let computed = body.shown.map(\.identifier).joined(separator: ", ")
    lines += ["    return \(total(body, computation)), [\(computed)]", "", ""]
    let shown = Self.quoted(body.shown.map(\.name))
    if names.isEmpty {
      lines += ["_, computed = compute()", "show(\(shown), computed)"]
      return lines
    }
    let places =
      names.indices.map(String.init).joined(separator: ", ") + (names.count == 1 ? "," : "")
    lines += [
      "with_gradients = jax.value_and_grad(compute, argnums=(\(places)), has_aux=True)",
      "(_, computed), gradients = with_gradients(\(parameters))",
    ]
    lines += ["show(\(shown), computed)"]
    lines += ["show(\(Self.quoted(body.inputs.map { "grad " + $0.name })), gradients)"]
    if let rows {
      let value = "compute(\(rows.arguments(in: body).joined(separator: ", ")))[0]"
      lines += ["", "# The examples to learn from, and the mean loss over them: \(rows.columns)."]
      lines += ["rows = jnp.array(\(rows.numbers))"]
      lines += ["losses = jax.vmap(lambda row: \(value))(rows)"]
      lines += ["\(pythonPrint)(\"mean \(rows.loss) =\", losses.mean().item())"]
    }
    return lines
  }

  /// Names as a list of Python's strings.
  private static func quoted(_ names: [String]) -> String {
    let texts = names.map { name in
      let isGradient = name.hasPrefix("grad ")
      return "\"" + (isGradient ? "grad " : "")
        + PythonNames.printed(isGradient ? String(name.dropFirst(5)) : name) + "\""
    }
    return "[" + texts.joined(separator: ", ") + "]"
  }

  /// The one number that JAX differentiates: the sum of all that was asked for, by upstream gradients.
  private func total(_ body: ScriptBody, _ computation: Computation) -> String {
    zip(body.outputs, body.seeds(computation)).map { output, seed in
      let isScalar = output.shape == .scalar
      guard let seed else { return isScalar ? output.text : "jnp.sum(\(output.text))" }
      let product = "jnp.array(\(pythonList(seed))) * \(output.text)"
      return isScalar ? product : "jnp.sum(\(product))"
    }.joined(separator: " + ")
  }
}
