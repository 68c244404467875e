import ProtocolGrammar

/// Prints the elements of documents: one structure per element, as a view of that element.
struct XMLElementsEmitter {
    let grammar: Grammar
    /// The payload that is the document; nil for elements that several share.
    let payload: PayloadType?
    /// The elements that a child can be.
    let elements: [PayloadType.Element]

    /// Prints a document.
    func emit(_ content: PayloadType.XMLContent, into printer: inout SwiftPrinter) {
        guard let root = content.elements.first(where: { $0.name == content.root }) else { return }
        emit(root, isRoot: true, into: &printer) { printer in
            for element in content.elements where element.name != content.root {
                printer.line()
                emit(nested: element, into: &printer)
            }
        }
    }

    /// Prints shared elements.
    func emit(into printer: inout SwiftPrinter) {
        for (index, element) in elements.enumerated() {
            if index > 0 { printer.line() }
            emit(nested: element, into: &printer)
        }
    }

    private func emit(nested element: PayloadType.Element, into printer: inout SwiftPrinter) {
        printer.document(PayloadEmitter.sentences(element.about, "Element `\(element.element)`."))
        emit(element, isRoot: false, into: &printer) { _ in }
    }

    private func swiftType(_ name: String) -> String {
        if let payload, case .xml(let content) = payload.content, name == content.root {
            return SwiftName.type(payload.name)
        }
        guard payload != nil, let home = elements.first(where: { $0.name == name })?.home else {
            return SwiftName.type(name)
        }
        return "\(SwiftName.type(home)).\(SwiftName.type(name))"
    }

    private func emit(
        _ element: PayloadType.Element, isRoot: Bool, into printer: inout SwiftPrinter,
        nested: (inout SwiftPrinter) -> Void
    ) {
        let kind = isRoot ? "XMLPayload" : "XMLContent"
        printer.block("public struct \(swiftType(element.name)): \(kind)") { printer in
            emitTable(of: element, isRoot: isRoot, into: &printer)
            printer.line()
            printer.line("public var element: XMLElement")
            printer.line("public init() { element = Self.table.newElement }")
            for attribute in element.attributes { emitAccessor(attribute, into: &printer) }
            for child in element.children { emitAccessor(child, into: &printer) }
            if let text = element.text { emitText(text, into: &printer) }
            nested(&printer)
        }
    }

    // MARK: - Table

    private func emitTable(of element: PayloadType.Element, isRoot: Bool, into printer: inout SwiftPrinter) {
        var head = [SwiftName.literal(element.element)]
        if isRoot, let payload { head.append("payload: \(SwiftName.literal(payload.name))") }
        var tail: [String] = []
        if element.minimum > 0 {
            tail.append("minimum: \(element.minimum)")
            if let unless = element.attributes.first(where: { $0.name == element.unless }) {
                tail.append("unless: \(SwiftName.literal(unless.attribute))")
            }
        }
        let deviations = isRoot ? payload.map(DeviationEmitter(grammar: grammar).rows) ?? [] : []
        let rows = [
            ("attributes: ", element.attributes.map(row)), ("children: ", element.children.map(row)),
            ("namespaces: ", namespaces(of: element, isRoot: isRoot)), ("deviations: ", deviations),
        ]
        printer.table("public static let table = ElementTable", head, rows, tail)
    }

    /// The namespaces that an element declares: the root those of the document, others their own.
    private func namespaces(of element: PayloadType.Element, isRoot: Bool) -> [String] {
        var declared = [element.namespace.map { ("", $0) }].compactMap(\.self)
        if isRoot, case .xml(let content) = payload?.content {
            if declared.isEmpty, let namespace = content.namespace { declared.append(("", namespace)) }
            declared += content.prefixes.map { ($0.name, $0.namespace) }
        }
        return declared.map { "\(SwiftName.literal($0.0)): \(SwiftName.literal($0.1))" }
    }

