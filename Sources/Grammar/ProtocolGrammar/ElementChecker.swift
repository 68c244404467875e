import YAMLTree

extension GrammarChecker {
    /// Checks a document.
    mutating func checkDocument(_ content: PayloadType.XMLContent, of payload: PayloadType) {
        let names = content.elements.map(\.name)
        if !names.contains(content.root) {
            diagnostics.unknown(
                "unknown-element", "no element is named '\(content.root)'", content.root, among: names,
                at: payload.location)
        }
        let sets = grammar.elementSets.filter { set in content.includes.contains { $0.name == set.name } }
        checkElements(content.elements, beside: sets.flatMap(\.elements), of: payload.name)
        checkPrefixes(of: content.elements, among: content.prefixes)
    }

    /// Checks elements that may contain each other, and those beside them.
    mutating func checkElements(
        _ elements: [PayloadType.Element], beside shared: [PayloadType.Element], of owner: String
    ) {
        let names = (elements + shared).map(\.name)
        checkNames((shared + elements).map { ($0.name, $0.location) }, of: owner)
        for element in elements {
            for (name, location) in element.documentNames { checkXMLName(name, at: location) }
            let properties =
                element.attributes.map { ($0.name, $0.location) } + element.children.map { ($0.name, $0.location) }
                + (element.text.map { [($0, element.location)] } ?? [])
            checkNames(properties, of: element.name)
            for attribute in element.attributes { checkType(attribute.type, at: attribute.location) }
            if let unless = element.unless, !element.attributes.contains(where: { $0.name == unless }) {
                error("unknown-parameter", "the element has no attribute named '\(unless)'", at: element.location)
            }
            for child in element.children {
                if let type = child.type {
                    checkType(type, at: child.location)
                } else if !names.contains(child.element) {
                    diagnostics.unknown(
                        "unknown-element", "no element is named '\(child.element)'", child.element, among: names,
                        at: child.location)
                }
            }
        }
    }

    /// Each prefix of a name must stand for a namespace.
    mutating func checkPrefixes(of elements: [PayloadType.Element], among prefixes: [ElementSet.Prefix]) {
        for prefix in prefixes { checkXMLName(prefix.name, at: prefix.location) }
        let known = prefixes.map(\.name)
        for (name, location) in elements.flatMap(\.documentNames) {
            guard let prefix = PayloadType.Element.prefix(of: name), !known.contains(prefix) else { continue }
            diagnostics.unknown(
                "unknown-prefix", "the prefix of '\(name)' stands for no namespace", prefix, among: known,
                at: location)
        }
    }
}
