internal import Language
internal import Terminal

/// The lesson files that paths on the command line stand for.
enum LessonFiles {
  /// The file itself, or the `.md` files of a folder.
  static func at(_ path: String) throws(Problem) -> [String] {
    guard Files.isFolder(path) else { return [path] }
    let names = try Files.list(path).filter { $0.hasSuffix(".md") }
    let base = path.hasSuffix("/") ? String(path.dropLast()) : path
    return names.map { base + "/" + $0 }
  }

  /// A file's name on one line, whatever is in it.
  static func shown(_ file: String) -> String { visible(file).replacing("\n", with: "\\n") }

  /// What a name written in a file stands for: a place beside that file.
  static func path(_ name: String, beside file: String) -> String {
    file.lastIndex(of: "/").map { file[...$0] + name } ?? name
  }

  /// `1 file`, `2 files`.
  static func counted(_ count: Int, _ what: String) -> String {
    "\(count) \(what)\(count == 1 ? "" : "s")"
  }
}
