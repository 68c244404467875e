import MSNP
import MSNPSession
import SampleServer
import TestSupport
import WireProtocol

/// Plays the clients of a recording against the sample server.
struct ServerReplay {
    private let recording: Recording
    private let differences: Differences
    private let server: SampleServer
    private let watch: ServerWatch
    private var web: WebExchanges
    private var values = SessionValues()
    private var peers: [String: ReplayPeer] = [:]
    /// The names that the server has for the connections.
    private var serverNames: [String: String] = [:]
    private var opened: [Service: Int] = [:]
    /// The last request of each connection that got no answer in the recording.
    private var unanswered: [String: Recording.Line] = [:]
    /// The connections that the server has to close.
    private var ending: Set<String> = []
    /// The connections whose last line the server need not say; it need not close them either.
    private var excused: Set<String> = []
    /// The connections on which the recorded server gave up.
    private var abandoned: Set<String> = []
    /// What the server said and the recorded server did not.
    private(set) var additions: [String] = []

    private init(_ recording: Recording, _ differences: Differences, _ server: SampleServer, _ watch: ServerWatch) {
        (self.recording, self.differences, self.server, self.watch) = (recording, differences, server, watch)
        web = WebExchanges(recording.file, differences, server)
    }

    /// Plays a recording to the end; throws where an answer does not come, and returns what is wrong otherwise.
    static func run(_ recording: Recording, _ differences: Differences) async throws -> [String] {
        let past = try ServerPast(recording)
        let watch = ServerWatch()
        var configuration = SampleConfiguration(accounts: past.accounts, contact: nil)
        let clock = ManualClock()
        configuration.clock = ServerClock(
            now: { clock.now.offset }, sleep: { try await clock.sleep(for: $0) }, unixTime: { 1_000_000_000 })
        configuration.logger = watch.logger
        configuration.loginHost = "login.passport.com"
        // Nobody has to wait: time stands still.
        configuration.limits.commandBurst = 10_000
        return try await SampleServer.withRunning(configuration) { server in
            var replay = ServerReplay(recording, differences, server, watch)
            // The farewell waits for this clock.
            try await clock.guarding {
                if recording.hasPast { replay.opened[.notification] = try await past.retell(server) }
                for event in recording.events { try await replay.play(event) }
            }
            return replay.additions + replay.web.allProblems + watch.complaints
                + differences.unused.map { "not needed: \($0)" }
        }
    }

    private mutating func play(_ event: Recording.Event) async throws {
        switch event {
        case .said(let line):
            let connection = recording.connections[line.connection] ?? Recording.Connection(service: .notification)
            switch line.message {
            case .client: try await say(line, connection)
            case .server(let message): try await expect(line, message, connection)
            case .unreadable: break
            }
        case .asked(let exchange): try await web.play(exchange)
        case .closed(let name, let end): try await close(name, by: end)
        }
    }

    /// Sends what a client said.
    private mutating func say(_ line: Recording.Line, _ connection: Recording.Connection) async throws {
        let peer = peers[line.connection] ?? open(line.connection, connection)
        let account = connection.account
        let isWrong = recording.isStory && recording.refuses(line)
        await peer.send(isWrong ? line.raw : try values.renewed(line, of: account, connection.version, server))
        switch line.message {
        case .client(.out): ending.insert(line.connection)
        default: unanswered[line.connection] = line
        }
    }

    private mutating func open(_ name: String, _ connection: Recording.Connection) -> ReplayPeer {
        let port =
            switch connection.service {
            case .dispatch: server.dispatchPort
            case .switchboard: server.switchboardPort
            default: server.notificationPort
            }
        opened[connection.service, default: 0] += 1
        serverNames[name] = "\(name.prefix { $0.isLetter })\(opened[connection.service] ?? 1)"
        let peer = ReplayPeer(name, connection.service, connection.version, port: port)
        peers[name] = peer
        return peer
    }

    /// Waits for what the recorded server said, or for what stands in its place.
    private mutating func expect(
        _ line: Recording.Line, _ message: ServerMessage, _ connection: Recording.Connection
    ) async throws {
        let name = line.connection
        guard let peer = peers[name] else { return }
        if line.transaction == unanswered[name]?.transaction { unanswered[name] = nil }
        guard case .form(let wanted) = differences.expectation(name, line.name) else {
            excused.insert(name)
            return
        }
        excused.remove(name)
        switch message {
        case .xfr(.notification), .out: ending.insert(name)
        default: break
        }
        let answer = try await peer.find(wanted, line.transaction)
        for other in await peer.rest { values.learn(here: other.message, of: connection.account) }
        values.learn(here: answer.message, of: connection.account)
        values.learn(recorded: message, here: answer.message, name, of: connection.account)
    }

    /// Ends a connection as it ended in the recording.
    private mutating func close(_ name: String, by end: Sender) async throws {
        guard let peer = peers[name] else { return }
        if ending.contains(name) || end == .server && recording.isStory && !excused.contains(name) {
            try await peer.end()
        } else if end == .server, !abandoned.contains(name), let request = unanswered[name] {
            // The recorded server could not go on here; this one has to.
            let answer = try await peer.find("an answer to \(request.name)") { $0.transaction == request.transaction }
            if answer.isError { additions.append("\(name): \(answer.name) to \(request.name)") }
            abandoned.insert(name)
            await peer.close()
        } else {
            await peer.close()
        }
        await watch.seesEnd(of: serverNames[name] ?? name)
        guard !abandoned.contains(name) else { return }
        for answer in await peer.rest where !differences.allows(name, answer.name) {
            additions.append("\(name): \(answer.name), which was not recorded")
        }
    }
}
