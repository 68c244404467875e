// Shows: two listeners and a session actor a connection are all a server needs around the generated grammar.
import MSNP
import MSNPSession
import MSNPTransport

/// A dispatch server and a notification server on free ports of the loopback interface.
public struct SampleServer: Sendable {
    /// The address of both servers.
    public let host = "127.0.0.1"
    /// Where clients begin.
    public let dispatchPort: Int
    /// Where they are sent.
    public let notificationPort: Int
    /// Where clients get their tickets, in the place of the web service.
    public let tickets: TicketOffice

    /// Runs the servers while the body runs, and stops them and all connections when it ends.
    public static func withRunning<Result: Sendable>(
        _ configuration: SampleConfiguration = SampleConfiguration(), limits: TransportLimits = .default,
        _ body: @escaping @Sendable (SampleServer) async throws -> Result
    ) async throws -> Result {
        let dispatch = try await Listener.bind(limits: limits)
        let notification = try await Listener.bind(limits: limits)
        let server = SampleServer(
            dispatchPort: dispatch.port, notificationPort: notification.port, tickets: TicketOffice())
        let context = ServerContext(
            configuration: configuration, hub: PresenceHub(), tickets: server.tickets, host: server.host,
            dispatchPort: dispatch.port, notificationPort: notification.port)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await dispatch.run { await ServerSession.serve($0, .dispatch, context) } }
            group.addTask { await notification.run { await ServerSession.serve($0, .notification, context) } }
            defer { group.cancelAll() }
            return try await body(server)
        }
    }
}

/// What all sessions of a server share.
struct ServerContext: Sendable {
    /// Users and settings.
    let configuration: SampleConfiguration
    /// Who is there.
    let hub: PresenceHub
    /// Where tickets are redeemed.
    let tickets: TicketOffice
    /// The address of the servers.
    let host: String
    /// The port of the dispatch server.
    let dispatchPort: Int
    /// The port of the notification server.
    let notificationPort: Int

    /// The account of an address, letters compared without case.
    func account(_ userHandle: String) -> SampleAccount? {
        let wanted = userHandle.lowercased()
        return configuration.accounts.first { $0.userHandle.lowercased() == wanted }
    }

    /// True if accounts of that domain live here.
    func serves(_ userHandle: String) -> Bool {
        guard let at = userHandle.lastIndex(of: "@") else { return false }
        return userHandle[userHandle.index(after: at)...].lowercased() == configuration.domain
    }
}
