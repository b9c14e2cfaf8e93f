import Engine
import Foundation
import Language
import Lessons
import Testing
import Typesetting

@testable import Console

/// What was missed, asked again with other numbers.
@Suite struct ReviewTests {
  private func lesson(_ name: String) throws -> Lesson {
    let file = repository.appending(path: "lessons/\(name).md")
    return try Lesson(parsing: Array(Data(contentsOf: file)))
  }

  private static let circuit = "05-backpropagation-by-example"

  private func made(_ lines: [String], _ answer: String, seed: UInt64) throws -> Session? {
    var session = Session()
    for line in lines { _ = try session.enter(line) }
    let question = Question(predicting: answer, Prose("?"), hints: [], because: nil)
    return NewNumbers(for: question, in: session.unstepped, seed: seed)?.session
  }

  // MARK: - New numbers

  private static let formulas: [(lines: [String], answer: String)] = [
    (["w1 = -2, w2 = 5, w3 = -4", "q = w1 + w2", "f = q * w3"], "grad w1"),
    (["w1 = -2, w2 = 5, w3 = -4", "q = w1 + w2", "f = q * w3"], "value f"),
    (["x = 3, b = 2", "f = x*x + b*x"], "grad x"),
    (["w = [1, -2, 3]", "x = [2, 1, -1]", "s = dot(w, x)", "L = (s - 4)^2"], "grad w[2]"),
    (
      ["W = [[1, 2], [3, -1]]", "x = [2, 3]", "z = W @ x", "h = relu(z)", "L = 2*h[1] - 3*h[2]"],
      "grad x[1]"
    ),
    (["x = 3", "w = 2", "o1 = w * x", "o2 = w + x", "upstream o1 = 2, o2 = -1"], "grad w"),
    (["a = 3, b = 2", "f = a / b"], "grad a"),
    (["x = 2, w = 3", "h = w*x", "fuse h", "f = h*h"], "grad w"),
  ]

  @Test(arguments: formulas.indices)
  func `new numbers are small, others, and give a short answer`(index: Int) throws {
    let (lines, answer) = Self.formulas[index]
    var before = Session()
    for line in lines { _ = try before.enter(line) }
    let old = try before.answer(answer)
    var answers: Set<Double> = []
    for seed in 0..<12 as Range<UInt64> {
      let session = try #require(try made(lines, answer, seed: seed), "\(lines)")
      let new = try session.answer(answer)
      answers.insert(new)
      #expect(new != old && new != 0 && new.isFinite)
      #expect((new * 1_000).rounded() == new * 1_000 && new.magnitude < 1_000, "\(new)")
      let scene = try session.completedScene()
      for input in scene.graph.inputs {
        let value = scene.now.values[input]
        #expect(value.magnitude <= 6 && value != 0 && value.magnitude != 1)
        #expect((value * 2).rounded() == value * 2, "\(value)")
      }
      #expect(scene.graph.outputNames == before.outputs)
      // The same seed makes the same question.
      let again = try made(lines, answer, seed: seed)
      #expect(try again?.answer(answer) == new)
    }
    #expect(answers.count >= 3, "\(lines): \(answers)")
  }

  @Test(arguments: formulas.indices)
  func `no known mistake gives the right answer`(index: Int) throws {
    let (lines, answer) = Self.formulas[index]
    guard answer.hasPrefix("grad") else { return }
    for seed in 0..<12 as Range<UInt64> {
      let session = try #require(try made(lines, answer, seed: seed))
      let scene = try session.completedScene()
      let node = try session.node(String(answer.dropFirst(5)), in: scene.graph, at: nil)
      let hidden = Misconception.hidden(at: node, on: scene.tape, seed: 7) {
        Answer.isRight($0, typed: "", expected: $1)
      }
      #expect(hidden.map(\.name) == [], "\(lines)")
    }
  }

  /// An independent oracle: central differences of the new formula.
  @Test func `the answer is the gradient at the new numbers`() throws {
    for (lines, answer) in Self.formulas where answer.hasPrefix("grad") {
      let session = try #require(try made(lines, answer, seed: 3))
      let graph = try session.completedScene().graph
      let node = try session.node(String(answer.dropFirst(5)), in: graph, at: nil)
      guard graph.nodes[node].kind == .input else { continue }
      let seeds = try session.completedScene().tape.upstream
      let loss = { (step: Double) in
        let values = graph.values(holding: [node: graph.nodes[node].value + step])
        return zip(graph.outputs, seeds).reduce(0) { $0 + values[$1.0] * $1.1 }
      }
      let slope = (loss(1e-4) - loss(-1e-4)) / 2e-4
      #expect(abs(try session.answer(answer) - slope) < 1e-5, "\(lines)")
    }
  }

