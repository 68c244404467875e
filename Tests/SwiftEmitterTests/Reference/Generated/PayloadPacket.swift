// Generated from payloads/packet.yaml. Edit that file instead.
import WireProtocol

extension Payload {
    /// Numbers and data.
    ///
    /// DEMO0 to DEMO3.
    public struct Packet: BytesPayload {
        public static var payload: StaticString { "packet" }

        /// The number `lists`.
        public var lists = Lists(rawValue: 0)
        /// The number `total`.
        public var total: UInt64 = 0
        /// The number `check1`.
        public var check1: UInt32 = 0
        /// The entries of type, length and value in the header, padding included.
        public var options = WireBytes()
        /// The data behind the header.
        public var data = WireBytes()
        /// What follows, such as the next of its kind.
        public var rest = WireBytes()

        /// Makes one with zeros and without data.
        public init() {}

        /// Reads one; throws where bytes are missing.
        public init(reading bytes: WireBytes, limits: PayloadLimits = .grammar) throws(PayloadError) {
            var reader = ByteReader(bytes)
            let headerSize = try reader.number("headerSize", width: 1, bigEndian: true)
            lists = Lists(
                rawValue: UInt32(truncatingIfNeeded: try reader.number("lists", width: 1, bigEndian: true)))
            let size = try reader.number("size", width: 2, bigEndian: false)
            total = try reader.number("total", width: 8, bigEndian: true)
            guard headerSize >= 12 else {
                throw PayloadError(.wrongLength, field: "headerSize")
            }
            options = try reader.take("options", headerSize - 12)
            data = try reader.take("data", size)
            check1 = UInt32(
                truncatingIfNeeded: try reader.number("check1", width: 4, bigEndian: true))
            rest = try reader.take("rest", reader.remaining)
            try check()
        }

        /// The entries of the header; write others with `TypeLengthValue.bytes(of:)`.
        public var entries: [TypeLengthValue] { (try? TypeLengthValue.entries(in: options)) ?? [] }

        /// Throws where a length does not fit its number.
        public func check() throws(PayloadError) {
            if options.count + 12 >= 256 {
                throw PayloadError(.wrongLength, field: "headerSize")
            }
            if data.count >= 65536 {
                throw PayloadError(.wrongLength, field: "size")
            }
            _ = try TypeLengthValue.entries(in: options)
        }

        /// The bytes; throws where a length does not fit its number.
        public func encoded() throws(PayloadError) -> [UInt8] {
            try check()
            var writer = ByteWriter()
            writer.number(UInt64(clamping: options.count + 12), width: 1, bigEndian: true)
            writer.number(UInt64(lists.rawValue), width: 1, bigEndian: true)
            writer.number(UInt64(clamping: data.count), width: 2, bigEndian: false)
            writer.number(total, width: 8, bigEndian: true)
            writer.append(options)
            writer.append(data)
            writer.number(UInt64(check1), width: 4, bigEndian: true)
            writer.append(rest)
            return writer.bytes
        }
    }
}
