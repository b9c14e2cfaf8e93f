internal import ArgumentParser
internal import Exercises
internal import Language
internal import Terminal

/// `backstep stress`: whether every variant of problems is what it should be.
struct StressCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stress", abstract: "Check every variant of exercise problems.",
    discussion: """
      Goes through all variants of each problem, or 10,000 where there are more: answers are the \
      engine's and the difference quotients', mistakes give different answers, right options stand \
      anywhere, the same seed gives the same variants. Without PROBLEM: all that come with the program.
      """)

  @Argument(
    help: ArgumentHelp("Problems by id, type, file or folder.", valueName: "problem"),
    completion: .problems)
  var problems: [String] = []

  @Option(help: ArgumentHelp("What variants are drawn from.", valueName: "number"))
  var seed: UInt64 = 1

  @Option(help: ArgumentHelp("Look at so many variants at most.", valueName: "number"))
  var most = Stress.most

  @OptionGroup var parallel: JobsOptions

  func validate() throws {
    if !(1...100_000).contains(most) {
      throw ValidationError("--most takes a number from 1 to 100000.")
    }
  }

  func run() {
    var status = Exit.good
    do throws(Problem) {
      let shelf = ProblemShelf()
      let volumes = try problems.isEmpty ? shelf.all() : shelf.open(problems, .current())
      let (most, seed) = (most, seed)
      // What may take longest comes first, so that no processor waits at the end.
      let order = volumes.indices.sorted {
        (volumes[$0].exercise.dimensions.count, $1) > (volumes[$1].exercise.dimensions.count, $0)
      }
      let outcomes = Parallel.map(volumes.count, jobs: parallel.count) { place in
        Outcome(of: volumes[order[place]].exercise, most: most, seed: seed)
      }
      var total = 0
      for (_, outcome) in zip(order, outcomes).sorted(by: { $0.0 < $1.0 }) {
        switch outcome {
        case .looked(let id, let result):
          total += result.variants
          let extent = result.isComplete ? "all \(result.variants)" : "\(result.variants)"
          write("\(id): \(extent) variants, \(result.failures.isEmpty ? "good" : "FAILED")\n")
          for failure in result.failures {
            write("  \(failure.what), \(failure.count) times, first at \(failure.item)\n")
            status = .failed
          }
        case .refused(let id, let problem):
          complain(problem, at: id)
          status = .failed
        }
      }
      write("\(volumes.count) problem\(volumes.count == 1 ? "" : "s"), \(total) variants\n")
    } catch {
      complain(error)
      Exit(error).now()
    }
    status.now()
  }
}

/// What came of looking at one problem.
private enum Outcome: Sendable {
  case looked(id: String, Stress)
  case refused(id: String, Problem)

  init(of exercise: Exercise, most: Int, seed: UInt64) {
    do throws(Problem) {
      self = .looked(id: exercise.id, try Stress(of: exercise, most: most, seed: seed))
    } catch {
      self = .refused(id: exercise.id, error)
    }
  }
}
