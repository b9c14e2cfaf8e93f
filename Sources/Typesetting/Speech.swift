// The same documents for ears: one fact a line, no tables, no signs a screen reader skips.
extension Document {
  func spokenLines() -> [Text] {
    blocks.flatMap { block -> [Text] in
      switch block {
      case .line(let text): text.plain.allSatisfy(\.isWhitespace) ? [] : [Text(spoken(text.plain))]
      case .rule(let titles): [Text(spoken(titles.joined(separator: ". ")) + ".")]
      case .table(let table): table.sentences.map { Text($0) }
      }
    }
  }
}

extension Table {
  /// Each row as a sentence, such as `w1: value minus 2, gradient minus 4`.
  fileprivate var sentences: [String] {
    rows.map { row in
      let head = spoken(withoutSign(row.first?.plain ?? ""))
      let rest = zip(columns, row).dropFirst().compactMap { column, cell -> String? in
        if cell.plain == ">" { return "the present one" }
        let words = spoken(withoutSign(cell.plain))
        guard !words.isEmpty else { return nil }
        let title = spoken(withoutSign(column.title))
        // Without a title, the sign that joins two cells on paper joins them in speech too.
        if title.isEmpty { return cell.plain.hasPrefix("= ") ? "is \(words)" : words }
        return "\(title) \(words)"
      }
      return head + (rest.isEmpty ? "" : ": " + rest.joined(separator: ", ")) + "."
    }
  }
}

/// A cell without the `×` or `=` that joins it to its neighbour on paper.
private func withoutSign(_ text: String) -> String {
  for sign in ["× ", "* ", "= ", "- rate "] where text.hasPrefix(sign) {
    return String(text.dropFirst(2))
  }
  return text
}

/// A text with its signs as words: `∂f/∂w1 = -4` is `gradient of f with respect to w1 is minus 4`.
package func spoken(_ text: String) -> String {
  var result = ""
  // Four blanks part a definition from what is said about it.
  let isTyped = text.hasPrefix("backstep> ")
  let indented = shapesByWord(String(text.drop { $0 == " " }))
  let text = isTyped ? "You type: " + text.dropFirst(10) : indented.replacing("    ", with: ". ")
  var rest = Array(text)[...]
  while let sign = rest.popFirst() {
    switch sign {
    case "∂":
      let (output, after) = name(rest)
      if after.starts(with: ["/", "∂"]) {
        let (input, end) = name(after.dropFirst(2))
        result += "gradient of \(output) with respect to \(input)"
        rest = end
      } else {
        result += "gradient "
      }
    case "(" where rest.first == "-":
      // Brackets around a negative number are for the eye.
      let digits = rest.dropFirst().prefix { $0.isNumber || $0 == "." || $0 == "e" || $0 == "-" }
      if rest.dropFirst(1 + digits.count).first == ")" {
        result += " " + spoken("-" + String(digits)) + " "
        rest = rest.dropFirst(2 + digits.count)
      } else {
        result += "("
      }
    case "@" where rest.first?.isNumber != true: result += " matrix times "
    case "·" where isBetweenFactors(result, rest): result += "times"
    case "e"
    where result.last?.isNumber == true && rest.first.map { $0 == "-" || $0.isNumber } == true:
      result += " times 10 to the "
    case "-", "−":
      let isSign = rest.first.map { $0.isNumber || $0 == "." || $0 == "(" || $0 == " " } ?? false
      let isWord = result.last?.isLetter == true && rest.first?.isLetter == true
      result += isWord ? "-" : isSign || !result.hasSuffix(" ") ? " minus " : " minus "
    default: result += words[sign] ?? String(sign)
    }
  }
  return result.split(separator: " ").joined(separator: " ").replacing(" ,", with: ",")
}

/// Whether a dot stands between two factors, and not for a number that is not known yet.
private func isBetweenFactors(_ before: String, _ after: ArraySlice<Character>) -> Bool {
  let isFactor = { (sign: Character?) in
    sign.map { $0.isLetter || $0.isNumber || "()".contains($0) } ?? false
  }
  return before.last == " " && after.first == " " && isFactor(before.dropLast().last)
    && isFactor(after.dropFirst().first)
}

private func name(_ rest: ArraySlice<Character>) -> (String, ArraySlice<Character>) {
  var part = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "@" }
  // An element: w[2], W[2,1].
  let after = rest.dropFirst(part.count)
  if after.first == "[", let close = after.firstIndex(of: "]") { part = rest[...close] }
  let subscripted = part.drop { $0 != "[" }
  let stem = part.dropLast(subscripted.count)
  return (
    plainName(String(stem)) + String(subscripted), rest.dropFirst(part.count)
  )
}

/// `@3` is gate 3; other names are read as they stand.
private func plainName(_ name: String) -> String {
  name.hasPrefix("@") ? "gate \(name.dropFirst())" : name
}

/// `a 2 × 3 matrix` and `[2 × 3]` are 2 by 3, and no product.
private func shapesByWord(_ text: String) -> String {
  guard text.contains(" × ") || text.contains(" * ") else { return text }
  var words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
  let isCount = { (word: String) in !word.isEmpty && word.allSatisfy(\.isNumber) }
  for place in words.indices.dropFirst().dropLast() where ["×", "*"].contains(words[place]) {
    let (left, right) = (words[place - 1], words[place + 1])
    let isMark =
      left.hasPrefix("[") && isCount(String(left.dropFirst())) && right.hasSuffix("]")
      && isCount(String(right.dropLast()))
    let isMatrix =
      isCount(left) && isCount(right)
      && (words.indices.contains(place + 2) && words[place + 2].hasPrefix("matrix"))
    let isJacobian = isCount(left) && right.last == ":" && isCount(String(right.dropLast()))
    if isMark || isMatrix || isJacobian { words[place] = "by" }
  }
  return words.joined(separator: " ")
}

private let words: [Character: String] = [
  "×": " times ", "*": " times ", "/": " divided by ", "+": " plus ", "=": " is ", "→": " to ",
  "²": " squared ", "³": " cubed ", "^": " to the power ", "·": " not known yet ", "─": "",
  "✓": "right:", "✗": "wrong:", "▌": "", "│": "", "├": "", "└": "", "@": " gate ",
  "…": " and so on ",
  ">": " is greater than ", "<": " is less than ", "±": " plus or minus ", "≈": " about ",
  "•": "", "½": "one half", "Δ": "change of ", "′": " prime", "≤": " is at most ",
  "≥": " is at least ",
]
