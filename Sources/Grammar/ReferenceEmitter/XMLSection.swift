import GrammarReport
import ProtocolGrammar

/// The part of a payload's page about the elements of a document.
struct XMLSection {
    let content: PayloadType.XMLContent
    let names: PageNames

    func emit(into page: inout Markdown) {
        page.heading(2, "Document")
        if let root = element(content.root) {
            var room = 500
            page.code(outline(of: root, mark: "", indent: "", inside: [], room: &room), language: "xml")
            page.paragraph("\\* marks repeated elements, ... stands for text.")
        }
        if let namespace = content.namespace {
            page.paragraph("Names without a prefix are in the namespace \(Markdown.code(namespace)).")
        }
        page.table(
            ["Prefix", "Namespace"],
            content.prefixes.map { [Markdown.code($0.name), Markdown.code($0.namespace)] })
        for element in content.all { emit(element, into: &page) }
    }

    private func element(_ name: String) -> PayloadType.Element? {
        content.all.first { $0.name == name }
    }

    private func emit(_ element: PayloadType.Element, into page: inout Markdown) {
        page.heading(3, Markdown.prose(element.name))
        page.paragraph(Markdown.prose(element.about))
        let space = element.namespace.map { " in the namespace \(Markdown.code($0))" } ?? ""
        page.paragraph("On the wire: \(Markdown.code("<\(element.element)>"))\(space).")
        page.table(
            ["Attribute", "Name", "Type", "Presence", "Meaning"],
            element.attributes.map { attribute in
                let bounds = FormProse.bounds(attribute.minimum, attribute.maximum)
                let about = [attribute.about, bounds].filter { !$0.isEmpty }.joined(separator: " ")
                return [
                    Markdown.code(attribute.attribute), Markdown.code(attribute.name), names.type(attribute.type),
                    attribute.isRequired ? "required" : "optional", Markdown.prose(about),
                ]
            })
        page.table(
            ["Child", "Name", "Type", "Count", "Meaning"],
            element.children.map { child in
                let target = child.type == nil ? self.element(child.element) : nil
                let link = target.map {
                    names.link("<\($0.element)>", to: names.page, anchor: PageNames.anchor($0.name))
                }
                let around = child.within.map { Markdown.code("<\($0)>") + " " }.joined()
                return [
                    around + (link ?? Markdown.code("<\(child.element)>")), Markdown.code(child.name),
                    child.type.map(names.type) ?? "", Self.count(of: child),
                    Markdown.prose(child.meaning(among: content.all)),
                ]
            })
        if element.minimum > 0 {
            let exception = element.unless.map { " unless \(Markdown.code($0)) is present" } ?? ""
            page.paragraph("At least \(element.minimum) of these children in total\(exception).")
        }
        if let text = element.text { page.paragraph("The element's text is \(Markdown.code(text)).") }
    }

    private static func count(of child: PayloadType.Element.Child) -> String {
        switch (child.isRepeated, child.minimum) {
        case (true, 0): "any number"
        case (true, let least): "at least \(least)"
        case (false, 0): "0 or 1"
        case (false, _): "1"
        }
    }

    /// The document as a tree of tags; recursive elements are expanded once.
    ///
    /// - Parameter room: the elements that may still be expanded, because elements can contain each other in many ways.
    private func outline(
        of element: PayloadType.Element, mark: String, indent: String, inside: [String], room: inout Int
    ) -> [String] {
        room -= 1
        let isLeaf = inside.contains(element.name) || room <= 0
        let attributes = element.attributes.map { attribute in
            let text = "\(attribute.attribute)=\"\(attribute.name)\""
            return attribute.isRequired ? " " + text : " [\(text)]"
        }
        let tag = element.element + attributes.joined()
        let children = isLeaf ? [] : element.children
        if children.isEmpty, isLeaf || element.text == nil {
            return ["\(indent)<\(tag)/>\(mark)"]
        }
        if children.isEmpty { return ["\(indent)<\(tag)>...</\(element.element)>\(mark)"] }
        var inner: [String] = []
        var around: [String] = []
        for child in children {
            close(&around, downTo: child.within, indent: indent, in: &inner)
            for name in child.within.dropFirst(around.count) {
                inner.append("\(Self.margin(indent, around))<\(name)>")
                around.append(name)
            }
            let mark = child.isRepeated ? "*" : ""
            let margin = Self.margin(indent, around)
            guard child.type == nil, let target = self.element(child.element) else {
                inner.append("\(margin)<\(child.element)>...</\(child.element)>\(mark)")
                continue
            }
            inner += outline(of: target, mark: mark, indent: margin, inside: inside + [element.name], room: &room)
        }
        close(&around, downTo: [], indent: indent, in: &inner)
        let text = element.text == nil ? [] : [indent + "  ..."]
        return ["\(indent)<\(tag)>"] + text + inner + ["\(indent)</\(element.element)>\(mark)"]
    }

    private static func margin(_ indent: String, _ around: [String]) -> String {
        indent + String(repeating: "  ", count: around.count + 1)
    }

    /// Closes the elements around children that are not around the next one.
    private func close(_ around: inout [String], downTo next: [String], indent: String, in lines: inout [String]) {
        while !next.starts(with: around), let name = around.popLast() {
            lines.append("\(Self.margin(indent, around))</\(name)>")
        }
    }
}
