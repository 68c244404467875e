#if Network
import MSNP
import MSNPSession
import MSNPTransport

/// Where a port of the proxy leads.
struct Route: Sendable, Hashable {
    /// The server.
    var address: ServerAddress
    /// The service there.
    var service: Service
    /// The version of a switchboard, which negotiates none.
    var version: ProtocolVersion
}

/// The ports that stand for the addresses that servers name.
actor ProxyRoutes {
    /// The ports that were opened, to be served.
    nonisolated let opened: AsyncStream<(Listener, Route)>
    private let opening: AsyncStream<(Listener, Route)>.Continuation
    private let host: String
    private let limit: Int
    private var ports: [Route: Task<Int, any Error>] = [:]

    init(_ configuration: ProxyConfiguration) {
        (host, limit) = (configuration.host, configuration.addresses)
        (opened, opening) = AsyncStream.makeStream()
    }

    /// The port that leads to a server; nil once too many are open.
    func port(to route: Route) async throws -> Int? {
        if let port = ports[route] { return try await port.value }
        guard ports.count < limit else { return nil }
        let port = Task { [host, opening] in
            let listener = try await Listener.bind(host: host, port: 0, limits: Proxy.limits)
            opening.yield((listener, route))
            return listener.port
        }
        ports[route] = port
        return try await port.value
    }

    /// Ends the stream of opened ports.
    nonisolated func end() { opening.finish() }
}
#endif
