import Foundation
import WireProtocol

#if canImport(FoundationXML)
import FoundationXML
#endif

/// Reads documents of tests. Attributes come out sorted, because the parser forgets their order.
final class DocumentReader: NSObject, XMLParserDelegate {
    private var open: [WireProtocol.XMLElement] = []
    private var root: WireProtocol.XMLElement?

    /// The document in some bytes; nil if they are none.
    static func read(_ bytes: [UInt8]) -> WireProtocol.XMLElement? {
        let reader = DocumentReader()
        let parser = XMLParser(data: Data(bytes))
        parser.delegate = reader
        return parser.parse() && reader.open.isEmpty ? reader.root : nil
    }

    func parser(
        _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String] = [:]
    ) {
        let sorted = attributes.sorted { $0.key < $1.key }
        open.append(
            WireProtocol.XMLElement(elementName, attributes: sorted.map { .init(name: $0.key, value: $0.value) }))
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
        guard var element = open.popLast() else { return }
        if case .text(let text) = element.content.last {
            element.content.removeLast()
            element.content.append(.text(text + string))
        } else {
            element.content.append(.text(string))
        }
        open.append(element)
    }

    func parser(
        _ parser: XMLParser, didEndElement elementName: String, namespaceURI: String?, qualifiedName: String?
    ) {
        guard let element = open.popLast() else { return }
        if open.isEmpty { root = element } else { open[open.count - 1].content.append(.element(element)) }
    }
}
