internal import Console
internal import Language
internal import Terminal

/// The reference page of the command line, `docs/command-line.md`, from which the manual page is made.
struct CommandLinePage {
  private let record: HelpRecord

  init() throws(Problem) { record = try HelpRecord.ofThisProgram() }

  /// The page in Markdown.
  var text: String {
    let program = record.command
    return """
      # The command line

      Written by `make docs` from the program's own records; `man backstep` shows the same.

      ## Synopsis

      ```text
      \(synopsis)
      ```

      ## Description

      backstep is a debugger for the chain rule: type a formula, and step through its values forward and its gradients
      backward, gate by gate. \(paragraphs(of: program.discussion, without: "Exit status"))

      \(table(program, everywhere: true))
      `backstep --version --verbose` prints what a bug report should say. `--` ends the options: what follows may begin
      with a dash.

      ## Subcommands

      \(subcommands)
      ## Commands at the prompt

      `help` explains them there, `help NAME` with examples.

      | command | what it does |
      |---|---|
      \(rows(Command.all.map { ("`\($0.usage)`", sentence($0.summary)) }))
      ## Exit status

      | status | what it says |
      |---|---|
      \(rows(Exit.allCases.map { ("\($0.rawValue)", sentence($0.meaning)) }))
      A program that reads the output and goes away ends backstep with SIGPIPE, which a shell reports as 141.

      ## Environment

      | variable | what it does |
      |---|---|
      \(rows(Environment.Variable.all.map { ("`\($0.name)`", $0.meaning) }))
      ## Files

      | file | what it is |
      |---|---|
      \(rows(KnownFile.all.map { ("`\($0.path)`", $0.meaning) }))
      ## Examples

      ```text
      backstep
      backstep -e 'w1=-2, w2=5, w3=-4' -e 'f = (w1+w2)*w3' -e 'grad w1'
      backstep eval '(w1+w2)*w3' --at w1=-2,w2=5,w3=-4 --json
      backstep lesson 5
      backstep export svg '(w1+w2)*w3' --at w1=-2,w2=5,w3=-4 --output circuit.svg
      ```

      """
  }

  private var shown: [HelpRecord.Command] {
    (record.command.subcommands ?? []).filter {
      $0.shouldDisplay != false && $0.commandName != "help"
    }
  }

  private var synopsis: String {
    shown.map { command in
      let words = (command.arguments ?? []).filter(\.isPositional).map(word)
      return
        (["backstep", command.commandName == "run" ? "[run]" : command.commandName]
        + ["[options]"] + words).joined(separator: " ")
    }.joined(separator: "\n")
  }

  private var subcommands: String {
    shown.map { command in
      let discussion = paragraphs(of: command.discussion)
      return """
        ### `backstep \(command.commandName)`

        \([command.abstract ?? "", discussion].filter { !$0.isEmpty }.joined(separator: "\n\n"))

        \(table(command, everywhere: false))

        """
    }.joined()
  }

  /// How a word at its place is written: `[FILE]`, `PROBLEM...`.
  private func word(_ argument: HelpRecord.Argument) -> String {
    let name = (argument.valueName ?? "word").uppercased() + (argument.isRepeating ? "..." : "")
    return argument.isOptional ? "[\(name)]" : name
  }

  private func table(_ command: HelpRecord.Command, everywhere: Bool) -> String {
    let arguments = (command.arguments ?? []).filter {
      $0.shouldDisplay != false && $0.isEverywhere == everywhere
    }
    let entries = arguments.map { argument -> (String, String) in
      // A list of words to choose from keeps its small letters.
      let meaning = ended(argument.abstract ?? "")
      let standard = argument.defaultValue.map { " If it is left out: \($0)." } ?? ""
      if argument.isPositional { return ("`\(word(argument))`", meaning) }
      let names = (argument.names ?? []).map(\.typed).sorted { $0.count < $1.count }
      let value =
        argument.kind == "option" ? " \((argument.valueName ?? "value").uppercased())" : ""
      return ("`\(names.joined(separator: ", "))\(value)`", meaning + standard)
    }
    return "| option | what it does |\n|---|---|\n" + rows(entries)
  }

  private func rows(_ entries: [(String, String)]) -> String {
    entries.map { first, second in
      "| \(first.replacing("|", with: "\\|")) | \(plain(second).replacing("|", with: "\\|")) |\n"
    }.joined()
  }

  /// A discussion as Markdown: what is indented there is an example.
  private func paragraphs(of discussion: String?, without start: String? = nil) -> String {
    let parts = Language.lines(of: Array((discussion ?? "").utf8)).map {
      String(decoding: $0, as: UTF8.self)
    }.split(separator: "")
    return parts.filter { part in start.map { !(part.first?.hasPrefix($0) ?? false) } ?? true }
      .map { part in
        guard part.first?.hasPrefix("  ") == true else {
          return plain(part.joined(separator: "\n"))
        }
        return "```text\n" + part.map { $0.trimmed + "\n" }.joined() + "```"
      }.joined(separator: "\n\n")
  }

  /// Text in which nothing is meant as HTML or as emphasis.
  private func plain(_ text: String) -> String {
    text.replacing("<", with: "\\<").replacing("*", with: "\\*")
  }

  private func sentence(_ text: String) -> String {
    ended(text.prefix(1).uppercased() + text.dropFirst())
  }

  private func ended(_ text: String) -> String {
    text.isEmpty || text.hasSuffix(".") ? text : text + "."
  }
}

/// A file or a folder that the program reads or writes without being told its name.
struct KnownFile {
  let path: String
  let meaning: String

  static let all = [
    KnownFile(
      path: "~/.config/backstep/init.backstep",
      meaning: "Settings: `set` lines, one to a line. `--no-init` does not read it."),
    KnownFile(
      path: "~/.local/state/backstep/history",
      meaning: "The lines typed at the prompt, shared by all sessions. `--no-history` keeps none."),
    KnownFile(
      path: "~/.local/state/backstep/progress",
      meaning:
        "How far each lesson was played. This file, the history and the next are for their owner only."
    ),
    KnownFile(
      path: "~/.local/state/backstep/missed", meaning: "The questions that `review` asks again."),
    KnownFile(
      path: "~/.local/share/backstep/lessons",
      meaning: "Lessons of your own, `NN-name.md`; they are listed with the others."),
    KnownFile(
      path: "../share/backstep/lessons",
      meaning:
        "The lessons that come with the program, seen from its own folder; `problems` there holds the problems."
    ),
  ]
}
