import Foundation
import Testing

/// The picture of the floors in `docs/architecture.md`, held to the package it is a picture of.
@Suite struct FloorPictureTests {
  /// A target and what it uses, in the order they stand in.
  private struct Floor: Equatable {
    let name: String
    let uses: Set<String>
  }

  @Test func `the picture of the floors is the package's`() throws {
    let drawn = try picture()
    let declared = try package()
    #expect(Set(drawn.map(\.name)) == Set(declared.map(\.name)))
    for floor in drawn {
      let target = try #require(declared.first { $0.name == floor.name })
      #expect(floor.uses == target.uses, "\(floor.name)")
    }
  }

  @Test func `whatever a target uses stands below it in the picture`() throws {
    let drawn = try picture()
    for (index, floor) in drawn.enumerated() {
      let below = Set(drawn[(index + 1)...].map(\.name)).union(["ArgumentParser"])
      #expect(floor.uses.subtracting(below) == [], "\(floor.name)")
    }
  }

  /// Two lines for each target: what it is, and after an arrow what it uses.
  private func picture() throws -> [Floor] {
    let page = try text(of: "docs/architecture.md")
    let block = try #require(page.components(separatedBy: "```floors\n").dropFirst().first)
      .components(separatedBy: "```")[0]
    var floors: [Floor] = []
    var name: String?
    for line in block.split(separator: "\n") {
      if let arrow = line.firstRange(of: "← ") {
        let uses = line[arrow.upperBound...].split(separator: " ").map(String.init)
        floors.append(Floor(name: try #require(name), uses: Set(uses)))
        name = nil
      } else {
        // A target that uses nothing has no arrow.
        if let name { floors.append(Floor(name: name, uses: [])) }
        name = line.dropFirst(9).split(separator: " ").first.map(String.init)
      }
    }
    if let name { floors.append(Floor(name: name, uses: [])) }
    return floors
  }

  /// The targets under `Sources` that the manifest declares.
  private func package() throws -> [Floor] {
    let manifest = try text(of: "Package.swift").split(separator: "\n")
      .filter { !$0.drop { $0 == " " }.hasPrefix("//") }.joined(separator: "\n")
    let sources = try FileManager.default.contentsOfDirectory(
      atPath: repository.appending(path: "Sources").path)
    var floors: [Floor] = []
    for part in manifest.components(separatedBy: #"arget("#).dropFirst() {
      let words = part.matches(of: #/name: "(\w+)"/#).map { String($0.output.1) }
      guard let name = words.first, sources.contains(name) else { continue }
      var uses: Set<String> = []
      if let list = part.firstMatch(of: #/dependencies: \[([^\]]*)\]/#)?.output.1 {
        // A product has the name of a module, and then that of its package.
        uses = Set(
          list.replacing(#/package: "[^"]*"/#, with: "").matches(of: #/"(\w+)"/#).map {
            String($0.output.1)
          })
      }
      floors.append(Floor(name: name, uses: uses))
    }
    #expect(floors.count == sources.count)
    return floors
  }
}

let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()

/// A file of the repository.
func text(of path: String) throws -> String {
  try String(contentsOf: repository.appending(path: path), encoding: .utf8)
}
