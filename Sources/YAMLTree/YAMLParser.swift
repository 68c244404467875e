import CLibYAMLSystem

/// How much YAML is accepted in one file.
public struct YAMLLimits: Sendable {
    /// The greatest size of a file, in bytes.
    public var bytes: Int
    /// The greatest number of lists and mappings inside one another; never more than 256.
    public var depth: Int
    /// The greatest number of texts, lists and mappings, keys included.
    public var nodes: Int

    /// Makes limits.
    public init(bytes: Int = 1_048_576, depth: Int = 32, nodes: Int = 100_000) {
        self.bytes = bytes
        self.depth = depth
        self.nodes = nodes
    }

    /// 1 MiB, 32 levels, 100,000 nodes.
    public static let `default` = YAMLLimits()
}

/// Reads the small YAML of the grammar: one document, every scalar a text, no anchors, aliases or tags.
public struct YAMLParser {
    /// Reads a file and adds what is wrong with it to `diagnostics`.
    ///
    /// The identifiers are `file-too-large`, `invalid-utf8`, `empty-file`, `yaml-syntax`, `yaml-alias`, `yaml-tag`,
    /// `yaml-documents`, `yaml-depth`, `yaml-size`, `yaml-key`, `duplicate-key` and, after 100 of them,
    /// `too-many-errors`.
    ///
    /// - Returns: the root, or nil when there was an error other than `duplicate-key`; of a key that is there twice,
    ///   the root has the first.
    public static func parse(
        _ file: SourceFile, limits: YAMLLimits = .default, into diagnostics: inout DiagnosticList
    ) -> YAMLNode? {
        let start = SourceLocation(file: file.path, line: 1, column: 1)
        guard file.bytes.count <= limits.bytes else {
            let message = "the file has \(file.bytes.count) bytes, more than the \(limits.bytes) allowed"
            diagnostics.append(Diagnostic("file-too-large", message, at: start))
            return nil
        }
        let table = LineTable(file.bytes)
        if let offset = firstInvalidByte(file.bytes) {
            let place = table.place(ofByte: offset, in: file.bytes)
            let digits = String(file.bytes[offset], radix: 16, uppercase: true)
            let byte = digits.count == 1 ? "0" + digits : digits
            diagnostics.append(
                Diagnostic(
                    "invalid-utf8", "the byte 0x\(byte) is not valid UTF-8",
                    at: SourceLocation(file: file.path, line: place.line, column: place.column)))
            return nil
        }
        // libyaml counts a byte order mark as a column, which would shift the first line.
        let skipped = LineTable.markLength(file.bytes)
        return file.bytes.withUnsafeBufferPointer { buffer in
            let content = UnsafeBufferPointer(rebasing: buffer[skipped...])
            var builder = TreeBuilder(file: file, table: table, limits: limits, skipped: skipped)
            let root = builder.build(content)
            for diagnostic in builder.diagnostics { diagnostics.append(diagnostic) }
            return root
        }
    }

    /// The offset of the first byte that is not part of well-formed UTF-8.
    static func firstInvalidByte(_ bytes: [UInt8]) -> Int? {
        var index = 0
        while index < bytes.count {
            let lead = bytes[index]
            var second: ClosedRange<UInt8> = 0x80...0xBF
            let width: Int
            switch lead {
            case 0x00...0x7F: width = 1
            case 0xC2...0xDF: width = 2
            case 0xE0...0xEF:
                width = 3
                if lead == 0xE0 { second = 0xA0...0xBF }
                if lead == 0xED { second = 0x80...0x9F }
            case 0xF0...0xF4:
                width = 4
                if lead == 0xF0 { second = 0x90...0xBF }
                if lead == 0xF4 { second = 0x80...0x8F }
            default: return index
            }
            let next = index + width
            for offset in index + 1..<max(next, index + 1) {
                let allowed = offset == index + 1 ? second : 0x80...0xBF
                guard offset < bytes.count, allowed.contains(bytes[offset]) else { return index }
            }
            index = next
        }
        return nil
    }
}

/// Thrown once the problem is among the diagnostics, to leave the parse.
private struct Stop: Error {}

/// An event of libyaml, copied out of its memory.
private struct Event {
    enum Kind { case scalar(String, isQuoted: Bool), sequence, mapping, alias, collectionEnd, document, end, other }
    var kind: Kind = .other
    var start = yaml_mark_t()
    var end = yaml_mark_t()
    var hasAnchor = false
    var hasTag = false
    var isFlow = false
}

