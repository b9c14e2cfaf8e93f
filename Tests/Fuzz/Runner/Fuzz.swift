internal import FuzzTargets
internal import Glibc

// The door that libFuzzer knocks at. It brings its own `main`; what it does not know, `--target=NAME`
// and the words that write a list or a dictionary, is looked at before it begins.

/// The target that is fed, chosen once at the start.
private let chosen: FuzzTarget = {
  let arguments = CommandLine.arguments
  if arguments.contains("--list") {
    for target in FuzzTarget.all { puts("\(target.name) \(target.maxLength) \(target.share)") }
    exit(0)
  }
  // In one word: what has no hyphen is a folder of inputs to libFuzzer.
  let name = arguments.lazy.compactMap { $0.wholeMatch(of: /--target=(.*)/)?.1 }.first
  guard let target = FuzzTarget.named(String(name ?? "")) else {
    puts("say which: --target=" + FuzzTarget.all.map(\.name).joined(separator: "|"))
    exit(2)
  }
  if arguments.contains("--dictionary") {
    for entry in target.dictionary { puts(entry) }
    exit(0)
  }
  return target
}()

/// Called by libFuzzer once, before the first input.
@_cdecl("LLVMFuzzerInitialize")
public func begin(
  _ count: UnsafeMutableRawPointer, _ arguments: UnsafeMutableRawPointer
) -> CInt {
  _ = chosen
  return 0
}

/// Called by libFuzzer with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func feed(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  do throws(Violation) {
    try chosen.feed(bytes)
  } catch {
    // The fuzzer keeps the input of a process that ends like this.
    let text = Array("\nviolated: \(error.message)\n".utf8)
    _ = write(STDERR_FILENO, text, text.count)
    abort()
  }
  return 0
}
