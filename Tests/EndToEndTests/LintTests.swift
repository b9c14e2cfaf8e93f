import Foundation
import Testing

/// `backstep lint`: its lines, its statuses, and links beside the file.
@Suite struct LintTests {
  private let place: Place
  init() throws { place = try Place() }

  private static let lesson = """
    # Circuit

    See [the notes](notes/a.md).

    ```backstep
    > w = 3, x = 4
    > f = w * x
    ```

    > **Predict.** What is the gradient?

    <!-- answer: grad w
    hint: It swaps.
    -->
    """

  @Test func `the lessons pass`() throws {
    let folder = Place.lesson.deletingLastPathComponent().path
    let outcome = try place.run(["lint", folder])
    #expect(outcome.status == 0 && outcome.errors == "")
    #expect(outcome.output.contains(" files, 0 warnings"))
  }

  @Test func `a dead link is looked for beside the file`() throws {
    try place.write(Self.lesson, to: "course/one.md")
    let dead = try place.run(["lint", "course/one.md"])
    #expect(dead.status == 1)
    #expect(dead.errors == "course/one.md:3: warning: there is no file notes/a.md [link]\n")
    #expect(dead.output == "1 file, 1 warning\n")
    try place.write("# Notes\n", to: "course/notes/a.md")
    let alive = try place.run(["lint", "course"])
    #expect(alive.status == 0 && alive.errors == "")
  }

  @Test func `what is no lesson is refused`() throws {
    try place.write("no heading\n", to: "bad.md")
    #expect(try place.run(["lint", "bad.md"]).status == 65)
    #expect(try place.run(["lint", "gone.md"]).status == 66)
  }
}
