internal import Glibc
package import Language

extension Files {
  /// Makes a folder for one user's own things, and the folders it is in, where they are missing.
  package static func makeFolder(_ path: String) throws(Problem) {
    var partial = ""
    for part in path.split(separator: "/", omittingEmptySubsequences: true) {
      partial += (partial.isEmpty && !path.hasPrefix("/") ? "" : "/") + part
      if mkdir(partial, 0o700) != 0, errno != EEXIST {
        let failure = errno
        // A read-only parent that is there already is no obstacle.
        if !isFolder(partial) { throw .cannotCreate(path, failure) }
      }
    }
  }
}
