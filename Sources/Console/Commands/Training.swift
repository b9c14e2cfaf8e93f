internal import Engine
internal import Language
internal import Typesetting

extension Command {
  /// What the examples of training start from: a neuron that learns AND.
  private static let neuron = [
    "data and", "w1 = 0, w2 = 0, b = 0", "p = sigmoid(w1*x1 + w2*x2 + b)",
    "L = -(y*ln(p) + (1 - y)*ln(1 - p))",
  ]

  static let training: [Command] = [
    Command(
      "data", [], "[NAME|FILE.csv|row N]", group: .change,
      argument: .words { session, before in
        before.count == 1
          ? Examples.recipes.map(\.name) + (session.learning.examples == nil ? [] : ["row"])
          : ["seed"]
      },
      "load examples to learn from, or see them",
      details: [
        "  data alone shows what is loaded, or what there is to load.",
        "  data NAME COUNT seed N makes as many rows, others for another seed.",
        "  data row N puts the numbers of row N into the inputs called like the columns.",
        "  A column x1 belongs to the input x1, or to x[1] where there is no x1.",
        "  A file has names in its first line, x1,x2,y, and numbers in the others.",
      ] + Examples.recipes.map { "  \($0.name)  \($0.summary)" },
      examples: ["data moons 200 seed 7", "data xor", "data row 3", "data"]
    ) { session, words throws(Problem) in try session.loadOrShow(words) },
    Command(
      "train", [], "LOSS wrt NAMES …", group: .change,
      argument: .words { session, before in
        before.count == 1
          ? session.definitions.variables.keys
          : ["wrt", "accuracy"] + TrainingOption.all.map(\.name) + session.nodeWords
      },
      "learn from examples by gradient descent",
      details: TrainingOption.all.map { "  \($0.name) \($0.parameter)  \($0.summary)" } + [
        "  accuracy NODE  count how often NODE foretells the class in the last column"
      ],
      examples: neuron + ["train L wrt w1, w2, b rate 1 epochs 200 accuracy p"]
    ) { session, words throws(Problem) in try session.train(words) },
  ]
}

/// A word that `train` understands after the names, with the number behind it.
struct TrainingOption: Sendable {
  let name: String
  /// What stands for its number in help: `R`.
  let parameter: String
  let summary: String
  /// Changes the options, or returns false when the number is no whole one and has to be.
  let write: @Sendable (inout Training.Options, Double) -> Bool

  static let all: [TrainingOption] = [
    real("rate", "R", "how far a step goes, 0.1 if left out") { $0.rate = $1 },
    real("cooling", "R", "what the rate comes down to, a little after every epoch; else it stays") {
      $0.finalRate = $1
    },
    whole("epochs", "N", "how many times to go through all rows, 100 if left out") {
      $0.epochs = $1
    },
    whole("batch", "B", "rows to a step: 1 for one at a time, all of them if left out") {
      $0.batch = $1
    },
    seed("seed", "S", "what the order of rows follows from, 1 if left out") {
      $0.seed = $1
    },
    real("validate", "F", "the part of the rows that is kept out of training, such as 0.2") {
      $0.validate = $1
    },
    whole("patience", "P", "end after P epochs without a better validation loss; keep the best") {
      $0.patience = $1
    },
    real("momentum", "M", "how much of a step goes into the next, such as 0.9") {
      $0.momentum = $1
    },
    real("decay", "D", "pulls the parameters to 0: D times w is added to the gradient of w") {
      $0.decay = $1
    },
  ]

  private static func seed(
    _ name: String, _ parameter: String, _ summary: String,
    _ set: @escaping @Sendable (inout Training.Options, UInt64) -> Void
  ) -> Self {
    Self(name: name, parameter: parameter, summary: summary) {
      guard let number = UInt64(exactly: $1) else { return false }
      set(&$0, number)
      return true
    }
  }

  static func named(_ word: String) -> TrainingOption? { all.first { $0.name == word } }

  private static func real(
    _ name: String, _ parameter: String, _ summary: String,
    _ set: @escaping @Sendable (inout Training.Options, Double) -> Void
  ) -> Self {
    Self(name: name, parameter: parameter, summary: summary) {
      set(&$0, $1)
      return true
    }
  }

  private static func whole(
    _ name: String, _ parameter: String, _ summary: String,
    _ set: @escaping @Sendable (inout Training.Options, Int) -> Void
  ) -> Self {
    Self(name: name, parameter: parameter, summary: summary) {
      guard let number = Int(exactly: $1) else { return false }
      set(&$0, number)
      return true
    }
  }
}

/// What stands behind `train`, word by word.
struct TrainingRequest {
  var loss: Words.Word
  var names: [Words.Word] = []
  var options = Training.Options()
  var accuracy: Words.Word?

  /// Reads `LOSS wrt NAMES …`; options come in any order.
  ///
  /// `number`: what a word comes to, so that a rate may be 1/3 or a name.
  init(_ words: Words, number: (Words.Word) throws(Problem) -> Double) throws(Problem) {
    guard let loss = words.first else { throw .missingArgument("train") }
    self.loss = loss
    var given: Set<String> = []
    let all = words.all
    var index = 1
    while index < all.count {
      let word = all[index]
      let isKnown =
        ["wrt", "accuracy"].contains(word.text) || TrainingOption.named(word.text) != nil
      guard isKnown else { throw .unknownTrainingOption(word.text, at: word.span) }
      guard given.insert(word.text).inserted else {
        throw .repeatedTrainingOption(word.text, at: word.span)
      }
      index += 1
      guard index < all.count else { throw .optionWithoutNumber(word.text, at: word.span) }
      switch word.text {
      case "wrt": Self.readNames(all, &index, into: &names)
      case "accuracy":
        accuracy = all[index]
        index += 1
      default:
        let value = try number(all[index])
        if let option = TrainingOption.named(word.text), !option.write(&options, value) {
          throw .notWhole(word.text, all[index].text, at: all[index].span)
        }
        index += 1
      }
    }
  }

  /// Takes names up to the next option; a word after a comma is a name in any case.
  private static func readNames(
    _ all: [Words.Word], _ index: inout Int, into names: inout [Words.Word]
  ) {
    var goesOn = true
    while index < all.count {
      let word = all[index]
      let isOption = word.text == "accuracy" || TrainingOption.named(word.text) != nil
      if isOption, !goesOn { return }
      for name in word.text.separatedAtCommas where !name.isEmpty {
        names.append(Words.Word(text: name, span: word.span))
      }
      goesOn = word.text.hasSuffix(",")
      index += 1
    }
  }
}
