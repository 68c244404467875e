/// A payload with a body or data that may be another payload of the grammar.
public protocol BearingPayload: PayloadContent {
    /// The limits if a reader gives none.
    static var limits: PayloadLimits { get }
    /// The payloads that may be inside.
    static var insideRows: [InsideRow] { get }
    /// The body or data.
    var insideBytes: WireBytes { get set }

    /// The value of a header field; `nil` if there is none.
    func insideField(_ name: StaticString) -> WireBytes?
    /// A number of a binary header; `nil` if there is none.
    func insideNumber(_ name: StaticString) -> UInt64?
    /// Sets the field that says what is inside, if there is one.
    mutating func setInsideType(_ type: StaticString)
}

extension BearingPayload {
    /// None: only header blocks have fields.
    public func insideField(_ name: StaticString) -> WireBytes? { nil }

    /// None: only binary headers have numbers.
    public func insideNumber(_ name: StaticString) -> UInt64? { nil }

    /// Does nothing: only some header blocks have such a field.
    public mutating func setInsideType(_ type: StaticString) {}

    /// The payload inside; `nil` if it is none that the grammar knows. Throws if it cannot be read.
    public func inside(limits: PayloadLimits? = nil) throws(PayloadError) -> (any BytesPayload)? {
        try insideRow?.type.init(reading: insideBytes, limits: limits ?? Self.limits)
    }

    /// The payload inside as one kind; `nil` if it is another one. Throws if it cannot be read.
    public func inside<Content: BytesPayload>(
        as type: Content.Type, limits: PayloadLimits? = nil
    ) throws(PayloadError) -> Content? {
        guard insideRow?.type == type else { return nil }
        return try Content(reading: insideBytes, limits: limits ?? Self.limits)
    }

    /// Puts a payload inside, and says so in the field for its content type if there is one.
    public mutating func setInside(_ content: some BytesPayload) throws(PayloadError) {
        insideBytes = try content.payloadBytes()
        guard let row = Self.insideRows.first(where: { $0.type == type(of: content) }) else { return }
        if let contentType = row.contentType { setInsideType(contentType) }
    }

    /// The row of the payload inside.
    private var insideRow: InsideRow? {
        guard !Self.insideRows.isEmpty, !insideBytes.isEmpty else { return nil }
        return Self.insideRows.first { row in row.fits(insideBytes, in: self) }
    }

    /// Adds what is found in the payload inside.
    func inspectInside(_ found: inout PayloadFindings, _ mode: ReadingMode) {
        guard let row = insideRow else { return }
        do throws(PayloadError) {
            let content = try row.type.init(reading: insideBytes, limits: Self.limits, isLenient: true)
            found.addInside(content.findings(mode))
        } catch {
            found.addInside(error)
        }
    }
}

/// A payload that may be inside another one. Of several, the first that fits counts.
public struct InsideRow: Sendable {
    /// What must hold around the payload.
    public enum Condition: Sendable {
        /// A number of the header has a value.
        case number(StaticString, UInt64)
        /// Two numbers of the header are equal.
        case equal(StaticString, StaticString)
        /// There is a field.
        case present(StaticString)
        /// There is no such field.
        case absent(StaticString)
    }

    /// The field that names content types.
    static let typeField: StaticString = "Content-Type"

    let type: any BytesPayload.Type
    /// What the field for the content type says; `nil` for anything.
    let contentType: StaticString?
    private let startLine: ValueTable?
    private let conditions: [Condition]

    /// Creates the row of a payload, perhaps with a content type and with the type of its first line.
    public init(
        _ type: any BytesPayload.Type, contentType: StaticString? = nil, startLine: ValueTable? = nil,
        when conditions: Condition...
    ) {
        self.type = type
        self.contentType = contentType
        self.startLine = startLine
        self.conditions = conditions
    }

    /// Whether bytes in a payload are this one.
    fileprivate func fits(_ bytes: WireBytes, in bearer: some BearingPayload) -> Bool {
        if let contentType {
            guard let type = bearer.insideField(Self.typeField), contentType ~= MIMEType(type) else { return false }
        }
        return conditions.allSatisfy { $0.holds(in: bearer) } && begins(bytes)
    }

    /// Whether bytes begin with a line of the right type.
    private func begins(_ bytes: WireBytes) -> Bool {
        guard let startLine else { return true }
        var end = bytes.firstIndex(of: 0x0A, from: 0, to: bytes.count) ?? bytes.count
        if end > 0, bytes[end &- 1] == 0x0D { end &-= 1 }
        return startLine.failure(ofValue: bytes.slice(0..<end)) == nil
    }
}

extension InsideRow.Condition {
    fileprivate func holds(in bearer: some BearingPayload) -> Bool {
        switch self {
        case .number(let name, let value): bearer.insideNumber(name) == value
        case .equal(let name, let other): bearer.insideNumber(name) == bearer.insideNumber(other)
        case .present(let name): bearer.insideField(name) != nil
        case .absent(let name): bearer.insideField(name) == nil
        }
    }
}
