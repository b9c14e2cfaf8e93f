internal import Exercises
internal import Export
internal import Language
internal import Terminal

/// Writes files into a folder, after it has looked at all of their names.
struct FolderWriter {
  private let folder: String
  private let force: Bool

  init(_ folder: String, force: Bool) {
    self.folder = folder
    self.force = force
  }

  /// Refuses before anything is written where a file is there already, or two have one name.
  ///
  /// `besides`: names of files that will be written there later.
  func write(_ files: [OutputFile], besides others: [String] = []) throws(Problem) {
    var names: Set<String> = []
    for name in files.map(\.name) + others {
      guard names.insert(name.lowercased()).inserted else { throw .sameFileTwice(name) }
      let path = folder + "/" + name
      // A folder or a link of that name is no file of ours, with or without force.
      if Files.isFolder(path) || Files.isLink(path) { throw .fileIsThere(path) }
      if !force, Files.exists(path) { throw .fileIsThere(path) }
    }
    try Files.makeFolder(folder, mode: 0o777)
    var written: [String] = []
    for file in files {
      let path = folder + "/" + file.name
      let isNew = !Files.exists(path)
      do throws(Problem) {
        try Files.write(path, file.bytes)
      } catch {
        // Half a set of files would look like a whole one, and stand in the way of the next try.
        for path in written { Files.takeAway(path) }
        throw error
      }
      if isNew { written.append(path) }
    }
    let shown = visible(folder)
    let count = files.count == 1 ? files[0].name : "\(files.count) files"
    // What is printed may be a document that goes into a file itself.
    try? Output.error.write("Wrote \(visible(count)) to \(shown).\n")
  }
}
