// Shows: a listener a service and a session actor a connection are all a server needs around the generated grammar.
import MSNP
import MSNPSession
import MSNPTransport

/// A dispatch, a notification and a switchboard server, with the login service beside them.
public struct SampleServer: Sendable {
    /// The interface of all of them.
    public let host: String
    /// Where clients begin.
    public let dispatchPort: Int
    /// Where they are sent.
    public let notificationPort: Int
    /// Where they chat.
    public let switchboardPort: Int
    /// Where they get tickets over plain HTTP.
    public let loginPort: Int
    /// Where tickets come from, for clients in the same process.
    public let tickets: TicketIssuer

    /// Runs the servers while the body runs; then tells everybody, and stops them and all connections.
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

    /// Tells everybody that the server stops, and waits a little until they heard it.
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
