internal import Glibc
internal import Language
internal import Lessons
internal import Terminal

/// The lessons that came with the program, looked up when they are first asked for.
struct LessonShelf {
  /// The folder they are in: beside an installed program, or up the tree from a built one.
  var folder: String? {
    guard let program = Self.programFolder else { return nil }
    var candidates = [program + "/../share/backstep/lessons"]
    var up = program
    for _ in 0..<6 {
      candidates.append(up + "/lessons")
      up += "/.."
    }
    return candidates.first { Files.isFolder($0) && !index(of: $0).entries.isEmpty }
  }

  private static var programFolder: String? {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = buffer.withUnsafeMutableBytes { bytes in
      bytes.baseAddress.map { readlink("/proc/self/exe", $0, bytes.count) } ?? -1
    }
    guard count > 0, let path = String(validating: buffer.prefix(count), as: UTF8.self) else {
      return nil
    }
    return path.lastIndex(of: "/").map { String(path[..<$0]) }
  }

  private func index(of folder: String) -> LessonIndex {
    LessonIndex((try? Files.list(folder)) ?? [])
  }

  /// The names of all lessons.
  var names: [String] { folder.map { index(of: $0).entries.map(\.name) } ?? [] }

  /// Number, name and title of all lessons; one that cannot be read says so in place of a title.
  var titles: [(number: String, name: String, title: String)] {
    guard let folder else { return [] }
    return index(of: folder).entries.map { entry in
      let bytes = (try? Files.read(folder + "/" + entry.file, limit: Limit.lesson.bound)) ?? []
      let title = (try? Lesson(parsing: bytes))?.title ?? "(cannot be read; try backstep check)"
      return ("\(entry.number)", entry.name, title)
    }
  }

  /// Reads a lesson by number, by name, or from a path.
  func open(_ query: String, _ environment: Environment) throws(Problem) -> (Lesson, name: String) {
    let (path, name) = try locate(query, environment)
    return (try read(path), name)
  }

  /// The lesson with blanks in the place of outputs and answers.
  func handout(_ query: String, _ environment: Environment) throws(Problem) -> String {
    let (path, _) = try locate(query, environment)
    let text = try decoded(try Files.read(path, limit: Limit.lesson.bound))
    do throws(LessonProblem) {
      return try Lesson.handout(text)
    } catch {
      throw .unreadableLesson(error, path)
    }
  }

  private func locate(
    _ query: String, _ environment: Environment
  ) throws(Problem) -> (path: String, name: String) {
    let path = environment.expandingHome(query)
    let isPath = query.contains("/") || query.hasSuffix(".md")
    if isPath, Files.exists(path) {
      let file = query.split(separator: "/").last.map(String.init) ?? query
      return (path, file.hasSuffix(".md") ? String(file.dropLast(3)) : file)
    }
    guard let folder else { throw .noLessons }
    let entry = try index(of: folder).find(query)
    return (folder + "/" + entry.file, entry.name)
  }

  private func read(_ path: String) throws(Problem) -> Lesson {
    let bytes = try Files.read(path, limit: Limit.lesson.bound)
    do throws(LessonProblem) {
      return try Lesson(parsing: bytes)
    } catch {
      throw .unreadableLesson(error, path)
    }
  }
}

extension Problem {
  static var noLessons: Problem {
    Problem(
      "no-such-file", "no lessons were found beside the program", hint: "lesson FILE plays a file")
  }

  static func unreadableLesson(_ error: LessonProblem, _ path: String) -> Problem {
    Problem(
      "bad-text", "\(path):\(error.line): \(error.problem.message)", hint: error.problem.hint)
  }
}
