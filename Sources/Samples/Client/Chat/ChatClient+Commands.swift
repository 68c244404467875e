#if Network
// Shows: each user command is one request, in one of its forms, with the reply at hand.
import MSNP
import MSNPSession
import WireProtocol

extension ChatClient {
    /// Performs a user command.
    func perform(_ command: ChatLine) async throws {
        switch command {
        case .nothing, .quit: break
        case .connect: if session != nil { show("You are connected.") }
        case .mistake(let text): show(text)
        case .help: ChatLine.usage.split(separator: "\n").forEach { show(String($0)) }
        case .oddities: oddities.list().forEach(show)
        case .contacts: ChatText.list(book).forEach(show)
        case .say, .chat, .invite, .conversations, .use, .nudge, .typing, .close: try await converse(command)
        default: try await change(command)
        }
    }

    /// Performs a command about conversations.
    private func converse(_ command: ChatLine) async throws {
        switch command {
        case .chat(let who):
            let partner = try await account(of: who)
            if let number = rooms.first(where: { $0.value.partner.lowercased() == partner.lowercased() })?.key {
                currentRoom = number
            } else {
                guard let orders else { throw ChatFailure.notSignedIn }
                let number = open(partner)
                currentRoom = number
                orders.yield(.call(room: number))
            }
            show("[\(currentRoom ?? 0)] You are talking to \(partner).")
        case .conversations:
            for (number, room) in rooms.sorted(by: { $0.key < $1.key }) {
                let names = room.people.isEmpty ? [room.partner] : room.people.values.sorted()
                show("[\(number)] \(names.joined(separator: ", "))\(number == currentRoom ? " *" : "")")
            }
        case .use(let number):
            guard rooms[number] != nil else { throw ChatFailure.noConversation }
            currentRoom = number
        default:
            guard let number = currentRoom, let room = rooms[number] else { throw ChatFailure.noConversation }
            try await say(command, in: number, room)
        }
    }

    /// Performs a command about the current conversation.
    private func say(_ command: ChatLine, in number: Int, _ room: ChatRoom) async throws {
        switch command {
        case .say(let text):
            for piece in text.pieces(of: 1400) {
                var message = Payload.PlainText()
                message.body = WireBytes(piece)
                try await send(WireBytes(try message.encoded()), to: number)
            }
        case .nudge:
            var message = Payload.Datacast()
            message.kind = .nudge
            try await send(WireBytes(try message.encoded()), to: number)
        case .typing:
            var message = Payload.Control()
            message.typingUser = try Account(account)
            message.body = WireBytes("\r\n")
            guard !room.people.isEmpty else { break }
            // Nobody waits for what happens to it.
            try await room.session?.post(
                MSG.Message(acknowledgement: .never, payload: WireBytes(try message.encoded())))
        case .invite(let who):
            guard let session = room.session else { throw ChatFailure.noConversation }
            _ = try await session.send(CAL.Invite(userHandle: Account(try await account(of: who))))
        case .close:
            try await room.session?.post(OUT.SignOut())
            rooms[number]?.waiting = []
            await room.session?.close()
        default: break
        }
    }

    /// Performs a command that changes the user, the lists or the groups.
    private func change(_ command: ChatLine) async throws {
        guard let session else { throw ChatFailure.notSignedIn }
        let changes = ListChanges(session: session, book: book)
        let lists: any ListEditing = addressBook.map { AddressBookChanges(addressBook: $0, lists: changes) } ?? changes
        var answers: ListChanges.Answers = []
        switch command {
        case .status(let status): try await set(status, session)
        case .name(let name): try await rename(name, session)
        case .personalMessage(let text): try await publish(text, session)
        case .add(let account, let group): answers = try await lists.add(account, group: group)
        case .remove(let who): answers = try await lists.remove(try contact(who))
        case .block(let who): answers = try await lists.setBlocked(await account(of: who), true)
        case .unblock(let who): answers = try await lists.setBlocked(await account(of: who), false)
        case .rename(let who, let name): answers = try await lists.rename(try contact(who), to: name)
        case .addGroup(let name): answers = try await lists.addGroup(name)
        case .renameGroup(let name, let new): answers = try await lists.renameGroup(name, to: new)
        case .removeGroup(let name): answers = try await lists.removeGroup(name)
        case .putIntoGroup(let who, let name):
            answers = try await lists.putIntoGroup(try contact(who).account, name)
        case .takeFromGroup(let who, let name): answers = try await lists.takeFromGroup(try contact(who), name)
        default: return
        }
        for answer in answers { learn(answer) }
        learnDocument(command)
        show("Done.")
    }

    /// Replies to documents do not say what changed, so the book learns it from the command.
    private func learnDocument(_ command: ChatLine) {
        guard !version.has(.serverLists) else { return }
        switch command {
        case .add(let account, _): book.update(account) { $0.lists.formUnion([.forward, .allow]) }
        case .remove(let who): book.update(book.find(who)?.account ?? who) { $0.lists.remove(.forward) }
        case .rename(let who, let name): book.update(book.find(who)?.account ?? who) { $0.nickname = name }
        case .block(let who):
            book.update(book.find(who)?.account ?? who) {
                $0.lists.remove(.allow)
                $0.lists.insert(.block)
            }
        case .unblock(let who):
            book.update(book.find(who)?.account ?? who) {
                $0.lists.remove(.block)
                $0.lists.insert(.allow)
            }
        default: break
        }
    }

    /// Changes the user's status.
    private func set(_ status: OwnStatus, _ session: ClientSession) async throws {
        _ = try await session.send(
            CHG.Change(
                status: status, capabilities: Capabilities(client: [], extended: [])))
    }

    /// Changes the user's display name.
    private func rename(_ name: String, _ session: ClientSession) async throws {
        if await session.allows(REA.Rename.self) {
            let reply = try await session.send(
                REA.Rename(userHandle: Account(account), friendlyName: WireText(name)))
            learn(reply.form)
        } else {
            let reply = try await session.send(PRP.Change(property: .friendlyName, value: WireText(name)))
            learn(reply.form)
        }
    }

    /// Changes the user's personal message.
    private func publish(_ text: String, _ session: ClientSession) async throws {
        guard await session.allows(UUX.Publish.self) else { throw ChatFailure.notInThisVersion("personal messages") }
        var data = Payload.UserData()
        data.personalMessage = text
        data.currentMedia = ""
        _ = try await session.send(UUX.Publish(payload: data))
    }

    /// Finds a contact by account or name.
    private func contact(_ who: String) throws -> Contact {
        guard let contact = book.find(who) else { throw ChatFailure.nobody(who) }
        return contact
    }

    /// Finds an account, given as such or by a contact's name.
    private func account(of who: String) async throws -> String {
        if let contact = book.find(who) { return contact.account }
        guard AccountName.isValid(who) else { throw ChatFailure.nobody(who) }
        return who
    }
}

extension String {
    /// Splits the text between characters into pieces of at most this many bytes.
    fileprivate func pieces(of limit: Int) -> [String] {
        var pieces: [String] = []
        var piece = ""
        for character in self {
            if piece.utf8.count + character.utf8.count > limit {
                pieces.append(piece)
                piece = ""
            }
            piece.append(character)
        }
        return piece.isEmpty ? pieces : pieces + [piece]
    }
}
#endif
