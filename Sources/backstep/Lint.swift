internal import ArgumentParser
internal import Console
internal import Language
internal import Lessons
internal import Terminal

/// `backstep lint`: what lessons say rightly and could teach better.
struct Lint: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint", abstract: "Look for questions that cannot tell a mistake from the answer.",
    discussion: """
      Warns of numbers at which a known mistake gives the right answer, of feedback that is never \
      or wrongly given, of questions without a hint, dead links and unused definitions. A comment \
      before the place allows one: <!-- lint allow: numbers, the slide has them -->.
      """)

  @Argument(
    help: ArgumentHelp("Lesson files, or folders of them.", valueName: "file-or-folder"),
    completion: .file(extensions: ["md"]))
  var paths: [String]

  @OptionGroup var parallel: JobsOptions

  func run() {
    var status = Exit.good
    var (files, warnings, allowed) = (0, 0, 0)
    LessonRound(paths: paths, jobs: parallel.count).each(
      { file throws(Problem) in try Self.look(file) },
      tell: { file, finding throws(Problem) in
        files += 1
        let shown = LessonFiles.shown(file)
        switch finding {
        case .failure(let error):
          report(error.rendered(file: shown))
          status = .unreadable
        case .success(let result):
          for warning in result.warnings { report(warning.rendered(file: shown)) }
          if !result.warnings.isEmpty, status == .good { status = .failed }
          warnings += result.warnings.count
          allowed += result.allowed
        }
      },
      fail: { problem in
        complain(problem)
        if status == .good || status == .failed { status = Exit(problem) }
      })
    let counts = [LessonFiles.counted(files, "file"), LessonFiles.counted(warnings, "warning")]
    write(counts.joined(separator: ", ") + (allowed > 0 ? ", \(allowed) allowed" : "") + "\n")
    status.now()
  }

  /// Looks at one file, which may be no lesson.
  private static func look(_ file: String) throws(Problem) -> Result<LessonLint, LessonProblem> {
    let bytes = try Files.read(file, limit: Limit.lesson.bound)
    do throws(LessonProblem) {
      let lesson = try Lesson(parsing: bytes)
      return .success(
        LessonLint(of: lesson) { Files.exists(LessonFiles.path($0, beside: file)) })
    } catch {
      return .failure(error)
    }
  }

  private func report(_ text: String) { try? Output.error.write(visible(text) + "\n") }
}
