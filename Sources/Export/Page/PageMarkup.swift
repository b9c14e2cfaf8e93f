internal import Engine
package import Language
internal import Lessons
internal import Typesetting

extension Page {
  /// The page as one HTML file.
  package func html() throws(Problem) -> String {
    var circuits: [JSON] = []
    var questions: [JSON] = []
    var body: [String] = []
    var isCardOpen = false
    for section in sections {
      let isText =
        switch section {
        case .circuit, .progress, .question: false
        default: true
        }
      if isText != isCardOpen { body.append(isText ? "<section class=\"card\">" : "</section>") }
      isCardOpen = isText
      switch section {
      case .heading(let text, let level):
        let tag = "h\(min(6, max(2, level)))"
        body.append("<\(tag)>\(escaped(text))</\(tag)>")
      case .prose(let prose): body += prose.markup
      case .details(let summary, let prose):
        body.append("<details><summary>\(escaped(summary))</summary>")
        body += prose.markup + ["</details>"]
      case .transcript(let entries, let style): body.append(Self.transcript(entries, style))
      case .progress(let circuit, let events): body.append(Self.mark(circuit, events))
      case .circuit(let scene, let title, let events):
        body.append(Self.mark(circuits.count, events ?? scene.tape.events.count))
        let circuit = try PageCircuit(scene, title: title, id: "circuit-\(circuits.count + 1)")
        body += Self.stepper(circuit, number: circuits.count, isTitled: title != self.title)
        circuits.append(circuit.data)
      case .question(let question):
        body += Self.form(question, number: questions.count)
        // The script hides what follows until the question is answered: it would tell.
        body.append("<div class=\"rest\" data-after=\"\(questions.count)\">")
        questions.append(question.data)
      }
    }
    if isCardOpen { body.append("</section>") }
    body += questions.map { _ in "</div>" }
    let data = JSON.object([("circuits", .list(circuits)), ("questions", .list(questions))])
    return (head + body + foot(data.written)).joined(separator: "\n") + "\n"
  }

  private var head: [String] {
    [
      "<!doctype html>", "<html lang=\"en\">", "<head>", "<meta charset=\"utf-8\">",
      "<meta http-equiv=\"Content-Security-Policy\" content=\"\(PageAssets.policy)\">",
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">",
      "<meta name=\"generator\" content=\"backstep\">", "<title>\(escaped(title))</title>",
      "<style>\(PageAssets.style)</style>", "</head>", "<body>",
      "<a class=\"skip\" href=\"#lesson\">To the text</a>",
      "<header>", "<h1>\(escaped(title))</h1>",
      about.isEmpty ? "" : "<p class=\"about\">\(escaped(about))</p>", "</header>",
      "<main id=\"lesson\">",
    ].filter { !$0.isEmpty }
  }

  private func foot(_ data: String) -> [String] {
    var lines = ["</main>"]
    if !links.isEmpty {
      lines.append("<nav aria-label=\"Other pages\"><ul>")
      lines += links.map {
        "<li><a href=\"\(escaped($0.file))\">\(escaped($0.title))</a></li>"
      }
      lines.append("</ul></nav>")
    }
    lines += [
      "<footer><p>Every number on this page was computed by backstep.</p></footer>",
      "<script type=\"application/json\" id=\"tape\">\(data)</script>",
      "<script>\(PageAssets.script)</script>", "</body>", "</html>",
    ]
    return lines
  }

  // MARK: - Parts

  /// Where a stepper may stand, and how far it may go as long as questions after it are open.
  private static func mark(_ circuit: Int, _ events: Int) -> String {
    "<div class=\"here\" data-circuit=\"\(circuit)\" data-events=\"\(events)\"></div>"
  }

  private static func stepper(
    _ circuit: PageCircuit, number: Int, isTitled: Bool
  ) -> [String] {
    let title = escaped(circuit.title)
    return [
      "<section class=\"stepper\" id=\"stepper-\(number + 1)\" aria-label=\"\(title)\" "
        + "data-circuit=\"\(number)\" tabindex=\"0\">",
      isTitled ? "<h3 class=\"formula\">\(title)</h3>" : "", "<div class=\"drawing\">",
      circuit.svg + "</div>",
      "<noscript><p>This is the end of the run; with scripts it can be stepped through.</p></noscript>",
      "</section>",
    ]
  }

  private static func transcript(
    _ entries: [(typed: String, answer: Document)], _ style: Style
  ) -> String {
    let lines = entries.map { entry -> String in
      let typed =
        "<span class=\"prompt\">backstep&gt; </span><kbd>\(escaped(entry.typed))</kbd>"
      let answer = entry.answer.lines(style).map { line in
        line.trimmingEnd.runs.map(markup).joined()
      }
      return ([typed] + answer).joined(separator: "\n")
    }
    return "<pre class=\"transcript\">\(lines.joined(separator: "\n"))</pre>"
  }

  private static func markup(_ run: Text.Run) -> String {
    let text = escaped(run.text)
    return switch run.role {
    case .value: "<span class=\"v\">\(text)</span>"
    case .gradient: "<span class=\"g\">\(text)</span>"
    case .dim: "<span class=\"dim\">\(text)</span>"
    case .strong: "<b>\(text)</b>"
    case .good: "<span class=\"good\">\(text)</span>"
    case .bad: "<span class=\"bad\">\(text)</span>"
    case .plain, .shade, .mark: text
    }
  }

  private static func form(_ question: PageQuestion, number: Int) -> [String] {
    let name = "answer-\(number)"
    var lines = ["<form class=\"question\" data-question=\"\(number)\">"]
    lines +=
      ["<div class=\"prompt\" id=\"prompt-\(number)\">"] + question.prompt.markup + ["</div>"]
    switch question.kind {
    case .number:
      lines.append(
        "<label for=\"\(name)\">Your answer</label> <input id=\"\(name)\" type=\"text\" "
          + "inputmode=\"text\" autocomplete=\"off\" aria-describedby=\"prompt-\(number)\">")
    case .choice(let choices, _, _):
      lines.append("<fieldset aria-describedby=\"prompt-\(number)\"><legend>Your choice</legend>")
      lines += choices.map { letter, text in
        "<label><input type=\"radio\" name=\"\(name)\" value=\"\(escaped(letter))\"> "
          + "\(escaped(letter))) \(text.inlineMarkup)</label>"
      }
      lines.append("</fieldset>")
    }
    lines += [
      "<button type=\"submit\">Check</button>",
      "<button type=\"button\" class=\"hint\" hidden>Hint</button>",
      "<button type=\"button\" class=\"show\" hidden>Show the answer</button>",
      "<p class=\"verdict\" role=\"status\"></p>", "</form>",
    ]
    return lines
  }
}

extension Prose {
  /// The text alone, without paragraphs.
  fileprivate var inlineMarkup: String {
    blocks.map { $0.runs.map(\.markup).joined() }.joined(separator: " ")
  }

  /// Paragraphs, lists, tables and code.
  var markup: [String] {
    var writer = ProseMarkup()
    for block in blocks { writer.add(block) }
    return writer.finished()
  }
}

extension Prose.Run {
  var markup: String {
    let text = escaped(text)
    return switch style {
    case .plain: text
    case .strong: "<strong>\(text)</strong>"
    case .emphasis: "<em>\(text)</em>"
    case .code: "<code>\(text)</code>"
    case .math: "<span class=\"math\">\(text)</span>"
    }
  }
}
