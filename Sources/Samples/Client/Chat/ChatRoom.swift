#if Network
// Shows: a switchboard is one more session: the same `send`, `post` and `notices`, other forms.
import MSNP
import MSNPSession
import WireProtocol

/// A conversation.
struct ChatRoom: Sendable {
    /// How a conversation begins.
    enum Order: Sendable {
        /// The user invites somebody.
        case call(room: Int)
        /// Somebody invites the user.
        case answer(room: Int, RNG.Invited)
    }

    /// The account that it began with.
    var partner: String
    var session: ClientSession?
    /// The participants: names by account.
    var people: [String: String] = [:]
    /// The messages that wait for somebody to join.
    var waiting: [WireBytes] = []
    /// Who was last reported as typing.
    var typing: String?
    /// Whether an invitation is under way.
    var isCalling = false
}

extension ChatClient {
    /// Runs the conversations of a session, each in its own task.
    func serveRooms(_ orders: AsyncStream<ChatRoom.Order>) async -> StayEnd? {
        await withDiscardingTaskGroup { group in
            for await order in orders {
                group.addTask { await self.converse(order) }
            }
        }
        return nil
    }

    /// Runs a conversation until it ends.
    private func converse(_ order: ChatRoom.Order) async {
        let number =
            switch order {
            case .call(let room), .answer(let room, _): room
            }
        do {
            try await talk(number, order)
        } catch {
            if !Task.isCancelled { show("[\(number)] \(ChatText.sentence(error))") }
        }
        guard let room = rooms.removeValue(forKey: number), !Task.isCancelled else { return }
        if !room.waiting.isEmpty { show("[\(number)] Your last messages were not delivered.") }
        show("[\(number)] The conversation is over.")
        if currentRoom == number { currentRoom = nil }
    }

    /// Answers an invitation, unless there are too many: each makes the client connect to a host that the server names.
    func enter(_ invitation: RNG.Invited) {
        invitations += 1
        guard invitations <= settings.invitationLimit, rooms.count < settings.roomLimit else {
            if !isFlooded { show("* Too many invitations; some are ignored.") }
            isFlooded = true
            return
        }
        orders?.yield(.answer(room: open(invitation.userHandle.string), invitation))
    }

    /// Creates and numbers a conversation.
    func open(_ partner: String) -> Int {
        let number = nextRoom
        nextRoom += 1
        rooms[number] = ChatRoom(partner: partner)
        if currentRoom == nil { currentRoom = number }
        return number
    }

    /// Connects to the switchboard and handles its messages until it ends.
    private func talk(_ number: Int, _ order: ChatRoom.Order) async throws {
        let address: ServerAddress
        let enter: @Sendable (ClientSession) async throws -> Void
        let user = EndpointHandle(userHandle: try Account(account), endpoint: try GUID(Self.endpoint))
        switch order {
        case .call:
            guard let session else { throw ChatFailure.notSignedIn }
            let board =
                switch try await session.send(XFR.SwitchboardRequest()) {
                case .xfrSwitchboard(let board): board
                }
            address = ServerAddress(board.address)
            enter = { session in
                _ = try await session.send(USR.Join(user: user, cookie: board.cookie))
                try await self.entered(number, session)
                try await self.call(number)
            }
        case .answer(_, let invitation):
            address = ServerAddress(invitation.address)
            enter = { session in
                let answer = ANS.Answer(
                    user: user, cookie: invitation.cookie, sessionID: invitation.sessionID)
                for try await reply in try await session.replies(to: answer) {
                    if case .iroParticipant(let form) = reply {
                        await self.joined(number, form.user.userHandle, form.friendlyName)
                    }
                }
                try await self.entered(number, session)
            }
        }
        try await settings.connector.withSession(at: address, settings.setup(.switchboard, version: version)) {
            session in
            try await enter(session)
            for await notice in session.notices {
                switch notice {
                case .message(let envelope): try await self.heed(envelope.message, number)
                case .unreadable(let error, let line): await self.note("\(error)", line.redacted)
                case .refused(let error, let line): await self.note("\(error)", line.redacted)
                case .ended(.closed), .ended(.ended): return
                case .ended(let reason): throw reason
                }
            }
        }
    }

