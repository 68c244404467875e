import ProtocolGrammar

/// Prints a document: one structure per element, as a view of that element.
struct XMLPayloadEmitter {
    let payload: PayloadType
    let content: PayloadType.XMLContent
    let grammar: Grammar

    func emit(into printer: inout SwiftPrinter) {
        guard let root = content.elements.first(where: { $0.name == content.root }) else { return }
        emit(root, isRoot: true, into: &printer) { printer in
            for element in content.elements where element.name != content.root {
                printer.line()
                printer.document(PayloadEmitter.sentences(element.about, "Element `\(element.element)`."))
                emit(element, isRoot: false, into: &printer) { _ in }
            }
        }
    }

    private func swiftType(_ element: String) -> String {
        SwiftName.type(element == content.root ? payload.name : element)
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
            printer.line()
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
        if isRoot { head.append("payload: \(SwiftName.literal(payload.name))") }
        var tail: [String] = []
        if element.minimum > 0 {
            tail.append("minimum: \(element.minimum)")
            if let unless = element.attributes.first(where: { $0.name == element.unless }) {
                tail.append("unless: \(SwiftName.literal(unless.attribute))")
            }
        }
        let deviations = isRoot ? DeviationEmitter(grammar: grammar).rows(of: payload) : []
        let rows = [
            ("attributes: ", element.attributes.map(row)), ("children: ", element.children.map(row)),
            ("deviations: ", deviations),
        ]
        printer.table("public static let table = ElementTable", head, rows, tail)
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

    /// The name of a child in the document.
    private func name(of child: PayloadType.Element.Child) -> String {
        child.type != nil
            ? child.element : content.elements.first { $0.name == child.element }?.element ?? child.element
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
        let label = "attribute: \(SwiftName.literal(attribute.attribute))"
        printer.line()
        printer.document(
            PayloadEmitter.sentences(
                PayloadEmitter.about(attribute.about, type, grammar), "Attribute `\(attribute.attribute)`."))
        printer.block("public var \(SwiftName.member(attribute.name)): \(code.swiftType)?") {
            code.emitAccessors(
                holder: "element", label: label, text: "element[\(label)]", table: "Self.table", into: &$0)
        }
    }

    private func emitAccessor(_ child: PayloadType.Element.Child, into printer: inout SwiftPrinter) {
        let name = SwiftName.literal(name(of: child))
        let type = child.type.flatMap { grammar.type(named: $0) }
        let target = content.elements.first { child.type == nil && $0.name == child.element }
        let about = PayloadEmitter.about(child.about.isEmpty ? target?.about ?? "" : child.about, type, grammar)
        let code = FieldCode(type: type)
        // Repeated texts are plain strings.
        let single = child.type == nil ? swiftType(child.element) : child.isRepeated ? "String" : code.swiftType
        printer.line()
        printer.document(PayloadEmitter.sentences(about, "Element `\(self.name(of: child))`."))
        let property = "public var \(SwiftName.member(child.name)): "
        printer.block(property + (child.isRepeated ? "[\(single)]" : single + "?")) { printer in
            guard child.isRepeated || child.type == nil else {
                code.emitAccessors(
                    holder: "element", label: "child: \(name)", text: "element[text: \(name)]", table: "Self.table",
                    into: &printer)
                return
            }
            let reader = !child.isRepeated ? "child(" : child.type == nil ? "children(" : "texts(children: "
            printer.line("get { element.\(reader)\(name)) }")
            let label = child.isRepeated ? "children" : "child"
            printer.line("set { element.set(\(label): \(name), to: newValue, in: Self.table) }")
        }
    }
}
