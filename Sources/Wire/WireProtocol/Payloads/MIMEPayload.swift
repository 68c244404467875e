/// A message identified by its `Content-Type`.
public protocol MIMEPayload: PayloadContent {
    /// The table that describes this message.
    static var table: MIMETable { get }
    /// The header, including fields that the grammar does not know.
    var headers: HeaderBlock { get set }

    /// Creates a payload with only the fields that every one has.
    init()
    /// Reads a message; throws if it has another content type or, unless it is lenient, a field does not fit its type.
    init(_ message: MIMEMessage, limits: PayloadLimits, isLenient: Bool) throws(PayloadError)
}

/// A message whose fields are in the header.
public protocol MIMEHeaderPayload: MIMEPayload, BearingPayload {
    /// What follows the header.
    var body: WireBytes { get set }
}

/// A message whose body is text, such as a chat message.
public protocol MIMETextPayload: MIMEHeaderPayload, ExpressibleByStringLiteral {}

extension MIMETextPayload {
    /// Creates a message with this text as its body.
    public init(_ text: String) {
        self.init()
        body = WireBytes(text)
    }

    /// Creates a message with this text as its body.
    public init(stringLiteral text: String) { self.init(text) }

    /// The body as text; `nil` if it is not UTF-8.
    public var text: String? { body.string }
}

/// A message whose fields are lines of the body.
public protocol MIMEBodyPayload: MIMEPayload {
    /// The fields in the body.
    var fields: HeaderBlock { get set }
    /// What follows the fields in the body.
    var rest: WireBytes { get set }
}

/// Describes one kind of message.
public final class MIMETable: Sendable {
    /// The name in the grammar.
    public let payload: StaticString
    /// The content type without parameters, in lower case.
    public let contentType: StaticString
    /// The limits if a reader gives none.
    public let limits: PayloadLimits
    /// The header of a new message.
    public let headers: HeaderBlock
    /// The fields, in the header or in the body.
    public let fields: FieldTable
    /// The payloads that the body may be.
    public let inside: [InsideRow]

    /// Creates the table of a message.
    public init(
        _ payload: StaticString, _ contentType: StaticString, charset: StaticString? = nil, limits: PayloadLimits,
        fieldsInBody: Bool = false, _ fields: [FieldRow] = [], inside: [InsideRow] = []
    ) {
        self.inside = inside
        self.payload = payload
        self.contentType = contentType
        self.limits = limits
        var headers = MIMEMessage(contentType: contentType).headers
        if let charset { headers.set("Content-Type", WireBytes("\(contentType); charset=\(charset)")) }
        var block = HeaderBlock()
        block.endsWithEmptyLine = false
        self.fields = FieldTable(fields, after: fieldsInBody ? block : headers)
        self.headers = fieldsInBody ? headers : self.fields.newBlock
    }

    fileprivate func check(_ message: MIMEMessage) throws(PayloadError) {
        guard contentType ~= message.type else { throw PayloadError(.otherContentType) }
    }
}

extension MIMEPayload {
    /// The name in the grammar.
    public static var payload: StaticString { table.payload }
    /// The content type without parameters, in lower case.
    public static var contentType: StaticString { table.contentType }

    /// Reads a message; throws if it has another content type or a field does not fit its type.
    public init(_ message: MIMEMessage) throws(PayloadError) {
        try self.init(message, limits: Self.table.limits)
    }

    /// Reads a message; throws if it has another content type or a field does not fit its type.
    public init(_ message: MIMEMessage, limits: PayloadLimits) throws(PayloadError) {
        try self.init(message, limits: limits, isLenient: false)
    }

    /// Reads a message as far as possible; throws if it has another content type. A strict reader throws the first
    /// problem.
    public static func read(
        _ bytes: WireBytes, mode: ReadingMode = .checked, limits: PayloadLimits? = nil
    ) throws(PayloadError) -> ReadPayload<Self> {
        let limits = limits ?? table.limits
        let message = try MIMEMessage(reading: bytes, limits: limits, isLenient: true)
        let content = try Self(message, limits: limits, isLenient: true)
        return try ReadPayload(content, of: bytes, content.findings(mode), mode: mode)
    }
}

extension MIMEHeaderPayload {
    /// Reads a message; throws if it has another content type or, unless it is lenient, a field does not fit its type.
    public init(_ message: MIMEMessage, limits: PayloadLimits, isLenient: Bool) throws(PayloadError) {
        try Self.table.check(message)
        self.init()
        headers = message.headers
        body = message.body
        if !isLenient { try inspected(.checked).checked() }
    }

