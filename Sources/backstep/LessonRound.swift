internal import Language
internal import Terminal

/// A round through lesson files: looked at by several threads, told of in the order of the paths.
struct LessonRound {
  let paths: [String]
  let jobs: Int

  /// A file of one of the paths, or why the path leads to none.
  private struct Stop {
    let path: Int
    let file: Result<String, Problem>
  }

  /// Looks at every file, and tells what came of it.
  ///
  /// `look` runs on any thread, in any order; `tell` and `fail` run here and in order. After a failure
  /// the other files of the same path are left out.
  func each<Finding: Sendable>(
    _ look: @escaping @Sendable (String) throws(Problem) -> Finding,
    tell: (String, Finding) throws(Problem) -> Void, fail: (Problem) -> Void
  ) {
    let stops = stops
    var failed: Int?
    Parallel.inOrder(
      stops.count, jobs: jobs,
      { place in
        let stop = stops[place]
        return (
          stop, stop.file.flatMap { file in Self.result { () throws(Problem) in try look(file) } }
        )
      },
      then: { (stop: Stop, finding: Result<Finding, Problem>) in
        guard failed != stop.path else { return }
        do throws(Problem) {
          try tell(try stop.file.get(), try finding.get())
        } catch {
          failed = stop.path
          fail(error)
        }
      })
  }

  private static func result<Value>(
    _ body: () throws(Problem) -> Value
  ) -> Result<Value, Problem> { Result(catching: body) }

  private var stops: [Stop] {
    paths.enumerated().flatMap { place, path -> [Stop] in
      do throws(Problem) {
        return try LessonFiles.at(path).map { Stop(path: place, file: .success($0)) }
      } catch {
        return [Stop(path: place, file: .failure(error))]
      }
    }
  }
}
