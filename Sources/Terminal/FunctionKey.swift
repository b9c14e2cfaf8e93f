/// A key that enters a whole line at one touch; its raw value is what is written on it.
package enum FunctionKey: String, CaseIterable, Hashable, Sendable {
  case f5 = "F5"
  case f6 = "F6"
  case f7 = "F7"
  case f8 = "F8"
  case f9 = "F9"
  case f10 = "F10"
  case f11 = "F11"
  case f12 = "F12"

  /// The bytes the key sends in xterm, in the Linux console and in all that imitate either.
  var sequence: String {
    switch self {
    case .f5: "\u{1B}[15~"
    case .f6: "\u{1B}[17~"
    case .f7: "\u{1B}[18~"
    case .f8: "\u{1B}[19~"
    case .f9: "\u{1B}[20~"
    case .f10: "\u{1B}[21~"
    case .f11: "\u{1B}[23~"
    case .f12: "\u{1B}[24~"
    }
  }
}
