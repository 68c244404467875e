import Foundation

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// Finds out whether bytes are a well-formed XML document, and the name of its root.
enum XMLRoot {
    /// What was found.
    enum Finding: Equatable {
        /// A document with this root.
        case root(String)
        /// No document; the line of the first error.
        case malformed(line: Int)
    }

    /// Reads a document; external entities are not resolved.
    static func read(_ bytes: [UInt8]) -> Finding {
        let parser = XMLParser(data: Data(bytes))
        parser.shouldResolveExternalEntities = false
        let listener = RootListener()
        parser.delegate = listener
        // A document that ends too early is no error for every parser: the root must have been closed.
        guard parser.parse(), parser.parserError == nil, listener.depth == 0, let root = listener.root else {
            return .malformed(line: parser.lineNumber)
        }
        return .root(root)
    }
}

/// Remembers the first element.
private final class RootListener: NSObject, XMLParserDelegate {
    /// The name of the first element.
    var root: String?
    /// The number of elements that are open.
    var depth = 0

    /// Called at each start tag.
    func parser(
        _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?,
        qualifiedName: String?, attributes: [String: String]
    ) {
        if root == nil { root = elementName }
        depth += 1
    }

    /// Called at each end tag.
    func parser(
        _ parser: XMLParser, didEndElement elementName: String, namespaceURI: String?, qualifiedName: String?
    ) {
        depth -= 1
    }
}
