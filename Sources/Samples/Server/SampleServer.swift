// Shows: around the generated code a server needs only a listener per service and an actor per connection.
import MSNP
import MSNPSession
import MSNPTransport

/// A dispatch, a notification and a switchboard server, and the login service.
public struct SampleServer: Sendable {
    /// The interface that they listen on.
    public let host: String
    /// The port of the dispatch server.
    public let dispatchPort: Int
    /// The port of the notification server.
    public let notificationPort: Int
    /// The port of the switchboard.
    public let switchboardPort: Int
    /// The port of the login service, over plain HTTP.
    public let loginPort: Int
    /// The source of tickets, for clients in the same process.
    public let tickets: TicketIssuer

    /// Runs the servers while the body runs; then says goodbye to the clients and closes all connections.
    public static func withRunning<Result: Sendable>(
        _ configuration: SampleConfiguration = SampleConfiguration(), limits: TransportLimits? = nil,
        _ body: @escaping @Sendable (SampleServer) async throws -> Result
    ) async throws -> Result {
        let limits = limits ?? TransportLimits(connections: configuration.limits.connections)
        let (host, ports) = (configuration.host, configuration.ports)
        let journal = try configuration.stateFile.map { try Journal(path: $0) } ?? Journal()
        let dispatch = try await Listener.bind(host: host, port: ports.dispatch, limits: limits)
        let notification = try await Listener.bind(host: host, port: ports.notification, limits: limits)
        let switchboard = try await Listener.bind(host: host, port: ports.switchboard, limits: limits)
        let login = try await HTTPListener.bind(
            host: host, port: ports.login, limits: limits, bodyLimit: configuration.limits.loginRequest)
        let accounts = Accounts(configuration.accounts, servesDigest: configuration.servesDigest)
        let server = SampleServer(
            host: host, dispatchPort: dispatch.port, notificationPort: notification.port,
            switchboardPort: switchboard.port, loginPort: login.port,
            tickets: TicketIssuer(accounts: accounts, limits: configuration.limits, clock: configuration.clock))
        let context = ServerContext(
            configuration: configuration, accounts: accounts,
            exchange: try await Exchange(configuration: configuration, accounts: accounts, journal: journal),
            tickets: server.tickets, budget: Budget(configuration.limits.totalNoticeBytes),
            dispatchPort: dispatch.port, notificationPort: notification.port, switchboardPort: switchboard.port,
            loginPort: login.port)
        let service = LoginService(tickets: server.tickets, clock: configuration.clock)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await dispatch.run { await ServerSession.serve($0, .dispatch, context) } }
            group.addTask { await notification.run { await ServerSession.serve($0, .notification, context) } }
            group.addTask { await switchboard.run { await ServerSession.serve($0, .switchboard, context) } }
            group.addTask { await login.run(sleep: configuration.clock.sleep) { service.answer($0) } }
            defer { group.cancelAll() }
            do {
                let result = try await body(server)
                await sayFarewell(context)
                return result
            } catch {
                await sayFarewell(context)
                throw error
            }
        }
    }

    /// Tells everybody that the server is stopping, and waits briefly for delivery.
    private static func sayFarewell(_ context: ServerContext) async {
        await context.exchange.stop()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await context.exchange.waitUntilEmpty() }
            group.addTask { try? await context.clock.sleep(context.limits.farewellTime) }
            await group.next()
            group.cancelAll()
        }
    }
}
