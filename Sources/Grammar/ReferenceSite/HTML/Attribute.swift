import ProtocolGrammar

/// An attribute of an element. Its name is a literal of this program; its value is escaped.
struct Attribute: Sendable, Hashable {
    var name: String
    /// The value; nil for an attribute that is only there or not.
    var value: String?

    init(_ name: StaticString, _ value: String) {
        self.name = "\(name)"
        self.value = value
    }

    /// An attribute without a value, such as `hidden`.
    static func flag(_ name: StaticString) -> Attribute {
        var attribute = Attribute(name, "")
        attribute.value = nil
        return attribute
    }

    static func `class`(_ names: String) -> Attribute { Attribute("class", names) }
    static func id(_ name: String) -> Attribute { Attribute("id", name) }
    /// A link to a page of the site, or to a place on it. Characters that no address may have, such as the braces of an
    /// identifier, are percent-coded.
    static func href(_ target: String) -> Attribute {
        if !target.utf8.contains(where: isForbidden) { return Attribute("href", target) }
        let bytes = target.utf8.flatMap { byte in
            guard isForbidden(byte) else { return [byte] }
            return Array("%\(byte < 0x10 ? "0" : "")\(String(byte, radix: 16, uppercase: true))".utf8)
        }
        return Attribute("href", String(decoding: bytes, as: UTF8.self))
    }
    /// Blanks, quotation marks, brackets, braces and what else no address may have.
    private static func isForbidden(_ byte: UInt8) -> Bool {
        switch byte {
        case 0...0x20, 0x22, 0x3C, 0x3E, 0x5B...0x5E, 0x60, 0x7B...0x7D: true
        default: false
        }
    }

    static func label(_ text: String) -> Attribute { Attribute("aria-label", text) }

    /// What the version switch reads: the versions in which the element is shown (`data-v`) or which its text names
    /// (`data-in`), such as `2-7,9`.
    static func versions(_ set: VersionSet, as name: StaticString = "data-v", in grammar: Grammar) -> Attribute {
        let ranges = set.ranges(among: grammar.allVersions)
        return Attribute(
            name,
            ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
                .joined(separator: ","))
    }
}
