import Foundation
import Testing

/// `grade` as an instructor types it, with keys and sheets that `sheet` wrote.
@Suite struct GradeTests {
  @Test func `a class is marked from the key alone`() throws {
    let place = try Place()
    try place.write(circuitProblem, to: "c.md")
    #expect(
      try place.run(["sheet", "./c.md", "--forms", "A,B", "--seed", "7", "--output", "o"]).status
        == 0)
    // The problem file may change or go: the key holds all that is needed.
    try FileManager.default.removeItem(atPath: place.path("c.md"))
    let key = try #require(
      try JSONSerialization.jsonObject(with: Data(place.bytes(of: "o/c-key.json")))
        as? [String: Any])
    let items = try #require(key["items"] as? [[String: Any]])
    let answers = items.map { ($0["answers"] as? [[String]] ?? []).map { $0[1] } }
    let row = { (name: String, form: String, cells: [String]) in
      ([name, form] + cells).joined(separator: ",")
    }
    let swapped = [answers[0][3], answers[0][3], answers[0][3], answers[0][3]]
    let table = [
      "student,form,grad q,grad w1,grad w2,grad w3", row("Ada", "A", answers[0]),
      row("Ben", "B", answers[1]), row("Cy", "A", ["", "", "", ""]),
      row("Dee", "A", swapped), row("Eve", "B", ["four", "0;5", "1/0", "1.2.3"]),
    ].joined(separator: "\n")
    try place.write(table + "\n", to: "a.csv")
    let graded = try place.run([
      "grade", "o/c-key.json", "a.csv", "--results", "r.csv", "--feedback", "f",
    ])
    #expect(graded.status == 0, "\(graded.errors)")
    let results = try place.text(of: "r.csv").split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    #expect(results[1][2] == "4" && results[2][2] == "4" && results[3][2] == "0")
    // No swap at the product: the slip is one row, the copies below it are carried forward.
    #expect(Array(results[4][4..<6]) == ["known-mistake", "no-swap value"])
    #expect(results[4][6] == "carried-forward" && results[4][8] == "carried-forward")
    #expect(results[4][10] == "right" && results[4][2] == "2")
    #expect(results[5].contains("unreadable"))
    #expect(try place.text(of: "f/feedback-Eve.md").contains("four"))
    // Nothing is written over.
    let again = try place.run(["grade", "o/c-key.json", "a.csv", "--results", "r.csv"])
    #expect(again.status == 73)
    // A key that was changed by hand is no key.
    let changed = try place.text(of: "o/c-key.json").replacing(
      "[\"grad-w1\",\"\(answers[0][1])\"]", with: "[\"grad-w1\",\"77\"]")
    try place.write(changed, to: "o/changed.json")
    #expect(try place.run(["grade", "o/changed.json", "a.csv"]).status == 65)
    for (file, text) in [("n.json", "{}"), ("m.json", "[1"), ("k.json", "")] {
      try place.write(text, to: file)
      let refused = try place.run(["grade", file, "a.csv"])
      #expect(refused.status == 65 && refused.errors.contains("is no key"), "\(refused.errors)")
    }
  }

  @Test func `the sheet that was handed out is marked when it comes back filled in`() throws {
    let place = try Place()
    try place.write(circuitProblem, to: "c.md")
    try place.write(circuitProblem.replacing("A circuit", with: "Another"), to: "d.md")
    for format in ["md", "text"] {
      let folder = "o-\(format)"
      let made = try place.run([
        "sheet", "./c.md", "./d.md", "--forms", "A,B", "--format", format, "--output", folder,
        "--fix", "w3=-4", "--band", "all",
      ])
      #expect(made.status == 0, "\(made.errors)")
      let ending = format == "md" ? "md" : "txt"
      var sheet = try place.text(of: "\(folder)/sheet-B-student.\(ending)")
      // The first three blanks of each question, in the order of the sheet: q, w1, w2 are all w3.
      let blank = format == "md" ? "\\_\\_\\_\\_\\_\\_" : "______"
      var parts = sheet.components(separatedBy: blank)
      // The first two stand for name and points.
      #expect(parts.count == 11, "\(format) \(sheet)")
      for answer in 2..<9 where answer != 5 { parts[answer] += "-4" }
      sheet = parts.enumerated().map { place, part in
        place == parts.count - 1 || (2..<9).contains(place) && place != 5 ? part : part + blank
      }.joined()
      try place.write(sheet, to: "Ada.\(ending)")
      let graded = try place.run([
        "grade", "\(folder)/sheet-key.json", "Ada.\(ending)", "--results", "r-\(format).csv",
      ])
      #expect(graded.status == 0, "\(format) \(graded.errors)")
      let rows = try place.text(of: "r-\(format).csv").split(separator: "\n").map {
        $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      }
      #expect(rows.count == 3 && rows[1][0] == "Ada" && rows[1][2] == "3" && rows[2][2] == "3")
    }
  }
}
