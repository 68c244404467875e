#if Network
import MSNP
import MSNPSession
import WireProtocol
import WireXML

/// What the server says: the lists of the arrival, contacts, invitations, and what is not understood.
extension ChatClient {
    // MARK: - Arrival

    /// Fetches or sends the lists, sets the status and shows who is online.
    func arrive(_ session: ClientSession) async throws {
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
        for contact in book.contacts.values.filter(\.isAsking).sorted(by: { $0.account < $1.account }) {
            if !announced.contains(contact.account.lowercased()) { announce(contact.account, contact.name) }
        }
        tellOddities()
        show("Type /help for the commands.")
    }

    // MARK: - Notices

    /// Handles notices until the session ends.
    func hear(_ session: ClientSession) async throws -> StayEnd? {
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
        case let form as NLN.Changed where form.user.via != nil: return
        case let form as PRP.Changed where form.property == .friendlyName: ownName = form.value?.string ?? ownName
        case let form as PRP.Synchronized where form.property == .friendlyName: ownName = form.value.string
        case let form as REA.Renamed where form.userHandle.string.lowercased() == account.lowercased():
            ownName = form.friendlyName.string
            return
        case let form as ADD.AddedByOther where !isArriving:
            announce(form.userHandle.string, form.friendlyName.string)
        case let form as ADC.AddedByOther where !isArriving:
            announce(form.userHandle.string, form.friendlyName.string)
        case let form as ADL.Pushed where !isArriving:
            let notice = try? Payload.ContactNotice.read(form.payload, limits: .grammar)
            for person in notice?.content.people ?? [] { announce(person.account, person.name ?? person.account) }
        default: break
        }
        note(book.apply(form), of: form.payloadBytes ?? WireBytes(), "\(type(of: form).command)")
        let changes = book.takeChanges()
        guard !isArriving else { return }
        for change in changes where change.new.account.lowercased() != account.lowercased() {
            let (old, new) = change
            if form is NLN.Changed, let old, old.status != nil, new.name != old.name {
                show("* \(old.name) is now called \(new.name).")
            }
            if new.status != old?.status {
                show("* \(new.name) is \(ChatText.status(new.status)).")
            }
            if new.personalMessage != old?.personalMessage ?? "", !new.personalMessage.isEmpty {
                show("* \(new.name): \"\(new.personalMessage)\"")
            }
        }
    }

    /// Shows that somebody added the user, now or while the user was away.
    private func announce(_ account: String, _ name: String) {
        if announced.count < ContactBook.limit { announced.insert(account.lowercased()) }
        let who = name == account ? account : "\(name) <\(account)>"
        show("* \(who) added you to their list; /add or /block them.")
    }

    /// Shows a message from the server itself.
    private func tell(_ notice: MSG.Notice) {
        guard let message = message(notice.payload, "MSG") else { return }
        if case .systemMessage(let system) = message, system.kind == .maintenance {
            show("* The server will go down in \(system.minutes ?? 0) minutes.")
        }
    }
}
#endif
