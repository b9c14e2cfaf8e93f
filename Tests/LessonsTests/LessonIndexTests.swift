import Language
import Testing

@testable import Lessons

@Suite struct LessonIndexTests {
  private let index = LessonIndex([
    "lessons/10-sigmoid.md", "02-two-layers.md", "README.md", "05-backpropagation-by-hand.md",
    "3.md",
    "06-back-again.md", "07-x.txt", "-a.md", "99999999999999999999-big.md", "08-.md", "09-hand.md",
  ])

  @Test func entries() {
    #expect(index.entries.map(\.number) == [2, 5, 6, 9, 10])
    #expect(index.entries.last?.file == "lessons/10-sigmoid.md")
    #expect(index.entries.last?.slug == "sigmoid")
    #expect(index.entries.first?.name == "02-two-layers")
  }

  @Test(arguments: [
    ("5", 5), ("05", 5), ("005", 5), ("05-backpropagation-by-hand", 5), ("05-back", 5),
    ("05-backpropagation-by-hand.md", 5), ("backp", 5), ("by", 5), (" Sig ", 10), ("layers", 2),
    ("again", 6), ("hand", 9), ("10", 10), ("two-l", 2),
  ])
  func finds(_ query: String, _ number: Int) throws {
    #expect(try index.find(query).number == number)
  }

  @Test(arguments: [
    ("back", "lesson-ambiguous"), ("0", "lesson-ambiguous"), ("4", "lesson-unknown"),
    ("", "lesson-unknown"), ("nothing", "lesson-unknown"), (".md", "lesson-unknown"),
    ("99999999999999999999", "lesson-unknown"),
  ])
  func doesNotFind(_ query: String, _ code: String) {
    #expect { try index.find(query) } throws: { ($0 as? Problem)?.code == code }
  }

  @Test func twoLessonsWithOneNumber() {
    let twice = LessonIndex(["01-a.md", "1-b.md"])
    #expect(throws: Problem.self) { try twice.find("1") }
    #expect((try? twice.find("b"))?.slug == "b")
  }
}
