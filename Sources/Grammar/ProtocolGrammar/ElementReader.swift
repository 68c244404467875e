import YAMLTree

extension GrammarReader {
    /// Reads the keys of a document.
    mutating func readDocument(_ reader: NodeReader) -> PayloadType.XMLContent {
        PayloadType.XMLContent(
            root: reader.required("root", into: &diagnostics) ?? "", elements: readElements(reader),
            namespace: reader.text("namespace", into: &diagnostics), prefixes: readPrefixes(reader),
            includes: reader.names("include", into: &diagnostics))
    }

    /// Reads a file of elements for documents to include.
    mutating func readElementSet(_ node: YAMLNode, file: SourceFile) {
        guard let reader = NodeReader(node, "a file of shared elements", into: &diagnostics) else { return }
        let name = nameOfFile(reader, "shared", file)
        readRemarks(reader)
        grammar.elementSets.append(
            ElementSet(
                name: name, about: reader.required("about", into: &diagnostics) ?? "",
                namespace: reader.text("namespace", into: &diagnostics), prefixes: readPrefixes(reader),
                elements: readElements(reader, home: name), location: reader.place("shared")))
    }

    /// Completes the documents after all files were read.
    mutating func expandDocuments() {
        var used: Set<String> = []
        for index in grammar.payloads.indices {
            guard case .xml(var content) = grammar.payloads[index].content else { continue }
            let sets = content.includes.compactMap { reference in elementSet(reference) }
            used.formUnion(sets.map(\.name))
            content.included = Self.reachable(from: content.elements, among: sets.flatMap(\.elements))
            let prefixes = content.all.reduce(into: Set<String>()) { $0.formUnion($1.prefixes) }
            let own = Set(content.prefixes.map(\.name))
            content.prefixes += sets.flatMap(\.prefixes).filter { prefixes.contains($0.name) && !own.contains($0.name) }
            content.namespace = content.namespace ?? sets.lazy.compactMap(\.namespace).first
            grammar.payloads[index].content = .xml(content)
        }
        for set in grammar.elementSets where !used.contains(set.name) {
            diagnostics.append(
                Diagnostic("unused-elements", "no payload includes '\(set.name)'", at: set.location))
        }
    }

    private mutating func elementSet(_ reference: Reference) -> ElementSet? {
        if let found = grammar.elementSets.first(where: { $0.name == reference.name }) { return found }
        diagnostics.unknown(
            "unknown-elements", "no shared file is named '\(reference.name)'", reference.name,
            among: grammar.elementSets.map(\.name), at: reference.location)
        return nil
    }

    /// The shared elements that others contain, directly or in each other, in the order of their files.
    private static func reachable(
        from elements: [PayloadType.Element], among shared: [PayloadType.Element]
    ) -> [PayloadType.Element] {
        var found: Set<String> = []
        let own = Set(elements.map(\.name))
        var waiting = elements
        while let element = waiting.popLast() {
            for child in element.children where child.type == nil && !own.contains(child.element) {
                guard found.insert(child.element).inserted else { continue }
                waiting += shared.filter { $0.name == child.element }
            }
        }
        return shared.filter { found.contains($0.name) }
    }

    private mutating func readPrefixes(_ owner: NodeReader) -> [ElementSet.Prefix] {
        guard let node = owner.node("prefixes", into: &diagnostics),
            let list = NodeReader(node, "prefixes", into: &diagnostics)
        else { return [] }
        return list.entries(into: &diagnostics).map { entry in
            .init(
                name: entry.key, namespace: list.text(entry.key, into: &diagnostics) ?? "",
                location: entry.keyLocation)
        }
    }

    private mutating func readElements(_ owner: NodeReader, home: String? = nil) -> [PayloadType.Element] {
        guard let node = owner.node("elements", into: &diagnostics),
            let list = NodeReader(node, "elements", into: &diagnostics)
        else { return [] }
        return list.entries(into: &diagnostics).compactMap { entry in
            guard let reader = NodeReader(entry.value, "an element", into: &diagnostics) else { return nil }
            let attributes = reader.list("attributes", into: &diagnostics)
            let children = reader.list("children", into: &diagnostics)
            return .init(
                name: entry.key, home: home, element: reader.required("element", into: &diagnostics) ?? "",
                namespace: reader.text("namespace", into: &diagnostics),
                about: reader.text("about", into: &diagnostics) ?? "",
                attributes: attributes.compactMap { readAttribute($0) },
                children: children.compactMap { readChild($0) },
                minimum: reader.number("minimum", 0...1000, into: &diagnostics) ?? 0,
                unless: reader.text("unless", into: &diagnostics), text: reader.text("text", into: &diagnostics),
                location: entry.keyLocation)
        }
    }

    private mutating func readAttribute(_ node: YAMLNode) -> PayloadType.Element.Attribute? {
        guard let reader = NodeReader(node, "an attribute", into: &diagnostics) else { return nil }
        return .init(
            name: reader.required("name", into: &diagnostics) ?? "",
            attribute: reader.required("attribute", into: &diagnostics) ?? "",
            type: reader.required("type", into: &diagnostics) ?? "",
            isRequired: reader.flag("required", into: &diagnostics),
            minimum: reader.number("minimum", 0...Int(UInt32.max), into: &diagnostics),
            maximum: reader.number("maximum", 0...Int(UInt32.max), into: &diagnostics),
            about: reader.text("about", into: &diagnostics) ?? "", location: reader.place("type"))
    }

    private mutating func readChild(_ node: YAMLNode) -> PayloadType.Element.Child? {
        guard let reader = NodeReader(node, "a child", into: &diagnostics) else { return nil }
        return .init(
            name: reader.required("name", into: &diagnostics) ?? "",
            element: reader.required("element", into: &diagnostics) ?? "",
            within: reader.names("within", into: &diagnostics).map(\.name),
            type: reader.text("type", into: &diagnostics), isRepeated: reader.flag("repeated", into: &diagnostics),
            minimum: reader.number("minimum", 0...1000, into: &diagnostics) ?? 0,
            about: reader.text("about", into: &diagnostics) ?? "",
            location: reader.place("element"))
    }
}
