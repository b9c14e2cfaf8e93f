import Foundation
import TestSupport
import Testing

/// ^C at random moments: in a training, in other commands, and while something is typed.
///
/// One session takes them all, so what one of them leaves behind would be met by the next. Their number is that
/// of the environment variable SIGNALS; `make signals` asks for 1,000.
@Suite struct SignalTests {
  private static let count = Int(ProcessInfo.processInfo.environment["SIGNALS"] ?? "") ?? 48
  private static let seed: UInt64 = 20_240

  private enum Moment: String, CaseIterable {
    case training = "in train"
    case command = "in step and other commands"
    case typing = "at the prompt"
  }

  /// What someone was about to type; half of them are in the middle of something of readline's.
  private static let begun = [
    "1 + nonsense(", "train L wrt", "x", "σ∂", "(1 +\r2 *", "\u{12}set", "\u{1B}", "\u{1B}[",
    "\u{1B}[200~1 + 1\n2 + 2", "why \t", "\u{1B}[A", "\u{1B}[A\u{1B}[A\u{1}9", "\u{16}",
    "abc\u{1}\u{B}",
    String(repeating: "1 + ", count: 60), "sou\t", "\u{1B}5", "lesson 5",
  ]

  /// Gates enough that each of these takes a moment; the sum is 20 times what the inputs add up to.
  private static let circuit = [
    "x = [" + (1...20).map(String.init).joined(separator: ", ") + "]",
    "h = [sum(x[j] for j in 1..20) for i in 1..20]", "f = sum(h)",
  ]
  private static let commands = [
    "step", "step 500", "micro 300", "numeric", "table all", "tape", "backward", "hunt nan",
    "why x[3]",
    "jacobian f x", "ledger x[2]", "graph", "step f", "bug", "forward", "undo 7",
  ]

  @Test func `a session survives ^C at any moment, with its state in order`() throws {
    let place = try Place()
    let learner = try Learner(in: place, ["--no-history"])
    try learner.prompt()
    for line in ["set digits 17", "p1 = 0, p2 = 1", "L = (p1 - 3)^2 + (p2 + 1)^2"] + Self.circuit {
      try learner.say(line)
    }
    var random = SplitMix64(seed: Self.seed)
    var survived: [Moment: Int] = [:]
    for round in 0..<Self.count {
      let moment = Moment.allCases[round % 3]
      switch moment {
      case .training: try interruptTraining(learner, &random)
      case .command: try interruptCommand(learner, &random)
      case .typing: try interruptTyping(learner, &random)
      }
      // Nothing of the line is left, and the next one is answered as if nothing had been.
      let answer = try learner.say("\(round) + 1")
      #expect(answer == "\(round + 1)\n", "round \(round), \(moment.rawValue)")
      guard answer == "\(round + 1)\n" else { return }
      survived[moment, default: 0] += 1
    }
    try learner.type("\u{4}")
    #expect(try learner.end() == 0)
    #expect(learner.isOrderly)
    try Evidence.note(survived.values.reduce(0, +), as: "survived", in: "signals")
    try Evidence.note(Self.count, as: "sent", in: "signals")
    try Evidence.note(Self.seed, as: "seed", in: "signals")
    for (moment, count) in survived {
      try Evidence.note(count, as: moment.rawValue, of: "moments", in: "signals")
    }
  }

  private func pause(_ random: inout SplitMix64, milliseconds: Int) {
    usleep(UInt32(random.below(milliseconds * 1000)))
  }

  /// The parameters are those of as many whole steps as the program says it has made.
  private func interruptTraining(_ learner: Learner, _ random: inout SplitMix64) throws {
    try learner.say("p1 = 0, p2 = 1")
    try learner.type("train L wrt p1, p2 rate 1e-6 epochs 1000000\r")
    pause(&random, milliseconds: 40)
    try learner.interrupt()
    let answer = try learner.settle()
    let told = answer.firstMatch(of: /the (\d+) steps? that (was|were) made/)
    // Before the line was read, it was dropped as a whole.
    let steps = told.flatMap { Int($0.1) } ?? 0
    var (a, b) = (0.0, 1.0)
    for _ in 0..<steps { (a, b) = (a - 1e-6 * 2 * (a - 3), b - 1e-6 * 2 * (b + 1)) }
    for (name, wanted) in [("p1", a), ("p2", b)] {
      let shown = try learner.say(name).trimmingCharacters(in: .whitespacesAndNewlines)
      let found = Double(shown) ?? .nan
      // A step more or less would be some 4e-6 away.
      #expect(abs(found - wanted) < 1e-9, "\(name) is \(shown) after \(steps) steps, not \(wanted)")
    }
  }

  private func interruptCommand(_ learner: Learner, _ random: inout SplitMix64) throws {
    try learner.type(random.pick(Self.commands) + "\r")
    pause(&random, milliseconds: 30)
    try learner.interrupt()
    try learner.settle()
    // Wherever on the tape it stands, values and gradients are those of one whole pass each.
    try learner.say("restart")
    try learner.say("backward")
    #expect(try learner.say("value f") == "4200\n")
    #expect(try learner.say("grad x[7]") == "20\n")
  }

  private func interruptTyping(_ learner: Learner, _ random: inout SplitMix64) throws {
    let keys = random.pick(Self.begun)
    let cut = random.below(keys.count + 1)
    try learner.type(String(keys.prefix(cut)))
    pause(&random, milliseconds: 6)
    try learner.type(String(keys.dropFirst(cut)))
    pause(&random, milliseconds: 6)
    try learner.interrupt()
    try learner.settle()
  }
}
