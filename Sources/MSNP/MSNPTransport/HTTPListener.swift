#if Network
import NIOCore
import WireTransport

/// A small HTTP/1.1 server, with or without TLS: one request per connection, bounded bodies.
public struct HTTPListener: Sendable {
    private typealias Accepted = NIOAsyncChannel<HTTPRequest, HTTPResponse>

    private let acceptor: Acceptor<HTTPRequest, HTTPResponse>

    /// The port that the system assigned.
    public var port: Int { acceptor.port }

    /// The address that it listens on.
    public var host: String? { acceptor.channel.channel.localAddress?.ipAddress }

    /// Binds a port, with TLS if there is a certificate; port 0 picks a free one.
    ///
    /// - Parameters:
    ///   - host: the address to listen on.
    ///   - port: the port, or 0.
    ///   - certificate: the certificate to show, for TLS.
    ///   - limits: how many connections there may be, and how long they may take.
    ///   - bodyLimit: the longest body, in bytes.
    public static func bind(
        host: String = "127.0.0.1", port: Int = 0, certificate: ServerCertificate? = nil,
        limits: TransportLimits = .default, bodyLimit: Int = 65536
    ) async throws(TransportError) -> HTTPListener {
        let acceptor = try await Acceptor.bind(host: host, port: port, limits: limits) { channel in
            try certificate?.secure(channel)
            try HTTPServerHandler.add(to: channel, bodyLimit: bodyLimit)
            return try Accepted(wrappingChannelSynchronously: channel)
        }
        return HTTPListener(acceptor: acceptor)
    }

    /// Closes the port; only for a listener that never runs.
    public func close() async { await acceptor.close() }

    /// Serves requests until the task is cancelled; closes connections that take too long.
    public func run(
        timeout: Duration = .seconds(30),
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
        _ answer: @escaping @Sendable (HTTPRequest) async -> HTTPResponse
    ) async {
        await acceptor.run { connection in
            await withTaskGroup(of: Void.self) { race in
                race.addTask { await Self.serve(connection, answer) }
                race.addTask { try? await sleep(timeout) }
                await race.next()
                race.cancelAll()
            }
        }
    }

    /// Reads and answers one request, then closes the connection.
    private static func serve(
        _ connection: Accepted, _ answer: @escaping @Sendable (HTTPRequest) async -> HTTPResponse
    ) async {
        let channel = connection.channel
        try? await connection.executeThenClose { inbound, _ in
            await channel.beginReading()
            for try await request in inbound {
                return try await channel.deliver(await answer(request))
            }
        }
    }
}
#endif
