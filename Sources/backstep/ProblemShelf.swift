internal import Exercises
internal import Glibc
internal import Language
internal import Lessons
internal import Terminal

/// The problem files that came with the program, and those of an instructor.
struct ProblemShelf {
  /// A problem with the text of its file, which keys hold.
  struct Volume {
    let exercise: Exercise
    let path: String
    let source: String
  }

  /// The folder of the shipped problems, beside the lessons.
  private var folder: String? {
    LessonShelf.shipped.map { $0 + "/problems" }.flatMap { Files.isFolder($0) ? $0 : nil }
  }

  /// The shipped files.
  private func files() throws(Problem) -> [String] {
    guard let folder else { return [] }
    return try Files.list(folder).filter { $0.hasSuffix(".md") }.map { folder + "/" + $0 }
  }

  /// Every shipped problem, in the order of their types.
  func all() throws(Problem) -> [Volume] {
    var volumes: [Volume] = []
    for path in try files() { volumes.append(try read(path)) }
    try refuseRepeatedIDs(volumes)
    return volumes.sorted { Self.order($0.exercise.type) < Self.order($1.exercise.type) }
  }

  private static func order(_ type: String) -> Int { Int(type.dropFirst()) ?? .max }

  /// Reads problems from files and folders, or from the shelf by id or type.
  func open(_ queries: [String], _ environment: Environment) throws(Problem) -> [Volume] {
    var volumes: [Volume] = []
    for query in queries {
      let path = environment.expandingHome(query)
      if Files.isFolder(path) {
        for name in try Files.list(path) where name.hasSuffix(".md") {
          volumes.append(try read(path + "/" + name))
        }
      } else if query.contains("/") || query.hasSuffix(".md") {
        volumes.append(try read(path))
      } else {
        volumes.append(try shipped(query))
      }
    }
    try refuseRepeatedIDs(volumes)
    return volumes
  }

  private func shipped(_ query: String) throws(Problem) -> Volume {
    let volumes = try all()
    let wanted = query.lowercased()
    if let found = volumes.first(where: {
      $0.exercise.id == wanted || $0.exercise.type.lowercased() == wanted
    }) {
      return found
    }
    throw .noSuchProblem(query, known: volumes.map(\.exercise.id))
  }

  private func read(_ path: String) throws(Problem) -> Volume {
    let bytes = try Files.read(path, limit: Limit.lesson.bound)
    let file = path.split(separator: "/").last.map(String.init) ?? path
    let name = file.hasSuffix(".md") ? String(file.dropLast(3)) : file
    do throws(LessonProblem) {
      let exercise = try Exercise(parsing: bytes, name: name)
      return Volume(
        exercise: exercise, path: path, source: String(decoding: bytes, as: UTF8.self))
    } catch {
      throw .unreadableProblem(error, file: LessonFiles.shown(path))
    }
  }

  private func refuseRepeatedIDs(_ volumes: [Volume]) throws(Problem) {
    var paths: [String: String] = [:]
    for volume in volumes {
      let id = volume.exercise.id
      if let before = paths.updateValue(volume.path, forKey: id) {
        throw .repeatedID(id, [LessonFiles.shown(before), LessonFiles.shown(volume.path)])
      }
    }
  }
}

extension Problem {
  static func noSuchProblem(_ query: String, known: [String]) -> Problem {
    Problem(
      "no-such-file", "there is no problem called \(query)",
      hint: closest(to: query, among: known).map { "did you mean \($0)?" }
        ?? "backstep sheet --list shows those there are; a file is named with its path: ./\(query).md"
    )
  }

  /// A problem file that cannot be read, with the place in it.
  static func unreadableProblem(_ error: LessonProblem, file: String) -> Problem {
    Problem(
      "unreadable-problem", "\(file):\(error.line): \(error.problem.message)",
      at: error.problem.span, in: error.problem.excerpt, hint: error.problem.hint)
  }
}
