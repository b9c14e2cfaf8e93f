internal import Language
package import Typesetting

// What an instructor wants to know of a class: how it went, where, and which mistakes to talk about.
extension MarkedClass {
  /// What happened in one row of one problem, over all its variants.
  private struct Tally {
    let problem: String
    let label: Math
    var right = 0
    var carried = 0
    var mistaken = 0
    var wrong = 0
    var blank = 0
    var unreadable = 0
    var count: Int { right + carried + mistaken + wrong + blank + unreadable }

    mutating func add(_ verdict: Verdict) {
      switch verdict {
      case .right, .unsupported: right += 1
      case .carried: carried += 1
      case .mistake, .onePath: mistaken += 1
      case .wrong, .notCredited: wrong += 1
      case .blank: blank += 1
      case .unreadable: unreadable += 1
      }
    }
  }

  /// Totals, every row, every known mistake, and what could not be read.
  package func summary(title: String = "Class summary") -> Paper {
    var paper = Paper(title: title)
    let totals = sheets.map(\.hundredths).sorted()
    guard let lowest = totals.first, let highest = totals.last else {
      paper.blocks.append(.paragraph([.text("Nobody handed in a sheet.")]))
      return paper
    }
    let mean = Double(totals.reduce(0, +)) / Double(totals.count) / 100
    let outOf = Set(sheets.map(\.outOf)).sorted().map(Self.points).joined(separator: " or ")
    let middle = (totals[(totals.count - 1) / 2] + totals[totals.count / 2])
    paper.blocks.append(
      .list([
        [
          .text(
            "\(totals.count) sheet\(totals.count == 1 ? "" : "s") of \(students.count) student\(students.count == 1 ? "" : "s"), out of \(outOf) points each"
          )
        ],
        [.text("Mean: \(mean.formatted(.wire)); median: \(Self.points(middle / 2))")],
        [.text("Lowest: \(Self.points(lowest)); highest: \(Self.points(highest))")],
      ]))
    paper.blocks.append(.paragraph([.text(scheme.statement)]))
    paper.blocks.append(.heading([.text("Row by row")], level: 1))
    paper.blocks += rowTables
    paper.blocks += mistakeBlocks + unreadableBlocks
    paper.imprint = keys.map { "\($0.item.identifier), seed \($0.item.seed)" }.prefix(8)
      .joined(separator: "; ")
    return paper
  }

  /// A table for each problem.
  private var rowTables: [Paper.Block] {
    var tallies: [Tally] = []
    var places: [String: Int] = [:]
    var columns = keys.map { _ in [Int]() }
    for (item, key) in keys.enumerated() {
      for blank in key.item.blanks {
        let name = key.item.problem + " " + blank.id
        let place = places[name] ?? tallies.count
        if places[name] == nil {
          places[name] = place
          tallies.append(Tally(problem: key.item.problem, label: blank.label))
        }
        columns[item].append(place)
      }
    }
    for sheet in sheets {
      for row in sheet.rows { tallies[columns[sheet.item][row.blank]].add(row.verdict) }
    }
    let header = [
      "asked", "right", "carried", "mistake", "wrong", "blank", "unread", "right, %",
    ]
    var blocks: [Paper.Block] = [
      .paragraph([
        .text(
          "Carried: follows from a slip above. Mistake: a known one. Unread: no number.")
      ])
    ]
    for problem in keys.map(\.item.problem).reduce(
      into: [String](),
      {
        if !$0.contains($1) { $0.append($1) }
      })
    {
      let own = tallies.filter { $0.problem == problem && $0.count > 0 }
      if own.isEmpty { continue }
      let rows = own.map { tally -> [[Paper.Inline]] in
        let percent = Double(100 * tally.right) / Double(tally.count)
        let counts = [
          tally.right, tally.carried, tally.mistaken, tally.wrong, tally.blank, tally.unreadable,
        ]
        return [[.math(tally.label)]] + counts.map { [.text("\($0)")] }
          + [[.text(percent.rounded().formatted(.arithmetic))]]
      }
      blocks += [
        .heading([.text(problem)], level: 2),
        .table(
          Paper.Table(
            header.map { [.text($0)] },
            [.left] + [Paper.Alignment](repeating: .right, count: header.count - 1), rows)),
      ]
    }
    return blocks
  }

  /// How often each known mistake explains a row; a row counts for the first that explains it.
  package var mistakeCounts: [(name: String, rows: Int, students: Int)] {
    var rows: [String: Int] = [:]
    var owners: [String: Set<String>] = [:]
    for sheet in sheets {
      for row in sheet.rows {
        guard let name = row.mistakes.first else { continue }
        rows[name, default: 0] += 1
        owners[name, default: []].insert(sheet.student)
      }
    }
    return rows.map { ($0.key, $0.value, owners[$0.key]?.count ?? 0) }
      .sorted { ($1.1, $0.0) < ($0.1, $1.0) }
  }

  private var mistakeBlocks: [Paper.Block] {
    let counts = mistakeCounts
    guard !counts.isEmpty else { return [] }
    let rows = counts.map { count -> [[Paper.Inline]] in
      [
        [.code(count.name)], [.text(KnownMistake.named(count.name)?.belief ?? "")],
        [.text("\(count.rows)")], [.text("\(count.students)")],
      ]
    }
    return [
      .heading([.text("Known mistakes")], level: 1),
      .paragraph([
        .text(
          "A number that two mistakes explain counts for the more particular one. It shows which number came out, not what anybody thought."
        )
      ]),
      .table(
        Paper.Table(
          ["mistake", "what gives the number", "rows", "students"].map { [.text($0)] },
          [.left, .left, .right, .right], rows)),
    ]
  }

  private var unreadableBlocks: [Paper.Block] {
    var lines: [[Paper.Inline]] = []
    for sheet in sheets {
      for row in sheet.rows {
        guard case .unreadable(let reason) = row.verdict else { continue }
        let blank = keys[sheet.item].item.blanks[row.blank]
        lines.append([.text("\(sheet.student), \(blank.asked): \(reason)")])
      }
    }
    guard !lines.isEmpty else { return [] }
    let most = 100
    let more = lines.count > most ? [[Paper.Inline.text("and \(lines.count - most) more")]] : []
    return [
      .heading([.text("Not readable")], level: 1), .list(Array(lines.prefix(most)) + more),
    ]
  }
}
