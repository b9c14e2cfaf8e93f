internal import Language
internal import Terminal

/// What the program is called in bug reports.
enum Version {
  /// The one place of the version: packages, archives and manual pages take it from here.
  static let number = "0.1.0"
  static let text = "backstep \(number)"

  /// What a bug report should say: `--version --verbose`.
  static var report: String {
    let environment = Environment.current()
    let lessons = LessonShelf.shipped.map(visible) ?? "none found"
    let bounds = Limit.all.map { "  \($0.subject): at most \($0.bound) \($0.unit)\n" }.joined()
    return """
      \(text)
      compiler: \(compiler), \(Build.compiler)
      readline: \(Build.readline)
      machine: \(Build.machine)
      letters: \(environment.usesUnicode ? "UTF-8" : "not UTF-8")
      lessons: \(lessons)
      limits:
      \(bounds)
      """
  }

  /// The compiler does not tell its programs its version; they can only ask whether it is at least one.
  private static var compiler: String {
    #if compiler(>=6.5)
      "Swift 6.5 or later"
    #elseif compiler(>=6.4)
      "Swift 6.4"
    #elseif compiler(>=6.3)
      "Swift 6.3"
    #else
      "Swift 6.2"
    #endif
  }
}
