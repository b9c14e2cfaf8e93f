/// Where the things end that begin with a backtick, a dollar, a bracket or a `<`.
struct InlineEnds {
  /// For the beginning of a run of backticks, the beginning of the run that closes it.
  private(set) var code: [Int: Int] = [:]
  /// For a dollar or two, the dollar that closes the formula.
  private(set) var math: [Int: Int] = [:]
  /// For each `[` its `]`.
  private(set) var brackets: [Int: Int] = [:]
  /// For each `<` that may begin a tag its `>`.
  private(set) var tags: [Int: Int] = [:]
  /// For each `(` its `)`.
  private(set) var parentheses: [Int: Int] = [:]

  /// Looks through a text twice: what stands in code has no meaning to the second look.
  init(_ text: [Unicode.Scalar]) {
    findCode(text)
    var index = 0
    var open = Open()
    while index < text.count {
      if let end = code[index] {
        index = end + text[end...].prefix { $0 == "`" }.count
      } else {
        index += find(text, index, &open)
      }
    }
  }

  /// What is open while a text is looked through.
  private struct Open {
    var brackets: [Int] = []
    var parentheses: [Int] = []
    var dollar: (start: Int, length: Int)?
    var tag: Int?
  }

  private mutating func findCode(_ text: [Unicode.Scalar]) {
    var runs: [Int: Int] = [:]
    var index = 0
    while index < text.count {
      let length = text[index...].prefix { $0 == "`" }.count
      if length > 0 {
        if let start = runs[length] { code[start] = index }
        runs[length] = index
      }
      index += max(1, length)
    }
  }

  /// Looks at one place and returns how many characters it takes up.
  private mutating func find(_ text: [Unicode.Scalar], _ index: Int, _ open: inout Open) -> Int {
    let next = index + 1 < text.count ? text[index + 1] : " "
    switch text[index] {
    case "\\": return 2
    case "`": return text[index...].prefix { $0 == "`" }.count
    case "$":
      let length = next == "$" ? 2 : 1
      if let dollar = open.dollar, dollar.length == length, Self.closes(text, index, length) {
        math[dollar.start] = index
        open.dollar = nil
      } else {
        open.dollar = Self.opens(text, index + length) ? (index, length) : nil
      }
      return length
    case "[": open.brackets.append(index)
    case "]": if let start = open.brackets.popLast() { brackets[start] = index }
    case "(": open.parentheses.append(index)
    case ")": if let start = open.parentheses.popLast() { parentheses[start] = index }
    case "<": open.tag = next == "/" || next.properties.isAlphabetic ? index : nil
    case ">":
      if let start = open.tag { tags[start] = index }
      open.tag = nil
    default: break
    }
    return 1
  }

  /// In `$5 and $6` the dollars are money: a formula neither begins nor ends with a blank.
  private static func opens(_ text: [Unicode.Scalar], _ next: Int) -> Bool {
    next < text.count && text[next] != " " && text[next] != "\n"
  }

  private static func closes(_ text: [Unicode.Scalar], _ index: Int, _ length: Int) -> Bool {
    let before = index > 0 ? text[index - 1] : " "
    let after = index + length < text.count ? text[index + length] : " "
    return before != " " && before != "\n" && !("0"..."9" ~= after)
  }
}
