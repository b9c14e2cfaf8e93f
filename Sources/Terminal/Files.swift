internal import Glibc
package import Language

/// Files and folders, with every failure said in words.
package enum Files {
  /// The bytes of a regular file, which is measured before any of it is read.
  package static func read(_ path: String, limit: Int) throws(Problem) -> [UInt8] {
    guard isPath(path) else { throw .noSuchFile(path) }
    // Non-blocking, or a named pipe would hold the program until somebody writes into it.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    if descriptor < 0 { throw .unreadableFile(path, errno) }
    defer { close(descriptor) }
    var status = stat()
    if fstat(descriptor, &status) != 0 { throw .unreadableFile(path, errno) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw .unreadableFile(path, EISDIR)
    default: throw .notAFile(path)
    }
    if status.st_size > limit { throw .fileTooLarge(path, limit) }
    // The size is a hint only: the file may grow, and those in /proc claim to be empty.
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Int(status.st_size))
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      switch readChunk(descriptor, into: &buffer) {
      case .bytes(0): return bytes
      case .bytes(let count):
        guard bytes.count + count <= limit else { throw .fileTooLarge(path, limit) }
        bytes += buffer[..<count]
      case .failure(EINTR): throw .interrupted()
      case .failure(let failure): throw .unreadableFile(path, failure)
      }
    }
  }

  /// Whether there is something under this name, of whatever kind.
  package static func exists(_ path: String) -> Bool { kind(path) != nil }

  /// Whether there is a link under this name, to whatever it leads.
  package static func isLink(_ path: String) -> Bool {
    var status = stat()
    return isPath(path) && lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }

  /// Whether there is a folder under this name.
  package static func isFolder(_ path: String) -> Bool { kind(path) == S_IFDIR }

  /// The names in a folder, sorted by their bytes; hidden ones are left out.
  package static func list(_ folder: String) throws(Problem) -> [String] {
    guard isPath(folder) else { throw .noSuchFile(folder) }
    guard let stream = opendir(folder) else {
      let failure = errno
      if failure == ENOTDIR && exists(folder) { throw .notAFolder(folder) }
      throw .unreadableFile(folder, failure)
    }
    defer { closedir(stream) }
    var names: [String] = []
    while true {
      errno = 0
      guard let entry = readdir(stream) else { break }
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(validatingCString: $0) }
      }
      if let name, !name.hasPrefix(".") { names.append(name) }
    }
    if errno != 0 { throw .unreadableFile(folder, errno) }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Whether the system would see all of this path; it stops reading at a NUL.
  static func isPath(_ path: String) -> Bool { !path.isEmpty && !path.utf8.contains(0) }

  private static func kind(_ path: String) -> mode_t? {
    var status = stat()
    guard isPath(path), stat(path, &status) == 0 else { return nil }
    return status.st_mode & S_IFMT
  }
}
