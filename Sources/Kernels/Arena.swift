internal import Glibc

/// A piece of memory that belongs to one computation and is given back with it.
///
/// A new one starts as zeros.
///
/// Pieces of a megabyte and more are asked for in huge pages: a graph of a million nodes is spread
/// over ten thousand small ones, and each costs as much at first touch as a hundred gates.
package struct Arena: ~Copyable {
  /// Where it begins, at a multiple of 64 bytes.
  package let start: UnsafeMutableRawPointer
  private let size: Int
  private let isMapped: Bool

  /// Memory for so many bytes; nil when the machine has no room for them.
  package init?(bytes: Int) {
    guard let (start, size, isMapped) = Self.memory(bytes) else { return nil }
    self.start = start
    self.size = size
    self.isMapped = isMapped
  }

  /// An old arena, if it is large enough and not four times too large; else a new one.
  package init?(bytes: Int, reusing old: consuming Arena?) {
    if let old, old.size >= bytes, old.size / 4 <= max(bytes, 1 << 20) {
      self = old
      return
    }
    guard let new = Arena(bytes: bytes) else { return nil }
    self = new
  }

  private static func memory(_ bytes: Int) -> (UnsafeMutableRawPointer, Int, Bool)? {
    guard bytes >= 0, bytes < 1 << 46 else { return nil }
    guard bytes >= 1 << 20 else {
      let size = (max(bytes, 64) + 63) & ~63
      guard let memory = aligned_alloc(64, size) else { return nil }
      memset(memory, 0, size)
      return (memory, size, false)
    }
    let size = (bytes | hugePage - 1) + 1
    let memory = mmap(
      nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let memory, memory != MAP_FAILED else { return nil }
    madvise(memory, size, Int32(MADV_HUGEPAGE))
    return (memory, size, true)
  }

  private static let hugePage = 1 << 21

  deinit {
    if isMapped {
      munmap(start, size)
    } else {
      free(start)
    }
  }

  /// A part of it as numbers of one type, `offset` bytes from its start.
  package func column<Number>(_ type: Number.Type, at offset: Int) -> UnsafeMutablePointer<Number> {
    (start + offset).assumingMemoryBound(to: type)
  }
}