/// Reads libyaml events and makes the tree. It owns the parser, whose memory must not move.
private struct TreeBuilder: ~Copyable {
    private let file: SourceFile
    private let table: LineTable
    private let limits: YAMLLimits
    private let skipped: Int
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let isReady: Bool
    private var nodes = 0
    private var isUsable = true
    private var lastQuoted: (start: yaml_mark_t, end: yaml_mark_t)?
    private(set) var diagnostics: [Diagnostic] = []

    init(file: SourceFile, table: LineTable, limits: YAMLLimits, skipped: Int) {
        self.file = file
        self.table = table
        self.limits = limits
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

    private mutating func document() throws(Stop) -> YAMLNode? {
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

    private func emptyFile() -> Diagnostic {
        Diagnostic("empty-file", "the file has no content", at: location(yaml_mark_t()))
    }

    private mutating func node(_ event: Event, depth: Int) throws(Stop) -> YAMLNode {
        nodes += 1
        if nodes > limits.nodes {
            let message = "the file has more than the \(limits.nodes) texts, lists and mappings allowed"
            try stop(Diagnostic("yaml-size", message, at: location(event)))
        }
        try checkProperties(event)
        switch event.kind {
        case .scalar(let text, let isQuoted):
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

    private mutating func sequence(_ start: Event, depth: Int) throws(Stop) -> YAMLNode {
        var items: [YAMLNode] = []
        while true {
            let event = try next()
            if case .collectionEnd = event.kind {
                let place = location(start, closedBy: event)
                return YAMLNode(location: place, content: .sequence(items))
            }
            items.append(try node(event, depth: depth + 1))
        }
    }

    private mutating func mapping(_ start: Event, depth: Int) throws(Stop) -> YAMLNode {
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
            let key = try node(event, depth: depth + 1)
            if key.scalar == nil {
                try refuse("yaml-key", "a key must be a text, but this one is \(key.kindName)", at: key.location)
            }
            let value = try node(try next(), depth: depth + 1)
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

    private mutating func checkDepth(_ depth: Int, _ event: Event) throws(Stop) {
        let deepest = min(limits.depth, 256)
        guard depth > deepest else { return }
        let message = "lists and mappings are nested more than \(deepest) deep"
        try stop(Diagnostic("yaml-depth", message, at: location(event)))
    }

    /// Refuses the anchor and the tag of a node; libyaml gives only the place of the first of the two.
    private mutating func checkProperties(_ event: Event) throws(Stop) {
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
                let message = "tags are not allowed: every value is a text, a list or a mapping"
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

// MARK: - Diagnostics and places

extension TreeBuilder {
    /// Adds a diagnostic after which the tree can still be used.
    private mutating func report(_ diagnostic: Diagnostic) throws(Stop) {
        diagnostics.append(diagnostic)
        guard diagnostics.count >= 100 else { return }
        let message = "100 errors in this file; the rest of it is not read"
        try stop(Diagnostic("too-many-errors", message, at: diagnostic.location))
    }

    /// Adds a diagnostic after which reading goes on, but no tree is handed out.
    private mutating func refuse(_ identifier: String, _ message: String, at place: SourceLocation) throws(Stop) {
        isUsable = false
        try report(Diagnostic(identifier, message, at: place))
    }

    /// Adds a diagnostic and ends the parse.
    private mutating func stop(_ diagnostic: Diagnostic) throws(Stop) {
        diagnostics.append(diagnostic)
        throw Stop()
    }

    private func characters(of line: Int) -> [Unicode.Scalar] {
        Array(table.text(line + 1, in: file.bytes).unicodeScalars)
    }

    private func location(_ mark: yaml_mark_t, length: Int = 1) -> SourceLocation {
        // At the end of a file without a last line break libyaml counts one line more than there are.
        guard mark.line < table.lines.count else {
            let last = table.lines.count
            return SourceLocation(file: file.path, line: last, column: characters(of: last - 1).count + 1)
        }
        return SourceLocation(file: file.path, line: mark.line + 1, column: mark.column + 1, length: length)
    }

    /// The place of a scalar or an alias in full, up to the end of its first line; of a collection, its first mark.
    private func location(_ event: Event) -> SourceLocation {
        switch event.kind {
        case .scalar, .alias: location(event.start, upTo: event.end)
        default: location(event.start)
        }
    }

    /// The place of a collection: all of it when it is in brackets on one line.
    private func location(_ start: Event, closedBy end: Event) -> SourceLocation {
        guard start.isFlow, start.start.line == end.end.line else { return location(start.start) }
        return location(start.start, upTo: end.end)
    }

    private func location(_ start: yaml_mark_t, upTo end: yaml_mark_t) -> SourceLocation {
        if start.line == end.line { return location(start, length: end.column - start.column) }
        var rest = characters(of: start.line).dropFirst(start.column)
        while let last = rest.last, last == " " || last == "\t" { rest.removeLast() }
        return location(start, length: rest.count)
    }
}

// MARK: - libyaml

extension TreeBuilder {
    private mutating func next() throws(Stop) -> Event {
        var raw = yaml_event_t()
        guard yaml_parser_parse(parser, &raw) == 1 else {
            try stop(syntaxError())
            return Event(kind: .end)
        }
        defer { yaml_event_delete(&raw) }
        var event = Event(start: raw.start_mark, end: raw.end_mark)
        switch raw.type {
        case YAML_SCALAR_EVENT:
            let scalar = raw.data.scalar
            let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.value == nil ? 0 : scalar.length)
            let text = String(decoding: bytes, as: UTF8.self)
            event.kind = .scalar(text, isQuoted: scalar.style != YAML_PLAIN_SCALAR_STYLE)
            event.hasAnchor = scalar.anchor != nil
            event.hasTag = scalar.tag != nil
            let quotes = [YAML_SINGLE_QUOTED_SCALAR_STYLE, YAML_DOUBLE_QUOTED_SCALAR_STYLE]
            if quotes.contains(scalar.style) { lastQuoted = (event.start, event.end) }
        case YAML_SEQUENCE_START_EVENT:
            let sequence = raw.data.sequence_start
            event.kind = .sequence
            event.hasAnchor = sequence.anchor != nil
            event.hasTag = sequence.tag != nil
            event.isFlow = sequence.style == YAML_FLOW_SEQUENCE_STYLE
        case YAML_MAPPING_START_EVENT:
            let mapping = raw.data.mapping_start
            event.kind = .mapping
            event.hasAnchor = mapping.anchor != nil
            event.hasTag = mapping.tag != nil
            event.isFlow = mapping.style == YAML_FLOW_MAPPING_STYLE
        case YAML_ALIAS_EVENT: event.kind = .alias
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: event.kind = .collectionEnd
        case YAML_DOCUMENT_START_EVENT: event.kind = .document
        case YAML_STREAM_END_EVENT, YAML_NO_EVENT: event.kind = .end
        default: event.kind = .other
        }
        return event
    }

    private func syntaxError() -> Diagnostic {
        let state = parser.pointee
        let problem = state.problem.map { String(cString: $0) } ?? "libyaml cannot read the file"
        let context = state.context.map { String(cString: $0) }
        let text = context.map { "\(problem) \($0)" } ?? problem
        if state.error == YAML_READER_ERROR {
            let place = table.place(ofByte: state.problem_offset + skipped, in: file.bytes)
            return Diagnostic(
                "yaml-syntax", text, at: SourceLocation(file: file.path, line: place.line, column: place.column))
        }
        let place = location(state.problem_mark)
        if let tab = tabPlace(state.problem_mark, problem) {
            return Diagnostic("yaml-syntax", "YAML does not allow tabs for indentation (\(text))", at: tab)
        }
        if context == "while scanning a quoted scalar", problem.hasPrefix("found unexpected") {
            return Diagnostic(
                "yaml-syntax", "this quote is never closed (\(text))", at: location(state.context_mark))
        }
        // A quote left open that is closed by the next opening quote: the error is just after that one.
        if let (start, end) = lastQuoted, start.line < end.line, end.line == state.problem_mark.line {
            return Diagnostic(
                "yaml-syntax", "this quote is closed only on line \(end.line + 1), and what follows is wrong (\(text))",
                at: location(start), notes: [.init(message: problem, location: place)])
        }
        var notes: [Diagnostic.Note] = []
        if let context, state.context_mark.line != state.problem_mark.line {
            notes.append(.init(message: "\(context) that begins here", location: location(state.context_mark)))
        }
        return Diagnostic("yaml-syntax", text, at: place, notes: notes)
    }

    /// The place of the tab that is the cause of a syntax error, if one is.
    private func tabPlace(_ mark: yaml_mark_t, _ problem: String) -> SourceLocation? {
        let line = characters(of: mark.line)
        if mark.column < line.count, line[mark.column] == "\t" { return location(mark) }
        guard problem.hasPrefix("mapping values are not allowed") else { return nil }
        let margin = line.prefix { $0 == " " || $0 == "\t" }
        guard let column = margin.firstIndex(of: "\t") else { return nil }
        return SourceLocation(file: file.path, line: mark.line + 1, column: column + 1)
    }
}
