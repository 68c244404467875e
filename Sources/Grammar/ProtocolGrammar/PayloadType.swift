import YAMLTree

/// A kind of payload content: a MIME message, an XML document, stacked header blocks or a binary header.
public struct PayloadType: Sendable {
    public enum Content: Sendable {
        case mime(MIMEContent)
        case xml(XMLContent)
        case blocks([HeaderBlock])
        case binary(BinaryContent)
    }

    /// A message that its `Content-Type` names.
    public struct MIMEContent: Sendable {
        /// Without parameters, in lower case.
        public var contentType: String
        public var charset: String?
        /// Whether the fields stand in the body, as lines of their own, and not in the header.
        public var fieldsInBody: Bool
        public var fields: [Field]
    }

    /// One of the header blocks that stand on each other.
    public struct HeaderBlock: Sendable {
        public var name: String
        public var about: String
        public var fields: [Field]
    }

    /// A line `Name: value`.
    public struct Field: Sendable {
        public var name: String
        public var header: String
        public var type: String
        public var versions: VersionSet
        public var isRequired: Bool
        /// What a new block starts with.
        public var initial: String?
        public var about: String
        public var location: SourceLocation
    }

    public struct XMLContent: Sendable {
        /// The name of the outermost of `elements`.
        public var root: String
        public var elements: [Element]
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
            /// The key of an element, or the name in the document of one that has only a text.
            public var element: String
            /// The type of the text of an element that has nothing else; nil for a described element.
            public var type: String?
            public var isRepeated: Bool
            /// At least so many of them.
            public var minimum: Int
            public var about: String
            public var location: SourceLocation
        }

        public var name: String
        /// The name in the document.
        public var element: String
        public var about: String
        public var attributes: [Attribute]
        public var children: [Child]
        /// At least so many children of all kinds together.
        public var minimum: Int
        /// The name of an attribute that lifts the minimum if it is present.
        public var unless: String?
        /// The name of the property that holds the text; nil if there is none.
        public var text: String?
        public var location: SourceLocation
    }

    public struct BinaryContent: Sendable {
        public struct Number: Sendable {
            public var name: String
            public var width: Int
            /// A set of flags that names its bits, or an enumeration of numbers.
            public var type: String?
            public var isBigEndian: Bool
            public var about: String
            public var location: SourceLocation
        }

        public var numbers: [Number]
        /// The field that counts the bytes of the header itself, with more fields of the form type, length, value in it.
        public var headerLength: String?
        /// The field that counts the bytes behind the header; nil if they go to the end.
        public var dataLength: String?
        /// Numbers behind the data.
        public var footer: [Number]
        /// The enumeration that names the types of the entries in the header.
        public var entryType: Reference?
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
    /// The forms that bear it, as `MSG.notice`; none for what stands inside other payloads.
    public var commands: [Reference]
    public var sources: [String]
    public var confidence: String
    public var notes: String
    public var examples: [Example]
    /// How programs are known to write the document otherwise.
    public var deviations: [DocumentDeviation] = []
    public var location: SourceLocation
}
