internal import Engine
internal import Exercises
internal import Language
internal import Typesetting

extension QuestionBank {
  /// All that is known of each item, for programs; numbers that are answers stand as text, exactly.
  var json: OutputFile {
    let record = JSON.object([
      ("schema", 1), ("generator", .text(generator)), ("name", .text(name)),
      ("items", .list(questions.map(\.record))),
    ])
    return OutputFile(name: name + ".json", text: record.written + "\n")
  }
}

extension QuestionBank.Question {
  fileprivate var record: JSON {
    let page = PlatformText(language: .html)
    let tape = item.tape
    let values = Snapshot(of: tape, at: tape.end).values
    var members: [(String, JSON)] = [
      ("id", .text(item.identifier)), ("key", .text(key)), ("problem", .text(item.problem)),
      ("type", .text(item.type)), ("title", .text(item.title)), ("variant", .count(item.number)),
    ]
    if let count = item.count { members.append(("variants", .count(count))) }
    members += [
      // A seed has more digits than a number of JSON can be trusted with.
      ("seed", .text("\(item.seed)")), ("form", .text(item.form)),
      ("stratum", .text(item.stratum)), ("points", .count(item.points)),
      ("difficulty", .count(item.difficulty)),
      ("text", .list(page.blocks(item.text).map { .text($0) })),
      (
        "formulas",
        .list(
          item.formulas.map {
            .object([("name", .text($0.name)), ("formula", .text($0.formula.written(.source)))])
          })
      ),
      (
        "given",
        .list(
          item.given.map {
            .object([
              ("name", .text($0.name)), ("text", .text($0.text)),
              ("values", .list($0.values.map { .number($0) })),
            ])
          })
      ),
      ("conventions", .list(item.conventions.map { .text($0) })),
      ("steps", .list(tape.events.indices.map { Self.step($0, of: tape) })),
      ("blanks", .list(parts.map { $0.record(on: tape, values: values) })),
    ]
    return .object(members)
  }

  private static func step(_ index: Int, of tape: Tape) -> JSON {
    let event = tape.events[index]
    let graph = tape.graph
    var members: [(String, JSON)] = [("n", .count(index + 1))]
    let name = graph.nodes.indices.contains(event.node) ? graph.label(event.node) : ""
    switch event.kind {
    case .forward:
      members += [
        ("pass", "forward"), ("node", .text(name)),
        ("op", .text(graph.primitive(of: event.node).name)),
        ("args", .list(graph.operands(of: event.node).map { .text(graph.label(Int($0))) })),
        ("value", .text(event.value.formatted(.data))),
      ]
    case .seed:
      members += [
        ("pass", "backward"), ("node", .text(name)), ("seed", .text(event.value.formatted(.data))),
      ]
    case .backward:
      members += [
        ("pass", "backward"), ("gate", .text(name)),
        (
          "to",
          .list(
            tape.contributions(of: index).map {
              .object([
                ("node", .text(graph.label($0.operand))),
                ("up", .text($0.upstream.formatted(.data))),
                ("local", .text($0.local.formatted(.data))),
                ("part", .text($0.amount.formatted(.data))),
              ])
            })
        ),
      ]
    case .zero: members.append(("pass", "zero"))
    case .update:
      members += [("pass", "update"), ("rate", .text(event.value.formatted(.data)))]
    }
    return .object(members)
  }
}

extension QuestionBank.Part {
  fileprivate func record(on tape: Tape, values: [Double]) -> JSON {
    var members: [(String, JSON)] = [
      ("id", .text(id)), ("asked", .text(blank.asked)), ("label", .text(blank.label.plain)),
      ("points", .count(points)),
    ]
    switch answer {
    case .number(let right, let tolerance, let wrong):
      members += [
        ("answer", .text(right)), ("tolerance", .text(tolerance)),
        ("wrong", .list(wrong.map(\.record))),
      ]
    case .choice(let choices, let right):
      members += [
        ("choices", .list(choices.map { .text($0.text) })), ("right", .count(right)),
        ("answer", .text(choices[right].text)),
      ]
    }
    members.append(("reason", .text(PlatformText(language: .html).inline(blank.reason))))
    if let step = blank.step { members.append(("step", .count(step))) }
    // The same gradient without any rule of differentiation, for who wants to check.
    if case .gradient(let node) = blank.quantity, tape.graph.nodes.indices.contains(node) {
      let check = NumericCheck(of: node, on: tape, values: values)
      members.append(("fd", .text(check.central.formatted(.significant(8)))))
    }
    return .object(members)
  }
}

extension QuestionBank.Alternative {
  fileprivate var record: JSON {
    .object([
      ("misconception", .text(misconception)), ("answer", .text(text)),
      ("credit", .count(credit)), ("feedback", .text(feedback)),
    ])
  }
}
