/// Header blocks that stand on each other, and what follows them.
public protocol BlocksPayload: BytesPayload {
    /// What is different about this payload.
    static var table: BlocksTable { get }
    /// What follows the blocks.
    var body: WireBytes { get set }

    /// Makes one without fields of its own.
    init()
    /// Calls a function with the lines of each block, in order, and with what is known of them.
    mutating func visitBlocks(
        _ visit: (inout HeaderBlock, FieldTable) throws(PayloadError) -> Void
    ) throws(PayloadError)
}

/// One of the header blocks that stand on each other.
public protocol PayloadBlock: Hashable, Sendable {
    /// What is different about this block.
    static var table: FieldTable { get }
    /// The lines as they stand, with the fields that the grammar does not know.
    var headers: HeaderBlock { get set }
}

/// What is different about one payload of header blocks; each block has a table of its own.
public final class BlocksTable: Sendable {
    /// The name in the grammar.
    public let payload: StaticString
    /// The limits where a reader gives none.
    public let limits: PayloadLimits

    /// Creates the table of a payload.
    public init(_ payload: StaticString, limits: PayloadLimits) {
        self.payload = payload
        self.limits = limits
    }
}

extension PayloadBlock {
    /// Throws where a field is missing or does not fit its type.
    public func check() throws(PayloadError) { try Self.table.check(headers) }

    /// Whether both have the same lines.
    public static func == (left: Self, right: Self) -> Bool { left.headers == right.headers }

    /// Feeds the lines to the hasher.
    public func hash(into hasher: inout Hasher) { hasher.combine(headers) }
}

extension BlocksPayload {
    /// The name in the grammar.
    public static var payload: StaticString { table.payload }

    /// Reads one; throws where a field is missing or does not fit its type.
    public init(reading bytes: WireBytes) throws(PayloadError) {
        try self.init(reading: bytes, limits: Self.table.limits)
    }

    /// Reads one; throws where a field is missing or does not fit its type.
    public init(reading bytes: WireBytes, limits: PayloadLimits) throws(PayloadError) {
        self.init()
        var position = 0
        try visitBlocks { (block, _) throws(PayloadError) in
            block = try HeaderBlock(reading: bytes, at: &position, limits: limits)
        }
        body = bytes.slice(position..<bytes.count)
        try check()
    }

    /// Throws where a field is missing or does not fit its type.
    public func check() throws(PayloadError) { _ = try checkedBlocks() }

    /// The bytes; throws where a field does not fit its type or would end its line.
    public func encoded() throws(PayloadError) -> [UInt8] {
        try HeaderBlock.bytes(of: checkedBlocks(), followedBy: body)
    }

    private func checkedBlocks() throws(PayloadError) -> [HeaderBlock] {
        var copy = self
        var blocks: [HeaderBlock] = []
        try copy.visitBlocks { (block, table) throws(PayloadError) in
            try table.check(block)
            blocks.append(block)
        }
        return blocks
    }
}
