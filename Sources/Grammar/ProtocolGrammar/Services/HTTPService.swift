import YAMLTree

/// A service that clients reach over HTTP.
public struct HTTPService: Named, Sendable {
    /// A parameter in the address of a request.
    public struct Parameter: Sendable {
        public enum Value: Sendable {
            case literal(String)
            case type(String)
        }

        public var name: String
        /// Its name in the address.
        public var parameter: String
        public var value: Value
        public var isOptional: Bool
        public var about: String
        public var location: SourceLocation
    }

    /// One kind of request.
    public struct Request: Sendable {
        public var name: String
        public var about: String
        public var parameters: [Parameter]
        /// A path with parameters.
        public var example: Reference?
        public var location: SourceLocation
    }

    /// A header field of its answers.
    public struct Field: Sendable {
        public var name: String
        public var header: String
        public var type: String
        public var about: String
        public var example: Reference?
        public var location: SourceLocation
    }

    public var name: String
    public var about: String
    public var notes: String
    /// The host names that clients look for, the usual one first.
    public var hosts: [String]
    /// The path, with its first slash.
    public var path: String
    /// `https`, or `http` for one without TLS.
    public var scheme: String
    /// `GET` or `POST`.
    public var method: String
    /// The payload around each message and each answer; nil for none.
    public var envelope: Reference?
    /// The content type of both bodies; nil if it depends on the message.
    public var contentType: String?
    public var requests: [Request]
    public var fields: [Field]
    public var versions: VersionSet
    public var confidence: String
    public var sources: [String]
    public var location: SourceLocation

    /// The address that clients ask, at the usual host.
    public var address: String { "\(scheme)://\(hosts.first ?? "")\(path)" }

    /// The first line of a request, without the protocol.
    public var request: String { "\(method) \(address)" }

    /// The names of the types of parameters and header fields.
    public var types: [String] {
        fields.map(\.type)
            + requests.flatMap(\.parameters).compactMap { parameter in
                if case .type(let type) = parameter.value { type } else { nil }
            }
    }
}
