#if Network
/// A request to an HTTP service.
public struct HTTPRequest: Sendable {
    /// The method, in upper case.
    public let method: String
    /// Path and query.
    public let path: String
    /// The headers, in order.
    public let headers: [(name: String, value: String)]
    /// The body.
    public let body: [UInt8]
    /// The address of the client, and the one that it came in on; nil where there is none.
    public let remoteHost, localHost: String?

    /// Creates a request.
    public init(
        method: String, path: String, headers: [(name: String, value: String)] = [], body: [UInt8] = [],
        remoteHost: String? = nil, localHost: String? = nil
    ) {
        (self.remoteHost, self.localHost) = (remoteHost, localHost)
        self.method = method
        self.path = path
        self.headers = headers
        self.body = body
    }

    /// The value of the first header with this name, ignoring case.
    public subscript(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}

/// A response of an HTTP service.
public struct HTTPResponse: Sendable {
    /// The status.
    public let status: Int
    /// The headers; the listener adds the length.
    public let headers: [(name: String, value: String)]
    /// The body.
    public let body: [UInt8]

    /// Creates a response.
    public init(status: Int, headers: [(String, String)] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}
#endif
