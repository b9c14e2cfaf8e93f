/// A key that enters a whole line at one touch.
package enum FunctionKey: Int, CaseIterable, Hashable, Sendable {
  case f5 = 15
  case f6 = 17
  case f7 = 18
  case f8 = 19
  case f9 = 20
  case f10 = 21
  case f11 = 23
  case f12 = 24

  /// The bytes the key sends in xterm, in the Linux console and in all that imitate either.
  var sequence: String { "\u{1B}[\(rawValue)~" }
}
