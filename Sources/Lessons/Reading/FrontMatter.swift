/// What a lesson says about itself between two `---` lines at its very beginning.
struct FrontMatter {
  private(set) var title: String?
  private(set) var source: String?
  private(set) var minutes: Int?
  private(set) var tolerance = Tolerance.printed
  private(set) var seed: UInt64?
  /// The number of lines it takes, the two `---` included.
  private(set) var length = 0

  static let keys = ["title", "source", "minutes", "tolerance", "seed"]

  /// Nothing said.
  init() {}

  /// Reads the front matter, if the lesson has one.
  init(_ lines: [String]) throws(LessonProblem) {
    let (entries, length) = try Self.entries(lines, keys: Self.keys)
    for entry in entries where !set(entry.key, entry.value) {
      throw LessonProblem(entry.line, .badFrontMatterValue(entry.value, key: entry.key))
    }
    self.length = length
  }

  /// What stands in the front matter of a file, and the number of lines it takes.
  static func entries(
    _ lines: [String], keys: [String]
  ) throws(LessonProblem) -> (entries: [(key: String, value: String, line: Int)], length: Int) {
    guard lines.first == "---" else { return ([], 0) }
    var entries: [(key: String, value: String, line: Int)] = []
    for (index, line) in lines.enumerated().dropFirst() {
      if line == "---" { return (entries, index + 1) }
      if line.isEmpty { continue }
      guard let (before, behind) = line.divided(at: ":"), behind.isEmpty || behind.begins(with: " ")
      else { throw LessonProblem(index + 1, .unreadableFrontMatter(line)) }
      let key = String(before)
      guard keys.contains(key) else {
        throw LessonProblem(index + 1, .unknownFrontMatterKey(key, keys: keys))
      }
      guard !entries.contains(where: { $0.key == key }) else {
        throw LessonProblem(index + 1, .repeatedFrontMatterKey(key))
      }
      let value = unquoted(behind.trimmed)
      guard !value.isEmpty else {
        throw LessonProblem(index + 1, .badFrontMatterValue(value, key: key))
      }
      entries.append((key, value, index + 1))
    }
    throw LessonProblem(1, .unclosedFrontMatter())
  }

  /// Takes a value over and tells whether it is one the key can have.
  private mutating func set(_ key: String, _ value: String) -> Bool {
    switch key {
    case "title": title = value
    case "source": source = value
    case "minutes":
      minutes = Int(value).flatMap { 1...999 ~= $0 ? $0 : nil }
      return minutes != nil
    case "seed":
      seed = UInt64(value)
      return seed != nil
    default:
      if value == "printed" { return true }
      guard let bound = Double(value), bound > 0, bound < 1 else { return false }
      tolerance = .bound(bound)
    }
    return true
  }

  /// A value without the quotes YAML allows around it.
  ///
  /// A title with a colon needs them elsewhere; here it may go without.
  private static func unquoted(_ value: Substring) -> String {
    let bytes = value.utf8
    guard bytes.count >= 2, let first = bytes.first, first == bytes.last,
      first == 0x22 || first == 0x27
    else { return String(value) }
    return String(value.dropFirst().dropLast().trimmed)
  }
}
