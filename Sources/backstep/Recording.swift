internal import Console
internal import Language
internal import Terminal
internal import Typesetting

/// A transcript being written, in the form of a lesson.
struct Transcript {
  let path: String
}

extension Program {
  /// Begins a transcript in a new file, or ends the one there is.
  mutating func startRecording(_ path: String?) throws(Problem) {
    if let transcript {
      try Files.append(transcript.path, Array("```\n".utf8))
      self.transcript = nil
      write("The transcript is in \(visible(transcript.path)).\n")
    }
    guard let path else { return }
    let target = environment.expandingHome(path)
    guard !Files.exists(target) else { throw .fileExists(path) }
    try Files.write(target, Array("# Transcript\n\n```backstep\n".utf8))
    transcript = Transcript(path: target)
    write("Recording to \(visible(path)). record off ends it.\n")
  }

  /// Adds a line and its answer to the transcript.
  mutating func record(_ line: String, _ document: Document) {
    guard let transcript, conversation.player == nil, !line.trimmed.isEmpty,
      !line.trimmed.hasPrefix("record")
    else { return }
    var style = conversation.session.settings.style
    style.width = 80
    let output = Language.lines(of: document.rendered(style)).map { line in
      line.hasPrefix("> ") || line == ">" || line.hasPrefix("```") ? "\\" + line : line
    }
    let text = (["> \(visible(line))"] + output).map { $0 + "\n" }.joined()
    do throws(Problem) {
      try Files.append(transcript.path, Array(text.utf8))
    } catch {
      self.transcript = nil
      complain(error)
    }
  }
}
