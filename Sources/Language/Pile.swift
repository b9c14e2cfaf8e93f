/// A pile of plain values in memory of its own, for loops that put down and take up all the time.
///
/// An `Array` asks at every change whether somebody else holds it too. Nobody can hold a pile too, so
/// adding a value is a comparison and a store. It is `public`, and so are its parts, because the
/// compiler writes only public code straight into the loops of another target.
public struct Pile<Element: BitwiseCopyable>: ~Copyable {
  @usableFromInline var base: UnsafeMutablePointer<Element>
  @usableFromInline var capacity: Int
  @usableFromInline var stored = 0

  /// How many values there are.
  @inlinable
  public var count: Int { stored }

  /// An empty pile with room for some values; it grows when they are more.
  @inlinable
  public init(room: Int = 16) {
    capacity = max(1, room)
    base = .allocate(capacity: capacity)
  }

  deinit { base.deallocate() }

  /// The value on top.
  @inlinable
  public var last: Element? {
    @inline(__always) get { count > 0 ? base[count &- 1] : nil }
  }

  /// Puts a value on top.
  @inlinable @inline(__always)
  public mutating func push(_ value: Element) {
    if stored == capacity { grow() }
    (base + count).initialize(to: value)
    stored &+= 1
  }

  /// Takes some values from the top, as far as there are so many.
  @inlinable @inline(__always)
  public mutating func drop(_ number: Int = 1) { stored = max(0, stored &- number) }

  /// Takes the value from the top.
  @inlinable
  public mutating func pop() -> Element? {
    let top = last
    drop()
    return top
  }

  /// Lends the memory itself, with room for some values more, and the count to change with them.
  @inlinable @inline(__always)
  public mutating func write(
    adding more: Int, _ body: (UnsafeMutablePointer<Element>, inout Int) -> Void
  ) {
    while capacity - stored < more { grow() }
    body(base, &stored)
  }

  @inlinable @inline(never)
  mutating func grow() {
    let wider = UnsafeMutablePointer<Element>.allocate(capacity: capacity * 2)
    wider.update(from: base, count: count)
    base.deallocate()
    base = wider
    capacity *= 2
  }
}
