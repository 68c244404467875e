import ProtocolGrammar

/// Prints a document: a structure an element, over the element as it stands.
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
        let name = SwiftName.literal(element.element)
        let kind = isRoot ? "XMLPayload" : "XMLContent"
        printer.block("public struct \(swiftType(element.name)): \(kind)") { printer in
            if isRoot { printer.line("public static var payload: StaticString { \(SwiftName.literal(payload.name)) }") }
            printer.line("public static var elementName: StaticString { \(name) }")
            printer.line()
            printer.document("The element as it stands, with what the grammar does not know.")
            printer.line("public var element: XMLElement")
            emitOrders(of: element, into: &printer)
            printer.line()
            printer.document("Makes an empty one.")
            printer.block("public init()") { $0.line("element = XMLElement(\(name))") }
            printer.line()
            printer.document("Reads one; throws where it is not what the grammar describes.")
            printer.block("public init(_ element: XMLElement) throws(PayloadError)") { printer in
                printer.line("self.element = element")
                printer.line("try check()")
            }
            for attribute in element.attributes { emitAccessor(attribute, of: element, into: &printer) }
            for child in element.children { emitAccessor(child, of: element, into: &printer) }
            if let text = element.text { emitText(text, into: &printer) }
            printer.line()
            printer.document("Throws where it is not what the grammar describes.")
            printer.block("public func check() throws(PayloadError)") { printer in
                printer.line("try element.require(name: \(name))")
                for attribute in element.attributes { emitCheck(attribute, into: &printer) }
                emitMinimum(of: element, into: &printer)
                for child in element.children { emitCheck(child, into: &printer) }
            }
            nested(&printer)
        }
    }

    // MARK: - Order

    private func emitOrders(of element: PayloadType.Element, into printer: inout SwiftPrinter) {
        let attributes = element.attributes.map { SwiftName.literal($0.attribute) }
        let children = element.children.map { SwiftName.literal(name(of: $0)) }
        for (name, list) in [("attributeOrder", attributes), ("childOrder", children)] where list.count > 1 {
            printer.line()
            printer.block("private static var \(name): [String]") { $0.array("", list) }
        }
    }

    /// The name of a child in the document.
    private func name(of child: PayloadType.Element.Child) -> String {
        child.type != nil
            ? child.element : content.elements.first { $0.name == child.element }?.element ?? child.element
    }

    // MARK: - Checks

    private func emitCheck(_ attribute: PayloadType.Element.Attribute, into printer: inout SwiftPrinter) {
        let code = FieldCode(type: grammar.type(named: attribute.type))
        let label = "attribute: \(SwiftName.literal(attribute.attribute))"
        if attribute.isRequired { printer.line("try element.require(\(label))") }
        let range = code.range(minimum: attribute.minimum, maximum: attribute.maximum)
        code.emitCheck(holder: "element", label: label, range: range, into: &printer)
    }

    private func emitMinimum(of element: PayloadType.Element, into printer: inout SwiftPrinter) {
        guard element.minimum > 0 else { return }
        let names = element.children.map { SwiftName.literal(name(of: $0)) }.joined(separator: ", ")
        let line = "try element.require(\(element.minimum), of: \(names))"
        guard let unless = element.attributes.first(where: { $0.name == element.unless }) else {
            printer.line(line)
            return
        }
        printer.block("if element[attribute: \(SwiftName.literal(unless.attribute))] == nil") { $0.line(line) }
    }

    private func emitCheck(_ child: PayloadType.Element.Child, into printer: inout SwiftPrinter) {
        let name = SwiftName.literal(name(of: child))
        if child.minimum > 0 { printer.line("try element.require(\(child.minimum), of: \(name))") }
        if let type = child.type {
            let code = FieldCode(type: grammar.type(named: type))
            code.emitCheck(holder: "element", label: "children: \(name)", range: code.range(), into: &printer)
        } else {
            printer.line("for child in element[children: \(name)] { _ = try \(swiftType(child.element))(child) }")
        }
    }

    // MARK: - Accessors

    private func emitText(_ text: String, into printer: inout SwiftPrinter) {
        printer.line()
        printer.document("The text of the element, without escapes.")
        printer.block("public var \(SwiftName.member(text)): String") { printer in
            printer.line("get { element.text }")
            printer.line("set { element.text = newValue }")
        }
    }

    private func emitAccessor(
        _ attribute: PayloadType.Element.Attribute, of element: PayloadType.Element, into printer: inout SwiftPrinter
    ) {
        let type = grammar.type(named: attribute.type)
        let code = FieldCode(type: type)
        let name = SwiftName.literal(attribute.attribute)
        printer.line()
        printer.document(
            PayloadEmitter.sentences(
                PayloadEmitter.about(attribute.about, type, grammar), "Attribute `\(attribute.attribute)`."))
        printer.block("public var \(SwiftName.member(attribute.name)): \(code.swiftType)?") {
            code.emitAccessors(
                holder: "element", label: "attribute: \(name)", text: "element[attribute: \(name)]",
                order: element.attributes.count > 1 ? "Self.attributeOrder" : "", into: &$0)
        }
    }

    private func emitAccessor(
        _ child: PayloadType.Element.Child, of element: PayloadType.Element, into printer: inout SwiftPrinter
    ) {
        let name = SwiftName.literal(name(of: child))
        let type = child.type.flatMap { grammar.type(named: $0) }
        let target = content.elements.first { child.type == nil && $0.name == child.element }
        let about = PayloadEmitter.about(child.about.isEmpty ? target?.about ?? "" : child.about, type, grammar)
        let order = element.children.count > 1 ? ", order: Self.childOrder" : ""
        printer.line()
        printer.document(PayloadEmitter.sentences(about, "Element `\(self.name(of: child))`."))
        let head = "public var \(SwiftName.member(child.name)): "
        if child.type != nil {
            let code = FieldCode(type: type)
            if child.isRepeated {
                printer.block(head + "[String]") { printer in
                    printer.line("get { element[children: \(name)].map(\\.text) }")
                    printer.block("set") {
                        $0.line("let elements = newValue.map { XMLElement(\(name), text: $0) }")
                        $0.line("element.set(children: \(name), to: elements\(order))")
                    }
                }
                return
            }
            printer.block(head + code.swiftType + "?") {
                code.emitAccessors(
                    holder: "element", label: "child: \(name)", text: "element[text: \(name)]",
                    order: order.isEmpty ? "" : "Self.childOrder", into: &$0)
            }
            return
        }
        let swift = swiftType(child.element)
        printer.block(head + (child.isRepeated ? "[\(swift)]" : swift + "?")) { printer in
            if child.isRepeated {
                printer.line("get { element[children: \(name)].compactMap { try? \(swift)($0) } }")
                printer.line("set { element.set(children: \(name), to: newValue.map(\\.element)\(order)) }")
            } else {
                printer.line("get { element[children: \(name)].first.flatMap { try? \(swift)($0) } }")
                printer.line("set { element.set(children: \(name), to: newValue.map { [$0.element] } ?? []\(order)) }")
            }
        }
    }
}
