import YAMLTree

/// A story that people and servers tell line by line, across connections.
public struct Conversation: Named, Sendable {
    /// Somebody who sends lines, or gets them.
    public struct Actor: Sendable {
        public enum Role: Sendable, Hashable {
            /// The client of an account; the text may name values.
            case client(account: String)
            /// A server of a service of the grammar.
            case server(service: String)
            /// A client that listens for another one; all that they say is a payload of this kind.
            case direct(payload: Reference)
            /// A server of HTTP services of the grammar.
            case web(services: [Reference])
        }

        public var name: String
        public var role: Role
        public var about: String
        public var location: SourceLocation
        public var roleLocation: SourceLocation
    }

    /// A text that several lines contain, such as an account or a cookie.
    public struct Value: Sendable {
        public var name: String
        var texts: Versioned<String?>
        public var about: String
        public var location: SourceLocation
    }

    /// Bytes behind a line, or the body of an HTTP message.
    public struct Payload: Sendable {
        public var name: String
        /// The payload of the grammar that it is; nil for plain bytes.
        public var kind: Reference?
        /// The payload that it stands in.
        public var envelope: Reference?
        /// Lines, without the empty one at their end.
        public var header: String?
        /// Bytes in front of the text, and behind it.
        public var (bytes, footer): ([UInt8], [UInt8])
        public var text: String?
        public var about: String
        public var location: SourceLocation
    }

    public struct Step: Sendable {
        public enum Content: Sendable, Hashable {
            /// The client connects to the server.
            case connect
            /// The first one closes the connection to the second one.
            case close
            case line(String)
            /// Bytes that are no line.
            case data
            /// A request to an HTTP service of the grammar.
            case request(Reference)
            /// The status of an answer.
            case response(String)

            public var isLine: Bool {
                if case .line = self { true } else { false }
            }
        }

        public var content: Content
        public var from: Reference
        public var to: Reference
        public var versions: VersionSet
        public var headers: [String]
        public var payload: Reference?
        /// Whether the session does not allow the line here.
        public var isMistake: Bool
        public var about: String
        /// The place of the line, or of what stands in its stead.
        public var location: SourceLocation
    }

    public var name: String
    public var title: String
    public var about: String
    public var notes: String
    public var sources: [String]
    public var versions: VersionSet
    /// The conversation that it continues, in each version.
    var beginnings: Versioned<Reference?>
    public var actors: [Actor]
    public var values: [Value]
    public var payloads: [Payload]
    public var steps: [Step]
    public var location: SourceLocation

    /// The conversation that comes before this one; nil if it begins with the first byte.
    public func beginning(in version: Int) -> Reference? { beginnings.value(in: version) }
}
