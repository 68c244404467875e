// Shows: one session throughout: requests with `send`, everything else from `notices`.
import MSNP
import MSNPSession
import WireProtocol
import WireXML

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
    /// The session with the notification server, if any.
    var session: ClientSession?
    var version: ProtocolVersion
    private var server: ServerAddress
    var book = ContactBook()
    /// The user's display name.
    var ownName = ""
    /// Whether the first list is still to be shown; until then, presence changes are not reported singly.
    var isArriving = true
    /// What the servers said and the client does not understand.
    var oddities = Oddities()
    var rooms: [Int: ChatRoom] = [:]
    /// The current conversation.
    var currentRoom: Int?
    var nextRoom = 1
    /// The invitations answered since the last ping.
    var invitations = 0
    /// Whether the user was told, since the last ping, that invitations are ignored.
    var isFlooded = false
    var orders: AsyncStream<ChatRoom.Order>.Continuation?
    /// Ends once the first list is shown; lines typed earlier wait for it.
    private let arrival: AsyncStream<Void>
    private let arrivalSink: AsyncStream<Void>.Continuation
    /// Signals that the user wants to leave immediately.
    private let interruptions: AsyncStream<Void>
    private let interruptionSink: AsyncStream<Void>.Continuation
    private var leave: AsyncStream<StayEnd>.Continuation?

    /// Creates a client.
    public init(_ settings: ChatSettings, show: @escaping @Sendable (String) -> Void) {
        self.settings = settings
        self.show = { show(TerminalText.line($0)) }
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
    public func run(_ lines: AsyncStream<String>) async -> Bool {
        await withTaskGroup(of: Bool?.self) { group in
            group.addTask {
                for await _ in self.arrival {}
                await self.obey(lines)
                return nil
            }
            group.addTask {
                for await _ in self.interruptions { break }
                return nil
            }
            group.addTask { await self.stayConnected() }
            for await end in group {
                if let end {
                    group.cancelAll()
                    return end
                }
                if !(await signOut()) {
                    group.cancelAll()
                    return true
                }
            }
            return true
        }
    }

    /// Performs the commands that the user types.
    private func obey(_ lines: AsyncStream<String>) async {
        for await line in lines {
            let command = ChatLine(line)
            if command == .quit { return }
            do {
                try await perform(command)
            } catch {
                show(ChatText.sentence(error))
            }
        }
    }

    // MARK: - The session

    /// Signs in, repeatedly while servers refer the client elsewhere; true if the user ended the session.
    private func stayConnected() async -> Bool {
        let signIn = SignIn(
            credentials: settings.credentials, versions: settings.versions, tickets: settings.tickets)
        let best = version
        for version in settings.versions where SignInKind(version: version)?.exposesPassword == true {
            show("\(version.name ?? "\(version)") lets the server guess your password; use it with servers you trust.")
        }
        for _ in 0..<8 {
            show("Connecting to \(server) ...")
            do {
                let end = try await signIn.follow(
                    from: server, connector: settings.connector,
                    setup: { [settings] service in settings.setup(service, version: best) },
                    { session, user in try await self.stay(session, user) })
                guard case .referred(let next) = end else { return true }
                server = next
            } catch {
                if !Task.isCancelled { show(ChatText.sentence(error)) }
                return false
            }
        }
        show(ChatText.sentence(SessionError.referredTooOften(times: 8)))
        return false
    }

    /// Stays signed in until the user leaves or the server ends the session.
    private func stay(_ session: ClientSession, _ user: USR.Authenticated) async throws -> StayEnd {
        let (leaving, leave) = AsyncStream<StayEnd>.makeStream()
        let (orders, orderSink) = AsyncStream<ChatRoom.Order>.makeStream()
        (self.session, self.leave, self.orders) = (session, leave, orderSink)
        defer {
            (self.session, self.leave, self.orders) = (nil, nil, nil)
            (rooms, currentRoom) = ([:], nil)
            book.forgetPresence()
        }
        version = await session.version
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

    /// Fetches or sends the lists, sets the status and shows who is online.
    private func arrive(_ session: ClientSession) async throws {
        isArriving = true
        defer {
            isArriving = false
            arrivalSink.finish()
        }
        guard ProtocolVersion.complete.contains(version) else {
            show("With this version, the client only signs in and decodes what the server sends.")
            return
        }
        if await session.allows(SYN.Synchronize.self) {
            let request = SYN.Synchronize(
                listVersion: 0, listStamp: try ListStamp("0"), settingsStamp: try ListStamp("0"))
            for try await reply in try await session.replies(to: request) { learn(reply.form) }
        } else {
            try await sendLists(session)
        }
        let change = CHG.Change(status: .online, capabilities: Capabilities(client: [], extended: []))
        for try await reply in try await session.replies(to: change) { learn(reply.form) }
        ChatText.list(book).forEach(show)
        tellOddities()
        show("Type /help for the commands.")
    }

    /// Sends the lists from the file, for versions whose server does not store them.
    private func sendLists(_ session: ClientSession) async throws {
        if settings.contactList.entries.isEmpty {
            show("This version keeps contact lists in a web service that this client does not support; use --contacts.")
        }
        _ = try await session.send(BLP.Choose(privacy: .allow))
        for document in try settings.contactList.documents() {
            _ = try await session.send(ADL.Add(payload: document))
        }
        for entry in settings.contactList.entries {
            for group in entry.groups { book.setGroup(group, name: group) }
            book.update(entry.account) {
                $0.name = entry.name
                $0.lists = [.forward, entry.isBlocked ? .block : .allow]
                $0.groups = Set(entry.groups)
            }
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

    /// Signs out; false if the user is not signed in.
    private func signOut() async -> Bool {
        guard let session, let leave else { return false }
        for room in rooms.values { try? await room.session?.post(OUT.SignOut()) }
        try? await session.post(OUT.SignOut())
        show("Signed out.")
        leave.yield(.quit)
        leave.finish()
        return true
    }

    // MARK: - What the server says

    /// Handles notices until the session ends.
    private func hear(_ session: ClientSession) async throws -> StayEnd? {
        for await notice in session.notices {
            switch notice {
            case .message(let envelope):
                if let end = try await heed(envelope.message, session) { return end }
            case .unreadable(let error, let line): note("\(error)", line.redacted)
            case .refused(let error, let line): note("\(error)", line.redacted)
            case .ended(let reason): throw reason
            }
        }
        return nil
    }

    /// Remembers a line that is not understood; the user hears of it once.
    func note(_ reason: String, _ line: [UInt8]) {
        oddities.add(reason, line)
        if !isArriving { tellOddities() }
    }

    /// A message as far as it can be read; what cannot be read is noted.
    func message(_ payload: WireBytes, _ command: String) -> Payload.Message? {
        do throws(PayloadError) {
            let read = try Payload.Message.read(payload, limits: .grammar)
            note(read.problems, of: payload, command)
            return read.content
        } catch {
            note([error], of: payload, command)
            return nil
        }
    }

    /// Remembers what is not understood in a payload.
    private func note(_ problems: [PayloadError], of payload: WireBytes, _ command: String) {
        for problem in problems { note("\(command): \(problem)", payload.array) }
    }

    /// Tells the user, unless they know already.
    private func tellOddities() {
        if let sentence = oddities.sentence() { show(sentence) }
    }

    /// Handles a message.
    private func heed(_ message: ServerMessage, _ session: ClientSession) async throws -> StayEnd? {
        switch message {
        case .chl(.challenge(let challenge)):
            let product = ClientChallenge.sample
            let answer = product.answer(to: challenge.challenge.string, version: version)
            try await session.post(
                QRY.Answer(clientID: WireToken(product.productID), payload: answer))
        case .rng(.invited(let invitation)): enter(invitation)
        case .xfr(.notification(let referral)): return .referred(ServerAddress(referral.address))
        case .xfr(.softReset): return .referred(server)
        case .msg(.notice(let notice)): tell(notice)
        case .error(let reply): show(ChatText.refusal(reply.code))
        case .unknown(let command): note("\(command.command): command is not known", command.frame.lineBytes.array)
        default: if let form = message.form { learn(form) }
        }
        return nil
    }

    /// Records what a form says about contacts, and shows the user what is new.
    func learn(_ form: any DescribedForm) {
        switch form {
        case let form as UBX.Published where !form.payload.isEmpty:
            do throws(PayloadError) {
                note(try Payload.UserData.read(form.payload, limits: .grammar).problems, of: form.payload, "UBX")
            } catch {
                note([error], of: form.payload, "UBX")
            }
        case let form as NLN.Changed where form.user.via != nil: return
        case let form as PRP.Changed where form.property == .friendlyName: ownName = form.value?.string ?? ownName
        case let form as PRP.Synchronized where form.property == .friendlyName: ownName = form.value.string
        case let form as REA.Renamed where form.userHandle.string.lowercased() == account.lowercased():
            ownName = form.friendlyName.string
            return
        case let form as ADD.AddedByOther: invite(form.userHandle.string, form.friendlyName.string)
        case let form as ADC.AddedByOther: invite(form.userHandle.string, form.friendlyName.string)
        default: break
        }
        book.apply(form)
        let changes = book.takeChanges()
        guard !isArriving else { return }
        for change in changes where change.new.account.lowercased() != account.lowercased() {
            let (old, new) = change
            if new.status != old?.status {
                show("* \(new.name) is \(ChatText.status(new.status)).")
            }
            if new.personalMessage != old?.personalMessage ?? "", !new.personalMessage.isEmpty {
                show("* \(new.name): \"\(new.personalMessage)\"")
            }
        }
    }

    /// Shows that somebody added the user.
    private func invite(_ account: String, _ name: String) {
        guard !isArriving else { return }
        show("* \(name) <\(account)> added you to their list; /add or /block them.")
    }

    /// Shows a message from the server itself.
    private func tell(_ notice: MSG.Notice) {
        guard let message = message(notice.payload, "MSG") else { return }
        if case .systemMessage(let system) = message, system.kind == .maintenance {
            show("* The server will go down in \(system.minutes ?? 0) minutes.")
        }
    }
}
