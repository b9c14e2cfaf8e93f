internal import Language
internal import Typesetting

/// What one student put into the blanks of one item.
package struct AnswerSheet: Sendable {
  package let student: String
  /// Which item the student had, by its place in the key.
  package let item: Int
  /// One for each blank, in the item's order.
  package let entries: [Entry]

  package init(student: String, item: Int, entries: [Entry]) {
    self.student = student
    self.item = item
    self.entries = entries
  }
}

/// How the columns and lines of answers are matched with the items of a key.
struct KeyNames {
  let items: [Item]
  /// The blank of each item by every name it goes by.
  private let blanks: [[String: Int]]

  init(_ items: [Item]) {
    self.items = items
    blanks = items.map { item in
      var names: [String: Int] = [:]
      // What is asked for comes before ids, which do not tell Z from z.
      for kind in [Self.asked, Self.others] {
        for (place, blank) in item.blanks.enumerated() {
          for name in kind(blank) where names[name] == nil { names[name] = place }
        }
      }
      return names
    }
  }

  /// The name with single blanks, and without the marks of Markdown around it.
  static func folded(_ text: String) -> String {
    let marks: Set<Character> = ["`", "*", "$"]
    let plain = TypedNumber.plain(text)
    let bare = plain.drop(while: marks.contains)
    let end = bare.lastIndex { !marks.contains($0) }.map { bare.index(after: $0) }
    return bare[..<(end ?? bare.startIndex)].split(separator: " ").joined(separator: " ")
  }

  private static func asked(_ blank: Blank) -> [String] { [folded(blank.asked)] }

  private static func others(_ blank: Blank) -> [String] {
    var names = [blank.id]
    if blank.label.pieces.count == 1,
      case .derivative(of: let output, by: let input)? = blank.label.pieces.first
    {
      names += ["∂\(output)/∂\(input)", "d\(output)/d\(input)"]
      // As a sheet in Markdown or TeX has it.
      names += ["\\partial \(latex(output))/\\partial \(latex(input))"]
    }
    if blank.label.pieces.count == 1 {
      switch blank.label.pieces.first {
      case .word(let word): names += [folded(word), "\\text{\(folded(word))}"]
      case .name(let name): names += [name, latex(name)]
      default: break
      }
    }
    return names
  }

  private static func latex(_ name: String) -> String { Formula(name: name).written(.latex) }

  /// The blank of an item that a column or a line is about.
  func blank(_ name: String, of item: Int) -> Int? { blanks[item][Self.folded(name)] }

  /// Whether some item has a blank of that name.
  func knows(_ name: String) -> Bool {
    let name = Self.folded(name)
    return blanks.contains { $0[name] != nil }
  }

  /// All that blanks are asked for as, each once, in the key's order.
  var asked: [String] {
    var seen: Set<String> = []
    return items.flatMap { $0.blanks.map(\.asked) }.filter { seen.insert($0).inserted }
  }

  /// The items that a student's word for theirs can mean: an identifier, a variant, or a form.
  ///
  /// `problem`: of which problem, where that is said.
  func items(called word: String, problem: String?) -> [Int] {
    let word = word.trimmed
    let own = items.indices.filter { problem == nil || items[$0].problem == problem }
    let exact = own.filter { items[$0].identifier == word }
    if !exact.isEmpty { return exact }
    let forms = own.filter {
      !items[$0].form.isEmpty && items[$0].form.lowercased() == word.lowercased()
    }
    if !forms.isEmpty { return forms }
    return own.filter { word == "\(items[$0].number)" || word == items[$0].problem }
  }

  /// What a student's item could have been called.
  var itemNames: [String] { items.flatMap { [$0.identifier, $0.form] }.filter { !$0.isEmpty } }
}
