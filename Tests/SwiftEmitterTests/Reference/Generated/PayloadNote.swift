// Generated from payloads/note.yaml. Edit that file instead.
import WireProtocol

extension Payload {
    /// What somebody leaves on the desk.
    ///
    /// DEMO0 to DEMO3. Borne by `SAY.heard`.
    public struct Note: MIMEHeaderPayload {
        public static let table = MIMETable(
            "note", "text/x-note", charset: "UTF-8", limits: .grammar,
            [
                FieldRow("Mood", WireTypes.mood, required: true, initial: "GD"),
                FieldRow("Urgent", WireTypes.`switch`),
                FieldRow("Title", WireTypes.token),
            ])

        /// The header as it stands, with the fields that the grammar does not know.
        public var headers: HeaderBlock
        /// What follows the header.
        public var body = WireBytes()

        /// Makes one without fields of its own.
        public init() {
            headers = Self.table.headers
        }

        /// How somebody is. Field `Mood`.
        public var mood: Mood? {
            get { headers.value("Mood", as: Mood.self) }
            set { headers.set("Mood", to: newValue, in: Self.table.fields) }
        }

        /// Whether it cannot wait. Field `Urgent`. DEMO2 to DEMO3.
        public var urgent: Bool? {
            get { headers.flag("Urgent", as: SwitchWord.self) }
            set { headers.set("Urgent", to: newValue, as: SwitchWord.self, in: Self.table.fields) }
        }

        /// Field `Title`.
        public var title: String? {
            get { headers.text("Title") }
            set { headers.set("Title", to: newValue, in: Self.table.fields) }
        }
    }
}
