internal import ArgumentParser
internal import Console
internal import Language
internal import Lessons
internal import Terminal

/// `backstep check`: run lessons and compare every output, assertion and answer.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Verify lessons: every output, assertion and answer.")

  @Argument(
    help: ArgumentHelp("Lesson files, or folders of them.", valueName: "file-or-folder"),
    completion: .file(extensions: ["md"]))
  var paths: [String]

  @Flag(help: "Write what the engine says into the files where outputs differ.")
  var accept = false

  @Flag(help: "Name every file, also those without failures.")
  var verbose = false

  @OptionGroup var parallel: JobsOptions

  /// What came of one file, and the bytes it was found in.
  private struct Finding: Sendable {
    let bytes: [UInt8]
    let result: Result<(warnings: [Remark], check: LessonCheck), LessonProblem>
  }

  func run() {
    var status = Exit.good
    var (files, checks, failures) = (0, 0, 0)
    var hasRewritten = false
    LessonRound(paths: paths, jobs: parallel.count).each(
      { file throws(Problem) in try Self.look(file) },
      tell: { file, finding throws(Problem) in
        var finding = finding
        // The file may be one that was rewritten a moment ago, under this name or another.
        if hasRewritten, try Files.read(file, limit: Limit.lesson.bound) != finding.bytes {
          finding = try Self.look(file)
        }
        let (count, failed) = try tell(finding, of: file, &status, &hasRewritten)
        files += 1
        checks += count
        failures += failed
      },
      fail: { problem in
        complain(problem)
        if status == .good || status == .failed { status = Exit(problem) }
      })
    let counts = [LessonFiles.counted(files, "file"), LessonFiles.counted(checks, "check")]
    write("\(counts.joined(separator: ", ")), \(failures) failed\n")
    status.now()
  }

  private static func look(_ file: String) throws(Problem) -> Finding {
    let bytes = try Files.read(file, limit: Limit.lesson.bound)
    do throws(LessonProblem) {
      let lesson = try Lesson(parsing: bytes)
      return Finding(bytes: bytes, result: .success((lesson.warnings, LessonCheck(of: lesson))))
    } catch {
      return Finding(bytes: bytes, result: .failure(error))
    }
  }

  private func tell(
    _ finding: Finding, of file: String, _ status: inout Exit, _ hasRewritten: inout Bool
  ) throws(Problem) -> (Int, failures: Int) {
    switch finding.result {
    case .failure(let error):
      report(error.rendered(file: LessonFiles.shown(file)))
      status = .unreadable
      return (1, 1)
    case .success(let (warnings, result)):
      for warning in warnings {
        report("\(LessonFiles.shown(file)):\(warning.line): warning: \(warning.message)")
      }
      var failures = result.failures
      if accept {
        let count = failures.count
        failures = try accepted(failures, in: file, finding.bytes)
        if failures.count < count { hasRewritten = true }
      }
      for failure in failures {
        report(LessonProblem(failure.line, failure.problem).rendered(file: LessonFiles.shown(file)))
      }
      if !failures.isEmpty, status == .good { status = .failed }
      if verbose, failures.isEmpty { write("\(visible(file)): \(result.count) checks passed\n") }
      return (result.count, failures.count)
    }
  }

  /// Rewrites what may be rewritten; what is left has to be decided by a person.
  private func accepted(
    _ failures: [LessonCheck.Failure], in file: String, _ bytes: [UInt8]
  ) throws(Problem) -> [LessonCheck.Failure] {
    let replacements = failures.compactMap(\.replacement)
    guard !replacements.isEmpty else { return failures }
    let text = try decoded(bytes)
    for line in Lesson.difference(in: text, file: file, replacements: replacements) {
      write(visible(line) + "\n")
    }
    try Files.write(file, Array(Lesson.rewriting(text, replacements: replacements).utf8))
    return failures.filter { $0.replacement == nil }
  }

  private func report(_ text: String) {
    try? Output.error.write(visible(text) + "\n")
  }
}
