import ProtocolGrammar
import TestSupport
import WireProtocol

/// Holds each element and attribute of a document against the grammar, which generated code does not: it keeps what it
/// does not know.
struct DocumentWords {
    private typealias Element = PayloadType.Element

    private let elements: [Element]
    private let root: Element?

    /// The words of a payload of the grammar.
    init(_ payload: String) {
        guard case .xml(let content) = Repository.grammar.payloads.first(where: { $0.name == payload })?.content else {
            (elements, root) = ([], nil)
            return
        }
        elements = content.all
        root = content.all.first { $0.name == content.root }
    }

    /// What the grammar does not have.
    func strangers(in document: XMLElement) -> [String] {
        guard let root, Self.local(root.element) == Self.local(document.name) else { return [document.name] }
        return strangers(in: document, root)
    }

    private func strangers(in node: XMLElement, _ element: Element) -> [String] {
        let attributes = node.attributes.map(\.name).filter { name in
            name != "xmlns" && !name.hasPrefix("xmlns:") && !element.attributes.contains { $0.attribute == name }
        }
        let paths = element.children.map { child in
            (
                names: child.within + [child.type == nil ? self.element(of: child)?.element ?? "" : child.element],
                child: child
            )
        }
        return attributes.map { "\(node.name)/@\($0)" } + strangers(in: node, paths)
    }

    private func element(of child: Element.Child) -> Element? { elements.first { $0.name == child.element } }

    /// Goes along the paths that lead to children.
    private func strangers(
        in node: XMLElement, _ paths: [(names: [String], child: Element.Child)]
    ) -> [String] {
        node.elements.flatMap { inner -> [String] in
            let next = paths.filter { Self.local($0.names.first ?? "") == Self.local(inner.name) }
            if next.isEmpty { return ["\(node.name)/\(inner.name)"] }
            guard let end = next.first(where: { $0.names.count == 1 })?.child else {
                return strangers(in: inner, next.map { (Array($0.names.dropFirst()), $0.child) })
            }
            guard end.type == nil, let element = element(of: end) else {
                return inner.elements.map { "\(inner.name)/\($0.name)" }
            }
            return strangers(in: inner, element)
        }
    }

    private static func local(_ name: String) -> String { String(name.split(separator: ":").last ?? "") }
}
