import YAMLTree

/// A kind of payload content: a MIME message, an XML document, stacked header blocks or a binary header.
public struct PayloadType: Sendable {
    public enum Content: Sendable {
        case mime(MIMEContent)
        case xml(XMLContent)
        case blocks(BlocksContent)
        case binary(BinaryContent)
    }

    /// A message with a known `Content-Type`.
    public struct MIMEContent: Sendable {
        /// Without parameters, in lower case.
        public var contentType: String
        public var charset: String?
        /// Whether the fields are lines of the body instead of the header.
        public var fieldsInBody: Bool
        public var fields: [Field]
    }

    /// Header blocks one after another, and a body.
    public struct BlocksContent: Sendable {
        public var blocks: [HeaderBlock]
        /// What the field for content types of a payload around it says; without parameters, in lower case.
        public var contentType: String?
        /// The name of the field that counts the bytes of the body.
        public var bodyLength: Reference?
        /// The body of a new payload.
        public var body: [UInt8]
    }

    /// One of a sequence of header blocks.
    public struct HeaderBlock: Sendable {
        public var name: String
        public var about: String
        /// The line before the fields.
        public var startLine: StartLine?
        public var fields: [Field]
    }

    /// A line before the fields of a block.
    public struct StartLine: Sendable {
        public var name: String
        public var type: String
        public var about: String
        public var location: SourceLocation
    }

    /// A payload whose body or data this one may be.
    public struct Bearer: Sendable {
        public enum Requirement: Sendable {
            case number(UInt64)
            /// Another number of the header.
            case equal(String)
            case present
            case absent
        }

        public var payload: Reference
        /// What must hold in it, by the names of its numbers and fields.
        public var conditions: [(name: String, requirement: Requirement, location: SourceLocation)]
    }

    /// A line `Name: value`.
    public struct Field: Sendable {
        public var name: String
        public var header: String
        public var type: String
        public var versions: VersionSet
        public var isRequired: Bool
        /// The value in a new block.
        public var initial: String?
        public var about: String
        public var location: SourceLocation
    }

    public struct XMLContent: Sendable {
        /// The name of the outermost element.
        public var root: String
        public var elements: [Element]
        /// The namespace of names without a prefix; nil for none.
        public var namespace: String?
        /// The namespaces of prefixes that the document declares.
        public var prefixes: [ElementSet.Prefix]
        /// The names of the files whose elements it may contain, too.
        public var includes: [Reference]
        /// The elements of those files that the document can contain.
        public var included: [Element] = []

        /// The elements that the document can contain.
        public var all: [Element] { elements + included }
    }

    /// An element of a document.
    public struct Element: Sendable {
        public struct Attribute: Sendable {
            public var name: String
            public var attribute: String
            public var type: String
            public var isRequired: Bool
            public var minimum: Int?
            public var maximum: Int?
            public var about: String
            public var location: SourceLocation
        }

        public struct Child: Sendable {
            public var name: String
            /// The key of an element, or the name in the document of an element with only text.
            public var element: String
            /// The names in the document of elements around it that contain nothing else, outermost first.
            public var within: [String]
            /// The type of the text of an element with only text; nil for a described element.
            public var type: String?
            public var isRepeated: Bool
            /// The minimum number of them.
            public var minimum: Int
            public var about: String
            public var location: SourceLocation

            /// What it is in words: its own, or those of the described element, which need not be said twice.
            public func meaning(among elements: [Element]) -> String {
                guard about.isEmpty, type == nil else { return about }
                return elements.first { $0.name == element }?.about ?? ""
            }
        }

        public var name: String
        /// The shared file that has it; nil for an element of the payload itself.
        public var home: String?
        /// The name in the document.
        public var element: String
        /// The namespace of the element and what is in it, if they have no prefix; nil for that around it.
        public var namespace: String?
        public var about: String
        public var attributes: [Attribute]
        public var children: [Child]
        /// The minimum number of children of all kinds together.
        public var minimum: Int
        /// The name of an attribute whose presence lifts the minimum.
        public var unless: String?
        /// The name of the property that holds the text; nil if there is none.
        public var text: String?
        public var location: SourceLocation
    }

    public struct BinaryContent: Sendable {
        public struct Number: Sendable {
            public var name: String
            public var width: Int
            /// A set of flags or an enumeration of numbers.
            public var type: String?
            public var isBigEndian: Bool
            public var about: String
            public var location: SourceLocation
        }

        public var numbers: [Number]
        /// The field with the size of the header, which ends with entries of type, length and value.
        public var headerLength: String?
        /// The field with the number of data bytes; nil if the data continues to the end.
        public var dataLength: String?
        /// Numbers after the data.
        public var footer: [Number]
        /// The enumeration that names the types of the entries in the header.
        public var entryType: Reference?
    }

    /// What a message is for an HTTP service.
    public struct ServiceRequest: Sendable {
        public var service: Reference
        /// The name of the payload that answers.
        public var answer: Reference
    }

    public struct Example: Sendable {
        public var title: String
        public var bytes: [UInt8]
        public var location: SourceLocation
    }

    public var name: String
    public var about: String
    public var versions: VersionSet
    public var content: Content
    /// The forms that carry it, such as `MSG.notice`; empty for content of other payloads.
    public var commands: [Reference]
    /// The payloads that it may be inside of.
    public var bearers: [Bearer] = []
    /// The HTTP service that it asks, if it is a request.
    public var serviceRequest: ServiceRequest?
    public var sources: [String]
    public var confidence: String
    public var notes: String
    public var examples: [Example]
    /// Known deviations of programs that write the document.
    public var deviations: [DocumentDeviation] = []
    public var location: SourceLocation
}

extension PayloadType.BlocksContent {
    /// The fields of all blocks.
    public var fields: [PayloadType.Field] { blocks.flatMap(\.fields) }

    /// The names of the types that the blocks use.
    public var types: [String] { blocks.compactMap(\.startLine?.type) + fields.map(\.type) }
}
