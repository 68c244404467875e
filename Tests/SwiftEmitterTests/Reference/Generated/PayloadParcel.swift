// Generated from payloads/parcel.yaml. Edit that file instead.
import WireProtocol

extension Payload {
    /// Two blocks and a body.
    ///
    /// DEMO0 to DEMO3.
    public struct Parcel: BytesPayload {
        public static var payload: StaticString { "parcel" }

        /// Where it goes.
        public var destination = Destination()
        /// What it costs.
        public var stamp = Stamp()
        /// What follows the blocks.
        public var body = WireBytes()

        /// Makes one without fields of its own.
        public init() {}

        /// Reads one; throws where a field is missing or does not fit its type.
        public init(reading bytes: WireBytes, limits: PayloadLimits = .grammar) throws(PayloadError) {
            var position = 0
            destination.headers = try HeaderBlock(reading: bytes, at: &position, limits: limits)
            stamp.headers = try HeaderBlock(reading: bytes, at: &position, limits: limits)
            body = bytes.slice(position..<bytes.count)
            try check()
        }

        /// Throws where a field is missing or does not fit its type.
        public func check() throws(PayloadError) {
            try destination.check()
            try stamp.check()
        }

        /// The bytes; throws where a field does not fit its type or would end its line.
        public func encoded() throws(PayloadError) -> [UInt8] {
            try check()
            return try HeaderBlock.bytes(of: destination.headers, stamp.headers, followedBy: body)
        }

        /// Where it goes.
        public struct Destination: Hashable, Sendable {
            /// The lines as they stand, with the fields that the grammar does not know.
            public var headers = HeaderBlock()

            private static var order: [StaticString] {
                ["Parcel", "To"]
            }

            /// Makes one with the fields that every one has.
            public init() {
                headers.set("Parcel", to: "1.0")
            }

            /// Field `Parcel`.
            public var version: String? {
                get { headers.text("Parcel") }
                set { headers.set("Parcel", to: newValue, order: Self.order) }
            }

            /// A host, a port and a path. Field `To`.
            public var to: Address? {
                get { headers.value("To", as: Address.self) }
                set { headers.set("To", to: newValue, order: Self.order) }
            }

            /// Throws where a field is missing or does not fit its type.
            public func check() throws(PayloadError) {
                try headers.require("Parcel")
                try headers.check("To", as: Address.self)
            }
        }

        /// What it costs.
        public struct Stamp: Hashable, Sendable {
            /// The lines as they stand, with the fields that the grammar does not know.
            public var headers = HeaderBlock()

            /// Makes one without fields.
            public init() {}

            /// Field `Price`.
            public var price: UInt32? {
                get { headers.value("Price", as: UInt32.self) }
                set { headers.set("Price", to: newValue) }
            }

            /// Throws where a field is missing or does not fit its type.
            public func check() throws(PayloadError) {
                try headers.check("Price", as: UInt32.self)
            }
        }
    }
}
