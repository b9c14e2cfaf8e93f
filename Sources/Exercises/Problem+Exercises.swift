internal import Engine
package import Language

/// The wording of everything that can be wrong with a problem file.
extension Problem {
  static func badMatter(_ key: String, _ value: String, wanted: String) -> Problem {
    Problem(
      "problem-front-matter", "\(key) is \(value), and cannot be", hint: "it must be \(wanted)")
  }

  static func unknownStatement(_ text: String) -> Problem {
    let word = text.split(separator: " ").first.map(String.init) ?? text
    let near = closest(to: word, among: Statement.words)
    return Problem(
      "problem-statement", "cannot read this line of the problem: \(text.prefix(60))",
      hint: near.map { "did you mean \($0)?" }
        ?? "a line is a definition, NAME in RANGE, or begins with one of: "
        + Statement.words.joined(separator: ", "))
  }

  static func badRange(_ text: String) -> Problem {
    Problem(
      "problem-range", "cannot read the range \(text)",
      hint: "write -5..5, -5..5 except 0, 0.5..2 step 0.5, or {1, 2, ln(3)}")
  }

  static func emptyRange(_ text: String) -> Problem {
    Problem(
      "problem-range", "the range \(text) holds no number", hint: "the smaller end comes first")
  }

  static func inexactNumber(_ text: String) -> Problem {
    Problem(
      "problem-number", "\(text) has no exact value here",
      hint: "write whole numbers, decimals, fractions, or ln of these")
  }

  static func repeatedRange(_ name: String) -> Problem {
    Problem(
      "problem-range", "\(name) has a range or a number already",
      hint: "give each name one line: a number or a range")
  }

  static func rangeForFormula(_ name: String) -> Problem {
    Problem(
      "problem-range", "\(name) is a formula, and cannot have a range as well",
      hint: "give a range to its inputs")
  }

  static func shapeDependsOn(_ name: String) -> Problem {
    Problem(
      "problem-range", "\(name) decides what the graph looks like, so it cannot vary",
      hint: "fix it: \(name) = 1")
  }

  static func nothingAsked() -> Problem {
    Problem("problem-ask", "the problem asks for nothing", hint: "write ask grad w1, value q")
  }

  static func nothingComputed() -> Problem {
    Problem("problem-formula", "the problem computes nothing", hint: "write f = (w1 + w2) * w3")
  }

  static func nothingVaries() -> Problem {
    Problem("problem-range", "no number of the problem varies", hint: "write w1 in -5..5 except 0")
  }

  static func missingRange(_ names: [String]) -> Problem {
    Problem(
      "problem-range",
      "\(names.joined(separator: ", ")) \(names.count == 1 ? "has" : "have") no number and no range",
      hint: "write \(names.first ?? "x") in -5..5 except 0")
  }

  static func unknownQuantity(_ name: String, known: [String]) -> Problem {
    Problem(
      "problem-name", "nothing in the problem is called \(name)",
      hint: closest(to: name, among: known).map { "did you mean \($0)?" }
        ?? "there are \(known.prefix(8).joined(separator: ", "))")
  }

  static func noGradientOf(_ name: String) -> Problem {
    Problem(
      "problem-name", "\(name) is not part of what the output is computed from",
      hint: "ask for its value, or for the gradient of something below the output")
  }

  static func notSimple(_ text: String) -> Problem {
    Problem(
      "problem-ask", "\(text) is more than values, gradients and arithmetic",
      hint: "define it as a formula of its own, and ask for that by name")
  }

  static func unlikeShapes(_ text: String) -> Problem {
    Problem(
      "problem-ask", "the vectors in \(text) have different shapes",
      hint: "ask for their elements one by one")
  }

  static func badPoints(_ text: String) -> Problem {
    Problem("problem-points", "\(text) is no number of points", hint: "write points 1, up to 100")
  }

  static func unknownFilter(_ name: String) -> Problem {
    let names = Filter.optional.map(\.rawValue)
    return Problem(
      "problem-allow", "\(name) is no filter that can be turned off",
      hint: closest(to: name, among: names).map { "did you mean \($0)?" }
        ?? "there are \(names.joined(separator: ", "))")
  }

  static func unknownMistake(_ name: String) -> Problem {
    let names = Misconception.catalog.map(\.name)
    return Problem(
      "problem-mistakes", "there is no mistake called \(name)",
      hint: closest(to: name, among: names).map { "did you mean \($0)?" }
        ?? "there are \(names.joined(separator: ", "))")
  }

  static func badWrong(_ text: String) -> Problem {
    Problem(
      "problem-wrong", "cannot read this wrong answer: \(text)",
      hint: "write wrong no-bias for n: k * k * c | The bias of each filter is missing.")
  }

  static func wrongForUnasked(_ text: String) -> Problem {
    Problem("problem-wrong", "\(text) is not asked for", hint: "name it as the ask line does")
  }

  static func badStratum(_ text: String) -> Problem {
    Problem(
      "problem-stratum", "cannot read this stratum: \(text)",
      hint: "write stratum one-dead: dead == 1")
  }

  static func notACondition(_ text: String) -> Problem {
    Problem(
      "problem-condition", "\(text) is no condition", hint: "write a comparison such as z > 0")
  }

  static func badChoice(_ text: String) -> Problem {
    Problem(
      "problem-choose", "cannot read what there is to choose from",
      hint: "write choose y: relu(x) | abs(x) | x^2")
  }

  static func badSetting(_ text: String) -> Problem {
    let names = Primitive.conventions.compactMap(\.convention.setting)
    return Problem(
      "problem-set", "cannot read the setting \(text)",
      hint: "write set \(names.first ?? "relu-at-zero") 0; there are: "
        + names.joined(separator: ", "))
  }

  static func nothingToMistake(_ id: String) -> Problem {
    Problem(
      "problem-error",
      "\(id) asks for fewer than two gradients, so there is no table with an error",
      hint: "choose a problem that asks for several gradients")
  }

  package static func repeatedID(_ id: String, _ files: [String]) -> Problem {
    Problem(
      "problem-id", "the id \(id) is in \(files.joined(separator: " and in "))",
      hint: "give each problem an id of its own in its front matter")
  }
}
