/// The lines of a file with their ends, so that what is not changed stays as it is byte for byte.
struct TextLines {
  private let bytes: [UInt8]
  private let starts: [Int]

  /// Splits a text behind each newline.
  init(_ text: String) {
    bytes = Array(text.utf8)
    var starts = [0]
    for (index, byte) in bytes.enumerated() where byte == 0x0A { starts.append(index + 1) }
    if starts.count > 1, starts.last == bytes.count { starts.removeLast() }
    self.starts = starts
  }

  /// The number of lines.
  var count: Int { starts.count }

  /// The end of line the file uses.
  var newline: String {
    guard let first = bytes.firstIndex(of: 0x0A) else { return "\n" }
    return first > 0 && bytes[first - 1] == 0x0D ? "\r\n" : "\n"
  }

  /// A line with its end, counted from 1.
  func raw(_ number: Int) -> String {
    String(decoding: slice(number), as: UTF8.self)
  }

  /// A line without its end, counted from 1.
  func line(_ number: Int) -> String {
    var slice = slice(number)
    if slice.last == 0x0A { slice.removeLast() }
    if slice.last == 0x0D { slice.removeLast() }
    return String(decoding: slice, as: UTF8.self)
  }

  private func slice(_ number: Int) -> ArraySlice<UInt8> {
    guard 1...count ~= number else { return [] }
    let end = number < count ? starts[number] : bytes.count
    return bytes[starts[number - 1]..<end]
  }
}
