internal import Engine
internal import Language
internal import Lessons
internal import Typesetting

/// The reference pages, written from the records that the program itself works by.
package enum Manual {
  /// Every command, with its examples run: `docs/commands.md`.
  package static func commands() -> String {
    var page = """
      # Commands

      Written by `make docs` from the program's own records. Examples are run by `backstep check docs`.
      At the prompt, `help` shows the first of these, `help all` every one, `help NAME` explains one.

      """
    for group in Command.Group.allCases {
      page += "\n## \(group.rawValue.prefix(1).uppercased())\(group.rawValue.dropFirst())\n"
      for command in Command.all where command.group == group { page += entry(command) }
    }
    return page + settings + limits
  }

  /// What `set` changes, and what it is when nobody has set it.
  private static var settings: String {
    var text = """

      ## Settings

      `set` shows all settings, and `set KEY VALUE` changes one. Lines that begin with `set` are also read when the program
      starts, from [the settings file](command-line.md#files).

      | key | what it is | for example | at first |
      |---|---|---|---|

      """
    let settings = Settings()
    for setting in Setting.all {
      let values = setting.values.map { "`\($0)`" }.joined(separator: " ")
      text +=
        "| `\(setting.key)` | \(setting.summary) | \(values) | `\(setting.read(settings))` |\n"
    }
    return text
  }

  /// How large things may be.
  private static var limits: String {
    var text = """

      ## Limits

      Beyond a limit the program refuses with a message, and nothing is lost. `limits` shows them at the prompt.

      | what | at most | |
      |---|---:|---|

      """
    for limit in Limit.all {
      text += "| \(limit.subject) | \(limit.bound) | \(limit.unit) |\n"
    }
    return text
  }

  private static func entry(_ command: Command) -> String {
    var text = "\n### `\(command.usage)`\n\n\(sentence(command.summary))"
    if !command.aliases.isEmpty {
      text += " Also: " + command.aliases.map { "`\($0)`" }.joined(separator: ", ") + "."
    }
    if let key = command.key { text += " Key: \(key)." }
    if command.isRepeatable { text += " Enter on an empty line repeats it." }
    text += "\n"
    for line in command.details { text += "\n- \(line.trimmed)" }
    if !command.details.isEmpty { text += "\n" }
    return text + "\n" + example(command)
  }

  /// A command's examples as a transcript; what needs files or a lesson is shown and not run.
  private static func example(_ command: Command) -> String {
    var session = Session()
    var lines: [String] = []
    var isShownOnly = false
    for line in command.examples {
      lines.append("> \(line)")
      guard let reply = try? session.enter(line) else { continue }
      if reply.effect != nil { isShownOnly = true }
      lines += Language.lines(of: reply.document.rendered(Style())).map(escaped)
    }
    return "```backstep \(isShownOnly ? "skip" : "new")\n" + lines.map { $0 + "\n" }.joined()
      + "```\n"
  }

  /// An output line that would read as a command or a fence gets a backslash.
  private static func escaped(_ line: String) -> String {
    line.hasPrefix("> ") || line == ">" || line.hasPrefix("```") ? "\\" + line : line
  }

  /// Every function, its slopes and its conventions: `docs/functions.md`.
  package static func functions() -> String {
    var page = """
      # Functions and operators

      Written by `make docs` from the program's own records. In the slopes, $y$ is the value of the gate
      itself. At the prompt, `help NAME` shows the same.

      | write | also | what it does | slope |
      |---|---|---|---|

      """
    for primitive in Primitive.catalog where primitive.notation != .gate {
      let also = primitive.spellings.map { "`\($0)`" }.joined(separator: " ")
      let slopes = primitive.ruleTexts.map { slope($0, primitive) }.joined(separator: "<br>")
      page += "| `\(primitive.usage)` | \(also) | \(primitive.summary) | \(slopes) |\n"
    }
    page += composites + gates
    page += "\n## Conventions\n\n"
    page +=
      "Where mathematics leaves a slope open, backstep chooses, and says so whenever it matters.\n\n"
    for entry in Primitive.conventions {
      let setting = entry.convention.setting.map { "; `set \($0)` changes it" } ?? ""
      page += "- \(Conventions().statement(of: entry.convention))\(setting)\n"
    }
    page += "\n## Where there is no real value\n\n"
    for primitive in Primitive.catalog {
      guard let domain = primitive.domain else { continue }
      page += "- `\(primitive.usage)` needs \(domain.requirement): \(domain.reason).\n"
    }
    return page
  }

  /// What is expanded into several gates: losses, layers, sums.
  private static var composites: String {
    var text = """

      ## Losses, layers and sums

      Each of these expands into scalar gates. A dot product, a softmax and a window of a pool are one gate
      each, until `expand NAME` opens those of a formula.

      | write | what it does | stands for |
      |---|---|---|

      """
    for composite in Composite.catalog {
      let meaning = if case .formula(let formula) = composite.meaning { "`\(formula)`" } else { "" }
      text += "| `\(composite.usage)` | \(composite.summary) | \(meaning) |\n"
    }
    return text
  }

  /// Gates that no formula names and that composites are made of.
  private static var gates: String {
    var text = """

      ## Gates of many operands

      A gate of these has a rule for each of its operands. Two slopes are those of the first operand and of the others. In
      them, $p$ is what the operand is paired with, $q$ its own share, $j$ its place, and $w$ the place of the winner.

      | gate | what it does | slope |
      |---|---|---|

      """
    for primitive in Primitive.catalog where primitive.notation == .gate {
      let slopes = primitive.ruleTexts.map { slope($0, primitive) }.joined(separator: "<br>")
      text += "| `\(primitive.name)` | \(primitive.summary) | \(slopes) |\n"
    }
    return text
  }

  private static func slope(_ rule: String, _ primitive: Primitive) -> String {
    Rule.cases(of: rule, in: primitive, convention: 0).enumerated().map { index, part in
      let when = part.condition.map { " where \($0)" } ?? (index > 0 ? " elsewhere" : "")
      return "`\(part.slope)`\(when)"
    }.joined(separator: ", ")
  }

  private static func sentence(_ summary: String) -> String {
    summary.prefix(1).uppercased() + summary.dropFirst() + "."
  }
}
