internal import Glibc
package import Language

extension Files {
  /// Puts bytes under a name: all of them, or what was there before stays.
  ///
  /// They are written to a new file beside it, which takes its place only when it is safely on the
  /// disk. A link stays a link to the file that is replaced, and the file keeps its mode. What is
  /// no file is written to directly, and so is `/dev/stdout`.
  ///
  /// `isPrivate`: whether a new file is for its owner only.
  package static func write(
    _ path: String, _ bytes: [UInt8], isPrivate: Bool = false
  ) throws(Problem) {
    guard isPath(path) else { throw .cannotCreate(path, EINVAL) }
    let target = try targetOfLinks(path)
    var status = stat()
    let isThere = stat(target, &status) == 0
    let isFile = status.st_mode & S_IFMT == S_IFREG && !isOpenDescriptor(target)
    if isThere && !isFile { return try append(path, bytes) }
    // Replacing it would only need a writable folder, but a file that was made read-only is so for
    // a reason.
    if isThere && access(target, W_OK) != 0 { throw .cannotCreate(path, errno) }
    let temporary = folder(of: target) + ".backstep-\(UInt32.random(in: 0...UInt32.max)).tmp"
    let descriptor = open(
      temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, isPrivate ? 0o600 : 0o666)
    if descriptor < 0 { throw .cannotCreate(path, errno) }
    if isThere {
      // In this order, as a new owner takes some mode bits away. Only root may give files away.
      _ = fchown(descriptor, status.st_uid, status.st_gid)
      _ = fchmod(descriptor, status.st_mode & 0o777)
    }
    var failure = bytes.withUnsafeBytes { writeAll(descriptor, $0) }
    if failure == 0 && fsync(descriptor) != 0 { failure = errno }
    if close(descriptor) != 0 && failure == 0 { failure = errno }
    if failure == 0 && rename(temporary, target) != 0 { failure = errno }
    if failure != 0 {
      unlink(temporary)
      throw .outputFailed(path, failure)
    }
    saveNames(in: folder(of: target))
  }

  /// Takes away a file that was written in vain.
  package static func takeAway(_ path: String) { if isPath(path) { unlink(path) } }

  /// Adds bytes at the end of a file, which is made if it is not there; all of them or none.
  package static func append(_ path: String, _ bytes: [UInt8]) throws(Problem) {
    guard isPath(path) else { throw .cannotCreate(path, EINVAL) }
    // Non-blocking: a named pipe that nobody reads is an error and not an endless wait.
    let flags = O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK | O_NOCTTY
    let descriptor = open(path, flags, 0o666)
    if descriptor < 0 { throw .cannotCreate(path, errno) }
    var before = stat()
    let isFile = fstat(descriptor, &before) == 0 && before.st_mode & S_IFMT == S_IFREG
    var failure = bytes.withUnsafeBytes { writeAll(descriptor, $0) }
    // Half a line is worse than none: whoever reads the file would take it for whole.
    if failure != 0, isFile { _ = ftruncate(descriptor, before.st_size) }
    if close(descriptor) != 0 && failure == 0 { failure = errno }
    if failure != 0 { throw .outputFailed(path, failure) }
  }

  /// Where a chain of links ends, whether or not there is a file yet.
  private static func targetOfLinks(_ path: String) throws(Problem) -> String {
    var current = path
    for _ in 0..<40 {
      var status = stat()
      guard !isOpenDescriptor(current), lstat(current, &status) == 0,
        status.st_mode & S_IFMT == S_IFLNK
      else { return current }
      var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
      let count = readlink(current, &buffer, buffer.count - 1)
      guard count > 0 else { throw .cannotCreate(path, errno) }
      let bytes = buffer[..<count].map(UInt8.init(bitPattern:))
      guard let link = String(validating: bytes, as: UTF8.self) else {
        throw .cannotCreate(path, EILSEQ)
      }
      current = link.hasPrefix("/") ? link : folder(of: current) + link
    }
    throw .cannotCreate(path, ELOOP)
  }

  /// Whether the path is a descriptor by its name, as `/dev/stdout` is behind its link.
  ///
  /// It leads to an open file, pipe or terminal; to replace what has that name would be too late.
  private static func isOpenDescriptor(_ path: String) -> Bool {
    path.hasPrefix("/proc/") || path.hasPrefix("/dev/fd/")
  }

  /// The folder part of a path with its slash; empty for a name alone.
  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
  }

  /// Makes a new name survive a power failure; not all file systems can, and none needs to.
  private static func saveNames(in folder: String) {
    let descriptor = open(folder.isEmpty ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }
}
