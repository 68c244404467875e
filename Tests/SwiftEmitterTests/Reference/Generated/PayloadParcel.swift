// Generated from payloads/parcel.yaml. Edit that file instead.
import WireProtocol

extension Payload {
    /// Two blocks and a body.
    ///
    /// DEMO0 to DEMO3.
    public struct Parcel: BlocksPayload {
        public static let table = BlocksTable("parcel", limits: .grammar)

        /// Where it goes.
        public var destination = Destination()
        /// What it costs.
        public var stamp = Stamp()
        /// What follows the blocks.
        public var body = WireBytes()

        /// Makes one without fields of its own.
        public init() {}

        /// Calls a function with the lines of each block, in order, and with what is known of them.
        public mutating func visitBlocks(
            _ visit: (inout HeaderBlock, FieldTable) throws(PayloadError) -> Void
        ) throws(PayloadError) {
            try visit(&destination.headers, Destination.table)
            try visit(&stamp.headers, Stamp.table)
        }

        /// Where it goes.
        public struct Destination: PayloadBlock {
            public static let table = FieldTable(
                [
                    FieldRow("Parcel", WireTypes.token, required: true, initial: "1.0"),
                    FieldRow("To", WireTypes.address),
                ])

            /// The lines as they stand, with the fields that the grammar does not know.
            public var headers: HeaderBlock

            /// Makes one with the fields that every one has.
            public init() { headers = Self.table.newBlock }

            /// Field `Parcel`.
            public var version: String? {
                get { headers.text("Parcel") }
                set { headers.set("Parcel", to: newValue, in: Self.table) }
            }

            /// A host, a port and a path. Field `To`.
            public var to: Address? {
                get { headers.value("To", as: Address.self) }
                set { headers.set("To", to: newValue, in: Self.table) }
            }
        }

        /// What it costs.
        public struct Stamp: PayloadBlock {
            public static let table = FieldTable(
                [
                    FieldRow("Price", WireTypes.number)
                ])

            /// The lines as they stand, with the fields that the grammar does not know.
            public var headers: HeaderBlock

            /// Makes one without fields.
            public init() { headers = Self.table.newBlock }

            /// Field `Price`.
            public var price: Number? {
                get { headers.value("Price", as: Number.self) }
                set { headers.set("Price", to: newValue, in: Self.table) }
            }
        }
    }
}
