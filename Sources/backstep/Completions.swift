internal import ArgumentParser
internal import Exercises
internal import Language
internal import Terminal

// What a shell offers for an argument, at the press of Tab.
extension CompletionKind {
  /// Lessons by name, and Markdown files.
  static var lessons: CompletionKind {
    .custom { _, _, word in
      LessonShelf(.current()).names.filter { $0.hasPrefix(word) } + markdownFiles(word)
    }
  }

  /// Problems by id, and Markdown files.
  static var problems: CompletionKind {
    .custom { _, _, word in
      let shipped = (try? ProblemShelf().all()) ?? []
      return shipped.map(\.exercise.id).filter { $0.hasPrefix(word) } + markdownFiles(word)
    }
  }

  /// The `.md` files and the folders that a word may become, in the folder it names.
  private static func markdownFiles(_ word: String) -> [String] {
    let environment = Environment.current()
    let typed = word.lastIndex(of: "/").map { String(word[...$0]) } ?? ""
    let folder = typed.isEmpty ? "." : environment.expandingHome(typed)
    let names = (try? Files.list(folder)) ?? []
    return names.compactMap { name -> String? in
      let isFolder = Files.isFolder(folder + "/" + name)
      // A name with a blank or a star would be more than one word to some shells.
      let isPlain = name.utf8.allSatisfy {
        $0 > 0x20 && $0 != 0x7F && !"'\"\\$`*?[]|&;<>(){}!#".utf8.contains($0)
      }
      guard isPlain, isFolder || name.hasSuffix(".md"), (typed + name).hasPrefix(word) else {
        return nil
      }
      return typed + name + (isFolder ? "/" : "")
    }
  }
}
