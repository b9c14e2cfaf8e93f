import Foundation

/// A program that reads one of the formats; tests that need it run where it is installed.
struct Tool {
  let path: String

  static let dot = Tool("dot")
  static let pdflatex = Tool("pdflatex")
  static let rsvg = Tool("rsvg-convert")
  static let xmllint = Tool("xmllint")
  static let unzip = Tool("unzip")
  static let rscript = Tool("Rscript")

  init(_ name: String) {
    let folders = ["/usr/bin", "/usr/local/bin", "/bin"]
    path = folders.map { "\($0)/\(name)" }.first(where: FileManager.default.isExecutableFile) ?? ""
  }

  var isInstalled: Bool { !path.isEmpty }

  /// Runs it in a folder; what it printed, complaints included, and its exit status.
  func run(_ arguments: [String], in folder: URL) throws -> (output: Data, status: Int32) {
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    process.currentDirectoryURL = folder
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (output, process.terminationStatus)
  }
}

/// A folder that is gone when the test is over.
final class Folder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "backstep-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: url.appending(path: name))
  }
}
