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

  @Argument(help: ArgumentHelp("Lesson files, or folders of them.", valueName: "file-or-folder"))
  var paths: [String]

  func run() {
    var status = Exit.good
    var (files, warnings, allowed) = (0, 0, 0)
    for path in paths {
      do throws(Problem) {
        for file in try LessonFiles.at(path) {
          let result = try lint(file, &status)
          files += 1
          warnings += result?.warnings.count ?? 0
          allowed += result?.allowed ?? 0
        }
      } catch {
        complain(error)
        if status == .good || status == .failed { status = Exit(error) }
      }
    }
    let counts = [LessonFiles.counted(files, "file"), LessonFiles.counted(warnings, "warning")]
    write(counts.joined(separator: ", ") + (allowed > 0 ? ", \(allowed) allowed" : "") + "\n")
    status.now()
  }

  /// Looks at one lesson; nil if it is none.
  private func lint(_ file: String, _ status: inout Exit) throws(Problem) -> LessonLint? {
    let bytes = try Files.read(file, limit: Limit.lesson.bound)
    let shown = LessonFiles.shown(file)
    let lesson: Lesson
    do throws(LessonProblem) {
      lesson = try Lesson(parsing: bytes)
    } catch {
      report(error.rendered(file: shown))
      status = .unreadable
      return nil
    }
    let result = LessonLint(of: lesson) { Files.exists(LessonFiles.path($0, beside: file)) }
    for warning in result.warnings { report(warning.rendered(file: shown)) }
    if !result.warnings.isEmpty, status == .good { status = .failed }
    return result
  }

  private func report(_ text: String) { try? Output.error.write(visible(text) + "\n") }
}
