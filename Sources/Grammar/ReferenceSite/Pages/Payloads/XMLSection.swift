import GrammarReport
import ProtocolGrammar

/// The part of a payload's page about the elements of a document.
struct XMLSection {
    let content: PayloadType.XMLContent
    let links: Links

    var html: HTML {
        group {
            if let root = element(content.root) {
                Components.outline(outline(of: root))
                Components.prose("* marks repeated elements, [ ] optional attributes, ... stands for text.")
            }
            if let namespace = content.namespace {
                tag("p", .class("prose")) {
                    "Names without a prefix are in the namespace "
                    Components.code(namespace)
                    "."
                }
            }
            Components.table(
                ["Prefix", "Namespace"],
                content.prefixes.map { Components.Row(Components.code($0.name), Components.code($0.namespace)) })
            for element in content.all { section(of: element) }
        }
    }

    private func element(_ name: String) -> PayloadType.Element? {
        content.all.first { $0.name == name }
    }

    // MARK: - Elements

    @HTMLBuilder
    private func section(of element: PayloadType.Element) -> HTML {
        Components.heading(3, "<\(element.element)>", id: "element.\(element.name)")
        Components.prose(element.about)
        tag("p", .class("small soft")) {
            "Name in the grammar: "
            Components.code(element.name)
            if let namespace = element.namespace { HTML(", in the namespace ") + Components.code(namespace) }
            if let home = element.home { HTML(", shared by the documents that include ") + Components.code(home) }
            " "
            links.line(element.location)
        }
        Components.table(
            ["Attribute", "Name", "Type", "Presence", "Meaning", "Grammar"],
            element.attributes.map { row(of: $0, in: element) })
        Components.table(
            ["Child", "Name", "Type", "Count", "Meaning", "Grammar"],
            element.children.map { row(of: $0, in: element) })
        if element.minimum > 0 {
            tag("p", .class("prose")) {
                "At least \(element.minimum) of these children in total"
                if let exception = element.unless {
                    HTML(" unless ") + Components.code(exception) + HTML(" is present")
                }
                "."
            }
        }
        if let text = element.text {
            tag("p", .class("prose")) {
                "The element's text is "
                Components.code(text)
                "."
            }
        }
    }

    private func row(of attribute: PayloadType.Element.Attribute, in element: PayloadType.Element) -> Components.Row {
        let about = [attribute.about, FormProse.bounds(attribute.minimum, attribute.maximum)].filter { !$0.isEmpty }
        return Components.Row(
            Components.code(attribute.attribute), Components.code(attribute.name), links.type(attribute.type),
            HTML(attribute.isRequired ? "required" : "optional"), HTML(about.joined(separator: " ")),
            links.line(attribute.location, short: true),
            attributes: [.class("row"), .id("element.\(element.name).\(attribute.name)")])
    }

    private func row(of child: PayloadType.Element.Child, in element: PayloadType.Element) -> Components.Row {
        let target = child.type == nil ? self.element(child.element) : nil
        let name =
            target.map { links.code("<\($0.element)>", to: links.page, anchor: "element.\($0.name)") }
            ?? Components.code("<\(child.element)>")
        let around = child.within.map { Components.code("<\($0)>") + HTML(" ") }.joined()
        return Components.Row(
            around + name, Components.code(child.name), child.type.map(links.type) ?? HTML(),
            HTML(Self.count(of: child)), HTML(child.meaning(among: content.all)),
            links.line(child.location, short: true),
            attributes: [.class("row"), .id("element.\(element.name).\(child.name)")])
    }

    private static func count(of child: PayloadType.Element.Child) -> String {
        switch (child.isRepeated, child.minimum) {
        case (true, 0): "any number"
        case (true, let least): "at least \(least)"
        case (false, 0): "0 or 1"
        case (false, _): "1"
        }
    }

    // MARK: - Outline

    private func outline(of root: PayloadType.Element) -> [String] {
        var room = 500
        return outline(of: root, mark: "", indent: "", inside: [], room: &room)
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
