import Foundation

/// Figures that tests have measured, for the page that collects them: `.build/evidence/NAME.json`.
package enum Evidence {
  private static let lock = NSLock()

  /// Puts a figure, or several by name, under a key of a file; other keys stay as they are.
  package static func note(_ value: Any, as key: String, in name: String) throws {
    try change(name) { $0[key] = value }
  }

  /// The same for one of many figures that are kept together under a key.
  package static func note(_ value: Any, as part: String, of key: String, in name: String) throws {
    try change(name) { figures in
      var parts = figures[key] as? [String: Any] ?? [:]
      parts[part] = value
      figures[key] = parts
    }
  }

  /// `EVIDENCE=off`: a run whose figures are not meant, such as one under a sanitizer.
  private static let isOff = ProcessInfo.processInfo.environment["EVIDENCE"] == "off"

  private static func change(_ name: String, _ body: (inout [String: Any]) -> Void) throws {
    guard !isOff else { return }
    try lock.withLock {
      let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: ".build/evidence")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let file = folder.appending(path: "\(name).json")
      let old = try? JSONSerialization.jsonObject(with: Data(contentsOf: file))
      var figures = old as? [String: Any] ?? [:]
      body(&figures)
      let text = try JSONSerialization.data(
        withJSONObject: figures, options: [.prettyPrinted, .sortedKeys])
      try (text + Data("\n".utf8)).write(to: file, options: .atomic)
    }
  }
}
