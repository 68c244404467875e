#if Network
import NIOCore

/// Opens TCP connections, with or without TLS.
public enum Dialer {
    /// Connects, runs the body with the link, and closes the connection when the body returns or throws. A cancelled
    /// task does not wait for the connection.
    public static func withLink<Result: Sendable>(
        host: String, port: Int, tls: Bool = false, limits: TransportLimits = .default,
        _ body: @escaping @Sendable (Link) async throws -> Result
    ) async throws -> Result {
        let opened = try await Connecting.open(host: host, port: port, tls: tls, time: limits.connectTime) {
            try LinkSetup.bound($0, limits: limits)
        } wrap: {
            try LinkSetup.wrap($0, limits: limits)
        }
        return try await opened.executeThenClose { inbound, outbound in
            await opened.channel.beginReading()
            return try await body(
                Link(
                    inbound: inbound, outbound: outbound, channel: opened.channel,
                    remoteHost: opened.channel.remoteAddress?.ipAddress))
        }
    }
}
#endif
