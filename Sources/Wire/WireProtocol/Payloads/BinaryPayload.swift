/// A binary header with data behind it.
public protocol BinaryPayload: BytesPayload {
    /// What is different about this header.
    static var table: BinaryTable { get }
    /// The numbers and the bytes.
    var packet: BinaryPacket { get set }

    /// Makes one with zeros and without data.
    init()
}

extension BinaryPayload {
    /// The name in the grammar.
    public static var payload: StaticString { table.payload }

    /// Reads one; throws where bytes are missing.
    public init(reading bytes: WireBytes) throws(PayloadError) {
        try self.init(reading: bytes, limits: Self.table.limits)
    }

    /// Reads one; throws where bytes are missing.
    public init(reading bytes: WireBytes, limits: PayloadLimits) throws(PayloadError) {
        self.init()
        packet = try BinaryPacket(reading: bytes, Self.table)
    }

    /// Whether both have the same numbers and bytes.
    public static func == (left: Self, right: Self) -> Bool { left.packet == right.packet }

    /// The data behind the header.
    public var data: WireBytes {
        get { packet.data }
        set { packet.data = newValue }
    }

    /// Throws where a length does not fit its number.
    public func check() throws(PayloadError) { try packet.check(Self.table) }

    /// The bytes; throws where a length does not fit its number.
    public func encoded() throws(PayloadError) -> [UInt8] { try packet.encoded(Self.table) }
}
