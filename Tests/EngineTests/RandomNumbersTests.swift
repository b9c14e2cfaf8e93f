import TestSupport
import Testing

@testable import Engine

@Suite struct RandomNumbersTests {
  @Test func `the bits are those of the published generator`() {
    // The reference implementation's first outputs from the state 1, 2, 3, 4.
    var random = RandomNumbers(state: (1, 2, 3, 4))
    let published: [UInt64] = [
      11520, 0, 1_509_978_240, 1_215_971_899_390_074_240, 1_216_172_134_540_287_360,
      607_988_272_756_665_600, 16_172_922_978_634_559_625, 8_476_171_486_693_032_832,
      10_595_114_339_597_558_777, 2_904_607_092_377_533_576,
    ]
    #expect(published.map { _ in random.next() } == published)
  }

  @Test func `a seed is spread by SplitMix64`() {
    var split = SplitMix64(seed: 42)
    let state = (split.next(), split.next(), split.next(), split.next())
    #expect(RandomNumbers(seed: 42) == RandomNumbers(state: state))
    #expect(RandomNumbers(seed: 42) != RandomNumbers(seed: 43))
    #expect(RandomNumbers(seed: 0) != RandomNumbers(state: (0, 0, 0, 0)))
  }

  @Test func `uniform numbers fill their range evenly`() {
    var random = RandomNumbers(seed: 5)
    var counts = [Int](repeating: 0, count: 10)
    for _ in 0..<10_000 {
      let number = random.uniform(from: -2, to: 3)
      #expect(number >= -2 && number < 3)
      counts[min(9, Int((number + 2) * 2))] += 1
    }
    #expect(counts.allSatisfy { (880...1_120).contains($0) }, "\(counts)")
  }

  @Test func `normal numbers have their mean, spread and tails`() {
    var random = RandomNumbers(seed: 6)
    let numbers = (0..<20_000).map { _ in random.normal(mean: 3, deviation: 2) }
    let mean = numbers.reduce(0, +) / 20_000
    let spread = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 20_000
    #expect(abs(mean - 3) < 0.05 && abs(spread - 4) < 0.15)
    #expect(numbers.allSatisfy { $0.isFinite })
    let outside = numbers.count { abs($0 - 3) > 4 }
    #expect((800...1_020).contains(outside), "4.55 % lie beyond two deviations")
  }

  @Test func `a shuffle keeps every element, and every order turns up as often`() {
    var random = RandomNumbers(seed: 7)
    var counts: [[Int]: Int] = [:]
    for _ in 0..<6_000 {
      var list = [1, 2, 3]
      random.shuffle(&list)
      counts[list, default: 0] += 1
    }
    #expect(counts.count == 6 && counts.values.allSatisfy { (880...1_120).contains($0) })
    var empty: [Int] = []
    random.shuffle(&empty)
    #expect(empty.isEmpty && random.below(0) == 0 && random.below(1) == 0)
  }

  @Test func `a copy goes on with the same numbers`() {
    var random = RandomNumbers(seed: 8)
    _ = random.normal()
    var copy = random
    #expect(copy == random && copy.normal() == random.normal() && copy.below(9) == random.below(9))
  }
}
