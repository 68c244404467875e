/// A node of a YAML document: a scalar, a list or a mapping, with its place.
public struct YAMLNode: Sendable {
    /// What a node holds.
    public indirect enum Content: Sendable {
        /// A scalar; `isQuoted` is false only for a plain one, without quotes and not a `|` or `>` block.
        case scalar(String, isQuoted: Bool)
        /// A list.
        case sequence([YAMLNode])
        /// A mapping, in the order of the file, each key once.
        case mapping([YAMLEntry])
    }

    /// Where the node begins.
    public let location: SourceLocation
    /// What the node holds.
    public let content: Content

    /// Makes a node.
    public init(location: SourceLocation, content: Content) {
        self.location = location
        self.content = content
    }

    /// The text of a scalar; nil for any other node.
    public var scalar: String? {
        if case .scalar(let text, _) = content { text } else { nil }
    }

    /// The items of a list; nil for any other node.
    public var sequence: [YAMLNode]? {
        if case .sequence(let items) = content { items } else { nil }
    }

    /// The entries of a mapping; nil for any other node.
    public var mapping: [YAMLEntry]? {
        if case .mapping(let entries) = content { entries } else { nil }
    }

    /// The number of scalars, lists and mappings in it, keys and itself included.
    public var count: Int {
        switch content {
        case .scalar: 1
        case .sequence(let items): items.reduce(1) { $0 + $1.count }
        case .mapping(let entries): entries.reduce(1) { $0 + 1 + $1.value.count }
        }
    }

    /// The kind of the node in words: "text", "a list" or "a mapping".
    public var kindName: String {
        switch content {
        case .scalar: "text"
        case .sequence: "a list"
        case .mapping: "a mapping"
        }
    }
}

/// One key of a mapping with its value.
public struct YAMLEntry: Sendable {
    /// The key.
    public let key: String
    /// Where the key is.
    public let keyLocation: SourceLocation
    /// The value.
    public let value: YAMLNode

    /// Makes an entry.
    public init(key: String, keyLocation: SourceLocation, value: YAMLNode) {
        self.key = key
        self.keyLocation = keyLocation
        self.value = value
    }
}
