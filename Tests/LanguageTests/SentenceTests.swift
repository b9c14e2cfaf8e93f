import Testing

@testable import Language

/// The sentences that tell what is wrong with a formula, word by word.
@Suite struct SentenceTests {
  private func problem(_ line: String) -> Problem? {
    do throws(Problem) {
      _ = try Formula(reading: line, functions: ["g": 2, "h": 1, "logistic": 1])
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: [
    "*", "/", "^", "<", "<=", ">", ">=", "==", "!=", "@", "**", ")", "]", "..", "=",
  ])
  func `a sign that stands where an operand should is named`(sign: String) {
    let wanted = "a number or a name should come before \(sign)"
    #expect(problem("a + \(sign)")?.message == wanted)
  }

  @Test(arguments: [
    ("a + ,", "a number or a name should come before the comma"),
    ("a + ²", "a number or a name should come before this"),
    ("a +", "the formula stops where a number or a name should follow"),
    ("1)", "this ) closes nothing"), ("1]", "this ] closes nothing"),
    ("(1", "this ( is never closed"), ("sin(1", "this ( is never closed"),
    ("[1", "this [ is never closed"), ("x[1", "this [ is never closed"),
    ("(1]", "( is closed by ] here"), ("sin(1]", "( is closed by ] here"),
    ("[1)", "[ is closed by ) here"), ("x[1)", "[ is closed by ) here"),
    ("sin()", "sin(x) takes 1 argument, not 0"), ("max(1)", "max(a, b) takes 2 arguments, not 1"),
    ("if(1)", "if(c, a, b) takes 3 arguments, not 1"),
    ("sum(1, 2)", "sum(x) takes 1 argument, not 2"), ("sum()", "sum(x) takes 1 argument, not 0"),
    ("conv(1)", "conv(x, w, stride, padding) takes 2 to 4 arguments, not 1"),
    ("g(1)", "g(…) takes 2 arguments, not 1"), ("g()", "g(…) takes 2 arguments, not 0"),
    ("h(1, 2)", "h(…) takes 1 argument, not 2"),
  ])
  func `what is said`(line: String, message: String) {
    #expect(problem(line)?.message == message)
  }

  @Test(arguments: [
    ("(1", "add a )"), ("sin(1", "add a )"), ("[1", "add a ]"), ("x[1", "add a ]"),
    ("logsitic(1)", "did you mean logistic?"), ("tahn(1)", "did you mean tanh?"),
    ("x y", "for a product, write x*y"), ("2 x", "for a product, write 2*x"),
    // Only what is short and stands there as it is read can be repeated.
    ("(x) y", "for a product, write * between them"),
    ("sin(2) x", "for a product, write * between them"),
    ("-x y", "for a product, write x*y"), ("x[1] y", "for a product, write * between them"),
    ("[1 x]", "commas part elements: [1, 2]; for a product, write *"),
    ("[1, sin(2 x)]", "for a product, write 2*x"), ("sin([1], 2 x)", "for a product, write 2*x"),
  ])
  func `what is advised`(line: String, hint: String) {
    #expect(problem(line)?.hint == hint)
  }
}
