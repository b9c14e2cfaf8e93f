import Foundation

/// Scripts that read what is written with other people's programs.
struct Reader {
  static let python = Tool("python3")
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Readers")
  /// Where Python is, wherever the machine keeps it.
  private static let pythonPath = ProcessInfo.processInfo.environment["BACKSTEP_PYTHON"]

  static var hasText2QTI: Bool { (try? python("-c", "import text2qti"))?.status == 0 }
  static var hasPython: Bool { (try? python("-c", "import csv"))?.status == 0 }
  static var hasExams: Bool {
    guard Tool.rscript.isInstalled, let folder = try? Folder() else { return false }
    return (try? Tool.rscript.run(["-e", "library(exams)"], in: folder.url))?.status == 0
  }

  static func python(_ arguments: String...) throws -> (output: Data, status: Int32) {
    try Tool("env").run(
      [pythonPath ?? "python3"] + arguments, in: FileManager.default.temporaryDirectory)
  }

  static func script(_ name: String) -> String { folder.appending(path: name).path }
}
