#if Network
// Shows: one session throughout: requests with `send`, everything else from `notices`.
import MSNP
import MSNPSession
import WireProtocol

/// The chat client without its terminal: it takes the user's lines and returns lines to show.
public actor ChatClient {
    /// How a connection to a server ended.
    enum StayEnd: Sendable {
        /// The user signed out.
        case quit
        /// The server referred the client to another server, or to itself.
        case referred(ServerAddress)
    }

    let settings: ChatSettings
    let show: @Sendable (String) -> Void
    private let showPrompt: @Sendable (String) -> Void
    /// The session with the notification server, if any.
    var session: ClientSession? { didSet { updatePrompt() } }
    var version: ProtocolVersion
    var server: ServerAddress
    /// The pauses before the next attempts to connect; nil before the first session, and new for each.
    private var pauses: Reconnection?
    var book = ContactBook()
    /// The address book that has the lists; nil if the server or a file has them.
    var addressBook: AddressBookSession?
    /// The user's display name.
    var ownName = ""
    /// Whether the first list is still to be shown; until then, presence changes are not reported singly.
    var isArriving = true
    /// Who was shown as somebody who added the user, by lower-case account.
    var announced: Set<String> = []
    /// What the servers said and the client does not understand.
    var oddities = Oddities()
    var rooms: [Int: ChatRoom] = [:]
    /// The current conversation.
    var currentRoom: Int? { didSet { updatePrompt() } }
    var nextRoom = 1
    /// The invitations answered since the last ping.
    var invitations = 0
    /// Whether the user was told, since the last ping, that invitations are ignored.
    var isFlooded = false
    var orders: AsyncStream<ChatRoom.Order>.Continuation?
    /// Ends once the first list is shown; lines typed earlier wait for it.
    private let arrival: AsyncStream<Void>
    let arrivalSink: AsyncStream<Void>.Continuation
    /// Signals that the user wants to leave immediately.
    private let interruptions: AsyncStream<Void>
    private let interruptionSink: AsyncStream<Void>.Continuation
    private var leave: AsyncStream<StayEnd>.Continuation?
    /// Ends the pause before the next attempt to connect.
    private var retry: AsyncStream<Void>.Continuation?

    /// Creates a client. It shows lines, and a prompt that says whom the user talks to.
    public init(
        _ settings: ChatSettings, prompt: @escaping @Sendable (String) -> Void = { _ in },
        show: @escaping @Sendable (String) -> Void
    ) {
        self.settings = settings
        self.show = { show(TerminalText.line($0)) }
        showPrompt = { prompt(TerminalText.line($0)) }
        version = settings.versions.first ?? ProtocolVersion(0)
        server = settings.server
        (arrival, arrivalSink) = AsyncStream.makeStream()
        (interruptions, interruptionSink) = AsyncStream.makeStream()
    }

    /// Signs out, or abandons the sign-in.
    public nonisolated func interrupt() {
        interruptionSink.yield()
    }

    var account: String { settings.credentials.userHandle }

    /// Signs in and serves the user until the lines or the session end; false if the session ended first.
    ///
    /// An interruption before there is a session, or while the client signs out already, ends it at once.
    public func run(_ lines: AsyncStream<String>) async -> Bool {
        updatePrompt()
        return await withTaskGroup(of: Event.self) { group in
            group.addTask {
                for await _ in self.arrival {}
                await self.obey(lines)
                return .left
            }
            group.addTask { await self.nextInterruption() }
            group.addTask { .ended(isWell: await self.stayConnected()) }
            defer { group.cancelAll() }
            for await event in group {
                switch event {
                case .ended(let isWell): return isWell
                case .left:
                    if session == nil { return true }
                    _ = await signOut()
                case .interrupted:
                    if !(await signOut()) { return true }
                    group.addTask { await self.nextInterruption() }
                }
            }
            return true
        }
    }

    /// What can end the client.
    private enum Event {
        /// There are no more lines, or the user typed the last one.
        case left
        case interrupted
        /// There is no session any more, nor will there be one; false if the user did not end it.
        case ended(isWell: Bool)
    }

    /// Waits until the user interrupts.
    private func nextInterruption() async -> Event {
        for await _ in interruptions { break }
        return .interrupted
    }

    /// Performs the commands that the user types.
    private func obey(_ lines: AsyncStream<String>) async {
        for await line in lines {
            let command = ChatLine(line)
            if command == .quit { return }
            if session == nil, command == .nothing || command == .connect { retry?.yield() }
            do {
                try await perform(command)
            } catch {
                show(ChatText.sentence(error))
            }
        }
    }

    // MARK: - The session

    /// Signs in, again after a lost connection if the settings say so; true if the user ended the session.
    private func stayConnected() async -> Bool {
        for version in settings.versions where SignInKind(version: version)?.exposesPassword == true {
            show("\(version.name ?? "\(version)") lets the server guess your password; use it with servers you trust.")
        }
        while true {
            do {
                try await signInAndStay()
                return true
            } catch {
                guard !Task.isCancelled else { return false }
                show(ChatText.sentence(error))
                guard settings.reconnects, let pause = pauses?.next(after: error) else { return false }
                server = settings.server
                show("Trying again in \(ChatText.time(pause)); /connect tries at once.")
                await wait(pause)
            }
        }
    }

    /// Waits for a time, or until the user does not want to wait any longer.
    private func wait(_ pause: Duration) async {
        let (retries, retry) = AsyncStream<Void>.makeStream()
        self.retry = retry
        defer { self.retry = nil }
        let clock = settings.clock
        await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await clock.sleep(for: pause) }
            group.addTask { for await _ in retries { break } }
            await group.next()
            group.cancelAll()
        }
    }

    /// Signs in, repeatedly while servers refer the client elsewhere, and stays until the user leaves.
    private func signInAndStay() async throws {
        let signIn = SignIn(
            credentials: settings.credentials, versions: settings.versions, tickets: settings.tickets)
        let best = settings.versions.first ?? version
        for _ in 0..<8 {
            show("Connecting to \(server) ...")
            let end = try await signIn.follow(
                from: server, connector: settings.connector,
                setup: { [settings] service in settings.setup(service, version: best) },
                { session, user in try await self.stay(session, user) })
            guard case .referred(let next) = end else { return }
            server = next
        }
        throw SignInError.referredTooOften(times: 8)
    }

    /// Says whom the user talks to, or that nobody can be talked to.
    private func updatePrompt() {
        let partner = currentRoom.flatMap { rooms[$0] }.map { book[$0.partner]?.name ?? $0.partner }
        showPrompt(session == nil ? "(not connected) > " : "\(partner ?? "")> ")
    }

    /// Stays signed in until the user leaves or the server ends the session.
    private func stay(_ session: ClientSession, _ user: USR.Authenticated) async throws -> StayEnd {
        let (leaving, leave) = AsyncStream<StayEnd>.makeStream()
        let (orders, orderSink) = AsyncStream<ChatRoom.Order>.makeStream()
        (self.session, self.leave, self.orders) = (session, leave, orderSink)
        defer {
            (self.leave, self.orders) = (nil, nil)
            (rooms, currentRoom) = ([:], nil)
            self.session = nil
            book.forgetPresence()
        }
        version = await session.version
        pauses = Reconnection()
        ownName = user.friendlyName?.string ?? account
        show("Signed in as \(user.userHandle) with \(version.name ?? "\(version)").")
        return try await withThrowingTaskGroup(of: StayEnd?.self) { group in
            group.addTask { try await self.hear(session) }
            group.addTask { try await self.keepAlive(session) }
            group.addTask { await self.serveRooms(orders) }
            group.addTask {
                for await end in leaving { return end }
                return nil
            }
            defer { group.cancelAll() }
            try await arrive(session)
            while let end = try await group.next() {
                if let end { return end }
            }
            return .quit
        }
    }

    /// Pings the server from time to time.
    private func keepAlive(_ session: ClientSession) async throws -> StayEnd? {
        while true {
            try await settings.clock.sleep(for: .seconds(45))
            _ = try await session.send(PNG.Ping())
            (invitations, isFlooded) = (0, false)
        }
    }

    /// Signs out; false if the user is not signed in or has signed out already.
    private func signOut() async -> Bool {
        guard let session, let leave else { return false }
        for room in rooms.values { try? await room.session?.post(OUT.SignOut()) }
        try? await session.post(OUT.SignOut())
        show("Signed out.")
        leave.yield(.quit)
        leave.finish()
        self.leave = nil
        return true
    }
}
#else
/// Exists with the trait `Network` or `TLS`, as the rest of the module.
@available(*, unavailable, message: "SampleClient needs the trait Network or TLS of the package msnp-grammar")
public struct ChatClient {
    /// Says what is missing.
    public init() {}
}
#endif
