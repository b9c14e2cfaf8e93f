internal import CLineEdit
internal import Glibc

/// ^C outside the prompt.
///
/// A `LineEditor` watches from the start. A script does not: there ^C ends the program, with the
/// status 130 that a shell expects.
package enum Interrupt {
  /// From now on ^C raises a flag instead of ending the program.
  package static func watch() { le_watch_interrupts() }

  /// Lowers the flag and tells whether it was up; long loops ask this often.
  package static func take() -> Bool { le_take_interrupt() != 0 }

  /// Ends the program as ^C would have: a shell sees status 130 and stops its own loop.
  package static func endProgram() -> Never { le_die_of(SIGINT) }
}
