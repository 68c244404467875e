import CLibYAMLSystem

/// Thrown once the problem is among the diagnostics, to leave the parse.
struct Stop: Error {}

/// An event of libyaml, copied out of its memory.
struct Event {
    enum Kind { case scalar(String, isQuoted: Bool), sequence, mapping, alias, collectionEnd, document, end, other }
    var kind: Kind = .other
    var start = yaml_mark_t()
    var end = yaml_mark_t()
    var hasAnchor = false
    var hasTag = false
    var isFlow = false
}

/// Reads libyaml events and makes the tree. It owns the parser, whose memory must not move.
struct TreeBuilder: ~Copyable {
    let file: SourceFile
    let table: LineTable
    let limits: YAMLLimits
    let lineKeys: Set<String>
    let skipped: Int
    let parser: UnsafeMutablePointer<yaml_parser_t>
    let isReady: Bool
    var nodes = 0
    var isUsable = true
    var lastQuoted: (start: yaml_mark_t, end: yaml_mark_t)?
    var diagnostics: [Diagnostic] = []

    init(file: SourceFile, table: LineTable, limits: YAMLLimits, lineKeys: Set<String>, skipped: Int) {
        self.file = file
        self.table = table
        self.limits = limits
        self.lineKeys = lineKeys
        self.skipped = skipped
        parser = .allocate(capacity: 1)
        parser.initialize(to: yaml_parser_t())
        isReady = yaml_parser_initialize(parser) == 1
    }

    deinit {
        if isReady { yaml_parser_delete(parser) }
        parser.deallocate()
    }

    /// Reads the whole input, which must stay in place during the call.
    mutating func build(_ input: UnsafeBufferPointer<UInt8>) -> YAMLNode? {
        guard isReady else {
            diagnostics.append(Diagnostic("yaml-syntax", "libyaml has no memory left", at: location(yaml_mark_t())))
            return nil
        }
        guard let base = input.baseAddress, !input.isEmpty else {
            diagnostics.append(emptyFile())
            return nil
        }
        yaml_parser_set_input_string(parser, base, input.count)
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        do throws(Stop) {
            let root = try document()
            return isUsable ? root : nil
        } catch {
            return nil
        }
    }

    mutating func document() throws(Stop) -> YAMLNode? {
        var root: YAMLNode?
        while true {
            let event = try next()
            switch event.kind {
            case .end:
                if root == nil { try stop(emptyFile()) }
                return root
            case .document where root != nil:
                try stop(
                    Diagnostic(
                        "yaml-documents", "a second document begins here; a file has only one",
                        at: location(event.start, length: 3)))
            case .document:
                let first = try next()
                root = try node(first, depth: 1)
                if case .scalar("", isQuoted: false) = first.kind, !first.hasTag, !first.hasAnchor {
                    try stop(emptyFile())
                }
            default: continue
            }
        }
    }

    func emptyFile() -> Diagnostic {
        Diagnostic("empty-file", "the file has no content", at: location(yaml_mark_t()))
    }

    mutating func node(_ event: Event, depth: Int, mayHaveReturns: Bool = false) throws(Stop) -> YAMLNode {
        nodes += 1
        if nodes > limits.nodes {
            let message = "the file has more than the \(limits.nodes) scalars, lists and mappings allowed; split it"
            try stop(Diagnostic("yaml-size", message, at: location(event)))
        }
        try checkProperties(event)
        switch event.kind {
        case .scalar(let text, let isQuoted):
            try checkCharacters(text, event, mayHaveReturns: mayHaveReturns)
            return YAMLNode(location: location(event), content: .scalar(text, isQuoted: isQuoted))
        case .sequence:
            try checkDepth(depth, event)
            return try sequence(event, depth: depth)
        case .mapping:
            try checkDepth(depth, event)
            return try mapping(event, depth: depth)
        default:
            try refuse("yaml-alias", "aliases are not allowed: write the value here again", at: location(event))
            return YAMLNode(location: location(event), content: .scalar("", isQuoted: false))
        }
    }

    mutating func sequence(_ start: Event, depth: Int) throws(Stop) -> YAMLNode {
        var items: [YAMLNode] = []
        while true {
            let event = try next()
            if case .collectionEnd = event.kind {
                let place = location(start, closedBy: event)
                return YAMLNode(location: place, content: .sequence(items))
            }
            try checkCount(items.count, event)
            items.append(try node(event, depth: depth + 1))
        }
    }

    mutating func mapping(_ start: Event, depth: Int) throws(Stop) -> YAMLNode {
        var entries: [YAMLEntry] = []
        var seen: [String: SourceLocation] = [:]
        while true {
            let event = try next()
            if case .collectionEnd = event.kind {
                var place = location(start, closedBy: event)
                if !start.isFlow, let first = entries.first?.keyLocation, first.line == place.line,
                    first.column == place.column
                {
                    place.length = first.length
                }
                return YAMLNode(location: place, content: .mapping(entries))
            }
            try checkCount(entries.count, event)
            let key = try node(event, depth: depth + 1)
            if key.scalar == nil {
                try refuse("yaml-key", "a key must be text, not \(key.kindName)", at: key.location)
            }
            let mayHaveReturns = key.scalar.map(lineKeys.contains) ?? false
            let value = try node(try next(), depth: depth + 1, mayHaveReturns: mayHaveReturns)
            guard let name = key.scalar else { continue }
            if case .alias = event.kind { continue }
            if let first = seen[name] {
                try report(
                    Diagnostic(
                        "duplicate-key", "the key '\(name)' is already in this mapping", at: key.location,
                        notes: [.init(message: "'\(name)' is first here", location: first)]))
            } else {
                seen[name] = key.location
                entries.append(YAMLEntry(key: name, keyLocation: key.location, value: value))
            }
        }
    }

    /// Refuses one item more than a list or a mapping may have.
    mutating func checkCount(_ count: Int, _ event: Event) throws(Stop) {
        guard count == limits.items else { return }
        let message = "a list or a mapping has at most \(limits.items) items"
        try stop(Diagnostic("yaml-size", message, at: location(event)))
    }

    mutating func checkDepth(_ depth: Int, _ event: Event) throws(Stop) {
        let deepest = min(limits.depth, 256)
        guard depth > deepest else { return }
        let message = "lists and mappings are nested more than \(deepest) deep"
        try stop(Diagnostic("yaml-depth", message, at: location(event)))
    }

    /// Refuses the anchor and the tag of a node; libyaml gives only the place of the first of the two.
    mutating func checkProperties(_ event: Event) throws(Stop) {
        guard event.hasAnchor || event.hasTag else { return }
        let rest = characters(of: event.start.line).dropFirst(event.start.column)
        var column = event.start.column
        for word in rest.split(separator: " ", omittingEmptySubsequences: false).prefix(16) {
            var mark = event.start
            mark.column = column
            if word.first == "&", event.hasAnchor {
                let message = "anchors are not allowed: there are no aliases to use them"
                try refuse("yaml-alias", message, at: location(mark, length: word.count))
            } else if word.first == "!", event.hasTag {
                let message = "tags are not allowed: every value is text, a list or a mapping"
                try refuse("yaml-tag", message, at: location(mark, length: word.count))
            } else if !word.isEmpty {
                break
            }
            column += word.count + 1
        }
        if isUsable {
            let identifier = event.hasTag ? "yaml-tag" : "yaml-alias"
            try refuse(identifier, "anchors and tags are not allowed", at: location(event.start, length: 1))
        }
    }
}
