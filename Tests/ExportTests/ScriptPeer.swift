import Export
import Foundation
import Language

/// A framework as it is installed, which runs exported scripts.
struct ScriptPeer {
  let framework: Framework

  static let torch = ScriptPeer(Framework.all[0])
  static let jax = ScriptPeer(Framework.all[1])
  static let all = [torch, jax]

  private static let installed = Framework.all.map { framework in
    (try? Reader.python(
      "-c", "import importlib.util as u; exit(not u.find_spec('\(framework.name)'))"))?
      .status == 0
  }

  init(_ framework: Framework) { self.framework = framework }

  var isInstalled: Bool {
    Framework.all.firstIndex { $0.name == framework.name }.map { Self.installed[$0] } == true
  }

  /// What a script printed: names, each with its numbers in one row, in the order of the lines.
  struct Printed {
    var lines: [(name: String, numbers: [Double])] = []
    var error: String?

    subscript(name: String) -> [Double]? { lines.first { $0.name == name }?.numbers }

    /// The lines of each circuit of a lesson.
    var circuits: [Printed] {
      var result: [Printed] = []
      for line in lines {
        if line.name.hasPrefix("circuit ") {
          result.append(Printed())
        } else if !result.isEmpty {
          result[result.count - 1].lines.append(line)
        }
      }
      return result
    }
  }

  struct Unreadable: Error { let text: String }

  /// Runs all scripts in one process.
  func run(_ scripts: [String]) throws -> [Printed] {
    let folder = try Folder()
    let (input, output) = (folder.url.appending(path: "in"), folder.url.appending(path: "out"))
    try JSONSerialization.data(withJSONObject: scripts).write(to: input)
    let (log, status) = try Reader.python(
      Reader.script("run_scripts.py"), input.path, output.path)
    guard status == 0 else { throw Unreadable(text: String(decoding: log, as: UTF8.self)) }
    // JSONDecoder reads every double as it was written; JSONSerialization does not.
    let results = try JSONDecoder().decode([Result].self, from: Data(contentsOf: output))
    return results.map { result in
      Printed(
        lines: (result.lines ?? []).map { ($0.name, $0.numbers) }, error: result.error)
    }
  }

  private struct Result: Decodable {
    var lines: [Line]?
    var error: String?
  }

  private struct Line: Decodable {
    let name: String
    let numbers: [Double]

    init(from decoder: any Decoder) throws {
      var parts = try decoder.unkeyedContainer()
      name = try parts.decode(String.self)
      numbers = try parts.decode(Nested.self).numbers
    }
  }

  /// A number, or lists of numbers in each other.
  private struct Nested: Decodable {
    let numbers: [Double]

    init(from decoder: any Decoder) throws {
      if var list = try? decoder.unkeyedContainer() {
        var all: [Double] = []
        while !list.isAtEnd { all += try list.decode(Nested.self).numbers }
        numbers = all
        return
      }
      let one = try decoder.singleValueContainer()
      if let number = try? one.decode(Double.self) {
        numbers = [number]
      } else {
        numbers = [Double(try one.decode(String.self)) ?? .nan]
      }
    }
  }
}
