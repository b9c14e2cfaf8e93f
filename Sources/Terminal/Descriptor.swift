internal import CLineEdit
internal import Glibc

// Whole reads and writes over the partial ones of the system. Failures are errno numbers, which the
// callers turn into words.

/// Writes all bytes; 0 or an errno.
func writeAll(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int32 {
  var rest = bytes[...]
  while !rest.isEmpty {
    let start = UnsafeRawBufferPointer(rebasing: rest).baseAddress
    let count = Glibc.write(descriptor, start, rest.count)
    if count > 0 {
      rest = rest.dropFirst(count)
      continue
    }
    if count == 0 { return ENOSPC }
    let failure = errno
    guard failure == EINTR || failure == EAGAIN else { return failure }
    // Another program on the same terminal may have made it non-blocking.
    if failure == EAGAIN { waitUntil(POLLOUT, descriptor) }
  }
  return 0
}

/// The outcome of one read: bytes (none at the end of the input), or an errno.
enum Chunk {
  case bytes(Int)
  case failure(Int32)
}

/// Reads what there is into a buffer; a pending interrupt comes back as `EINTR`.
func readChunk(_ descriptor: Int32, into buffer: inout [UInt8]) -> Chunk {
  while true {
    let count = buffer.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
    if count >= 0 { return .bytes(count) }
    switch errno {
    case EINTR:
      if le_interrupted() != 0 { return .failure(EINTR) }
    case EAGAIN: waitUntil(POLLIN, descriptor)
    case let failure: return .failure(failure)
    }
  }
}

private func waitUntil(_ event: Int32, _ descriptor: Int32) {
  var waiting = pollfd(fd: descriptor, events: Int16(truncatingIfNeeded: event), revents: 0)
  _ = poll(&waiting, 1, -1)
}
