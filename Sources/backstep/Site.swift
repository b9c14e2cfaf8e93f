internal import ArgumentParser
internal import Console
internal import Language
internal import Terminal

/// `backstep site`: all lessons as pages, with an index.
struct Site: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "site", abstract: "Write all lessons as web pages with an index.",
    discussion: """
      The folder is made if it is not there. Each page is one file that needs no network and no other file; \
      put them on a course web site, or open them from a disk.
      """)

  @Argument(help: "The folder to write to.", completion: .directory)
  var folder: String

  @OptionGroup var parallel: JobsOptions

  func run() {
    let environment = Environment.current()
    do throws(Problem) {
      let shelf = LessonShelf(environment)
      let names = shelf.names
      guard !names.isEmpty else { throw .noLessons }
      let folder = environment.expandingHome(folder)
      try Files.makeFolder(folder, mode: 0o777)
      try Parallel.inOrder(
        names.count, jobs: parallel.count,
        { place in (names[place], Self.page(place, of: names, shelf, environment)) },
        then: { (name: String, page: Result<String, Problem>) throws(Problem) in
          try Files.write("\(folder)/\(name).html", Array(try page.get().utf8))
        })
      let index = try shelf.indexPage()
      try Files.write("\(folder)/index.html", Array(index.utf8))
      write("Wrote \(names.count) lessons and index.html to \(visible(self.folder)).\n")
    } catch {
      complain(error)
      Exit(error).now()
    }
    Exit.good.now()
  }

  /// The page of one lesson, with links to those before and after it.
  private static func page(
    _ place: Int, of names: [String], _ shelf: LessonShelf, _ environment: Environment
  ) -> Result<String, Problem> {
    let neighbours =
      [("All lessons", "index.html")]
      + (place > 0 ? [("Previous lesson", names[place - 1] + ".html")] : [])
      + (place + 1 < names.count ? [("Next lesson", names[place + 1] + ".html")] : [])
    return Result { () throws(Problem) in
      try shelf.page(names[place], environment, links: neighbours)
    }
  }
}
