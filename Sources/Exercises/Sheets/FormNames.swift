package import Language

/// The names of the forms of an exam.
package enum FormNames {
  /// Reads `A..D` or `A,B,C`.
  package static func read(_ text: String) throws(Problem) -> [String] {
    let names: [String]
    if let (first, last) = text.parted(by: "..") {
      guard let from = letter(first), let to = letter(last), from <= to else {
        throw .badForms(text)
      }
      names = (from...to).map { String(UnicodeScalar($0)) }
    } else {
      names = text.split(separator: ",", omittingEmptySubsequences: false).map {
        String($0).trimmed
      }
    }
    guard Set(names).count == names.count, !names.contains(""), names.count <= 26 else {
      throw .badForms(text)
    }
    return names
  }

  private static func letter(_ text: String) -> UInt8? {
    let bytes = Array(text.trimmed.utf8)
    guard bytes.count == 1, let byte = bytes.first,
      (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    else { return nil }
    return byte
  }

  /// A form or a student's name as part of a file's name: nothing in it leads to another folder.
  package static func fileName(_ form: String) -> String {
    let plain = form.unicodeScalars.map { scalar -> String in
      let isPlain =
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil
        || ["-", "_", "."].contains(scalar)
      return isPlain ? String(scalar) : "_"
    }.joined()
    let safe = plain.hasPrefix(".") ? "_" + plain.dropFirst() : plain
    return String(safe.prefix(80))
  }
}

/// The order of the problems on each form, drawn from a seed.
package struct Shuffle: Sendable {
  private var draw: Draw

  package init(seed: UInt64) { draw = Draw(seed: seed, stream: "order") }

  /// The elements in the next order.
  package mutating func order<Element>(_ elements: [Element]) -> [Element] {
    draw.shuffled(elements)
  }
}

extension Problem {
  static func badForms(_ text: String) -> Problem {
    Problem(
      "bad-forms", "cannot read the forms \(text)",
      hint: "write --forms A..D, or different names: --forms A,B,resit; at most 26")
  }

  package static func badFix(_ text: String) -> Problem {
    Problem("bad-fix", "cannot read \(text)", hint: "write --fix w3=-4")
  }

  package static func badStrata(_ text: String) -> Problem {
    Problem(
      "bad-strata", "cannot read the strata \(text)", hint: "write --strata one-dead=3,none-dead=1")
  }

  package static func strataDoNotAddUp(_ found: Int, _ wanted: Int) -> Problem {
    Problem(
      "bad-strata", "the strata add up to \(found) sheets, and \(wanted) are wanted",
      hint: "ask for as many as there are forms, students or variants")
  }

  package static func sameFileTwice(_ name: String) -> Problem {
    Problem(
      "cannot-create", "two sheets would be written to \(name)",
      hint: "two students' names differ in signs only that a file's name cannot have; change one")
  }

  package static func fileIsThere(_ path: String) -> Problem {
    Problem(
      "cannot-create", "\(path) is there already, and nothing was written",
      hint: "choose another folder, or add --force to write over it")
  }
}
