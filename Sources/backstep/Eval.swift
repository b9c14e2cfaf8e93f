internal import ArgumentParser
internal import Console
internal import Engine
internal import FoundationEssentials
internal import Language
internal import Terminal
internal import Typesetting

/// `backstep eval`: a value and its gradients, for people and for other programs.
struct Eval: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "eval", abstract: "Print the value and the gradients of a formula.",
    discussion: """
      With --jsonl, reads one JSON object a line from standard input, \
      {"lets":[["q","w1+w2"]],"formula":"q*w3","bindings":{"w1":-2,"w2":5,"w3":-4}}, \
      and answers {"value":…,"grads":{…},"let_grads":{…}} a line. \
      nan and infinities are the strings "nan", "inf" and "-inf".
      """)

  @Argument(help: "The formula, such as '(w1+w2)*w3'.")
  var formula: String?

  @Option(help: ArgumentHelp("Values of inputs: w1=-2,w2=5.", valueName: "values"))
  var at: [String] = []

  @Option(
    name: .customLong("let"),
    help: ArgumentHelp("A named intermediate: 'q = w1+w2'.", valueName: "definition"))
  var lets: [String] = []

  @Flag(help: "Answer in JSON.")
  var json = false

  @Flag(help: "Read and answer one JSON object a line.")
  var jsonl = false

  @OptionGroup var display: DisplayOptions

  func validate() throws {
    if jsonl, formula != nil || !at.isEmpty || !lets.isEmpty {
      throw ValidationError("--jsonl reads formulas and values from standard input.")
    }
    if !jsonl, formula == nil {
      throw ValidationError("eval needs a formula, such as '(w1+w2)*w3'.")
    }
  }

  func run() {
    if jsonl { answerLines() }
    do throws(Problem) {
      let evaluation = try Evaluation(
        formula ?? "", lets: lets, bindings: at)
      if json {
        write(try evaluation.json() + "\n")
      } else {
        show(evaluation)
      }
    } catch {
      complain(error)
      Exit.failed.now()
    }
  }

  private func show(_ evaluation: Evaluation) {
    var settings = Settings()
    display.choice.apply(to: &settings, in: Environment.current())
    let style = settings.style
    var text = "value = \(style.number(evaluation.value))\n"
    for (name, gradient) in evaluation.gradients + evaluation.letGradients {
      text +=
        Document.numbers(gradient, style, head: "\(style.derivative("value", name)) = ")
        .rendered(style)
    }
    write(visible(text))
  }

  /// One answer for each line; a line that cannot be answered says why, and the next is read.
  private func answerLines() -> Never {
    var reader = LineReader(limit: Limit.script.bound)
    var status = Exit.good
    while true {
      do throws(Problem) {
        guard let bytes = try reader.next() else { break }
        if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { continue }
        write(try Evaluation(record: bytes).json() + "\n")
      } catch {
        status = .failed
        write(Evaluation.json(of: error) + "\n")
      }
    }
    status.now()
  }
}
