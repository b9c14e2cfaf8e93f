internal import Drawing

/// Where a vertical piece of wire ends exactly where a horizontal one does: there it turns.
struct Corners {
  private struct End: Hashable {
    let piece: Int
    let isLast: Bool
  }

  /// For the ends of vertical pieces: -1 where the wire goes on to the left, 1 to the right.
  private var sides: [End: Double] = [:]
  /// For the ends of horizontal pieces that turn: how many rows the vertical piece is long.
  private var lengths: [End: Double] = [:]
  /// Horizontal pieces with a box before them.
  private(set) var startsAtBox: Set<Int> = []

  init(_ pieces: [Layout.Piece]) {
    var endsAt: [Layout.Point: [End]] = [:]
    var verticalsAt: [Layout.Point: Int] = [:]
    for (index, piece) in pieces.enumerated() where piece.from < piece.to || !piece.isVertical {
      if piece.isVertical {
        for row in piece.from...piece.to {
          verticalsAt[Layout.Point(column: piece.line, row: row), default: 0] += 1
        }
        continue
      }
      for isLast in [false, true] {
        let point = Layout.Point(column: isLast ? piece.to : piece.from, row: piece.line)
        endsAt[point, default: []].append(End(piece: index, isLast: isLast))
      }
    }
    for (index, piece) in pieces.enumerated() where piece.isVertical && piece.from < piece.to {
      for isLast in [false, true] {
        let point = Layout.Point(column: piece.line, row: isLast ? piece.to : piece.from)
        let ends = endsAt[point] ?? []
        // Several verticals or horizontals meeting here make a fork or a joint, which has no bend.
        guard ends.count == 1, let end = ends.first, verticalsAt[point] == 1,
          pieces[end.piece].from < pieces[end.piece].to
        else { continue }
        sides[End(piece: index, isLast: isLast)] = end.isLast ? -1 : 1
        lengths[end] = Double(piece.to - piece.from)
      }
    }
    for (index, piece) in pieces.enumerated() where !piece.isVertical {
      let before = Layout.Point(column: piece.from, row: piece.line)
      let isAlone = endsAt[before]?.count == 1 && verticalsAt[before] == nil
      if isAlone { startsAtBox.insert(index) }
    }
  }

  func side(of piece: Int, atEnd isLast: Bool) -> Double? {
    sides[End(piece: piece, isLast: isLast)]
  }

  /// The length in rows of the vertical piece that a horizontal one turns into, or nil.
  func lengthOfTurn(of piece: Int, atEnd isLast: Bool) -> Double? {
    lengths[End(piece: piece, isLast: isLast)]
  }
}
