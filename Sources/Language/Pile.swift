/// A pile of plain values in memory of its own, for loops that put down and take up all the time.
///
/// An `Array` asks at every change whether somebody else holds it too. Nobody can hold a pile too, so
/// adding a value is a comparison and a store.
package struct Pile<Element: BitwiseCopyable>: ~Copyable {
  @usableFromInline package var base: UnsafeMutablePointer<Element>
  @usableFromInline package var capacity: Int
  /// How many values there are.
  @usableFromInline package var count = 0

  /// An empty pile with room for some values; it grows when they are more.
  @inlinable
  package init(room: Int = 16) {
    capacity = max(1, room)
    base = .allocate(capacity: capacity)
  }

  deinit { base.deallocate() }

  /// The values, the first one put down first; only until the next change.
  @inlinable
  package var all: UnsafeMutableBufferPointer<Element> {
    UnsafeMutableBufferPointer(start: base, count: count)
  }

  /// The value on top.
  @inlinable
  package var last: Element? {
    @inline(__always) get { count > 0 ? base[count &- 1] : nil }
  }

  /// Puts a value on top.
  @inlinable @inline(__always)
  package mutating func push(_ value: Element) {
    if count == capacity { grow() }
    (base + count).initialize(to: value)
    count &+= 1
  }

  /// Takes some values from the top, as far as there are so many.
  @inlinable @inline(__always)
  package mutating func drop(_ number: Int = 1) { count = max(0, count &- number) }

  /// Takes the value from the top.
  @inlinable
  package mutating func pop() -> Element? {
    let top = last
    drop()
    return top
  }

  @usableFromInline @inline(never)
  package mutating func grow() {
    let wider = UnsafeMutablePointer<Element>.allocate(capacity: capacity * 2)
    wider.update(from: base, count: count)
    base.deallocate()
    base = wider
    capacity *= 2
  }
}
