package import Language

/// The lessons there are, by their file names `NN-name.md`.
package struct LessonIndex: Sendable, Hashable {
  /// One lesson file.
  package struct Entry: Sendable, Hashable {
    /// The number the name begins with.
    package let number: Int
    /// The name without number and ending, such as `sigmoid-neuron`.
    package let slug: String
    /// The file name as it was given.
    package let file: String

    /// The name without the ending, such as `05-sigmoid-neuron`.
    package let name: String
  }

  /// The lessons by number, and by name where numbers are equal.
  package let entries: [Entry]

  /// Takes in file names; those of another form are no lessons and are left out.
  package init(_ files: [String]) {
    entries = files.compactMap(Self.entry).sorted {
      ($0.number, $0.name) < ($1.number, $1.name)
    }
  }

  private static func entry(_ file: String) -> Entry? {
    let path = file.utf8.split(separator: 0x2F)
    let name = path.last.map { String(decoding: $0, as: UTF8.self) } ?? ""
    guard let (stem, behind) = name.divided(at: ".md"), behind.isEmpty,
      let (digits, slug) = stem.divided(at: "-"), !slug.isEmpty,
      !digits.isEmpty, digits.utf8.allSatisfy(\.isDigit), let number = Int(digits)
    else { return nil }
    return Entry(number: number, slug: String(slug), file: file, name: String(stem))
  }

  /// The lesson a learner means by a number, a name, or an unmistakable part of a name.
  package func find(_ query: String) throws(Problem) -> Entry {
    var wanted = query.trimmed.lowercased()
    if let (stem, behind) = wanted.divided(at: ".md"), behind.isEmpty { wanted = String(stem) }
    guard !wanted.isEmpty else { throw .unknownLesson(query, entries.map(\.name)) }
    // From what can only mean one thing to what may mean several: the first that fits decides.
    let readings: [(Entry) -> Bool] = [
      { wanted.utf8.allSatisfy(\.isDigit) && $0.number == Int(wanted) },
      { $0.name.lowercased() == wanted || $0.slug.lowercased() == wanted },
      { $0.name.lowercased().begins(with: wanted) || $0.slug.lowercased().begins(with: wanted) },
      { entry in
        entry.slug.lowercased().split(separator: "-").contains { $0.begins(with: wanted) }
      },
    ]
    for fits in readings {
      let found = entries.filter(fits)
      if found.count > 1 { throw .ambiguousLesson(query, found.map(\.name)) }
      if let only = found.first { return only }
    }
    throw .unknownLesson(query, entries.map(\.name))
  }
}
