internal import Exercises
internal import Export
internal import FoundationEssentials
internal import Language
internal import Lessons
internal import Terminal

/// The record of what was handed out, read back: `SheetKey` writes it.
struct KeyFile {
  /// The items, made again from their numbers.
  let items: [Exercises.Item]

  private struct Record: Decodable {
    let format: String
    let findsErrors: Int
    let fixes: [String]
    /// Id and text of each problem file.
    let problems: [[String]]
    let items: [Entry]
  }

  private struct Entry: Decodable {
    let id: String
    let problem: String
    let form: String
    let number: Int
    let count: Int
    let seed: String
    let stratum: String
    let numbers: [[String]]
    let option: Int
    let bits: String
    let answers: [[String]]
  }

  /// Reads a key; answers that come out otherwise than written are an error and not a surprise.
  init(_ path: String, _ environment: Environment) throws(Problem) {
    let bytes = try Files.read(environment.expandingHome(path), limit: Limit.table.bound)
    let shown = LessonFiles.shown(path)
    let record: Record
    do {
      record = try JSONDecoder().decode(Record.self, from: Data(bytes))
    } catch {
      throw .noKey(shown)
    }
    guard record.format == SheetKey.format else { throw .otherKey(shown, record.format) }
    var makers: [String: Remaking] = [:]
    for problem in record.problems where problem.count == 2 {
      let exercise: Exercise
      do throws(LessonProblem) {
        exercise = try Exercise(parsing: Array(problem[1].utf8), name: problem[0])
      } catch {
        throw .unreadableProblem(error, file: "\(shown), problem \(problem[0])")
      }
      let own = try SheetDesk.prepared(
        exercise, fixes: record.fixes, findsErrors: record.findsErrors == 1)
      makers[own.id] = Remaking(of: own)
    }
    var items: [Exercises.Item] = []
    for entry in record.items {
      guard let maker = makers[entry.problem], let seed = UInt64(entry.seed),
        let bits = UInt64(entry.bits), entry.number > 0
      else { throw .foreignRecipe(entry.problem) }
      var recipe = Item.Recipe()
      recipe.numbers = entry.numbers
      recipe.option = entry.option
      recipe.bits = bits
      let item = try maker.item(
        recipe, number: entry.number, count: entry.count > 0 ? entry.count : nil, seed: seed,
        form: entry.form, stratum: entry.stratum)
      guard item.blanks.map({ [$0.id, $0.answerText] }) == entry.answers else {
        throw .changedKey(shown, entry.id)
      }
      items.append(item)
    }
    guard !items.isEmpty else { throw .noKey(shown) }
    self.items = items
  }
}

extension Problem {
  static func noKey(_ path: String) -> Problem {
    Problem(
      "bad-key", "\(path) is no key",
      hint: "sheet --output FOLDER writes one, with a name that ends in -key.json")
  }

  static func otherKey(_ path: String, _ format: String) -> Problem {
    Problem(
      "bad-key", "\(path) calls itself \(format.prefix(60)), and not \(SheetKey.format)",
      hint: "use the file that sheet wrote, whose name ends in -key.json")
  }

  static func changedKey(_ path: String, _ id: String) -> Problem {
    Problem(
      "bad-key", "\(path): the answers of \(id) do not follow from its numbers",
      hint: "the key was changed by hand, or by another version of the program; make it again")
  }
}
