/// The candidate that `word` is most likely a misspelling of, if any is near enough.
///
/// Two edits at most, where swapping neighbours counts as one, and fewer for short words, so that
/// `x` never becomes `w`. Candidates are compared in order and the first of the nearest wins, so the
/// answer does not depend on chance.
package func closest(to word: String, among candidates: [String]) -> String? {
  let letters = Array(word.unicodeScalars)
  guard letters.count >= 2, letters.count <= 64 else { return nil }
  let allowed = letters.count <= 3 ? 1 : 2
  var best: (candidate: String, rank: Int)?
  for candidate in candidates where candidate != word {
    let other = Array(candidate.unicodeScalars)
    guard abs(other.count - letters.count) <= allowed else { continue }
    let caseOnly = candidate.lowercased() == word.lowercased()
    let distance = caseOnly ? 0 : edits(from: letters, to: other)
    guard distance <= allowed else { continue }
    // Of two as near, the one as long as the word: tahn is tanh, not tan.
    let rank = 2 * distance + (other.count == letters.count ? 0 : 1)
    if rank < best?.rank ?? Int.max { best = (candidate, rank) }
  }
  return best?.candidate
}

private func edits(from a: [Unicode.Scalar], to b: [Unicode.Scalar]) -> Int {
  var beforeLast: [Int] = []
  var last = Array(0...b.count)
  for i in a.indices {
    var row = [i + 1]
    for j in b.indices {
      var cost = min(last[j] + (a[i] == b[j] ? 0 : 1), last[j + 1] + 1, row[j] + 1)
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
        cost = min(cost, beforeLast[j - 1] + 1)
      }
      row.append(cost)
    }
    beforeLast = last
    last = row
  }
  return last[b.count]
}
