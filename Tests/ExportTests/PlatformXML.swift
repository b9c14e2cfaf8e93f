import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// An element of an XML file as Foundation's parser reads it.
final class Element {
  let name: String
  let attributes: [String: String]
  var children: [Element] = []
  var text = ""

  init(_ name: String, _ attributes: [String: String]) {
    self.name = name
    self.attributes = attributes
  }

  func all(_ name: String) -> [Element] { children.filter { $0.name == name } }
  func first(_ name: String) -> Element? { children.first { $0.name == name } }
  subscript(path: String...) -> String? {
    var here = self
    for name in path {
      guard let next = here.first(name) else { return nil }
      here = next
    }
    return here.text
  }

  /// All elements below, in the order of the file.
  var descendants: [Element] { children.flatMap { [$0] + $0.descendants } }
  /// The text of the element and all below it.
  var allText: String { text + children.map(\.allText).joined() }

  /// The root of a file; nil where it is not well-formed.
  static func reading(_ xml: String) -> Element? {
    let builder = Builder()
    let parser = XMLParser(data: Data(xml.utf8))
    parser.delegate = builder
    return parser.parse() ? builder.root : nil
  }

  private final class Builder: NSObject, XMLParserDelegate {
    var root: Element?
    private var open: [Element] = []

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
      qualifiedName: String?, attributes: [String: String] = [:]
    ) {
      let element = Element(name, attributes)
      if let parent = open.last { parent.children.append(element) } else { root = element }
      open.append(element)
    }

    func parser(_ parser: XMLParser, foundCharacters found: String) { open.last?.text += found }
    func parser(_ parser: XMLParser, foundCDATA found: Data) {
      open.last?.text += String(decoding: found, as: UTF8.self)
    }
    func parser(
      _ parser: XMLParser, didEndElement name: String, namespaceURI: String?,
      qualifiedName: String?
    ) {
      open.removeLast()
    }
  }
}

/// The words a browser shows of a piece of HTML that is XML too; nil where it is not.
func words(ofHTML html: String) -> String? {
  let names = html.replacing("&nbsp;", with: "&#160;")
  let collector = WordCollector()
  let parser = XMLParser(data: Data("<x>\(names)</x>".utf8))
  parser.delegate = collector
  guard parser.parse() else { return nil }
  return spaced(collector.words)
}

private final class WordCollector: NSObject, XMLParserDelegate {
  var words = ""
  func parser(_ parser: XMLParser, foundCharacters found: String) { words += found }
  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String] = [:]
  ) {
    if ["p", "td", "th", "li", "br", "tr", "h3"].contains(name) { words += " " }
  }
}
