internal import Engine
internal import Language
package import Typesetting

extension WorkedAnswer {
  /// The record as JSON, for programs; `docs/instructors.md` describes its keys.
  package var json: String {
    JSON.object([
      ("schema", 1), ("title", .text(title)), ("objective", .text(objective)),
      ("definitions", .list(definitions.map(Self.data))), ("given", .list(given.map(Self.data))),
      ("upstream", .list(tape.upstream.map { .number($0) })),
      ("forward", .list(forward.map(data))), ("local", .list(locals.map(data))),
      ("backward", .list(backward.map(data))),
      ("products", .list(shared.flatMap { family in family.sides.map { data(family, $0) } })),
      ("fanOut", .list(sums.map(data))), ("answer", .list(answers.map(data))),
      ("check", .list(checks.map(data))), ("conventions", .list(conventions.map { .text($0) })),
      ("somethingElse", .list(slips.map(Self.data))),
    ]).written + "\n"
  }

  private static func text(_ formula: Formula) -> JSON { .text(formula.written(.source)) }

  private func name(_ node: NodeID) -> JSON { .text(symbols[node]) }

  private static func data(_ definition: Definition) -> JSON {
    .object([("name", .text(definition.name)), ("formula", text(definition.formula))])
  }

  private static func data(_ given: Given) -> JSON {
    .object([
      ("name", .text(given.name)), ("values", .list(given.values.map { .number($0) })),
      ("gradient", given.isAsked ? "asked" : "constant"),
    ])
  }

  private func data(_ row: Forward) -> JSON {
    .object([
      ("step", .text(row.step)), ("node", name(row.node)),
      ("operation", Self.text(row.operation)), ("substitution", Self.text(row.substitution)),
      ("value", .number(row.value)),
    ])
  }

  private func data(_ local: Local) -> JSON {
    .object([
      ("gate", name(local.gate)), ("operand", name(local.operand)),
      ("slope", Self.text(local.slope)), ("value", .number(local.value)),
    ])
  }

  private func data(_ row: Backward) -> JSON {
    var members: [(String, JSON)] = [("step", .text(row.step)), ("node", name(row.node))]
    if let local = row.local {
      members += [
        ("from", name(local.gate)), ("upstream", .number(row.upstream)),
        ("local", .number(local.value)),
      ]
    }
    return .object(members + [("value", .number(row.amount))])
  }

  private func data(_ family: SharedProducts, _ side: SharedProducts.Side) -> JSON {
    let rows = side.rows.map { row -> JSON in
      let cells = zip(family.gates, row.cells).compactMap { gate, cell -> JSON? in
        cell.map {
          .object([
            ("from", name(gate)), ("local", .number($0.local)), ("value", .number($0.amount)),
          ])
        }
      }
      return .object([
        ("node", name(row.node)), ("contributions", .list(cells)), ("sum", .number(row.sum)),
      ])
    }
    let upstream = zip(family.gates, family.upstream).map { gate, upstream -> JSON in
      .object([("node", name(gate)), ("gradient", .number(upstream))])
    }
    return .object([
      ("name", .text(side.name)), ("upstream", .list(upstream)), ("rows", .list(rows)),
    ])
  }

  private func data(_ sum: Sum) -> JSON {
    .object([
      ("node", name(sum.node)), ("steps", .list(sum.steps.map { .text($0) })),
      ("parts", .list(sum.parts.map { .number($0) })), ("sum", .number(sum.total)),
    ])
  }

  private func data(_ answer: Answer) -> JSON {
    .object([
      ("name", .text(answer.name ?? "")), ("nodes", .list(answer.nodes.map(name))),
      ("gradients", .list(answer.gradients.map { .number($0) })),
    ])
  }

  private func data(_ check: Check) -> JSON {
    .object([
      ("node", name(check.node)), ("above", .number(check.above)),
      ("below", .number(check.below)), ("difference", .number(check.quotient)),
      ("gradient", .number(check.gradient)),
    ])
  }

  private static func data(_ slip: Slip) -> JSON {
    .object([
      ("mistake", .text(slip.mistake)), ("happened", .text(slip.happened)),
      ("name", .text(slip.name ?? "")), ("values", .list(slip.values.map { .number($0) })),
    ])
  }
}
