internal import Foundation

#if canImport(FoundationXML)
  internal import FoundationXML
#endif

/// The elements and attributes of an XML file, as a real parser finds them.
final class Elements: NSObject, XMLParserDelegate {
  private(set) var names: [String] = []
  private(set) var attributes: [[String]] = []
  private(set) var isWellFormed = false

  init(_ xml: String) {
    super.init()
    let parser = XMLParser(data: Data(xml.utf8))
    parser.delegate = self
    isWellFormed = parser.parse()
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes found: [String: String] = [:]
  ) {
    names.append(name)
    attributes.append(found.keys.sorted())
  }
}
