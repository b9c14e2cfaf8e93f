internal import Language

// What a curve does, for those who hear it.
extension Curve {
  /// Where it begins and ends, whether it rises or falls, its extremes, its zeros and its jumps.
  func sentences(_ variable: String) -> [String] {
    let samples = samples
    guard let first = samples.first, let last = samples.last,
      let low = samples.min(by: { $0.y < $1.y }), let high = samples.max(by: { $0.y < $1.y })
    else { return ["\(name) is no finite number anywhere here."] }
    let at = { (sample: Sample) in "\(sample.y.onAxis) at \(variable) = \(sample.x.onAxis)" }
    if samples.count == 1 { return ["\(name) has one value: \(at(first))."] + lost(variable) }
    let range = "\(name) for \(variable) from \(first.x.onAxis) to \(last.x.onAxis)"
    var result: [String] = []
    switch trend(samples) {
    case .constant: return ["\(range): constant, \(first.y.onAxis)."] + lost(variable)
    case .rises:
      result.append("\(range): rises all the way, from \(first.y.onAxis) to \(last.y.onAxis).")
    case .falls:
      result.append("\(range): falls all the way, from \(first.y.onAxis) to \(last.y.onAxis).")
    case .neverFalls:
      result.append("\(range): never falls, and goes from \(first.y.onAxis) to \(last.y.onAxis).")
    case .neverRises:
      result.append("\(range): never rises, and goes from \(first.y.onAxis) to \(last.y.onAxis).")
    case .turns where piecewise != nil:
      result.append(
        "\(range): \(piecewise ?? "") within each of its \(stretches.count) pieces, and goes from \(first.y.onAxis) to \(last.y.onAxis)."
      )
    case .turns(let count):
      result.append(
        "\(range): goes from \(first.y.onAxis) to \(last.y.onAxis) and turns \(count == 1 ? "once" : "\(count) times")."
      )
    }
    result.append("Lowest \(at(low)), highest \(at(high)).")
    if let zeros = zeroSentence(variable) { result.append(zeros) }
    let places = jumps.map { (xs[$0 - 1] / 2 + xs[$0] / 2).onAxis }
    if !places.isEmpty { result.append("It jumps near \(variable) = \(listed(places)).") }
    return result + lost(variable)
  }

  /// Which way a curve goes.
  private enum Trend { case constant, rises, falls, neverFalls, neverRises, turns(Int) }

  private func trend(_ samples: [Sample]) -> Trend {
    let rises = zip(samples, samples.dropFirst()).map { $1.y > $0.y ? 1 : $1.y < $0.y ? -1 : 0 }
    let moving = rises.filter { $0 != 0 }
    guard let direction = moving.first else { return .constant }
    let turns = zip(moving, moving.dropFirst()).count { $0 != $1 }
    if turns > 0 { return .turns(turns) }
    let isStrict = moving.count == rises.count
    return direction > 0 ? (isStrict ? .rises : .neverFalls) : isStrict ? .falls : .neverRises
  }

  /// What all pieces of a curve with gaps do, if they do the same: `falls`, as 1/x does.
  private var piecewise: String? {
    guard stretches.count > 1 else { return nil }
    let moves = stretches.flatMap { piece in zip(piece, piece.dropFirst()).map { ($0.y, $1.y) } }
    if moves.allSatisfy({ $0 < $1 }) { return "rises" }
    return moves.allSatisfy { $0 > $1 } ? "falls" : nil
  }

  /// Where the curve is 0: places found between two samples are good to a fraction of their distance.
  var zeros: [ClosedRange<Double>] {
    var result: [ClosedRange<Double>] = []
    for stretch in stretches {
      var previous: Sample?
      for sample in stretch {
        if sample.y == 0 {
          if let last = result.last, previous?.y == 0 {
            result[result.count - 1] = last.lowerBound...max(last.lowerBound, sample.x)
          } else {
            result.append(sample.x...sample.x)
          }
        } else if let before = previous, before.y != 0, (before.y < 0) != (sample.y < 0) {
          // Halves, so that the sum of two huge values is still finite.
          let size = before.y.magnitude / 2 + sample.y.magnitude / 2
          let part = size > 0 ? before.y.magnitude / 2 / size : 0.5
          let x = before.x * (1 - part) + sample.x * part
          result.append(x...x)
        }
        previous = sample
      }
    }
    return result
  }

  private func zeroSentence(_ variable: String) -> String? {
    let zeros = zeros
    guard !zeros.isEmpty else {
      return samples.contains { $0.y < 0 } && samples.contains { $0.y > 0 }
        ? nil : "It is never 0 here."
    }
    let ranges = zeros.filter { $0.lowerBound < $0.upperBound }.map {
      "from \($0.lowerBound.onAxis) to \($0.upperBound.onAxis)"
    }
    let points = zeros.filter { $0.lowerBound == $0.upperBound }.map(\.lowerBound.onAxis)
    var parts: [String] = []
    if !points.isEmpty { parts.append("at \(variable) = \(listed(points))") }
    if !ranges.isEmpty { parts.append("for \(variable) \(listed(ranges))") }
    return "It is 0 \(parts.joined(separator: ", and "))."
  }

  private func lost(_ variable: String) -> [String] {
    guard lostCount > 0 else { return [] }
    let first = zip(xs, ys).first { !$0.isFinite || !$1.isFinite }
    let place = first.map { ", the first at \(variable) = \($0.0.onAxis)" } ?? ""
    return ["It is no finite number at \(lostCount) of \(xs.count) places\(place)."]
  }

  private func listed(_ words: [String]) -> String {
    if words.count > 5 {
      return words.prefix(5).joined(separator: ", ") + " and \(words.count - 5) more places"
    }
    guard let last = words.last, words.count > 1 else { return words.joined() }
    return words.dropLast().joined(separator: ", ") + " and " + last
  }
}
