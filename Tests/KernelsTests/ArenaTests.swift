import Kernels
import Testing

/// Memory is asked for once and may be refused.
@Suite struct ArenaTests {
  @Test func `what no machine has is refused, and no trap`() {
    for bytes in [-1, 1 << 45, 1 << 60, Int.max] {
      let isRefused = Arena(bytes: bytes) == nil
      #expect(isRefused, "\(bytes) bytes")
    }
  }

  @Test(arguments: [0, 1, 64, 1_000, 1 << 20, 5 << 20])
  func `it begins with zeros, at a multiple of 64`(bytes: Int) throws {
    guard let arena = Arena(bytes: bytes) else {
      Issue.record("\(bytes) bytes were refused")
      return
    }
    #expect(Int(bitPattern: arena.start) % 64 == 0)
    let numbers = arena.column(UInt8.self, at: 0)
    #expect((0..<bytes).allSatisfy { numbers[$0] == 0 })
  }

  @Test func `an old one is taken where it is large enough`() throws {
    guard let old = Arena(bytes: 4_096) else { return }
    let place = old.start
    guard let same = Arena(bytes: 1_000, reusing: old) else { return }
    #expect(same.start == place)
    guard let larger = Arena(bytes: 1 << 22, reusing: same) else { return }
    #expect(larger.start != place)
  }
}
