/// How close a number must come to the one the author wrote.
package enum Tolerance: Sendable, Hashable {
  /// As close as the number of decimals that are written.
  case printed
  /// Within this much, both absolutely and in proportion to the number written.
  case bound(Double)
}
