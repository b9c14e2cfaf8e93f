internal import Language

/// Which points a classifier puts on the right side.
struct PointTally: Sendable {
  private let counts: (negative: Int, positive: Int)
  private let wrong: (negative: Int, positive: Int)
  private let silent: Int
  /// How many points lie outside of the region shown.
  let outside: Int

  init(_ points: [LabelledPoint], _ verdicts: [Bool?], outside: Int) {
    let pairs = zip(points, verdicts)
    let positive = points.count { $0.isPositive }
    counts = (points.count - positive, positive)
    wrong = (
      pairs.count { !$0.isPositive && $1 == true }, pairs.count { $0.isPositive && $1 == false }
    )
    silent = verdicts.count { $0 == nil }
    self.outside = outside
  }

  var sentences: [String] {
    let total = counts.negative + counts.positive
    var result: [String] = []
    if total > 0 {
      let right = total - wrong.negative - wrong.positive - silent
      let share = percent(Double(right) / Double(total))
      result = [
        "\(right) of \(counted(total, "point")) \(right == 1 ? "is" : "are") on the right side, \(share).",
        "Of \(counts.negative) of class 0, \(wrong.negative) \(wrong.negative == 1 ? "is" : "are") on the wrong side; of \(counts.positive) of class 1, \(wrong.positive).",
      ]
      if silent > 0 { result.append("For \(counted(silent, "point")) the score is not a number.") }
    } else {
      result = ["There are no points here."]
    }
    return result + (outside > 0 ? [outsideSentence] : [])
  }

  var outsideSentence: String {
    "\(counted(outside, "point")) \(outside == 1 ? "lies" : "lie") outside of what is shown."
  }
}

extension ScoreMap {
  /// How much of a region is class 1, and on which side of it.
  func sentences(_ region: Region, _ axes: (String, String)) -> [String] {
    let area =
      "for \(axes.0) from \(region.x1.lowerBound.onAxis) to \(region.x1.upperBound.onAxis) and \(axes.1) from \(region.x2.lowerBound.onAxis) to \(region.x2.upperBound.onAxis)"
    let share = share()
    let silent = Double(silentCount) / Double(max(1, columns * rows))
    var result: [String] = []
    if silent == 1 {
      return ["The network says nothing \(area): its score is not a number anywhere."]
    } else if share == 0 || share == 1 {
      result.append("The network says class \(share == 1 ? 1 : 0) everywhere, \(area).")
    } else {
      result.append(
        "The network says class 1 on \(percent(share)) of the area and class 0 on \(percent(1 - share)), \(area)."
      )
      result += sides(axes)
    }
    if silent > 0 { result.append("On \(percent(silent)) of it the score is not a number.") }
    return result
  }

  /// On which side of the middle class 1 lies, where that is clear.
  private func sides(_ axes: (String, String)) -> [String] {
    let left = share(columns: 0..<columns / 2)
    let right = share(columns: columns / 2..<columns)
    let top = share(rows: 0..<rows / 2)
    let bottom = share(rows: rows / 2..<rows)
    var words: [String] = []
    if (left - right).magnitude >= 0.2 {
      words.append("\(left > right ? "small" : "large") \(axes.0)")
    }
    if (top - bottom).magnitude >= 0.2 {
      words.append("\(bottom > top ? "small" : "large") \(axes.1)")
    }
    return words.isEmpty ? [] : ["Class 1 lies mostly at \(words.joined(separator: " and "))."]
  }
}

/// `43 percent`; what is not quite nothing or all is not rounded to it.
private func percent(_ share: Double) -> String {
  if share > 0, share < 0.005 { return "less than 1 percent" }
  if share < 1, share >= 0.995 { return "more than 99 percent" }
  return "\((share * 100).rounded().formatted(.data)) percent"
}
