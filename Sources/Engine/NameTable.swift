/// What names stand for, in a form that is cheap to copy and then to change in one place.
///
/// A session keeps what was before each line until the line has succeeded. With one dictionary for all
/// names, each line of a long script would copy all that the lines before it defined. Here names are
/// spread over drawers, and only the drawer that changes is copied, with the list of drawers.
package struct NameTable<Value: Sendable>: Sendable {
  /// A power of two of them, about the square root of the number of names.
  private var drawers: [[String: Value]] = [[:]]
  /// How many names there are.
  package private(set) var count = 0

  package init() {}

  /// What a name stands for; nil where it stands for nothing, and to forget it.
  package subscript(name: String) -> Value? {
    get { drawers[drawer(of: name)][name] }
    set {
      if let newValue {
        if drawers[drawer(of: name)].updateValue(newValue, forKey: name) == nil { count += 1 }
        if count > drawers.count * drawers.count { spread() }
      } else if drawers[drawer(of: name)].removeValue(forKey: name) != nil {
        count -= 1
      }
    }
  }

  /// All names, in no order.
  package var keys: [String] { drawers.flatMap(\.keys) }

  /// What they stand for, in no order.
  package var values: [Value] { drawers.flatMap(\.values) }

  /// All names and what they stand for, in no order.
  package var entries: [(key: String, value: Value)] {
    drawers.flatMap { drawer in drawer.map { ($0.key, $0.value) } }
  }

  private func drawer(of name: String) -> Int {
    // A drawer uses the lower bits itself.
    (name.hashValue >> 40) & (drawers.count - 1)
  }

  private mutating func spread() {
    let all = entries
    drawers = [[String: Value]](repeating: [:], count: 4 * drawers.count)
    for (name, value) in all { drawers[drawer(of: name)][name] = value }
  }
}
