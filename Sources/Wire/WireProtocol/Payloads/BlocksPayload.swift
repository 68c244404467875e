/// Header blocks one after another, and what follows them.
public protocol BlocksPayload: BytesPayload {
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

    /// Creates the table of a payload.
    public init(_ payload: StaticString, limits: PayloadLimits) {
        self.payload = payload
        self.limits = limits
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

    /// Reads the payload; throws if a field is missing or does not fit its type.
    public init(reading bytes: WireBytes) throws(PayloadError) {
        try self.init(reading: bytes, limits: Self.table.limits)
    }

    /// Reads the payload; throws if, unless it is lenient, a field is missing or does not fit its type.
    public init(reading bytes: WireBytes, limits: PayloadLimits, isLenient: Bool) throws(PayloadError) {
        self.init()
        var position = 0
        try visitBlocks { (block, _) throws(PayloadError) in
            block = try HeaderBlock(reading: bytes, at: &position, limits: limits, isLenient: isLenient)
        }
        body = bytes.slice(position..<bytes.count)
        if !isLenient { try check() }
    }

    /// The fields that are missing or do not fit their types, and the known deviations of programs in the others.
    public func findings(_ mode: ReadingMode) -> PayloadFindings { inspected(mode).found }

    /// The encoded bytes; throws if a field does not fit its type or would end its line.
    public func encoded() throws(PayloadError) -> [UInt8] {
        let (blocks, found) = inspected(.checked)
        try found.checked()
        return try HeaderBlock.bytes(of: blocks, followedBy: body)
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
        return (blocks, found)
    }
}
