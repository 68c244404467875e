#if Network
// Shows: between any client and any server, the typed API reads both ends and changes what they are told.
import MSNP
import MSNPSession
import MSNPTransport
import WireProtocol

/// Stands between clients and a server, and shows what they say.
public struct Proxy: Sendable {
    /// The port that clients connect to.
    public let port: Int
    /// The port in front of the login service; nil without one.
    public let loginPort: Int?

    /// The limits of each connection; each end may finish alone.
    static let limits = TransportLimits(connections: 256, allowsHalfClosure: true)

    /// Runs a proxy while the body runs; then closes all connections.
    ///
    /// - Parameter observe: is told everything that happens, in its order on each connection.
    public static func withRunning<Result: Sendable>(
        _ configuration: ProxyConfiguration, observe: @escaping @Sendable (ProxyEvent) -> Void,
        _ body: @escaping @Sendable (Proxy) async throws -> Result
    ) async throws -> Result {
        let listener = try await Listener.bind(host: configuration.host, port: configuration.port, limits: limits)
        var loginListener: Listener?
        if configuration.login != nil {
            do {
                loginListener = try await Listener.bind(
                    host: configuration.host, port: configuration.loginPort, limits: limits)
            } catch {
                await listener.close()
                throw error
            }
        }
        let proxy = Proxy(port: listener.port, loginPort: loginListener?.port)
        let routes = ProxyRoutes(configuration)
        let server = ProxyServer(configuration: configuration, routes: routes, observe: observe)
        return try await withThrowingTaskGroup(of: Result?.self) { [loginListener] group in
            group.addTask {
                await server.run(listener, login: loginListener)
                return nil
            }
            group.addTask { try await body(proxy) }
            defer { group.cancelAll() }
            while let ended = try await group.next() {
                if let result = ended {
                    routes.end()
                    return result
                }
            }
            throw CancellationError()
        }
    }
}

/// The ports of a proxy and their connections.
struct ProxyServer: Sendable {
    let configuration: ProxyConfiguration
    let routes: ProxyRoutes
    let observe: @Sendable (ProxyEvent) -> Void
    private let names = ConnectionNames()

    init(
        configuration: ProxyConfiguration, routes: ProxyRoutes, observe: @escaping @Sendable (ProxyEvent) -> Void
    ) {
        (self.configuration, self.routes, self.observe) = (configuration, routes, observe)
    }

    /// Serves all ports until the task is cancelled.
    func run(_ listener: Listener, login: Listener?) async {
        await withDiscardingTaskGroup { group in
            let first = Route(
                address: configuration.upstream, service: .notification,
                version: ProtocolVersion.complete.last ?? ProtocolVersion(0))
            group.addTask { await listener.run { await serve($0, first) } }
            if let login, let address = configuration.login {
                group.addTask { await login.run { await relay($0, to: address) } }
            }
            for await (listener, route) in routes.opened {
                group.addTask { await listener.run { await serve($0, route) } }
            }
        }
    }

    /// Relays a connection of the protocol.
    private func serve(_ client: Link, _ route: Route) async {
        await connect(client, to: route.address, names.next(route.service)) { server, connection in
            try await ProxyConnection(
                connection, route, routes, configuration,
                ownHost: configuration.publicHost ?? client.localHost ?? configuration.host, observe: observe
            ).relay(client, server)
        }
    }

    /// Relays a connection whose bytes are not read.
    private func relay(_ client: Link, to address: ServerAddress) async {
        await connect(client, to: address, names.next("HTTP")) { server, _ in
            try await Relay(configuration).run(client, server) { bytes, _ in
                bytes
            } rest: { _ in
                []
            }
        }
    }

    private func connect(
        _ client: Link, to address: ServerAddress, _ name: String,
        _ body: @escaping @Sendable (Link, ProxiedConnection) async throws -> Void
    ) async {
        let clientHost = client.remoteHost ?? ""
        func connection(_ serverHost: String?) -> ProxiedConnection {
            ProxiedConnection(name: name, server: address, clientHost: clientHost, serverHost: serverHost)
        }
        do {
            try await Dialer.withLink(host: address.host, port: address.port, limits: Proxy.limits) {
                [observe] server in
                let connection = ProxiedConnection(
                    name: name, server: address, clientHost: clientHost, serverHost: server.remoteHost)
                observe(.opened(connection))
                do {
                    try await body(server, connection)
                    observe(.closed(connection, reason: nil))
                } catch {
                    observe(.closed(connection, reason: "\(error)"))
                }
            }
        } catch {
            observe(.closed(connection(nil), reason: "\(error)"))
        }
    }
}
#endif
