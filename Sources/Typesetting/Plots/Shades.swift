// How the 16 shades of a map look in colour: blue over grey to orange, which people with any kind
// of colour vision can tell apart, and dark to light to dark besides.
enum Shades {
  /// The codes of the shades in the terminal's table of 256 colours.
  private static let codes: [UInt8] = [
    24, 25, 31, 32, 68, 74, 110, 146, 187, 180, 179, 215, 214, 208, 172, 166,
  ]

  /// Both halves of a cell, its upper half in front.
  static func halves(upper: UInt8, lower: UInt8) -> String {
    "38;5;\(code(upper));48;5;\(code(lower))"
  }

  /// A sign on a shade, in black or white, whichever is easier to see.
  static func mark(on shade: UInt8) -> String {
    "1;38;5;\(shade < 4 ? 231 : 16);48;5;\(code(shade))"
  }

  private static func code(_ shade: UInt8) -> UInt8 {
    codes.indices.contains(Int(shade)) ? codes[Int(shade)] : codes[8]
  }
}
