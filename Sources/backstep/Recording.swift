internal import Console
internal import Language
internal import Terminal

/// A transcript being written, in the form of a lesson.
struct Transcript {
  let path: String
  /// The lines so far in a session with a lesson's settings: what is written is what `check` sees.
  var session: Session
}

extension Program {
  /// Begins a transcript in a new file, or ends the one there is.
  mutating func startRecording(_ path: String?) throws(Problem) {
    endTranscript()
    guard let path else { return }
    let target = environment.expandingHome(path)
    guard !Files.exists(target), !Files.isLink(target) else { throw .fileExists(path) }
    try Files.write(target, Array("# Transcript\n\n```backstep\n".utf8))
    // What was typed before comes first: without it the rest would mean nothing to `check`.
    transcript = Transcript(path: target, session: Session())
    for line in conversation.session.log { record(line) }
    write("Recording to \(visible(path)). record off ends it.\n")
  }

  /// Adds a line and its answer to the transcript; what a lesson may not do is left out.
  mutating func record(_ line: String) {
    guard transcript != nil, conversation.player == nil, !line.trimmed.isEmpty,
      let answer = transcript?.session.played(line), answer.problem == nil
    else { return }
    let output = answer.lines.map { line in
      line.hasPrefix("> ") || line == ">" || line.hasPrefix("```") ? "\\" + line : line
    }
    append((["> \(visible(line))"] + output).map { $0 + "\n" }.joined())
  }

  /// Closes the transcript, if one is being written.
  mutating func endTranscript() {
    append("```\n")
    guard let path = transcript?.path else { return }
    transcript = nil
    write("The transcript is in \(visible(path)).\n")
  }

  private mutating func append(_ text: String) {
    guard let path = transcript?.path else { return }
    do throws(Problem) {
      try Files.append(path, Array(text.utf8))
    } catch {
      transcript = nil
      complain(error)
      // The lines after it are answered all the same; that something went wrong is said at the end.
      if status == .good { status = Exit(error) }
    }
  }
}
