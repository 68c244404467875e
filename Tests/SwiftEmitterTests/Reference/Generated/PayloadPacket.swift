// Generated from payloads/packet.yaml. Edit that file instead.
import WireProtocol

extension Payload {
    /// Numbers and data.
    ///
    /// DEMO0 to DEMO3.
    public struct Packet: BinaryPayload {
        public static let table = BinaryTable(
            "packet", limits: .grammar,
            [
                NumberRow("headerSize", bytes: 1, .big, .headerLength),
                NumberRow("lists", bytes: 1, .big),
                NumberRow("size", bytes: 2, .little, .dataLength),
                NumberRow("total", bytes: 8, .big),
            ],
            footer: [
                NumberRow("check1", bytes: 4, .big)
            ])

        /// The numbers and the bytes around which they stand.
        public var packet: BinaryPacket

        /// Makes one with zeros and without data.
        public init() { packet = BinaryPacket(Self.table) }

        /// The number `lists`.
        public var lists: Lists {
            get { packet.flags("lists", in: Self.table) }
            set { packet.set("lists", to: newValue, in: Self.table) }
        }

        /// The number `total`.
        public var total: UInt64 {
            get { packet.number("total", in: Self.table) }
            set { packet.set("total", to: newValue, in: Self.table) }
        }

        /// The number `check1`.
        public var check1: UInt32 {
            get { packet.number("check1", in: Self.table) }
            set { packet.set("check1", to: newValue, in: Self.table) }
        }

        /// The entries of type, length and value in the header, padding included.
        public var options: WireBytes {
            get { packet.options }
            set { packet.options = newValue }
        }

        /// The entries of the header; write others with `TypeLengthValue.bytes(of:)`.
        public var entries: [TypeLengthValue] { (try? TypeLengthValue.entries(in: options)) ?? [] }

        /// What follows, such as the next of its kind.
        public var rest: WireBytes {
            get { packet.rest }
            set { packet.rest = newValue }
        }
    }
}
