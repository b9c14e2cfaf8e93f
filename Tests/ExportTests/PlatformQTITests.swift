import Exercises
import Foundation
import Language
import Testing

@testable import Export

/// QTI 2.1, held to the rules of its schema that concern what is written, and marked as a platform would.
@Suite struct PlatformQTITests {
  private func files(_ items: [Item]) throws -> [OutputFile] {
    try #require(Platform.named("qti"))
      .write(items, named: "week-3", generator: PlatformSamples.generator)
  }

  /// What may stand in an `assessmentItem`, in this order.
  private static let order = [
    "responseDeclaration", "outcomeDeclaration", "templateDeclaration", "templateProcessing",
    "stylesheet", "itemBody", "responseProcessing", "modalFeedback",
  ]
  /// The attributes each element must have, and those it may have besides.
  private static let attributes: [String: (must: Set<String>, may: Set<String>)] = [
    "assessmentItem": (
      ["identifier", "title", "adaptive", "timeDependent", "xmlns"],
      ["toolName", "toolVersion", "xmlns:xsi", "xsi:schemaLocation", "label"]
    ),
    "responseDeclaration": (["identifier", "cardinality", "baseType"], []),
    "outcomeDeclaration": (["identifier", "cardinality", "baseType"], []),
    "textEntryInteraction": (["responseIdentifier"], ["expectedLength"]),
    "choiceInteraction": (["responseIdentifier", "shuffle", "maxChoices"], []),
    "simpleChoice": (["identifier"], []), "rubricBlock": (["view"], []),
    "equal": (["toleranceMode"], ["tolerance"]), "variable": (["identifier"], []),
    "correct": (["identifier"], []), "baseValue": (["baseType"], []),
    "setOutcomeValue": (["identifier"], []),
    "modalFeedback": (["outcomeIdentifier", "identifier", "showHide"], []),
  ]
  private static let blocks: Set = [
    "p", "h3", "table", "ul", "ol", "choiceInteraction", "rubricBlock", "pre", "div",
  ]

