internal import Engine

extension Scene {
  /// More layers than this are no picture any more.
  private static let mostLayers = 40
  private static let mostStrips = 8

  /// A circuit of many layers in strips that fit the width, each going on where the one above ends;
  /// nil where it is too large, or a single layer has no room.
  func strips(in room: Room) -> [FittedDrawing]? {
    let layers = gatesByLayer
    guard layers.count > 1, layers.count <= Self.mostLayers else { return nil }
    var strips: [FittedDrawing] = []
    var start = 0
    while start < layers.count {
      guard strips.count < Self.mostStrips,
        let (strip, end) = longestStrip(of: layers, from: start, in: room)
      else { return nil }
      strips.append(strip)
      start = end
    }
    return strips
  }

  private func longestStrip(
    of layers: [[NodeID]], from start: Int, in room: Room
  ) -> (FittedDrawing, end: Int)? {
    for end in (start + 1...layers.count).reversed() {
      let gates = layers[start..<end].flatMap(\.self).sorted()
      guard gates.reduce(0, { $0 + graph.operands(of: $1).count }) <= Picture.most else { continue }
      let picture = Picture(self, gates: gates, results: [])
      if let drawing = fitted(picture, in: room) { return (drawing, end) }
    }
    return nil
  }

  /// The gates by their longest way to a result, the farthest first.
  private var gatesByLayer: [[NodeID]] {
    var distance = [Int](repeating: 0, count: graph.nodes.count)
    let gates = graph.gates
    for gate in gates.reversed() {
      for operand in graph.operands(of: gate) {
        distance[Int(operand)] = max(distance[Int(operand)], distance[gate] + 1)
      }
    }
    let deepest = gates.map { distance[$0] }.max() ?? 0
    var layers = [[NodeID]](repeating: [], count: deepest + 1)
    for gate in gates { layers[deepest - distance[gate]].append(gate) }
    return layers.filter { !$0.isEmpty }
  }
}
