internal import Language

// PyTorch: formulas run as they are read, and gradients are kept in the tensors.
extension Script {
  func statementLines(
    _ body: ScriptBody, _ computation: Computation, _ rows: ScriptRows?
  ) -> [String] {
    var lines: [String] = []
    // Inside a function nothing else of the script is seen, so open functions stand there.
    let functions = body.functionLines { rows == nil || !$0.isOpen }
    if !functions.isEmpty { lines += functions + ["", ""] }
    lines += body.inputs.map { input in
      "\(input.identifier) = torch.tensor(\(pythonList(input.tensor)), requires_grad=True)"
    }
    lines += body.constants
    lines.append(
      "inputs = " + Self.dictionary(body.inputs.map { ($0.name, $0.identifier) }))
    lines.append("")
    let shown = body.shown
    let dictionary = Self.dictionary(shown.map { ($0.name, $0.identifier) })
    let statements = body.statements.flatMap(\.lines)
    var outputs = body.outputs.map(\.text)
    if let rows {
      let parameters = rows.parameters.map(\.identifier).joined(separator: ", ")
      lines += ["", "def compute(\(parameters)):"]
      lines += Self.indented(body.functionLines(where: \.isOpen).drop { $0.isEmpty } + statements)
      lines += ["    return \(dictionary)", "", "", "computed = compute(\(parameters))"]
      outputs = computation.outputs.map { "computed[\"\(PythonNames.printed($0))\"]" }
    } else {
      lines += statements + ["computed = \(dictionary)"]
    }
    lines.append("")
    lines += backward(body, computation, outputs)
    lines.append("show(inputs, computed)")
    if let rows {
      let value = "compute(\(rows.arguments.joined(separator: ", ")))[\"\(rows.loss)\"]"
      lines += ["", "# The examples to learn from, and the mean loss over them: \(rows.columns)."]
      lines += ["rows = torch.tensor(\(rows.numbers))", "with torch.no_grad():"]
      lines += ["    losses = torch.stack([\(value) for row in rows])"]
      lines += ["\(pythonPrint)(\"mean \(rows.loss) =\", losses.mean().item())"]
    }
    return lines
  }

  private func backward(
    _ body: ScriptBody, _ computation: Computation, _ outputs: [String]
  ) -> [String] {
    let tracked = zip(body.outputs, outputs).enumerated().filter { $0.element.0.isTracked }
    var lines: [String] = []
    // Gradients of what is computed are thrown away unless somebody asks for them.
    if body.shown.contains(where: \.isTracked) {
      let isAll = body.shown.allSatisfy(\.isTracked)
      lines += ["for value in computed.values():"]
      lines +=
        isAll
        ? ["    value.retain_grad()"]
        : ["    if value.requires_grad:", "        value.retain_grad()"]
    }
    guard !tracked.isEmpty else {
      return lines + ["# Nothing flows back from here: all gradients are 0."]
    }
    let seeds = body.seeds(computation)
    let starts = tracked.map { place, output -> String in
      if let seed = seeds[place] { return "torch.tensor(\(pythonList(seed)))" }
      return output.0.shape == .scalar ? "" : "torch.ones_like(\(output.1))"
    }
    if tracked.count == 1, let only = tracked.first, let start = starts.first {
      return lines + ["\(only.element.1).backward(\(start))"]
    }
    let all = tracked.map(\.element.1).joined(separator: ", ")
    let given = zip(tracked, starts).map { output, start in
      start.isEmpty ? "torch.ones_like(\(output.element.1))" : start
    }
    return lines + [
      "torch.autograd.backward([\(all)], [\(given.joined(separator: ", "))])"
    ]
  }
}
