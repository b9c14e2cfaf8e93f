import Language
@testable import Lessons

/// The complete lesson of the design, with every kind of block.
let sampleLesson = """
  ---
  title: A tiny circuit: f = (w1 + w2) * w3
  source: lecture 4, slides 31-38
  minutes: 6
  tolerance: printed
  ---

  # A tiny circuit

  Every formula is a circuit. Numbers flow forward from the inputs to the output;
  gradients flow backward.

  We use $f = (w_1 + w_2)\\,w_3$ at $w_1 = -2,\\ w_2 = 5,\\ w_3 = -4$.

  ```backstep
  > w1 = -2, w2 = 5, w3 = -4
  > a = w1 + w2
  a = w1 + w2    2 inputs, 1 gate. Type step to begin.
  > f = a * w3
  f = a * w3    3 inputs, 2 gates. Type step to begin.
  ```

  ## Forward

  > **Predict.** What does the + gate send on to the × gate?

  <!-- answer: value a
  hint: The + gate adds its inputs.
  if -7: That is -2 - 5. The + gate adds: -2 + 5.
  because: -2 + 5 = 3
  -->

  <details><summary>Step through the *forward* pass</summary>

  Behold the number 3.

  ```backstep
  > step
  ── forward 1 of 2 ── gate + ────────────

        -2.00
     w1 ━━━━━━┓
              ┃     3.00

     a = w1 + w2 = -2 + 5 = 3
  > forward
  f = -12
  ```

  </details>

  <!-- a note: the answer below is -4 -->

  ## Backward <!-- -4 -->

  > **Choose.** Which gate swaps?
  >
  > a) the + gate
  > b) the × gate

  <!-- answer: b
  hint: Look at the local gradients.
  if a: The + gate copies.
  -->

  ```backstep type
  > backward
  ∂f/∂w1 = -4
  > why w1
  ...
  path 1 [..]
  > assert grad w1 = -4       # slide 36
  ```

  ## Remember

  - A + gate **copies** its upstream gradient.
    - nested
  - A × gate **swaps**.

  """

/// A lesson with this text behind a title.
func parsed(_ body: String) throws(LessonProblem) -> Lesson {
  try Lesson(parsing: Array(("# T\n" + body).utf8))
}

/// The problem with this text; the line counts from the line behind the title.
func problem(_ body: String) -> (code: String, line: Int)? {
  do {
    _ = try parsed(body)
    return nil
  } catch {
    return (error.problem.code, error.line - 1)
  }
}

/// The code and the line of the problem with a whole file.
func problem(inFile text: String) -> (code: String, line: Int)? {
  do {
    _ = try Lesson(parsing: Array(text.utf8))
    return nil
  } catch {
    return (error.problem.code, error.line)
  }
}

extension Prose {
  /// The wrapped lines as text.
  func text(width: Int = 80) -> [String] {
    lines(width: width).map { $0.map(\.text).joined() }
  }
}

extension Lesson {
  /// The items of all cards.
  var items: [Item] { cards.flatMap(\.items) }
}
