#if Network
import WireProtocol
import WireSession

extension Link: SessionLink {
    /// The received bytes.
    public var pieces: LinkBytes { inbound }

    /// Writes all bytes.
    public func write(_ bytes: [UInt8]) async throws {
        try await outbound.write(bytes)
    }

    /// Waits until the system has taken what was written.
    public func flush() async throws {
        try await outbound.flush()
    }
}

/// Opens TCP connections for sessions.
public struct TCPConnector: Connector {
    /// Whether to use TLS; the certificate must be valid for the name of the server.
    public var tls: Bool
    /// The limits of each connection.
    public var limits: TransportLimits

    /// Creates a connector.
    public init(tls: Bool = false, limits: TransportLimits = .default) {
        self.tls = tls
        self.limits = limits
    }

    /// Connects, runs the body with the session, and closes the connection when the body returns or throws.
    @inlinable
    public func withSession<Message: SessionMessage, Result: Sendable>(
        at address: ServerAddress, _ setup: SessionSetup<Message>,
        _ body: @escaping @Sendable (ClientSession<Message>) async throws -> Result
    ) async throws -> Result {
        try await Dialer.withLink(host: address.host, port: address.port, tls: tls, limits: limits) { link in
            try await ClientSession.run(over: link, setup, body)
        }
    }
}
#else
/// Exists with the trait `Network` or `TLS`, as the rest of the module.
@available(*, unavailable, message: "WireTransport needs the trait Network or TLS of the package msnp-grammar")
public struct TCPConnector {
    /// Says what is missing.
    public init() {}
}
#endif
