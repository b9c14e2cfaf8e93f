import Glibc

/// Seconds on a clock that only goes forward.
func now() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

/// The seconds of each of so many rounds.
func times(_ rounds: Int, _ work: () -> Void) -> [Double] {
  (0..<rounds).map { _ in
    let start = now()
    work()
    return now() - start
  }
}

/// One line for the script that compares programs: median and least time, and a number to check by.
func report(
  _ who: String, _ what: String, _ times: [Double], scale: Double, _ unit: String, check: Double
) {
  let sorted = times.sorted()
  let middle = sorted[sorted.count / 2] * scale
  let line = withVaList([middle, sorted[0] * scale, check]) { values in
    var buffer = [CChar](repeating: 0, count: 200)
    vsnprintf(&buffer, 200, "med %12.4f min %12.4f UNIT check %.15g", values)
    return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
  let parts = line.split(separator: "UNIT", omittingEmptySubsequences: false)
  print(padded(who, 26), padded(what, 30), parts[0] + padded(unit, 8) + parts[1])
  fflush(nil)
}

private func padded(_ text: String, _ width: Int) -> String {
  text + String(repeating: " ", count: max(0, width - text.utf8.count))
}

/// The memory that this process has in its hands.
func residentBytes() -> Int {
  guard let file = fopen("/proc/self/statm", "r") else { return 0 }
  defer { fclose(file) }
  var line = [CChar](repeating: 0, count: 128)
  guard fgets(&line, 128, file) != nil else { return 0 }
  let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  return (text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * 4096
}

/// A file of numbers that several programs read alike.
struct NumberFile {
  private let bytes: [UInt8]
  private var place = 0

  init(_ path: String) {
    guard let file = fopen(path, "rb") else {
      print("cannot read \(path)")
      exit(1)
    }
    defer { fclose(file) }
    fseek(file, 0, SEEK_END)
    let size = ftell(file)
    rewind(file)
    var bytes = [UInt8](repeating: 0, count: size)
    guard fread(&bytes, 1, size, file) == size else { exit(1) }
    self.bytes = bytes
  }

  private mutating func next<Number>(_ type: Number.Type) -> Number {
    let size = MemoryLayout<Number>.size
    defer { place += size }
    return bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: place, as: type) }
  }

  mutating func integers(_ count: Int) -> [Int] { (0..<count).map { _ in Int(next(Int32.self)) } }
  mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in next(UInt8.self) } }
  mutating func numbers(_ count: Int) -> [Double] { (0..<count).map { _ in next(Double.self) } }
}
