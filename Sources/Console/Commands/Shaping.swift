internal import Engine
internal import Language
internal import Typesetting

extension Command {
  static let shaping: [Command] = [
    Command(
      "seed", [], "N", group: .change, "draw random numbers anew, from N on",
      details: ["uniform and normal draw the same numbers after the same seed, everywhere."],
      examples: ["seed 1", "w = normal(0, 1)", "w"]
    ) { session, words throws(Problem) in
      try words.expect(1...1, "seed")
      guard let word = words.first else { throw .missingArgument("seed") }
      guard let seed = UInt64(word.text) else {
        throw .badCount(word.text, "seed", at: word.span)
      }
      session.random = RandomNumbers(seed: seed)
      return Reply()
    },
    Command(
      "expand", [], "NAME", group: .change, argument: .expression,
      "open the composite gates of NAME",
      details: [
        "fuse NAME closes them again. A dot product becomes products and a sum; a softmax powers and quotients; sigmoid, softplus, gaussian and tanh what they are made of."
      ],
      examples: ["w = [1, -2], x = [3, 2]", "z = w @ x", "expand z", "tree"]
    ) { session, words throws(Problem) in try session.expand(words) },
    Command(
      "fuse", [], "NAME", group: .change, argument: .expression,
      "make NAME one gate, or close it again",
      examples: [
        "w = [1, -2], x = [3, 2]", "a = sigmoid(w @ x + 0.5)", "fuse a", "step", "expand a",
      ]
    ) { session, words throws(Problem) in try session.fuse(words) },
  ]
}
