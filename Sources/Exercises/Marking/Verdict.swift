/// What is said of one row of an answer sheet.
package enum Verdict: Hashable, Sendable {
  /// The right number, and it follows from the rows it is made of.
  case right
  /// The right number, though the student's own rows lead to another one.
  case unsupported
  /// Wrong, and exactly what follows from the student's own rows: the slip is further up.
  case carried
  /// It follows, but only because the rows it is made of leave nothing to do.
  case notCredited(Guard)
  /// What one of several contributions brings, in the place of their sum.
  case onePath
  /// What a known mistake makes of the student's own rows.
  case mistake
  case wrong
  case blank
  /// Why it could not be read.
  case unreadable(String)

  /// Why no marks are given for what follows.
  package enum Guard: String, Hashable, Sendable, CaseIterable {
    /// A number it is made of was set to 0, and is not.
    case zero
    /// A number is so large that what is added to it makes no difference.
    case runaway
    /// Every row of the sheet holds the same number.
    case uniform
  }

  /// The word for it in a table of results.
  package var word: String {
    switch self {
    case .right: "right"
    case .unsupported: "right-unsupported"
    case .carried: "carried-forward"
    case .notCredited(let reason): "not-credited-\(reason.rawValue)"
    case .onePath: "one-contribution"
    case .mistake: "known-mistake"
    case .wrong: "wrong"
    case .blank: "blank"
    case .unreadable: "unreadable"
    }
  }

  /// Whether the right number stands there.
  package var isAccurate: Bool { self == .right || self == .unsupported }

  /// Whether it follows from the student's own rows.
  package var isMethodical: Bool { self == .right || self == .carried }
}

/// One row of an answer sheet with its marks.
package struct MarkedRow: Sendable {
  /// Which blank of the item, in the item's order.
  package let blank: Int
  package let entry: Entry
  package let verdict: Verdict
  /// Hundredths of a point, so that sums are exact.
  package let hundredths: Int
  /// What follows from the student's own rows; nil where nothing says.
  package let expected: Double?
  /// The known mistakes that give this number, the most particular first.
  package let mistakes: [String]
  /// The rows that were carried forward into this one.
  package let sources: [Int]
  /// The student's own numbers that it should have been made of.
  package let working: Working

  /// 1 for the right number, else 0.
  package var accuracy: Int { verdict.isAccurate ? 1 : 0 }
  /// 1 for what follows from the rows it is made of, else 0.
  package var method: Int { verdict.isMethodical ? 1 : 0 }
}

/// The numbers that a row is made of, as the student has them.
package enum Working: Hashable, Sendable {
  case none
  /// What the gates that use a node send back to it, and what the pass starts with there.
  case products([Product], seed: Double)
  /// The operands of a gate.
  case operands([Double])
  /// What the names of a formula stand for.
  case names([Double])

  /// One use of a node.
  package struct Product: Hashable, Sendable {
    package let upstream: Double
    package let local: Double
    package var amount: Double { upstream * local }
  }
}
