internal import Glibc
package import Language

/// Standard input, all at once.
package enum Input {
  /// Everything up to the end of standard input, as it is; nothing if it is closed.
  package static func readAll(limit: Int) throws(Problem) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      switch readChunk(STDIN_FILENO, into: &buffer) {
      case .bytes(0), .failure(EBADF): return bytes
      case .bytes(let count):
        guard bytes.count + count <= limit else { throw .inputTooLarge(limit) }
        bytes += buffer[..<count]
      case .failure(EINTR): throw .interrupted()
      case .failure(let failure): throw .unreadableInput(failure)
      }
    }
  }
}
