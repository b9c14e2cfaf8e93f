internal import ArgumentParser
internal import Console
internal import Language
internal import Lessons
internal import Terminal

/// `backstep check`: run lessons and compare every output, assertion and answer.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Verify lessons: every output, assertion and answer.")

  @Argument(help: ArgumentHelp("Lesson files, or folders of them.", valueName: "file-or-folder"))
  var paths: [String]

  @Flag(help: "Write what the engine says into the files where outputs differ.")
  var accept = false

  @Flag(help: "Name every file, also those without failures.")
  var verbose = false

  func run() {
    var status = Exit.good
    var (files, checks, failures) = (0, 0, 0)
    for path in paths {
      do throws(Problem) {
        for file in try LessonFiles.at(path) {
          let (count, failed) = try check(file, &status)
          files += 1
          checks += count
          failures += failed
        }
      } catch {
        complain(error)
        if status == .good || status == .failed { status = Exit(error) }
      }
    }
    let counts = [LessonFiles.counted(files, "file"), LessonFiles.counted(checks, "check")]
    write("\(counts.joined(separator: ", ")), \(failures) failed\n")
    status.now()
  }

  private func check(_ file: String, _ status: inout Exit) throws(Problem) -> (Int, failures: Int) {
    let bytes = try Files.read(file, limit: Limit.lesson.bound)
    let lesson: Lesson
    do throws(LessonProblem) {
      lesson = try Lesson(parsing: bytes)
    } catch {
      report(error.rendered(file: LessonFiles.shown(file)))
      status = .unreadable
      return (1, 1)
    }
    for warning in lesson.warnings {
      report("\(LessonFiles.shown(file)):\(warning.line): warning: \(warning.message)")
    }
    let result = LessonCheck(of: lesson)
    var failures = result.failures
    if accept { failures = try accepted(failures, in: file, bytes) }
    for failure in failures {
      report(LessonProblem(failure.line, failure.problem).rendered(file: LessonFiles.shown(file)))
    }
    if !failures.isEmpty, status == .good { status = .failed }
    if verbose, failures.isEmpty { write("\(visible(file)): \(result.count) checks passed\n") }
    return (result.count, failures.count)
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
