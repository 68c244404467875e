// Generated from payloads/form.yaml. Edit that file instead.
import WireProtocol

extension Payload {
    /// Fields in the body.
    ///
    /// DEMO0 to DEMO3.
    public struct Form: MIMEBodyPayload {
        public static let table = MIMETable(
            "form", "text/x-form", limits: .grammar, fieldsInBody: true,
            [
                FieldRow("Port", WireTypes.portNumber)
            ])

        /// The header as it stands, with the fields that the grammar does not know.
        public var headers: HeaderBlock
        /// The fields in the body, as they stand.
        public var fields: HeaderBlock
        /// What follows the fields in the body.
        public var rest = WireBytes()

        /// Makes one without fields of its own.
        public init() {
            headers = Self.table.headers
            fields = Self.table.fields.newBlock
        }

        /// Field `Port`.
        public var port: PortNumber? {
            get { fields.value("Port", as: PortNumber.self) }
            set { fields.set("Port", to: newValue, in: Self.table.fields) }
        }
    }
}
