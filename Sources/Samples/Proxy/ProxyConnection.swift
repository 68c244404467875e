#if Network
// Shows: one value that follows a connection is all that somebody in the middle needs.
import MSNP
import MSNPSession
import MSNPTransport
import SessionLint
import WireProtocol

/// Relays one connection in both directions.
actor ProxyConnection {
    private let connection: ProxiedConnection
    private let route: Route
    private let routes: ProxyRoutes
    private let configuration: ProxyConfiguration
    private let observe: @Sendable (ProxyEvent) -> Void
    /// The host that clients are told.
    private let ownHost: String
    private var replay: ConnectionReplay

    init(
        _ connection: ProxiedConnection, _ route: Route, _ routes: ProxyRoutes, _ configuration: ProxyConfiguration,
        ownHost: String, observe: @escaping @Sendable (ProxyEvent) -> Void
    ) {
        (self.connection, self.route, self.routes) = (connection, route, routes)
        (self.configuration, self.ownHost, self.observe) = (configuration, ownHost, observe)
        replay = ConnectionReplay(following: route.service, version: route.version)
    }

    /// Relays until both ends have finished, or one of them fails.
    func relay(_ client: Link, _ server: Link) async throws {
        try await Relay(configuration).run(client, server) { bytes, sender in
            await self.pass(bytes, from: sender)
        } rest: { sender in
            await self.rest(of: sender)
        }
    }

    /// What goes to the other end for what has arrived.
    private func pass(_ bytes: [UInt8], from sender: Sender) async -> [UInt8] {
        let parts = replay.follow(bytes, from: sender)
        var result: [UInt8] = []
        for part in parts {
            guard configuration.rewritesAddresses, sender == .server, let line = part.line,
                let referral = Referral(line), let new = await ownAddress(for: referral, in: line.version),
                let rewritten = try? referral.bytes(to: new)
            else {
                result += part.bytes
                observe(.part(connection, ProxiedPart(part, from: sender)))
                continue
            }
            result += rewritten
            observe(.part(connection, ProxiedPart(part, from: sender, replaced: (referral.address, new))))
        }
        // Without addresses to replace, no byte waits for the rest of its command.
        return configuration.rewritesAddresses && sender == .server ? result : bytes
    }

    /// What is left of an incomplete command.
    private func rest(of sender: Sender) -> [UInt8] {
        guard let rest = replay.takeRest(of: sender) else { return [] }
        observe(.part(connection, ProxiedPart(rest, from: sender)))
        return configuration.rewritesAddresses && sender == .server ? rest.bytes : []
    }

    /// The address of the proxy that stands for another; nil if there is none.
    private func ownAddress(for referral: Referral, in version: ProtocolVersion) async -> ServerAddress? {
        let route = Route(address: referral.address, service: referral.service, version: version)
        guard let port = try? await routes.port(to: route) else { return nil }
        return ServerAddress(host: ownHost, port: port)
    }
}
#endif
