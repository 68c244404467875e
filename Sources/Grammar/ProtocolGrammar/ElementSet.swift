import YAMLTree

/// Elements that several documents share, in a file of their own.
public struct ElementSet: Sendable {
    /// A prefix of names, and the namespace that it stands for.
    public struct Prefix: Sendable {
        public var name: String
        public var namespace: String
        public var location: SourceLocation
    }

    public var name: String
    public var about: String
    /// The namespace of names without a prefix, in all documents that include it; nil for none.
    public var namespace: String?
    public var prefixes: [Prefix]
    public var elements: [PayloadType.Element]
    public var location: SourceLocation
}

extension PayloadType {
    /// The names of the files whose elements it includes.
    public var includes: [String] {
        if case .xml(let content) = content { content.includes.map(\.name) } else { [] }
    }
}

extension Grammar {
    /// The files of payloads and of shared elements: the name that each states, and where.
    public var payloadFiles: [(name: String, location: SourceLocation)] {
        payloads.map { ($0.name, $0.location) } + elementSets.map { ($0.name, $0.location) }
    }
}

extension SourceLocation {
    /// The path below the folder of the grammar of a file among the payloads.
    public var payloadPath: String {
        let parts = file.split(separator: "/")
        return parts[(parts.lastIndex(of: "payloads") ?? parts.startIndex)...].joined(separator: "/")
    }
}

extension PayloadType.Element {
    /// The names of the types of its attributes and texts.
    public var types: [String] { attributes.map(\.type) + children.compactMap(\.type) }

    /// The names that it has in a document, with those of its attributes and of children that have only a text.
    var documentNames: [(name: String, location: SourceLocation)] {
        [(element, location)] + attributes.map { ($0.attribute, $0.location) }
            + children.flatMap { child in
                (child.within + (child.type == nil ? [] : [child.element])).map { ($0, child.location) }
            }
    }

    /// The prefixes of these names.
    var prefixes: Set<String> { Set(documentNames.compactMap { Self.prefix(of: $0.name) }) }

    /// The part of a name before the colon; nil if there is none.
    static func prefix(of name: String) -> String? {
        name.firstIndex(of: ":").map { String(name[..<$0]) }
    }
}