  private func check(_ item: Element, _ id: String = "") throws {
    #expect(item.name == "assessmentItem")
    let places = item.children.compactMap { Self.order.firstIndex(of: $0.name) }
    #expect(places.count == item.children.count && places == places.sorted(), "\(id)")
    for element in [item] + item.descendants {
      let found = Set(element.attributes.keys)
      let rule = Self.attributes[element.name] ?? ([], [])
      #expect(rule.must.isSubset(of: found), "\(id) \(element.name)")
      #expect(found.isSubset(of: rule.must.union(rule.may)), "\(id) \(element.name) \(found)")
    }
    let declarations = item.all("responseDeclaration") + item.all("outcomeDeclaration")
    let names = declarations.compactMap { $0.attributes["identifier"] }
    #expect(Set(names).count == names.count && names.count == declarations.count)
    let identifier = /[A-Za-z_][A-Za-z0-9_.\-]*/
    #expect(item.attributes["identifier"]?.wholeMatch(of: identifier) != nil)
    // All that is referred to is declared, and each interaction has a response of its own.
    let interactions = item.descendants.compactMap { $0.attributes["responseIdentifier"] }
    #expect(
      interactions == item.all("responseDeclaration").compactMap { $0.attributes["identifier"] })
    for element in item.descendants
    where ["variable", "correct", "setOutcomeValue"].contains(element.name) {
      #expect(names.contains(element.attributes["identifier"] ?? ""))
    }
    let told = item.all("modalFeedback").compactMap { $0.attributes["identifier"] }
    #expect(
      Set(told).count == told.count && told.allSatisfy { $0.wholeMatch(of: identifier) != nil })
    for element in item.descendants
    where element.name == "baseValue" && element.attributes["baseType"] == "identifier" {
      let choices = item.descendants.filter { $0.name == "simpleChoice" }
      #expect((told + choices.compactMap { $0.attributes["identifier"] }).contains(element.text))
    }
    let body = try #require(item.first("itemBody"))
    #expect(body.children.allSatisfy { Self.blocks.contains($0.name) }, "\(id)")
    #expect(spaced(body.text).isEmpty, "\(id): text outside of blocks")
    let inside = body.all("rubricBlock").flatMap(\.children).map(\.name)
    #expect(Set(inside) == ["p"])
  }

  /// Marks an item as `responseProcessing` says; nil where nothing was answered.
  private func score(_ item: Element, _ responses: [String: String]) throws -> (Double, [String]) {
    var score = 0.0
    var told: [String] = []
    let value = { (element: Element) -> String? in
      switch element.name {
      case "variable": return responses[element.attributes["identifier"] ?? ""]
      case "correct":
        return item.all("responseDeclaration")
          .first { $0.attributes["identifier"] == element.attributes["identifier"] }?[
            "correctResponse", "value"]
      default: return element.text
      }
    }
    let isMet = { (test: Element) -> Bool in
      guard test.children.count == 2, let a = value(test.children[0]),
        let b = value(test.children[1])
      else { return false }
      if test.name == "match" { return a == b }
      guard test.attributes["toleranceMode"] == "absolute", let a = Double(a), let b = Double(b),
        let margin = Double(test.attributes["tolerance"] ?? "")
      else { return false }
      return (a - b).magnitude <= margin + 1e-12
    }
    let conditions = try #require(item.first("responseProcessing")).all("responseCondition")
    for condition in conditions {
      for branch in condition.children {
        var rules = branch.children[...]
        if branch.name != "responseElse", let test = rules.popFirst(), !isMet(test) { continue }
        for rule in rules {
          if rule.attributes["identifier"] == "SCORE" {
            score += Double(rule.first("sum")?["baseValue"] ?? "") ?? .nan
          } else {
            told.append(rule["baseValue"] ?? "")
          }
        }
        break
      }
    }
    let words = told.map { name in
      item.all("modalFeedback").first { $0.attributes["identifier"] == name }?.text ?? "?"
    }
    return (score, words)
  }

  @Test func `items keep the schema's rules and are marked as they should`() throws {
    let items =
      [
        try PlatformSamples.slide(choice: true), try PlatformSamples.single(),
        try PlatformSamples.choiceOnly(),
      ]
      + (try PlatformSamples.random(40, seed: 31))
    let written = try files(items)
    #expect(written.count == items.count + 2)
    for (file, item) in zip(written, items) {
      let root = try #require(Element.reading(file.text))
      try check(root)
      #expect(file.name == "\(item.identifier)\(item.form.isEmpty ? "" : "-\(item.form)").xml")
      #expect(root.attributes["toolName"] == PlatformSamples.generator)
      let rubric = try #require(root.first("itemBody")?.first("rubricBlock"))
      #expect(rubric.attributes["view"] == "author scorer tutor")
      #expect(holds(rubric.allText, "seed \(item.seed); variant \(item.number) of 351"))
      try checkMarks(root, item)
    }
  }

  private func checkMarks(_ root: Element, _ item: Item) throws {
    let names = item.blanks.indices.map { "R\($0 + 1)" }
    let right = item.blanks.indices.map { place -> String in
      switch item.blanks[place].answer {
      case .number(let right, _): right.double.formatted(.data)
      case .choice(_, let right): "R\(place + 1)C\(right + 1)"
      }
    }
    let all = Dictionary(uniqueKeysWithValues: zip(names, right))
    let most = item.blanks.reduce(0) { $0 + $1.points }
    let (full, praise) = try score(root, all)
    #expect(full == Double(most) && praise == [])
    #expect(
      root.all("outcomeDeclaration").first { $0.attributes["identifier"] == "MAXSCORE" }?[
        "defaultValue", "value"] == "\(most)")
    let (nothing, _) = try score(root, [:])
    #expect(nothing == 0)
    for (place, blank) in item.blanks.enumerated() {
      guard case .number(_, let tolerance) = blank.answer else { continue }
      for wrong in blank.wrong {
        // The first that fits counts; wrong answers of a sample may lie within each other's tolerance.
        let first =
          blank.wrong.first { ($0.value - wrong.value).magnitude <= tolerance + 1e-12 } ?? wrong
        let (points, words) = try score(root, all.merging([names[place]: wrong.text]) { $1 })
        #expect(points == Double(most - blank.points) + Double(blank.points * first.credit) / 100)
        #expect(words == [first.feedback])
      }
      let (_, advice) = try score(root, all.merging([names[place]: "987654"]) { $1 })
      #expect(advice.count == 1)
    }
  }

  @Test func `words that try to get out stay where they are`() throws {
    for (id, text, item) in try PlatformSamples.hostile() {
      let written = try files([item])
      let root = try #require(Element.reading(written[0].text), "\(id)")
      try check(root, id)
      #expect(holds(spaced(root.attributes["title"] ?? ""), shown(text)), "\(id)")
      let body = try #require(root.first("itemBody"))
      #expect(holds(spaced(body.allText), shown(text)), "\(id)")
      let choices = body.descendants.filter { $0.name == "simpleChoice" }.map { spaced($0.allText) }
      #expect(choices == PlatformSamples.choices(text).map(shown), "\(id)")
      #expect(written[0].name.wholeMatch(of: /[A-Za-z0-9_\-]+\.xml/) != nil, "\(id)")
    }
  }

  @Test func `tables and lists in the text keep the rules too`() throws {
    for word in ["word"] + (try PlatformSamples.hostile().prefix(90).map(\.text)) {
      let root = try #require(Element.reading(try files([try PlatformSamples.rich(word)])[0].text))
      try check(root, word)
      let body = try #require(root.first("itemBody"))
      #expect(
        body.all("table").count == 1 && body.all("ul").count == 1 && body.all("ol").count == 1)
      #expect(holds(spaced(body.first("h3")?.allText ?? ""), shown(word)))
    }
  }

  @Test func `the manifest lists every item once`() throws {
    let items = [try PlatformSamples.slide(), try PlatformSamples.single()]
    let written = try files(items)
    let manifest = try #require(written.first { $0.name == "imsmanifest.xml" })
    let root = try #require(Element.reading(manifest.text))
    #expect(root.children.map(\.name) == ["metadata", "organizations", "resources"])
    let resources = try #require(root.first("resources")).all("resource")
    #expect(resources.map { $0.attributes["href"] ?? "" } == written.prefix(2).map(\.name))
    #expect(resources.allSatisfy { $0.attributes["type"] == "imsqti_item_xmlv2p1" })
    let ids = resources.compactMap { $0.attributes["identifier"] }
    #expect(Set(ids).count == 2)
    for resource in resources {
      #expect(resource.first("file")?.attributes["href"] == resource.attributes["href"])
    }
  }

  @Test func `the checksum is CRC-32`() {
    // The check value of the standard, and that of nothing.
    #expect(Archive.checksum(Array("123456789".utf8)) == 0xCBF4_3926)
    #expect(Archive.checksum([]) == 0)
  }

  @Test(.enabled(if: Tool.unzip.isInstalled))
  func `unzip finds the package sound and its files the same`() throws {
    let folder = try Folder()
    let written = try files([try PlatformSamples.slide(), try PlatformSamples.single()])
    let package = try #require(written.last)
    #expect(package.name == "week-3.zip")
    try Data(package.bytes).write(to: folder.url.appending(path: package.name))
    let (report, status) = try Tool.unzip.run(["-t", package.name], in: folder.url)
    #expect(status == 0, "\(String(decoding: report, as: UTF8.self))")
    for file in written.dropLast() {
      let (bytes, status) = try Tool.unzip.run(["-p", package.name, file.name], in: folder.url)
      #expect(status == 0 && Array(bytes) == file.bytes)
    }
  }
}
