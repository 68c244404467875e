/// An element of an XML document.
public struct XMLElement: Hashable, Sendable {
    /// An attribute; elements keep the order of their attributes.
    public struct Attribute: Hashable, Sendable {
        /// The name.
        public var name: String
        /// The value, unescaped.
        public var value: String

        /// Creates an attribute.
        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// The content of an element.
    public enum Node: Hashable, Sendable {
        /// An element.
        case element(XMLElement)
        /// Text, unescaped.
        case text(String)

        /// Whether this is an element with a name, whatever its prefix.
        func isElement(named name: String) -> Bool {
            if case .element(let element) = self { element.isNamed(name) } else { false }
        }
    }

    /// The name of the element.
    public var name: String
    /// Its attributes, in order.
    public var attributes: [Attribute]
    /// The content.
    public var content: [Node]

    /// Creates an element.
    public init(_ name: String, attributes: [Attribute] = [], content: [Node] = []) {
        self.name = name
        self.attributes = attributes
        self.content = content
    }

    /// Creates an element that contains only text.
    public init(_ name: String, text: String) {
        self.init(name, content: text.isEmpty ? [] : [.text(text)])
    }

    /// Whether this is the name, whatever the prefixes: programs choose them as they like.
    public func isNamed(_ name: String) -> Bool { XMLName.areEqual(self.name, name) }

    /// The value of an attribute, whatever its prefix; setting `nil` removes it.
    public subscript(attribute name: String) -> String? {
        get { index(ofAttribute: name).map { attributes[$0].value } }
        set {
            let index = index(ofAttribute: name)
            switch (index, newValue) {
            case (let index?, let value?): attributes[index].value = value
            case (let index?, nil): attributes.remove(at: index)
            case (nil, let value?): attributes.append(Attribute(name: name, value: value))
            case (nil, nil): break
            }
        }
    }

    /// The place of an attribute; one that is spelled so comes before one with another prefix.
    private func index(ofAttribute name: String) -> Int? {
        attributes.firstIndex { $0.name == name }
            ?? attributes.firstIndex { !XMLName.isDeclaration($0.name) && XMLName.areEqual($0.name, name) }
    }

    /// The child elements with a name, whatever their prefix.
    ///
    /// In `contacts/Contact`, the names in front of the last one are those of the elements around them.
    public subscript(children path: String) -> [XMLElement] {
        let (name, rest) = XMLName.split(path)
        let children = content.compactMap { node in
            if case .element(let element) = node, element.isNamed(name) { element } else { nil }
        }
        return rest.map { rest in children.flatMap { $0[children: rest] } } ?? children
    }

    /// The child elements.
    public var elements: [XMLElement] {
        content.compactMap { if case .element(let element) = $0 { element } else { nil } }
    }

    /// The text of the first child element with a name or path; `nil` if there is none.
    public subscript(text path: String) -> String? { self[children: path].first?.text }

    /// The text content; setting it replaces all content.
    public var text: String {
        get {
            content.reduce(into: "") { result, node in
                if case .text(let text) = node { result += text }
            }
        }
        set { content = newValue.isEmpty ? [] : [.text(newValue)] }
    }

    /// The element as servers require it: no added white space, double quotes.
    ///
    /// Characters that XML cannot express (most control characters) are refused.
    public func serialized(limits: PayloadLimits = .default) throws(PayloadError) -> [UInt8] {
        var bytes: [UInt8] = []
        try write(to: &bytes, depth: 1, limits: limits)
        return bytes
    }

    private func write(to bytes: inout [UInt8], depth: Int, limits: PayloadLimits) throws(PayloadError) {
        guard depth <= limits.depth else { throw PayloadError(.nestedTooDeep(limit: limits.depth), field: name) }
        guard Self.isName(name) else { throw PayloadError(.malformedXML("bad element name"), field: name) }
        bytes += Array("<\(name)".utf8)
        for attribute in attributes {
            guard Self.isName(attribute.name) else {
                throw PayloadError(.malformedXML("bad attribute name"), field: attribute.name)
            }
            bytes += Array(" \(attribute.name)=\"".utf8)
            try Self.escape(attribute.value, isAttribute: true, in: name, to: &bytes)
            bytes.append(0x22)
        }
        if content.isEmpty {
            bytes += Array("/>".utf8)
            return
        }
        bytes.append(0x3E)
        for node in content {
            switch node {
            case .element(let element): try element.write(to: &bytes, depth: depth + 1, limits: limits)
            case .text(let text): try Self.escape(text, isAttribute: false, in: name, to: &bytes)
            }
        }
        bytes += Array("</\(name)>".utf8)
    }

    /// Whether a text is a name in XML 1.0.
    private static func isName(_ name: String) -> Bool {
        guard let first = name.unicodeScalars.first, beginsName(first) else { return false }
        return name.unicodeScalars.allSatisfy { scalar in
            switch scalar {
            case "-", ".", "0"..."9", "\u{B7}", "\u{300}"..."\u{36F}", "\u{203F}"..."\u{2040}": true
            default: beginsName(scalar)
            }
        }
    }

    private static func beginsName(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case ":", "_", "A"..."Z", "a"..."z", "\u{C0}"..."\u{D6}", "\u{D8}"..."\u{F6}", "\u{F8}"..."\u{2FF}",
            "\u{370}"..."\u{37D}", "\u{37F}"..."\u{1FFF}", "\u{200C}"..."\u{200D}", "\u{2070}"..."\u{218F}",
            "\u{2C00}"..."\u{2FEF}", "\u{3001}"..."\u{D7FF}", "\u{F900}"..."\u{FDCF}", "\u{FDF0}"..."\u{FFFD}",
            "\u{10000}"..."\u{EFFFF}":
            true
        default: false
        }
    }

    private static func escape(
        _ text: String, isAttribute: Bool, in name: String, to bytes: inout [UInt8]
    ) throws(PayloadError) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": bytes += Array("&amp;".utf8)
            case "<": bytes += Array("&lt;".utf8)
            case ">": bytes += Array("&gt;".utf8)
            case "\"": bytes += Array("&quot;".utf8)
            // A reader turns these into blanks in attributes, and carriage returns into line feeds everywhere.
            case "\t" where isAttribute, "\n" where isAttribute, "\r": bytes += Array("&#\(scalar.value);".utf8)
            case "\t", "\n": bytes.append(UInt8(truncatingIfNeeded: scalar.value))
            default:
                guard scalar.value >= 0x20, scalar.value != 0xFFFE, scalar.value != 0xFFFF else {
                    throw PayloadError(.forbiddenByte(UInt8(truncatingIfNeeded: scalar.value)), field: name)
                }
                bytes += Array(String(scalar).utf8)
            }
        }
    }
}
