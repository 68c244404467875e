// Generated from payloads/demo.yaml. Edit that file instead.
import WireProtocol

extension Payload {
    /// A document of two levels.
    ///
    /// DEMO0 to DEMO3. Borne by `SAY.document`.
    ///
    /// The order of entries counts.
    public struct Demo: XMLPayload {
        public static let table = ElementTable(
            "Demo", payload: "demo",
            attributes: [
                AttributeRow("w", WireTypes.`switch`),
                AttributeRow("l", WireTypes.lists, required: true, range: 0...5),
            ],
            children: [
                .element("e", Entry.self),
                .text("name", WireTypes.token),
                .text("port", WireTypes.portNumber),
            ],
            minimum: 1, unless: "w")

        /// The element as it stands, with what the grammar does not know.
        public var element: XMLElement

        /// Makes an empty one.
        public init() { element = Self.table.newElement }

        /// Attribute `w`.
        public var isWhole: Bool? {
            get { element.flag(attribute: "w", as: SwitchWord.self) }
            set { element.set(attribute: "w", to: newValue, as: SwitchWord.self, in: Self.table) }
        }

        /// Attribute `l`.
        public var lists: Lists? {
            get { element.value(attribute: "l", as: Lists.self) }
            set { element.set(attribute: "l", to: newValue, in: Self.table) }
        }

        /// One line of it. Element `e`.
        public var lines: [Entry] {
            get { element.children("e") }
            set { element.set(children: "e", to: newValue, in: Self.table) }
        }

        /// Element `name`.
        public var names: [String] {
            get { element.texts(children: "name") }
            set { element.set(children: "name", to: newValue, in: Self.table) }
        }

        /// Where. Element `port`.
        public var port: PortNumber? {
            get { element.value(child: "port", as: PortNumber.self) }
            set { element.set(child: "port", to: newValue, in: Self.table) }
        }

        /// One line of it. Element `e`.
        public struct Entry: XMLContent {
            public static let table = ElementTable(
                "e",
                children: [
                    .element("e", Entry.self)
                ])

            /// The element as it stands, with what the grammar does not know.
            public var element: XMLElement

            /// Makes an empty one.
            public init() { element = Self.table.newElement }

            /// One line of it. Element `e`.
            public var entry: Entry? {
                get { element.child("e") }
                set { element.set(child: "e", to: newValue, in: Self.table) }
            }

            /// The text of the element, without escapes.
            public var words: String {
                get { element.text }
                set { element.text = newValue }
            }
        }
    }
}
