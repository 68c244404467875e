// Generated from payloads/demo.yaml. Edit that file instead.
import WireProtocol

extension Payload {
    /// A document of two levels.
    ///
    /// DEMO0 to DEMO3. Borne by `SAY.document`.
    ///
    /// The order of entries counts.
    public struct Demo: XMLPayload {
        public static var payload: StaticString { "demo" }
        public static var elementName: StaticString { "Demo" }

        /// The element as it stands, with what the grammar does not know.
        public var element: XMLElement

        private static var attributeOrder: [String] {
            ["w", "l"]
        }

        private static var childOrder: [String] {
            ["e", "name", "port"]
        }

        /// Makes an empty one.
        public init() {
            element = XMLElement("Demo")
        }

        /// Reads one; throws where it is not what the grammar describes.
        public init(_ element: XMLElement) throws(PayloadError) {
            self.element = element
            try check()
        }

        /// Attribute `w`.
        public var isWhole: Bool? {
            get { element.value(attribute: "w", as: SwitchWord.self)?.isTrue }
            set { element.set(attribute: "w", to: newValue.map { SwitchWord($0) }, order: Self.attributeOrder) }
        }

        /// Attribute `l`.
        public var lists: Lists? {
            get { element.value(attribute: "l", as: Lists.self) }
            set { element.set(attribute: "l", to: newValue, order: Self.attributeOrder) }
        }

        /// One line of it. Element `e`.
        public var lines: [Entry] {
            get { element[children: "e"].compactMap { try? Entry($0) } }
            set { element.set(children: "e", to: newValue.map(\.element), order: Self.childOrder) }
        }

        /// Element `name`.
        public var names: [String] {
            get { element[children: "name"].map(\.text) }
            set {
                let elements = newValue.map { XMLElement("name", text: $0) }
                element.set(children: "name", to: elements, order: Self.childOrder)
            }
        }

        /// Where. Element `port`.
        public var port: UInt32? {
            get { element.value(child: "port", as: UInt32.self) }
            set { element.set(child: "port", to: newValue, order: Self.childOrder) }
        }

        /// Throws where it is not what the grammar describes.
        public func check() throws(PayloadError) {
            try element.require(name: "Demo")
            try element.check(attribute: "w", as: SwitchWord.self)
            try element.require(attribute: "l")
            try element.check(attribute: "l", in: 0...5)
            if element[attribute: "w"] == nil {
                try element.require(1, of: "e", "name", "port")
            }
            for child in element[children: "e"] { _ = try Entry(child) }
            try element.check(children: "port", in: 1...65535)
        }

        /// One line of it. Element `e`.
        public struct Entry: XMLContent {
            public static var elementName: StaticString { "e" }

            /// The element as it stands, with what the grammar does not know.
            public var element: XMLElement

            /// Makes an empty one.
            public init() {
                element = XMLElement("e")
            }

            /// Reads one; throws where it is not what the grammar describes.
            public init(_ element: XMLElement) throws(PayloadError) {
                self.element = element
                try check()
            }

            /// One line of it. Element `e`.
            public var entry: Entry? {
                get { element[children: "e"].first.flatMap { try? Entry($0) } }
                set { element.set(children: "e", to: newValue.map { [$0.element] } ?? []) }
            }

            /// The text of the element, without escapes.
            public var words: String {
                get { element.text }
                set { element.text = newValue }
            }

            /// Throws where it is not what the grammar describes.
            public func check() throws(PayloadError) {
                try element.require(name: "e")
                for child in element[children: "e"] { _ = try Entry(child) }
            }
        }
    }
}
