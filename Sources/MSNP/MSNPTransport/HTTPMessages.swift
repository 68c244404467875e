/// A request to an HTTP service.
public struct HTTPRequest: Sendable {
    /// The method, in upper case.
    public let method: String
    /// Path and query.
    public let path: String
    /// The headers in their order.
    public let headers: [(name: String, value: String)]
    /// The body.
    public let body: [UInt8]

    /// Makes a request.
    public init(method: String, path: String, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
        self.method = method
        self.path = path
        self.headers = headers
        self.body = body
    }

    /// The value of the first header with a name, letters compared without case.
    public subscript(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}

/// What an HTTP service answers.
public struct HTTPResponse: Sendable {
    /// The status.
    public let status: Int
    /// The headers; the length is added.
    public let headers: [(name: String, value: String)]
    /// The body.
    public let body: [UInt8]

    /// Makes an answer.
    public init(status: Int, headers: [(String, String)] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}
