import Foundation
import WireProtocol

#if canImport(FoundationXML)
import FoundationXML
#endif

/// Parses a scanned document with Foundation's parser and builds its tree.
final class XMLTreeBuilder: NSObject {
    private let outline: XMLOutline
    private var tags = 0
    private var open: [WireProtocol.XMLElement] = []
    private var root: WireProtocol.XMLElement?
    private var failure: (reason: String, line: Int, column: Int)?

    private init(outline: XMLOutline) {
        self.outline = outline
    }

    /// The root element; throws if the parser finds something wrong that the scanner let pass.
    static func tree(of bytes: [UInt8], outline: XMLOutline) throws(PayloadError) -> WireProtocol.XMLElement {
        let content = bytes[outline.contentStart...]
        let builder = XMLTreeBuilder(outline: outline)
        let parser = XMLParser(data: Data(content))
        parser.shouldResolveExternalEntities = false
        // The parser does not keep its delegate alive.
        withExtendedLifetime(builder) {
            parser.delegate = builder
            if !parser.parse() { builder.fail("it cannot be parsed", parser) }
            parser.delegate = nil
        }
        if let failure = builder.failure {
            let offset = offset(line: failure.line, column: failure.column, in: content)
            throw PayloadError(.malformedXML(failure.reason), offset: offset)
        }
        guard let root = builder.root, builder.open.isEmpty, builder.tags == outline.attributeNames.count else {
            throw PayloadError(.malformedXML("it cannot be parsed"), offset: bytes.count)
        }
        return root
    }

    /// The byte offset of a position; lines and columns count from 1.
    private static func offset(line: Int, column: Int, in content: ArraySlice<UInt8>) -> Int {
        var start = content.startIndex
        var rest = line
        while rest > 1, let end = content[start...].firstIndex(of: 0x0A) {
            start = end + 1
            rest -= 1
        }
        return min(content.endIndex, start + max(0, min(column, content.count) - 1))
    }

    /// Remembers the first error.
    private func fail(_ reason: String, _ parser: XMLParser) {
        guard failure == nil else { return }
        failure = (reason, parser.lineNumber, parser.columnNumber)
    }

    private func add(text: String) {
        guard !text.isEmpty, let last = open.indices.last else { return }
        if case .text(let before)? = open[last].content.last {
            open[last].content[open[last].content.endIndex - 1] = .text(before + text)
        } else {
            open[last].content.append(.text(text))
        }
    }
}

extension XMLTreeBuilder: XMLParserDelegate {
    func parser(
        _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?,
        qualifiedName: String?, attributes: [String: String]
    ) {
        guard tags < outline.attributeNames.count else { return fail("it cannot be parsed", parser) }
        let names = outline.attributeNames[tags]
        tags += 1
        // A repeated name occurs once.
        let found = names.compactMap { name in
            attributes[name].map { WireProtocol.XMLElement.Attribute(name: name, value: $0) }
        }
        if found.count != attributes.count || found.count != names.count {
            fail("the attributes of an element cannot be told apart", parser)
        }
        open.append(WireProtocol.XMLElement(elementName, attributes: found))
    }

    func parser(
        _ parser: XMLParser, didEndElement elementName: String, namespaceURI: String?, qualifiedName: String?
    ) {
        guard let element = open.popLast() else { return fail("it cannot be parsed", parser) }
        if let last = open.indices.last {
            open[last].content.append(.element(element))
        } else {
            root = element
        }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { add(text: string) }

    func parser(_ parser: XMLParser, foundIgnorableWhitespace whitespaceString: String) { add(text: whitespaceString) }

    func parser(_ parser: XMLParser, foundCDATA CDATABlock: Data) {
        add(text: String(decoding: CDATABlock, as: UTF8.self))
    }

    func parser(_ parser: XMLParser, parseErrorOccurred parseError: any Error) {
        guard let reason = Self.reason((parseError as NSError).code) else { return }
        fail(reason, parser)
    }

    /// The meaning of an error code of the parser; `nil` for what does not concern well-formedness: warnings about
    /// namespaces and undeclared prefixes.
    private static func reason(_ code: Int) -> String? {
        switch code {
        case 99, 100, 201: nil
        case 6...10: "a character is not allowed or does not exist"
        case 22...26: "an entity is not known"
        case 42: "an attribute stands twice"
        case 62: "']]>' stands in the text"
        case 68: "a name is wrong"
        case 76: "the end tag does not belong to the start tag"
        case 80: "'--' stands in a comment"
        case 200...204: "a namespace is used wrongly"
        default: "error \(code) of the XML parser"
        }
    }
}
