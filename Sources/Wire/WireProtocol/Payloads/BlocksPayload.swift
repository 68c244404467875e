/// Header blocks one after another, and what follows them.
public protocol BlocksPayload: BytesPayload, BearingPayload {
    /// The table that describes this payload.
    static var table: BlocksTable { get }
    /// What follows the blocks.
    var body: WireBytes { get set }

    /// Creates a payload with only the fields that every one has.
    init()
    /// Calls a function with each block in order and with its table.
    mutating func visitBlocks(
        _ visit: (inout HeaderBlock, FieldTable) throws(PayloadError) -> Void
    ) throws(PayloadError)
}

/// One of several header blocks.
public protocol PayloadBlock: Hashable, Sendable {
    /// The table that describes this block.
    static var table: FieldTable { get }
    /// The lines, including fields that the grammar does not know.
    var headers: HeaderBlock { get set }
}

/// Describes one payload of header blocks; each block has its own table.
public final class BlocksTable: Sendable {
    /// The name in the grammar.
    public let payload: StaticString
    /// The limits if a reader gives none.
    public let limits: PayloadLimits
    /// The field that counts the bytes of the body; `nil` for none.
    public let bodyLength: StaticString?
    /// The payloads that the body may be.
    public let inside: [InsideRow]

    /// Creates the table of a payload.
    public init(
        _ payload: StaticString, limits: PayloadLimits, bodyLength: StaticString? = nil, inside: [InsideRow] = []
    ) {
        self.payload = payload
        self.limits = limits
        self.bodyLength = bodyLength
        self.inside = inside
    }
}

extension PayloadBlock {
    /// Throws if a field is missing or does not fit its type.
    @discardableResult public func check() throws(PayloadError) -> [Deviation] {
        var found = PayloadFindings()
        Self.table.inspect(headers, &found)
        return try found.checked()
    }

    /// Whether both have the same lines.
    public static func == (left: Self, right: Self) -> Bool { left.headers == right.headers }

    /// Feeds the lines to the hasher.
    public func hash(into hasher: inout Hasher) { hasher.combine(headers) }
}

extension BlocksPayload {
    /// The name in the grammar.
    public static var payload: StaticString { table.payload }

    /// The tables of its blocks.
    public var fieldTables: [FieldTable] {
        var copy = self
        var tables: [FieldTable] = []
        // Nothing here throws.
        try? copy.visitBlocks { (_, table) in tables.append(table) }
        return tables
    }

    /// Reads the payload; throws if a field is missing or does not fit its type.
    public init(reading bytes: WireBytes) throws(PayloadError) {
        try self.init(reading: bytes, limits: Self.table.limits)
    }

    /// Reads the payload; throws if, unless it is lenient, a field is missing or does not fit its type.
    public init(reading bytes: WireBytes, limits: PayloadLimits, isLenient: Bool) throws(PayloadError) {
        self.init()
        var position = 0
        try visitBlocks { (block, table) throws(PayloadError) in
            block = try HeaderBlock(
                reading: bytes, at: &position, limits: limits, isLenient: isLenient,
                hasStartLine: table.startLine != nil)
        }
        body = bytes.slice(position..<bytes.count)
        if !isLenient { try inspected(.checked).found.checked() }
    }

    /// The fields that are missing or do not fit their types, and the known deviations of programs in the others; also
    /// those of the payload inside.
    public func findings(_ mode: ReadingMode) -> PayloadFindings {
        var found = inspected(mode).found
        inspectInside(&found, mode)
        return found
    }

    /// The encoded bytes; throws if a field does not fit its type or would end its line.
    ///
    /// The field that counts the bytes of the body gets their number.
    public func encoded() throws(PayloadError) -> [UInt8] {
        var copy = self
        try copy.countBody()
        let (blocks, found) = copy.inspected(.checked)
        try found.checked()
        return try HeaderBlock.bytes(of: blocks, followedBy: body)
    }

    /// Sets the field that counts the bytes of the body, if it has another number.
    private mutating func countBody() throws(PayloadError) {
        guard let name = Self.table.bodyLength else { return }
        let count = body.count
        try visitBlocks { (block, table) throws(PayloadError) in
            guard let row = table.rows.first(where: { $0.name.isSame(name) }), block.length(name) != count,
                row.isRequired || block.value(name) != nil
            else { return }
            block.set(name, WireBytes(String(count)), order: table.order)
        }
    }

    private func inspected(_ mode: ReadingMode) -> (blocks: [HeaderBlock], found: PayloadFindings) {
        var copy = self
        var found = PayloadFindings(mode: mode)
        var blocks: [HeaderBlock] = []
        do throws(PayloadError) {
            try copy.visitBlocks { (block, table) throws(PayloadError) in
                table.inspect(block, &found)
                blocks.append(block)
            }
        } catch {
            found.add(error)
        }
        if let name = Self.table.bodyLength, let length = blocks.lazy.compactMap({ $0.length(name) }).first,
            length != body.count
        {
            found.add(PayloadError(.wrongLength, field: "\(name)"))
        }
        return (blocks, found)
    }
}

extension BlocksPayload {
    /// The limits if a reader gives none.
    public static var limits: PayloadLimits { table.limits }
    /// The payloads that the body may be.
    public static var insideRows: [InsideRow] { table.inside }

    /// The body.
    public var insideBytes: WireBytes {
        get { body }
        set { body = newValue }
    }

    /// The value of a field in any block; `nil` if there is none.
    public func insideField(_ name: StaticString) -> WireBytes? {
        var copy = self
        var value: WireBytes?
        // Nothing here throws.
        try? copy.visitBlocks { (block, _) in value = value ?? block.value(name) }
        return value
    }

    /// Sets the field with the content type of the body.
    public mutating func setInsideType(_ type: StaticString) {
        try? visitBlocks { (block, table) in
            guard table.order.contains(where: { $0.isSame(InsideRow.typeField) }) else { return }
            block.set(InsideRow.typeField, WireBytes("\(type)"), order: table.order)
        }
    }
}

extension HeaderBlock {
    /// The number in a field; `nil` if there is none.
    fileprivate func length(_ name: StaticString) -> Int? {
        value(name)?.withoutTrailingBlanks(.anyNumber).string.flatMap { Int($0) }
    }
}
