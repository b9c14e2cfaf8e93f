internal import CLineEdit
internal import Glibc

/// What this program was built with and runs on, for bug reports.
package enum Build {
  /// The compiler of the parts in C, which comes with that of the others.
  package static var compiler: String { le_compiler().map { String(cString: $0) } ?? "unknown" }

  /// The version of GNU readline that is loaded.
  package static var readline: String {
    le_readline_version().map { String(cString: $0) } ?? "unknown"
  }

  /// The system and the kind of machine: `Linux 6.1.0 x86_64`.
  package static var machine: String {
    var name = utsname()
    guard uname(&name) == 0 else { return "unknown" }
    return [text(name.sysname), text(name.release), text(name.machine)].joined(separator: " ")
  }

  /// Characters in a row of fixed length, up to the first NUL.
  private static func text<Row>(_ row: Row) -> String {
    withUnsafeBytes(of: row) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}
