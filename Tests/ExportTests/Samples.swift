import Engine
import Export
import Foundation
import Language
import Typesetting

@testable import Language

/// A scene at an event of the tape of some definitions, all of it where `event` is nil.
func scene(_ lines: [String], of output: String, event: Int? = nil) throws -> Scene {
  var definitions = Definitions()
  for line in lines {
    for assignment in try Assignment.reading(line, functions: definitions.argumentCounts) ?? [] {
      try definitions.define(assignment)
    }
  }
  let tape = try Tape(of: try Graph(of: [output], in: definitions))
  return Scene(tape, at: Tape.Position(event ?? tape.events.count), style: Style())
}

let slide = ["w1 = -2, w2 = 5, w3 = -4", "q = w1 + w2", "f = q * w3"]

/// Strings that try to get out of where they are put.
struct Hostile: Decodable {
  let id: String
  let hex: String

  /// The text, with what is no UTF-8 replaced.
  var text: String {
    let bytes = stride(from: 0, to: hex.utf8.count - 1, by: 2).compactMap {
      UInt8(hex.dropFirst($0).prefix(2), radix: 16)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  static func all() throws -> [Hostile] {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "LanguageTests/Oracle/hostile.jsonl")
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
      try JSONDecoder().decode(Hostile.self, from: Data($0.utf8))
    }
  }
}

/// A circuit in which an input, a gate and the result have names that nobody could type.
func scene(named name: String) throws -> Scene {
  let (definitions, result) = try hostileDefinitions(named: name)
  let tape = try Tape(of: try Graph(of: [result], in: definitions))
  return Scene(tape, at: Tape.Position(tape.events.count), style: Style())
}

/// The same for scripts.
func computation(named name: String) throws -> Computation {
  let (definitions, result) = try hostileDefinitions(named: name)
  return Computation(of: [result], in: definitions)
}

private func hostileDefinitions(named name: String) throws -> (Definitions, result: String) {
  var definitions = Definitions()
  let define = { (name: String, formula: Formula) throws(Problem) in
    try definitions.define(
      Assignment(
        name: name, nameSpan: 0..<1, element: nil, parameters: nil, formula: formula, text: "",
        textStart: 0))
  }
  let (gate, result) = (name + "2", name + "3")
  try define(name, Formula(number: 3))
  try define("w", Formula(number: 4))
  try define(gate, Formula.applying(Primitive.add, [Formula(name: name), Formula(name: "w")]))
  try define(
    result, Formula.applying(Primitive.subtract, [Formula(name: gate), Formula(name: "w")]))
  return (definitions, result)
}