    /// The GUID of this machine, for versions with endpoints.
    private static let endpoint: String = "{55192CF5-588E-4ABE-9CDF-395B616ED85B}"

    /// Records the session of a conversation.
    private func entered(_ number: Int, _ session: ClientSession) throws {
        rooms[number]?.session = session
        try flush(number)
    }

    /// Invites the partner to the conversation.
    private func call(_ number: Int) async throws {
        guard let room = rooms[number], let session = room.session, room.people.isEmpty, !room.isCalling else { return }
        rooms[number]?.isCalling = true
        _ = try await session.send(CAL.Invite(userHandle: Account(room.partner)))
    }

    /// Handles a message from a switchboard.
    private func heed(_ message: ServerMessage, _ number: Int) async throws {
        switch message {
        case .joi(.joined(let form)):
            joined(number, form.user.userHandle, form.friendlyName)
            try flush(number)
        case .bye(.left(let form)):
            let account = form.user.userHandle.string.lowercased()
            if let name = rooms[number]?.people.removeValue(forKey: account) {
                show("[\(number)] \(name) has left.")
            }
        case .msg(.delivered(let form)): heard(form, number)
        case .error(let reply): show("[\(number)] \(ChatText.refusal(reply.code))")
        default: break
        }
    }

    /// Records a participant; the user's own other endpoints do not count.
    private func joined(_ number: Int, _ handle: Account?, _ name: WireText) {
        guard let handle, handle.string.lowercased() != account.lowercased() else { return }
        rooms[number]?.isCalling = false
        let shown = shownName(handle, name)
        let isNew = rooms[number]?.people.updateValue(shown, forKey: handle.string.lowercased()) == nil
        if isNew { show("[\(number)] \(shown) is here.") }
    }

    /// What the user calls a participant, or what they call themselves.
    private func shownName(_ handle: Account, _ name: WireText) -> String {
        book[handle.string]?.nickname ?? name.string
    }

    /// Shows a message from a participant.
    private func heard(_ form: MSG.Delivered, _ number: Int) {
        let name = shownName(form.userHandle, form.friendlyName)
        guard let message = message(form.payload, "MSG") else { return }
        switch message {
        case .plainText(let text):
            rooms[number]?.typing = nil
            for line in text.body.description.split(whereSeparator: \.isNewline) {
                show("[\(number)] \(name): \(String(line))")
            }
        case .control(let control):
            guard let account = control.typingUser?.string, rooms[number]?.typing != account else { return }
            rooms[number]?.typing = account
            show("[\(number)] \(name) is typing ...")
        case .datacast(let datacast) where datacast.kind == .nudge: show("[\(number)] \(name) sent you a nudge!")
        case .invitation: show("[\(number)] \(name) invited you to something that this client does not support.")
        default: break
        }
    }

    // MARK: - What the user says

    /// Sends a payload to a conversation, now or as soon as somebody joins.
    func send(_ payload: WireBytes, to number: Int) async throws {
        guard let room = rooms[number] else { throw ChatFailure.noConversation }
        guard room.session == nil || room.people.isEmpty else { return try flush(number, adding: payload) }
        guard room.waiting.count < settings.waitingLimit else { throw ChatFailure.tooManyWaiting }
        rooms[number]?.waiting.append(payload)
        try await call(number)
    }

    /// Sends the waiting messages, if somebody is there.
    private func flush(_ number: Int, adding payload: WireBytes? = nil) throws {
        guard let room = rooms[number], let session = room.session, !room.people.isEmpty else { return }
        let payloads = room.waiting + (payload.map { [$0] } ?? [])
        guard !payloads.isEmpty else { return }
        rooms[number]?.waiting = []
        Task {
            do {
                // All are sent at once, to keep their order; the acknowledgements follow later.
                var replies: [PendingReply<MSG.Message.Reply>] = []
                for payload in payloads {
                    replies.append(
                        try await session.begin(MSG.Message(acknowledgement: .both, payload: payload)))
                }
                for reply in replies {
                    if case .nakUndelivered = try await reply.value {
                        self.show("[\(number)] That was not delivered.")
                    }
                }
            } catch {
                self.show("[\(number)] That may not have been delivered. \(ChatText.sentence(error))")
            }
        }
    }
}
#endif
