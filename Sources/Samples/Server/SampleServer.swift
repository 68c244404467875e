#if Network
// Shows: around the generated code a server needs only a listener per service and an actor per connection.
import Logging
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
    /// The port of the login service and the address book, over plain HTTP.
    public let loginPort: Int
    /// The interface that they listen on, which is always loopback.
    public let loginHost: String
    /// The port of the login service and the address book over TLS; nil without a certificate.
    public let secureLoginPort: Int?
    /// The source of tickets, for clients in the same process.
    public let tickets: TicketIssuer

    /// Runs the servers while the body runs; then says goodbye to the clients and closes all connections.
    public static func withRunning<Result: Sendable>(
        _ configuration: SampleConfiguration = SampleConfiguration(), limits: TransportLimits? = nil,
        _ body: @escaping @Sendable (SampleServer) async throws -> Result
    ) async throws -> Result {
        let limits =
            limits
            ?? TransportLimits(
                connections: configuration.limits.connections, sendBuffer: configuration.limits.sendBuffer)
        try configuration.checkHosts()
        // Who finds the ports taken leaves the state alone.
        let sockets = try await ServerSockets.bind(configuration, limits: limits)
        let context: ServerContext
        do {
            try configuration.checkHosts(bound: sockets.dispatch.host)
            context = try await open(configuration, ports: sockets.ports)
        } catch {
            await sockets.close()
            throw error
        }
        let server = SampleServer(
            host: configuration.host, dispatchPort: context.dispatchPort, notificationPort: context.notificationPort,
            switchboardPort: context.switchboardPort, loginPort: context.loginPort,
            loginHost: sockets.login.host ?? configuration.host,
            secureLoginPort: context.secureLoginPort, tickets: context.tickets)
        let result = await withTaskGroup(of: Void.self) { group in
            serve(sockets, context, in: &group)
            let result: Swift.Result<Result, any Error>
            do {
                result = .success(try await body(server))
            } catch {
                result = .failure(error)
            }
            await sayFarewell(context)
            group.cancelAll()
            return result
        }
        await context.exchange.journal.close()
        return try result.get()
    }

    /// Locks and reads the state.
    static func open(
        _ configuration: SampleConfiguration, ports: SampleConfiguration.Ports
    ) async throws -> ServerContext {
        let journal = try configuration.stateFile.map { try Journal(path: $0, calls: configuration.diskCalls) }
        if let torn = journal?.tornBytes, torn > 0 {
            configuration.logger.warning("dropping \(torn) bytes of an incomplete change from the state file")
        }
        let accounts = Accounts(
            configuration.accounts, servesDigest: configuration.servesDigest, derivation: configuration.derivation)
        return ServerContext(
            configuration: configuration, accounts: accounts,
            exchange: try await Exchange(
                configuration: configuration, accounts: accounts, journal: journal ?? Journal()),
            tickets: TicketIssuer(accounts: accounts, limits: configuration.limits, clock: configuration.clock),
            passwords: PasswordChecker(
                accounts: accounts, limits: configuration.limits, clock: configuration.clock),
            budget: Budget(configuration.limits.totalNoticeBytes), dispatchPort: ports.dispatch,
            notificationPort: ports.notification, switchboardPort: ports.switchboard, loginPort: ports.login,
            secureLoginPort: configuration.certificate.map { _ in ports.secureLogin })
    }

    /// Serves connections until the group is cancelled.
    private static func serve(_ sockets: ServerSockets, _ context: ServerContext, in group: inout TaskGroup<Void>) {
        let book = SOAPService(context)
        group.addTask { await sockets.dispatch.run { await ServerSession.serve($0, .dispatch, context) } }
        group.addTask { await sockets.notification.run { await ServerSession.serve($0, .notification, context) } }
        group.addTask { await sockets.switchboard.run { await ServerSession.serve($0, .switchboard, context) } }
        for (listener, isSecure) in [(sockets.login, false), (sockets.secureLogin, true)] {
            guard let listener else { continue }
            let services = WebServices(addressBook: book, login: LoginService(context, isSecure: isSecure))
            group.addTask { await listener.run(sleep: context.clock.sleep) { await services.answer($0) } }
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

/// The services that one port offers over HTTP, by their paths.
private struct WebServices: Sendable {
    let addressBook: SOAPService
    let login: LoginService

    /// Answers a request.
    func answer(_ request: HTTPRequest) async -> HTTPResponse {
        if let answer = await addressBook.answer(request) { return answer }
        return await login.answer(request)
    }
}
#else
/// Exists with the trait `Network` or `TLS`, as the rest of the module.
@available(*, unavailable, message: "SampleServer needs the trait Network or TLS of the package msnp-grammar")
public struct SampleServer {
    /// Says what is missing.
    public init() {}
}
#endif
