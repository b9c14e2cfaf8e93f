internal import Language

extension Problem {
  static func spaceTooLarge() -> Problem {
    Problem(
      "problem-space", "there are more choices of numbers than can be numbered",
      hint: "make the ranges smaller")
  }

  static func noVariants(
    tried: Int, _ filter: String, _ count: Int, _ why: String, _ advice: String
  ) -> Problem {
    Problem(
      "no-variants",
      "none of \(tried) choices of numbers is fit to be asked: \(count) were refused by \(filter), as \(why)",
      hint: advice)
  }

  static func tooFewVariants(
    _ wanted: Int, _ found: Int, of all: Int, _ request: VariantRequest
  ) -> Problem {
    let part =
      (request.band == .all ? "" : " in the band \(request.band.rawValue)")
      + (request.stratum.map { " in the stratum \($0)" } ?? "")
    return Problem(
      "too-few-variants",
      "\(wanted) different variants were asked for, and there are \(found)\(part)",
      hint: part.isEmpty
        ? "widen the ranges, or ask for fewer"
        : "without that there are \(all); or widen the ranges")
  }

  static func walkedTooFar(_ wanted: Int, _ found: Int, tried: Int, _ filter: String) -> Problem {
    Problem(
      "too-few-variants",
      "\(wanted) variants were asked for, and \(tried) choices of numbers held only \(found); most were refused by \(filter)",
      hint: Filter(rawValue: filter)?.advice ?? "ask for fewer")
  }

  static func wrongIsRight(_ name: String, _ id: String) -> Problem {
    Problem(
      "problem-wrong",
      "the wrong answer \(name) of \(id) is the right one, whatever the numbers are",
      hint: "change its formula, or leave the line out")
  }

  static func unknownStratum(_ name: String, known: [String]) -> Problem {
    Problem(
      "problem-stratum", "the problem has no stratum \(name)",
      hint: known.isEmpty
        ? "write stratum \(name): and a condition into it"
        : "there are \(known.joined(separator: ", "))")
  }
}
