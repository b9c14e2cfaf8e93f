internal import Language

extension Document {
  /// The course of a loss over the epochs of a training, as a curve or in sentences.
  ///
  /// The first number is the loss before the first update, epoch 0. Losses that spread over a factor
  /// of 5 or more are drawn by their logarithms. `validation`: the loss on examples that were not
  /// trained on, as a dotted line with its lowest epoch marked. What is nan or infinite is left out,
  /// and that is said.
  package static func lossPlot(
    _ losses: [Double], validation: [Double] = [], style: Style
  ) -> Document {
    let training = LossCourse("Loss", losses)
    let checking = LossCourse("Validation loss", validation)
    let courses = [training, checking].filter { $0.count > 0 }
    let all = courses.flatMap { $0.measures.map(\.loss) }
    if style.speech || all.isEmpty {
      let told = courses.isEmpty ? [training] : courses
      return Document(lines: told.flatMap(\.sentences) + verdict(training, checking))
    }
    let scale = AxisScale(all, mayBeLogarithmic: true)
    let drawing = LossDrawing(courses, scale, style)
    var lines = [Text(), drawing.title] + drawing.rows + drawing.axis
    let notes = courses.flatMap(\.lost) + verdict(training, checking)
    if validation.count > 0 { lines += drawing.legend }
    lines += notes.map(drawing.frame.note)
    return Document(lines.map { .line($0) })
  }

  /// What the two courses say together: where more training stopped helping.
  private static func verdict(_ training: LossCourse, _ checking: LossCourse) -> [String] {
    guard let best = checking.lowest, let end = checking.measures.last,
      let last = training.measures.last, best.epoch < end.epoch, best.loss < end.loss,
      let then = training.measures.first(where: { $0.epoch >= best.epoch }),
      then.loss > last.loss
    else { return [] }
    return [
      "From epoch \(best.epoch) on the training loss still falls and the validation loss does not: overfitting."
    ]
  }
}

/// The parts of a loss plot.
private struct LossDrawing {
  let frame: PlotFrame
  private let courses: [LossCourse]
  private let scale: AxisScale
  private let raster: Raster
  private let pens: [Raster.Pen]
  private let lastEpoch: Int
  private let tickRows: [Int]

  init(_ courses: [LossCourse], _ scale: AxisScale, _ style: Style) {
    self.courses = courses
    self.scale = scale
    // An odd number of rows has one in the middle; in ASCII the axis is the twelfth.
    let rows = style.unicode ? 9 : 11
    let empty = Raster(columns: 4, rows: rows, isBraille: style.unicode)
    tickRows = [0, rows / 2, rows - 1]
    let labels = tickRows.map { scale.number(at: empty.place(ofRow: $0)).onAxis }
    frame = PlotFrame(labels: labels, style: style)
    let lastEpoch = max(1, (courses.map(\.count).max() ?? 1) - 1)
    self.lastEpoch = lastEpoch
    pens = courses.map { $0.name == "Loss" ? .solid(.value) : .dotted(.plain) }
    var raster = Raster(columns: frame.columns, rows: rows, isBraille: style.unicode)
    for (course, pen) in zip(courses, pens) {
      // A gap in the numbers is a gap in the line.
      var lines: [[Raster.Point]] = []
      var previous = -2
      for measure in course.measures {
        if measure.epoch != previous + 1 { lines.append([]) }
        previous = measure.epoch
        lines[lines.count - 1].append(
          Raster.Point(
            x: Double(measure.epoch) / Double(lastEpoch), y: scale.place(of: measure.loss)))
      }
      raster.draw(lines, with: pen)
    }
    self.raster = raster
  }

  var title: Text {
    let names = scale.isLogarithmic ? ["loss, log scale", "log scale", "log"] : ["loss"]
    let name = names.first { $0.count <= frame.columns } ?? ""
    return frame.below([.init(text: name, column: 0, anchor: .start)], .dim)
  }

  var rows: [Text] {
    (0..<raster.rows).map { row in
      let label =
        tickRows.contains(row) ? scale.number(at: raster.place(ofRow: row)).onAxis : nil
      return frame.row(label, raster.line(row))
    }
  }

  private var best: LossCourse.Measure? {
    courses.first { $0.name != "Loss" }?.lowest
  }

  private func column(_ epoch: Int) -> Int {
    raster.cell(of: Raster.Point(x: Double(epoch) / Double(lastEpoch), y: 0)).column
  }

  private var mark: String { frame.style.unicode ? "▲" : "^" }

  var axis: [Text] {
    var labels: [PlotFrame.Label] = [.init(text: "0", column: 0, anchor: .start)]
    let last = (courses.map(\.count).max() ?? 1) - 1
    if last > 0 {
      labels.append(.init(text: String(last), column: frame.columns - 1, anchor: .end))
    }
    var signs: [Int: String] = [:]
    if let best {
      signs[column(best.epoch)] = mark
      labels.append(.init(text: String(best.epoch), column: column(best.epoch)))
    }
    return [frame.axis(signs), frame.below(labels, .value), frame.caption("epoch")]
  }

  var legend: [Text] {
    var entries = zip(courses, pens).map {
      (sign: raster.sample(of: $1), meaning: $0.name == "Loss" ? "training" : "validation")
    }
    if let best {
      entries.append((Text(mark), "lowest validation \(best.loss.onAxis), epoch \(best.epoch)"))
    }
    return frame.legend(entries)
  }
}
