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

  @Argument(help: ArgumentHelp("Problems by id, type, file or folder.", valueName: "problem"))
  var problems: [String] = []

  @Option(help: ArgumentHelp("What variants are drawn from.", valueName: "number"))
  var seed: UInt64 = 1

  @Option(help: ArgumentHelp("Look at so many variants at most.", valueName: "number"))
  var most = Stress.most

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
      var total = 0
      for volume in volumes {
        do throws(Problem) {
          let result = try Stress(of: volume.exercise, most: most, seed: seed)
          total += result.variants
          let extent = result.isComplete ? "all \(result.variants)" : "\(result.variants)"
          let verdict = result.failures.isEmpty ? "good" : "FAILED"
          write("\(volume.exercise.id): \(extent) variants, \(verdict)\n")
          for failure in result.failures {
            write("  \(failure.what), \(failure.count) times, first at \(failure.item)\n")
            status = .failed
          }
        } catch {
          complain(error, at: volume.exercise.id)
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