    private func row(_ attribute: PayloadType.Element.Attribute) -> String {
        var parts = [SwiftName.literal(attribute.attribute), SwiftName.table(attribute.type)]
        if attribute.isRequired { parts.append("required: true") }
        if let range = range(attribute) {
            parts.append("range: \(SwiftName.number(range.lowerBound))...\(SwiftName.number(range.upperBound))")
        }
        return "AttributeRow(\(parts.joined(separator: ", ")))"
    }

    /// The bounds of a number that narrow those of its type.
    private func range(_ attribute: PayloadType.Element.Attribute) -> ClosedRange<Int>? {
        guard attribute.minimum != nil || attribute.maximum != nil else { return nil }
        var (lower, upper) = (0, Int(UInt32.max))
        if case .integer(let minimum, let maximum) = grammar.type(named: attribute.type)?.kind {
            (lower, upper) = (minimum, maximum)
        }
        lower = attribute.minimum ?? lower
        upper = attribute.maximum ?? upper
        return lower <= upper ? lower...upper : nil
    }

    private func row(_ child: PayloadType.Element.Child) -> String {
        var parts = [SwiftName.literal(name(of: child))]
        parts.append(child.type.map(SwiftName.table) ?? "\(swiftType(child.element)).self")
        if child.minimum > 0 { parts.append("minimum: \(child.minimum)") }
        return ".\(child.type == nil ? "element" : "text")(\(parts.joined(separator: ", ")))"
    }

    /// The name of a child in the document, behind those of the elements around it.
    private func name(of child: PayloadType.Element.Child) -> String {
        let target = child.type == nil ? elements.first { $0.name == child.element } : nil
        return (child.within + [target?.element ?? child.element]).joined(separator: "/")
    }

    // MARK: - Accessors

    private func emitText(_ text: String, into printer: inout SwiftPrinter) {
        printer.line()
        printer.document("The text of the element, unescaped.")
        printer.block("public var \(SwiftName.member(text)): String") { printer in
            printer.line("get { element.text }")
            printer.line("set { element.text = newValue }")
        }
    }

    private func emitAccessor(_ attribute: PayloadType.Element.Attribute, into printer: inout SwiftPrinter) {
        let type = grammar.type(named: attribute.type)
        let code = FieldCode(type: type)
        printer.line()
        printer.document(
            PayloadEmitter.sentences(
                PayloadEmitter.about(attribute.about, type, grammar), "Attribute `\(attribute.attribute)`."))
        let place = code.place("attribute", SwiftName.literal(attribute.attribute))
        emitProperty(attribute.name, code.swiftType + "?", place, into: &printer)
    }

    private func emitAccessor(_ child: PayloadType.Element.Child, into printer: inout SwiftPrinter) {
        let name = SwiftName.literal(name(of: child))
        let type = child.type.flatMap { grammar.type(named: $0) }
        let about = PayloadEmitter.about(child.meaning(among: elements), type, grammar)
        let code = FieldCode(type: type)
        printer.line()
        printer.document(PayloadEmitter.sentences(about, "Element `\(self.name(of: child))`."))
        switch (child.type == nil, child.isRepeated) {
        case (true, true):
            emitProperty(child.name, "[\(swiftType(child.element))]", "children: \(name)", into: &printer)
        case (true, false):
            emitProperty(child.name, swiftType(child.element) + "?", "child: \(name)", into: &printer)
        // Repeated texts are plain strings.
        case (false, true): emitProperty(child.name, "[String]", "texts: \(name)", into: &printer)
        case (false, false):
            emitProperty(child.name, code.swiftType + "?", code.place("text", name), into: &printer)
        }
    }

    /// A property that is a subscript of the element.
    private func emitProperty(_ name: String, _ type: String, _ place: String, into printer: inout SwiftPrinter) {
        printer.block("public var \(SwiftName.member(name)): \(type)") { printer in
            printer.line("get { self[\(place)] }")
            printer.line("set { self[\(place)] = newValue }")
        }
    }
}
