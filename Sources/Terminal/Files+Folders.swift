internal import Glibc
package import Language

extension Files {
  /// Makes a folder, and the folders it is in, where they are missing; for the user alone, if
  /// nothing else is said.
  package static func makeFolder(_ path: String, mode: UInt32 = 0o700) throws(Problem) {
    var partial = ""
    for part in path.split(separator: "/", omittingEmptySubsequences: true) {
      partial += (partial.isEmpty && !path.hasPrefix("/") ? "" : "/") + part
      if mkdir(partial, mode) != 0, errno != EEXIST {
        let failure = errno
        // A read-only parent that is there already is no obstacle.
        if !isFolder(partial) { throw .cannotCreate(path, failure) }
      }
    }
  }
}
