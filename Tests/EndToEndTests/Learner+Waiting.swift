import Foundation
import PseudoTerminal

// What someone sees who looks at the terminal and not for a certain text.
extension Learner {
  /// Types ^C and waits until the program has shown that it took notice, if it shows it.
  func interrupt() throws {
    let mark = screen.count
    try type("\u{3}")
    let end = ContinuousClock.now + .milliseconds(200)
    while ContinuousClock.now < end, screen[mark...].firstRange(of: Array("^C".utf8)) == nil {
      _ = try read(within: 10)
    }
  }

  /// Waits until a prompt is the last thing on the screen and the program waits for a key; returns what came
  /// since the last wait.
  @discardableResult func settle(_ prompt: String = "backstep> ") throws -> String {
    let wanted = Array((Self.editing + prompt).utf8)
    let end = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < end {
      let count = try read(within: 10)
      if count == 0 { throw Trouble(description: "ended: \(everything.suffix(2000))") }
      if count == nil, screen.suffix(wanted.count).elementsEqual(wanted), isAsleep {
        let text = String(decoding: screen[seen...], as: UTF8.self)
        seen = screen.count
        return text.replacing("\r\n", with: "\n")
      }
    }
    throw Trouble(
      description: "no prompt at the end of: \(everything.suffix(2000).debugDescription)")
  }

  /// The letter by which the system tells what the process does: S sleeps, T is stopped.
  var state: Character? {
    guard let text = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
      let bracket = text.lastIndex(of: ")")
    else { return nil }
    return text[text.index(after: bracket)...].first { $0 != " " }
  }

  private var isAsleep: Bool { state == nil || state == "S" }

  /// Whether the terminal does as a shell expects it: it collects lines and shows what is typed.
  var isOrderly: Bool {
    var collects: Int32 = 0
    var echoes: Int32 = 0
    return pty_mode(master, &collects, &echoes) == 0 && collects != 0 && echoes != 0
  }
}