    /// The fields that are missing or do not fit their types, and the known deviations of programs in the others; also
    /// those of the payload inside.
    public func findings(_ mode: ReadingMode) -> PayloadFindings {
        var found = inspected(mode)
        inspectInside(&found, mode)
        return found
    }

    private func inspected(_ mode: ReadingMode) -> PayloadFindings {
        var found = PayloadFindings(mode: mode)
        Self.table.fields.inspect(headers, &found)
        return found
    }

    /// Whether both have the same lines and the same body.
    public static func == (left: Self, right: Self) -> Bool { left.headers == right.headers && left.body == right.body }

    /// The encoded bytes; throws if a field does not fit its type or would end its line.
    public func encoded() throws(PayloadError) -> [UInt8] {
        try inspected(.checked).checked()
        return try MIMEMessage(headers: headers, body: body).encoded()
    }
}

extension MIMEHeaderPayload {
    /// The limits if a reader gives none.
    public static var limits: PayloadLimits { table.limits }
    /// The payloads that the body may be.
    public static var insideRows: [InsideRow] { table.inside }

    /// The body.
    public var insideBytes: WireBytes {
        get { body }
        set { body = newValue }
    }

    /// The value of a field; `nil` if there is none.
    public func insideField(_ name: StaticString) -> WireBytes? { headers.value(name) }
}

extension MIMEBodyPayload {
    /// Reads a message; throws if it has another content type or, unless it is lenient, a field does not fit its type.
    public init(_ message: MIMEMessage, limits: PayloadLimits, isLenient: Bool) throws(PayloadError) {
        try Self.table.check(message)
        self.init()
        headers = message.headers
        var position = 0
        fields = try HeaderBlock(reading: message.body, at: &position, limits: limits, isLenient: isLenient)
        rest = message.body.slice(position..<message.body.count)
        if !isLenient { try check() }
    }

    /// The fields that are missing or do not fit their types, and the known deviations of programs in the others.
    public func findings(_ mode: ReadingMode) -> PayloadFindings {
        var found = PayloadFindings(mode: mode)
        headers.inspectLines(&found)
        Self.table.fields.inspect(fields, &found)
        return found
    }

    /// Whether both have the same lines, in the header and in the body, and the same rest.
    public static func == (left: Self, right: Self) -> Bool {
        left.headers == right.headers && left.fields == right.fields && left.rest == right.rest
    }

    /// The encoded bytes; throws if a field does not fit its type or would end its line.
    public func encoded() throws(PayloadError) -> [UInt8] {
        try check()
        let body = WireBytes(try HeaderBlock.bytes(of: [fields], followedBy: rest))
        return try MIMEMessage(headers: headers, body: body).encoded()
    }
}

/// The messages of a protocol, each by its content type: a generated enum.
public protocol MIMEChoice: PayloadConvertible, Equatable {
    /// The kinds of content, messages and others.
    static var contents: [any PayloadContent.Type] { get }

    /// Takes a message for what its type says; throws, unless it is lenient, where a field does not fit its type.
    init(_ message: MIMEMessage, limits: PayloadLimits, isLenient: Bool) throws(PayloadError)
}

extension MIMEChoice {
    /// Reads a message as far as possible; a strict reader throws the first problem.
    public static func read(
        _ bytes: WireBytes, mode: ReadingMode = .checked, limits: PayloadLimits = .default
    ) throws(PayloadError) -> ReadPayload<Self> {
        let message = try MIMEMessage(reading: bytes, limits: limits, isLenient: true)
        let choice = try Self(message, limits: limits, isLenient: true)
        let findings = try message.findings(contents.compactMap { $0 as? any MIMEPayload.Type }, mode, limits)
        return try ReadPayload(choice, of: bytes, findings, mode: mode)
    }
}

extension MIMEMessage {
    /// What is wrong with the message as the kind that its type says, and its known deviations.
    func findings(
        _ kinds: [any MIMEPayload.Type], _ mode: ReadingMode, _ limits: PayloadLimits
    ) throws(PayloadError) -> PayloadFindings {
        let type = type
        if let kind = kinds.first(where: { $0.contentType ~= type }) {
            return try kind.init(self, limits: limits, isLenient: true).findings(mode)
        }
        var found = PayloadFindings(mode: mode)
        headers.inspectLines(&found)
        return found
    }
}
