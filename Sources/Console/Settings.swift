package import Engine
internal import Language
package import Typesetting

/// What `set` changes.
package struct Settings: Sendable {
  /// When to use colours.
  package enum Colour: String, Sendable, CaseIterable { case auto, always, never }

  package var style = Style()
  package var colour = Colour.auto
  /// A width that was asked for, or nil to follow the terminal.
  package var width: Int?
  package var conventions = Conventions()

  package init() {}
}

/// One thing `set` can change: its record drives `set`, `help set` and completion.
package struct Setting: Sendable {
  package let key: String
  package let summary: String
  /// What it can be, for help and completion.
  package let values: [String]
  let read: @Sendable (Settings) -> String
  /// Changes the settings, or returns false when the value does not fit.
  let write: @Sendable (inout Settings, String) -> Bool

  private static func toggle(
    _ key: String, _ summary: String, _ path: any WritableKeyPath<Settings, Bool> & Sendable
  ) -> Setting {
    Setting(
      key: key, summary: summary, values: ["on", "off"],
      read: { $0[keyPath: path] ? "on" : "off" },
      write: {
        guard let isOn = ["on": true, "off": false][$1] else { return false }
        $0[keyPath: path] = isOn
        return true
      })
  }

  package static let all: [Setting] = [
    Setting(
      key: "digits", summary: "significant digits of numbers that a hand could not compute",
      values: ["4", "6", "10", "17"],
      read: {
        if case .significant(let count) = $0.style.numbers { return "\(count)" }
        return "4"
      },
      write: {
        guard let count = Int($1), (1...17).contains(count) else { return false }
        $0.style.numbers = count == 4 ? .arithmetic : .significant(count)
        return true
      }),
    Setting(
      key: "width", summary: "columns to fill, 20 to 200", values: ["auto", "80", "120"],
      read: { $0.width.map { "\($0)" } ?? "auto" },
      write: {
        if $1 == "auto" {
          $0.width = nil
          return true
        }
        guard let width = Int($1), (20...200).contains(width) else { return false }
        $0.width = width
        $0.style.width = width
        return true
      }),
    toggle("drawing", "the circuit above the arithmetic of a step", \.style.drawing),
    toggle("unicode", "the signs of mathematics instead of ASCII", \.style.unicode),
    toggle("speech", "sentences instead of tables, for a screen reader", \.style.speech),
    Setting(
      key: "color", summary: "values and gradients in colour", values: ["auto", "always", "never"],
      read: { $0.colour.rawValue },
      write: {
        guard let colour = Settings.Colour(rawValue: $1) else { return false }
        $0.colour = colour
        return true
      }),
    Setting(
      key: "loss", summary: "the name of the loss above gradients given by upstream",
      values: ["L", "J", "E"], read: { $0.style.loss },
      write: {
        guard let name = try? Formula(reading: $1), name.variables == [$1], name.nodes.count == 1
        else { return false }
        $0.style.loss = $1
        return true
      }),
    Setting(
      key: "relu-at-zero", summary: "the slope of relu at 0, from 0 to 1", values: ["0", "1"],
      read: { ($0.conventions[setting: "relu-at-zero"] ?? 0).formatted(.data) },
      write: {
        guard let slope = Double($1), (0...1).contains(slope) else { return false }
        $0.conventions[setting: "relu-at-zero"] = slope
        return true
      }),
  ]
}
