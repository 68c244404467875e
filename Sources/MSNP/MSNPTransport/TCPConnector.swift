import MSNPSession

extension Link: SessionLink {
    /// What arrives.
    public var pieces: LinkBytes { inbound }

    /// Writes all of the bytes.
    public func write(_ bytes: [UInt8]) async throws {
        try await outbound.write(bytes)
    }
}

/// Opens TCP connections for sessions.
public struct TCPConnector: Connector {
    /// True for connections inside TLS; the certificate must be good for the name of the server.
    public var tls: Bool
    /// What a connection may use.
    public var limits: TransportLimits

    /// Makes a connector.
    public init(tls: Bool = false, limits: TransportLimits = .default) {
        self.tls = tls
        self.limits = limits
    }

    /// Connects, runs the body with the session, and closes the connection when the body ends.
    public func withSession<Result: Sendable>(
        at address: ServerAddress, _ setup: SessionSetup,
        _ body: @escaping @Sendable (ClientSession) async throws -> Result
    ) async throws -> Result {
        try await Dialer.withLink(host: address.host, port: address.port, tls: tls, limits: limits) { link in
            try await ClientSession.run(over: link, setup, body)
        }
    }
}
