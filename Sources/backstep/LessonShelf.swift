internal import Glibc
internal import Language
internal import Lessons
internal import Terminal

/// The lessons that came with the program and those that the user has put beside them, looked up
/// when they are first asked for.
struct LessonShelf {
  /// The user's own folder of lessons, whether or not it is there.
  private let own: String?

  init(_ environment: Environment) {
    own = environment.ownFolder("backstep").map { $0 + "/lessons" }
  }

  /// The folder of the lessons that came with the program.
  ///
  /// It is beside an installed program, or in the package that a built one comes from. Links to the
  /// program are followed first.
  static var shipped: String? {
    guard let program = programFolder else { return nil }
    var candidates = [program + "/../share/backstep/lessons"]
    var up = program
    for _ in 0..<6 {
      // Any folder may be called lessons, and a folder above may belong to anybody.
      if Files.exists(up + "/Package.swift") { candidates.append(up + "/lessons") }
      up += "/.."
    }
    return candidates.first { Files.isFolder($0) && !paths(in: $0).isEmpty }
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

  private static func paths(in folder: String) -> [String] {
    LessonIndex((try? Files.list(folder)) ?? []).entries.map { folder + "/" + $0.file }
  }

  /// The shipped lessons.
  private var shippedIndex: LessonIndex { LessonIndex(Self.shipped.map(Self.paths) ?? []) }

  /// Shipped and own lessons; what has the name of a shipped one is not seen, as handouts say that
  /// name and mean that lesson.
  private var index: LessonIndex {
    let shipped = shippedIndex.entries
    let taken = Set(shipped.map(\.name))
    let added = LessonIndex(own.map(Self.paths) ?? []).entries.filter { !taken.contains($0.name) }
    return LessonIndex((shipped + added).map(\.file))
  }

  /// The names of all lessons.
  var names: [String] { index.entries.map(\.name) }

  /// Number, name and title of all lessons; one that cannot be read says so in place of a title.
  var titles: [(number: String, name: String, title: String)] {
    index.entries.map { entry in
      let bytes = (try? Files.read(entry.file, limit: Limit.lesson.bound)) ?? []
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
    let index = index
    guard !index.entries.isEmpty else { throw .noLessons }
    do throws(Problem) {
      let entry = try index.find(query)
      return (entry.file, entry.name)
    } catch {
      // A number or a word that several lessons fit means the shipped one, on every machine.
      guard let entry = try? shippedIndex.find(query) else { throw error }
      return (entry.file, entry.name)
    }
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
