/// One command on the wire, and the context it is sent in. Nothing here is a type of the code that is looked at.
struct Line {
    var text: [UInt8]
    var payload: [UInt8]?
    var context: Context
    var ending: [UInt8] = [13, 10]

    var bytes: [UInt8] { text + ending + (payload ?? []) }
}

/// Who sends something, to or from which server, and in which version.
struct Context: Hashable {
    var isClient: Bool
    var service: String
    var version: UInt8
}

/// What the code is given: a line by itself, or bytes that a framer cuts.
struct Input {
    enum Content {
        case line([UInt8], payload: [UInt8]?)
        /// The bytes come in pieces of these sizes; no sizes stand for one piece.
        case stream([UInt8], pieces: [Int])
    }

    /// The name of the part of the snapshot that it belongs to.
    var part: String
    var context: Context
    /// Whether the limits are small ones instead of those of the grammar.
    var hasSmallLimits = false
    var content: Content

    /// A line for a framer.
    static func framed(_ line: Line, part: String) -> Input {
        Input(part: part, context: line.context, content: .stream(line.bytes, pieces: []))
    }

    /// A line that is a frame already, so that it may have any payload; nil unless it is UTF-8.
    static func direct(_ line: Line, part: String) -> Input? {
        guard String(validating: line.text, as: UTF8.self) != nil else { return nil }
        return Input(part: part, context: line.context, content: .line(line.text, payload: line.payload))
    }

    func write(to json: inout JSONWriter) {
        json.field("part", part)
        json.field("sender", context.isClient ? "client" : "server")
        json.field("service", context.service)
        json.field("version", Int(context.version))
        if hasSmallLimits { json.field("small", true) }
        switch content {
        case .line(let text, let payload):
            json.field("line", bytes: text)
            if let payload { json.field("payload", bytes: payload) }
        case .stream(let bytes, let pieces):
            json.field("stream", bytes: bytes)
            guard !pieces.isEmpty else { return }
            json.array("pieces") { json in
                for piece in pieces { json.add(piece) }
            }
        }
    }

    /// The input of a record; nil for one that has none.
    init?(_ record: JSON) {
        guard let part = record["part"]?.text, let sender = record["sender"]?.text,
            let service = record["service"]?.text, let version = record["version"]?.number
        else { return nil }
        let content: Content
        if let text = record["line"]?.bytes {
            content = .line(text, payload: record["payload"]?.bytes)
        } else if let bytes = record["stream"]?.bytes {
            content = .stream(bytes, pieces: record["pieces"]?.elements.compactMap(\.number) ?? [])
        } else {
            return nil
        }
        self.init(
            part: part,
            context: Context(isClient: sender == "client", service: service, version: UInt8(clamping: version)),
            hasSmallLimits: record["small"] == .flag(true), content: content)
    }

    init(part: String, context: Context, hasSmallLimits: Bool = false, content: Content) {
        self.part = part
        self.context = context
        self.hasSmallLimits = hasSmallLimits
        self.content = content
    }
}
