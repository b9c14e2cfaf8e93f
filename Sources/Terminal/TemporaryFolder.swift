internal import Glibc
package import Language

extension Files {
  /// Makes a new folder that nobody else may look into, does something in it, and takes it away.
  package static func withTemporaryFolder<Result>(
    _ body: (String) throws(Problem) -> Result
  ) throws(Problem) -> Result {
    let place = getenv("TMPDIR").flatMap { String(validatingCString: $0) } ?? ""
    let base = place.hasPrefix("/") ? place : "/tmp"
    var template = Array((base + "/backstep-XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else { throw .cannotCreate(base, errno) }
    let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer { remove(path) }
    return try body(path)
  }

  /// Takes away a folder with all that is in it; links are not followed.
  private static func remove(_ folder: String) {
    // Folders are emptied from the inside out, so each stands behind those that are in it.
    var found = [folder]
    var next = 0
    while next < found.count {
      let current = found[next]
      next += 1
      for name in names(in: current) {
        let path = current + "/" + name
        var status = stat()
        guard lstat(path, &status) == 0 else { continue }
        if status.st_mode & S_IFMT == S_IFDIR { found.append(path) } else { unlink(path) }
      }
    }
    for folder in found.reversed() { rmdir(folder) }
  }

  private static func names(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }
}
