/// A binary header followed by data.
public protocol BinaryPayload: BytesPayload, BearingPayload {
    /// The table that describes this header.
    static var table: BinaryTable { get }
    /// The numbers and bytes.
    var packet: BinaryPacket { get set }

    /// Creates a header of zeros without data.
    init()
}

extension BinaryPayload {
    /// The name in the grammar.
    public static var payload: StaticString { table.payload }

    /// Reads a header and its data; throws if bytes are missing.
    public init(reading bytes: WireBytes) throws(PayloadError) {
        try self.init(reading: bytes, limits: Self.table.limits)
    }

    /// Reads a header and its data; throws if bytes are missing.
    public init(reading bytes: WireBytes, limits: PayloadLimits, isLenient: Bool) throws(PayloadError) {
        self.init()
        packet = try BinaryPacket(reading: bytes, Self.table)
    }

    /// Whether both have the same numbers and bytes.
    public static func == (left: Self, right: Self) -> Bool { left.packet == right.packet }

    /// The data after the header.
    public var data: WireBytes {
        get { packet.data }
        set { packet.data = newValue }
    }

    /// The length that does not fit its number, if there is one, and what is wrong in the payload inside.
    public func findings(_ mode: ReadingMode) -> PayloadFindings {
        var found = PayloadFindings(mode: mode)
        do throws(PayloadError) {
            try packet.check(Self.table)
        } catch {
            found.add(error)
        }
        inspectInside(&found, mode)
        return found
    }

    /// The encoded bytes; throws if a length does not fit its number.
    public func encoded() throws(PayloadError) -> [UInt8] { try packet.encoded(Self.table) }
}

extension BinaryPayload {
    /// The limits if a reader gives none.
    public static var limits: PayloadLimits { table.limits }
    /// The payloads that the data may be.
    public static var insideRows: [InsideRow] { table.inside }

    /// The data.
    public var insideBytes: WireBytes {
        get { data }
        set { data = newValue }
    }

    /// A number by its name, also one that counts; `nil` if there is none.
    public func insideNumber(_ name: StaticString) -> UInt64? { packet.anyNumber(name, in: Self.table) }
}
