internal import CLineEdit
internal import Glibc
package import Language

/// Where text goes, with every write looked at: a full disk must not end in status 0.
///
/// Nothing is held back, so that there is nothing to flush when the program ends or is killed. When
/// the reader of a pipe has gone (`backstep … | head`), the program ends by SIGPIPE as other filters
/// do, even if that signal is ignored.
package struct Output: Sendable {
  private let descriptor: Int32
  private let name: String

  /// Standard output.
  package static let standard = Output(descriptor: STDOUT_FILENO, name: "standard output")
  /// Standard error.
  package static let error = Output(descriptor: STDERR_FILENO, name: "standard error")

  /// Writes a text as UTF-8.
  package func write(_ text: String) throws(Problem) { try write(Array(text.utf8)) }

  /// Writes bytes as they are.
  package func write(_ bytes: [UInt8]) throws(Problem) {
    switch bytes.withUnsafeBytes({ writeAll(descriptor, $0) }) {
    case 0: return
    case EPIPE: le_die_of(SIGPIPE)
    case let failure: throw .outputFailed(name, failure)
    }
  }

  /// Makes a file that outgrows what the system allows a problem with words, as a full disk is.
  ///
  /// Otherwise a signal would end the program before it has taken away what it began. To be called first.
  package static func expectLimits() { signal(SIGXFSZ, SIG_IGN) }

  /// Fills the places of standard streams that the program was started without.
  ///
  /// Otherwise the first file it opens would get the number of standard output, and results would
  /// be printed into it. Reading and writing such a stream still fails. To be called first.
  package static func reserveStandardStreams() {
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
      // The wrong direction on purpose: for output a descriptor that can only be read.
      let opened = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
      if opened > STDERR_FILENO { close(opened) }
    }
  }
}
