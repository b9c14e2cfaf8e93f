internal import Console
internal import Export
internal import Language
internal import Lessons
internal import Terminal
internal import Typesetting

extension LessonShelf {
  /// A lesson as a web page.
  func page(
    _ query: String, _ environment: Environment, links: [(title: String, file: String)] = []
  ) throws(Problem) -> String {
    let (lesson, name) = try open(query, environment)
    let number = name.prefix { $0.isNumber }
    let about = [number.isEmpty ? name : "Lesson \(number)", lesson.source].compactMap { $0 }
    return try LessonPage(of: lesson).html(about: about.joined(separator: ", "), links: links)
  }

  /// A lesson in one of the formats that take lessons.
  func exported(
    _ query: String, as exporter: Exporter, _ environment: Environment
  ) throws(Problem) -> String {
    guard let framework = exporter.framework else { return try page(query, environment) }
    let (lesson, _) = try open(query, environment)
    return LessonScript(of: lesson).text(for: framework)
  }

  /// The worked answers of a lesson.
  func worked(
    _ query: String, _ environment: Environment, _ cut: WorkedAnswer.Cut, fading: Int,
    imprint: String
  ) throws(Problem) -> Paper {
    let (lesson, _) = try open(query, environment)
    return try LessonPage(of: lesson).paper(cut, fading: fading, imprint: imprint)
  }

  /// The list of all lessons as a page.
  func indexPage() throws(Problem) -> String {
    let lessons = titles
    return try Page(
      title: "backstep: lessons in backpropagation",
      about: "\(lessons.count) lessons, each a page that steps",
      sections: [
        .prose(
          Prose(
            """
            Each lesson is worked through step by step: values forward, gradients backward, gate by \
            gate. Questions stand before the numbers that answer them. The pages work without a \
            network.
            """))
      ], links: lessons.map { ("\($0.number). \($0.title)", "\($0.name).html") }
    ).html()
  }

  /// A lesson played through, as a recording for asciinema.
  func cast(
    _ query: String, _ environment: Environment, level: LessonLevel?
  ) throws(Problem) -> String {
    let (lesson, name) = try open(query, environment)
    var conversation = Conversation()
    let rows = 36
    conversation.session.settings.style.fit(columns: 80, rows: rows)
    let document = try conversation.play(lesson, name: name, level: level, isScript: true)
    var cast = Cast(title: lesson.title, style: conversation.session.settings.style, rows: rows)
    cast.add(document, prompt: "backstep> ")
    return cast.text
  }
}