  @Test func `the true class of a loss stays as it is`() throws {
    for seed in 0..<6 as Range<UInt64> {
      let lines = ["s = [2, 1, -1]", "k = 3", "y = 1", "L = softmax_cross_entropy(s, k)"]
      let session = try #require(try made(lines, "grad s[1]", seed: seed))
      #expect(try session.value("k", nil).scalar == 3)
      let other = try #require(
        try made(["z = 0.5", "y = 1", "L = binary_cross_entropy(y, z)"], "grad z", seed: seed))
      #expect(try other.value("y", nil).scalar == 1)
    }
  }

  // MARK: - A review

  private func say(_ conversation: inout Conversation, _ line: String) throws -> String {
    let before = conversation.player
    let text = try conversation.enter(line, isTyped: false).document.rendered(Style())
    if let player = conversation.player ?? before { conversation.missed.take(player) }
    conversation.leaveIfOver()
    return text
  }

  /// Plays a lesson with every question skipped but those to be answered.
  private func played(_ name: String, answering: Set<String> = []) throws -> Conversation {
    var conversation = Conversation()
    _ = try conversation.play(lesson(name), name: name)
    for _ in 0..<100 {
      guard let player = conversation.player else { break }
      guard case .answer(let question) = player.waiting else {
        if case .typing = player.waiting {
          _ = try say(&conversation, "skip")
        } else {
          _ = try say(&conversation, "")
        }
        continue
      }
      let line =
        answering.contains(question.answer)
        ? try player.session.answer(question.answer).formatted(.data) : "skip"
      _ = try say(&conversation, line)
    }
    return conversation
  }

  @Test func `missed are wrong, helped, shown and skipped questions, and no others`() throws {
    var conversation = Conversation()
    _ = try conversation.play(lesson(Self.circuit), name: Self.circuit)
    for line in [
      "", "7", "3", "hint", "-12", "", "1", "", "show", "skip", "", "-4", "", "", "b",
    ] { _ = try say(&conversation, line) }
    #expect(conversation.missed.all.map(\.answer) == ["value q", "value f", "grad w3", "grad q"])
    #expect(conversation.missed.all.map(\.number) == [1, 2, 4, 5])
  }

  @Test func `a review asks what was missed, and forgets what is answered at once`() throws {
    var conversation = try played(
      Self.circuit, answering: ["value q", "value f", "grad f", "grad q"])
    #expect(conversation.missed.all.map(\.answer) == ["grad w3", "grad w1", "b"])
    var text = try #require(
      conversation.review(
        conversation.missed.of(nil), of: conversation.lessons)?.rendered(Style()))
    #expect(text.contains("card 1 of 3") && text.contains("Predict   What is ∂f/∂w3?"))
    #expect(text.contains("q = w1 + w2\n▌   f = q * w3"))
    #expect(!text.contains("w1 = -2, w2 = 5, w3 = -4"))
    let first = text
    let right = try #require(conversation.player).session.answer("grad w3").formatted(.data)
    text = try say(&conversation, right)
    #expect(text.contains("✓ yes, \(right)\n    ∂f/∂w3 = 1 × "))
    text = try say(&conversation, "")
    let session = try #require(conversation.player).session
    let (answer, own) = (try session.answer("grad w1"), try session.answer("w1"))
    text = try say(&conversation, own.formatted(.data))
    #expect(text.contains("not yet.") && !text.contains("Try again"), "\(own): \(text)")
    text = try say(&conversation, "hint") + say(&conversation, "hint") + say(&conversation, "hint")
    #expect(text.contains("w1 goes into one gate only: q, a + gate."))
    #expect(try say(&conversation, answer.formatted(.data)).contains("✓ yes"))
    #expect(try say(&conversation, "").contains("Choose    You want f to become larger."))
    text = try say(&conversation, "b")
    #expect(text.contains("End of the review. 2 of 3 answered at the first try."))
    #expect(text.contains("review asks the other again"))
    #expect(conversation.player == nil)
    #expect(conversation.missed.all.map(\.answer) == ["grad w1"])
    #expect(conversation.missed.all.map(\.rounds) == [1])
    // The second time the numbers are others.
    let second = conversation.review(conversation.missed.of(nil), of: conversation.lessons)?
      .rendered(Style())
    let given = { (text: String) in text.split(separator: "\n").first { $0.contains("w1 = ") } }
    let numbers = try #require(conversation.player).session.answer("grad w1")
    #expect(given(second ?? "") != given(first) && numbers != answer)
  }

  @Test func `with nothing missed there is nothing to review`() throws {
    var conversation = Conversation()
    #expect(conversation.review([], of: [:]) == nil && conversation.player == nil)
    // Neither a lesson that is gone nor a question it does not ask any more.
    let gone = MissedQuestion(lesson: "gone", number: 1, answer: "grad w1")
    let other = MissedQuestion(lesson: Self.circuit, number: 4, answer: "grad w17")
    let lessons = [Self.circuit: try lesson(Self.circuit)]
    #expect(conversation.review([gone, other], of: lessons) == nil)
    // A question that has moved within its lesson is found by its answer.
    let moved = MissedQuestion(lesson: Self.circuit, number: 2, answer: "grad w1")
    #expect(conversation.review([moved], of: lessons) != nil)
  }

  @Test func `what the formula alone asked is reviewed as well`() throws {
    var conversation = Conversation()
    _ = try conversation.play(
      lesson(Self.circuit), name: Self.circuit, level: try LessonLevel("3"))
    for line in ["skip", "skip", "-4"] { _ = try say(&conversation, line) }
    #expect(
      conversation.missed.lines.map { $0.split(separator: " ").dropFirst().joined(separator: " ") }
        == ["0 0 grad w3", "0 0 grad w1"])
    let text = conversation.review(conversation.missed.all, of: conversation.lessons)?
      .rendered(Style())
    #expect(text?.contains("What is ∂f/∂w3?") == true)
  }

  @Test func `where a gate bends, the values of the pass forward are given`() throws {
    let name = "10-a-network-that-branches"
    var conversation = try played(name)
    let key = conversation.missed.all.filter { $0.answer == "grad z1" }
    let text = try #require(
      conversation.review(key, of: conversation.lessons)?.rendered(Style()))
    #expect(text.contains("▌   forward: z1 = ") && text.contains(", z3 = "))
    // They may be used in an answer.
    let shown = try say(&conversation, "wD*(1 - z2^2)*wB + wE*(1 - z3^2)*wC")
    #expect(shown.contains("✓ yes"), "\(shown)")
  }

  /// Every question of every lesson, skipped and asked again twice.
  @Test func `every lesson can be reviewed, and every made answer is accepted`() throws {
    var (askable, askedAgain) = (0, 0)
    for file in try lessonFiles() {
      let name = file.deletingPathExtension().lastPathComponent
      var conversation = try played(name)
      let reviewable = try lesson(name).questions.count(where: \.isReviewable)
      #expect(conversation.missed.all.count == reviewable, "\(name)")
      var text =
        conversation.review(conversation.missed.all, of: conversation.lessons)?
        .rendered(Style()) ?? ""
      // What needs its lesson, or has no numbers to choose, is not asked.
      let count = conversation.player?.lesson.questions.count ?? 0
      askable += reviewable
      askedAgain += count
      if count == 0 { continue }
      for _ in 0..<3 * count + 3 {
        guard let player = conversation.player else { break }
        var line = ""
        if case .answer(let question) = player.waiting {
          line =
            question.kind == .predict
            ? try player.session.answer(question.answer).formatted(.data) : question.answer
          #expect(!question.prompt.plainText.contains("nan"))
        }
        text += try say(&conversation, line)
      }
      #expect(text.contains("\(count) of \(count) answered at the first try"), "\(name): \(text)")
      #expect(conversation.missed.all == [], "\(name)")
      for row in text.split(separator: "\n") {
        #expect(columns(String(row)) <= 80, "\(name): \(row)")
      }
    }
    #expect(askedAgain * 3 > askable * 2, "\(askedAgain) of \(askable)")
  }

  // MARK: - Kept

  @Test func `what was missed is read as it was written`() throws {
    var conversation = try played(Self.circuit)
    _ = conversation.review(conversation.missed.all, of: conversation.lessons)
    _ = try say(&conversation, "skip")
    let missed = conversation.missed
    var unreadable = 0
    let read = MissedQuestions(lines: missed.lines, unreadable: &unreadable)
    #expect(read == missed && unreadable == 0 && read.all.map(\.rounds).contains(1))
  }

  @Test(arguments: [
    "x", "a b c d", "a 1 2", "a -1 0 grad x", "a 1 -1 grad x", "a 99999999999999999999 0 grad x",
    "a 1 0 ", " 1 0 grad x", "a 1 0 grad \u{1B}[31m",
    "a 1 0 " + String(repeating: "x", count: 2_000),
    "a 1 0 \u{FFFD}\u{202E}", "a 9223372036854775807 0 b", "a 1 9223372036854775807 b",
  ])
  func `a damaged line is counted and ignored`(line: String) {
    var unreadable = 0
    let read = MissedQuestions(
      lines: [line, "", "lesson 4 0 grad w3", "lesson 4 7 grad w3"], unreadable: &unreadable)
    #expect(read.all.map(\.line) == ["lesson 4 0 grad w3"] && unreadable == 1, "\(line)")
  }
}
