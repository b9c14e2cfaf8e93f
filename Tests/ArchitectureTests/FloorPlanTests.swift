import Foundation
import Testing

/// The floor plan, as data: what each target may import.
///
/// The package manager stops a target from importing one that it does not declare; this stops the
/// lower floors from reaching the outside world, and keeps files to one sitting.
private let floors: [(target: String, mayImport: Set<String>)] = [
  ("Kernels", ["CProcessor", "Glibc"]),
  ("KernelsBaseline", ["CProcessor", "Kernels"]),
  ("Language", ["Kernels", "Glibc"]),
  ("Engine", ["Language", "Kernels", "KernelsBaseline", "KernelsAVX2", "KernelsAVX512"]),
  ("Drawing", []),
  ("Typesetting", ["Language", "Engine", "Drawing"]),
  ("Lessons", ["Language"]),
  ("Exercises", ["Language", "Engine", "Typesetting", "Lessons"]),
  ("Export", ["Language", "Engine", "Drawing", "Typesetting", "Lessons", "Exercises"]),
  ("Console", ["Language", "Engine", "Typesetting", "Lessons", "Exercises", "Export"]),
  ("Terminal", ["CLineEdit", "Language", "Glibc", "Synchronization"]),
  (
    "backstep",
    [
      "Language", "Engine", "Typesetting", "Lessons", "Exercises", "Export", "Console", "Terminal",
      "Glibc", "ArgumentParser", "FoundationEssentials",
    ]
  ),
]

/// Words that only the top floors may use.
private let outsideWorld = [
  "readLine(", "FileManager", "FileHandle", "ProcessInfo", "CommandLine", "getenv(", "fopen(",
  "import Foundation\n", "Task {", "DispatchQueue", "@unchecked",
]
private let topFloors = ["Terminal", "backstep"]
private let lineLimit = 260

private struct Source {
  let name: String
  let text: String
  var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
}

@Suite struct FloorPlanTests {
  @Test(arguments: floors.map(\.target))
  func `a floor imports only what the plan allows`(target: String) throws {
    let allowed = try #require(floors.first { $0.target == target }).mayImport
    for source in try sources(of: target) {
      let imports = source.lines.compactMap { line -> String? in
        let words = line.split(separator: " ")
        guard let place = words.firstIndex(of: "import"), place <= 1, words.count > place + 1 else {
          return nil
        }
        return line.hasPrefix(" ") || line.hasPrefix("/") ? nil : String(words[place + 1])
      }
      #expect(Set(imports).subtracting(allowed) == [], "\(target)/\(source.name)")
    }
  }

  @Test(arguments: floors.map(\.target))
  func `a file fits one sitting`(target: String) throws {
    for source in try sources(of: target) {
      #expect(source.lines.count <= lineLimit, "\(target)/\(source.name) has outgrown one sitting")
    }
  }

  @Test(arguments: floors.map(\.target).filter { !topFloors.contains($0) })
  func `the lower floors know no outside world`(target: String) throws {
    for source in try sources(of: target) {
      #expect(outsideWorld.filter(source.text.contains) == [], "\(target)/\(source.name)")
    }
  }

  @Test func `every declaration that other floors see is documented`() throws {
    var missing: [String] = []
    for target in floors.map(\.target) {
      for source in try sources(of: target) {
        var previous: Substring = ""
        for line in source.lines {
          let trimmed = line.drop { $0 == " " }
          let isDeclaration = ["struct ", "enum ", "func ", "final class "].contains {
            trimmed.hasPrefix("package " + $0) || trimmed.hasPrefix("package static " + $0)
              || trimmed.hasPrefix("@MainActor package " + $0)
          }
          let isObvious =
            trimmed.contains("static func ==") || trimmed.contains("func hash(")
            || trimmed.contains("static func <") || trimmed.contains("static func +")
            || trimmed.contains("static func -") || trimmed.contains("static func *")
          let before = previous.drop { $0 == " " }
          // A problem's factory is documented by its wording.
          let isWording = source.name.contains("Problem+") || trimmed.contains("-> Problem")
          if isDeclaration, !isObvious, !isWording, !before.hasPrefix("///"), !before.hasPrefix("@")
          {
            missing.append("\(target)/\(source.name): \(trimmed)")
          }
          previous = line
        }
      }
    }
    #expect(missing == [])
  }

  private func sources(of target: String) throws -> [Source] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources").appending(path: target)
    let names = try #require(FileManager.default.enumerator(atPath: folder.path))
    let found = try names.compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") }.sorted()
      .map {
        Source(name: $0, text: try String(contentsOf: folder.appending(path: $0), encoding: .utf8))
      }
    #expect(!found.isEmpty)
    return found
  }
}
