// Shows: a chat has no version; each participant hears its own, and what one cannot say to another is left out there.
import MSNP
import WireProtocol

/// What a cookie opens.
struct ChatClaim: Sendable {
    /// Whose cookie it is.
    let key: UserKey
    /// The version of that user's sign-in, which a chat goes on with.
    let version: ProtocolVersion
    /// The chat the user was called into; nil for who wants to begin one.
    let room: String?
}

/// A chat.
struct Room {
    /// Somebody in it.
    struct Guest {
        /// Tells connections apart.
        let number: UInt64
        /// The account.
        let key: UserKey
        /// What others are told.
        let participant: Participant
        /// Where notices go.
        let mailbox: Mailbox
    }

    /// Who is there, in the order they came.
    var guests: [Guest] = []
}

extension Exchange {
    /// A place in a chat.
    struct ChatMembership: Sendable {
        /// The chat.
        let room: String
        /// The participant.
        let number: UInt64
        /// What the others are told.
        let participant: Participant
    }

    /// What became of a call.
    enum Call: Sendable {
        /// Somebody is rung.
        case ringing
        /// The user called their own endpoints, and this is the only one.
        case ownEndpoint(Participant)
    }

    /// Gives a user a cookie for a new chat.
    func cookieForChat(_ handle: SignInHandle) throws(Refusal) -> String {
        guard let member = member(handle), let status = member.status else { throw Refusal(.notAllowedWhenOffline) }
        // Hidden users may chat since the lists are no longer kept here, which is when SYN went away.
        if status == .hidden, SYN.Synchronize.versions.contains(member.version) {
            throw Refusal(.notAllowedWhenOffline)
        }
        return cookies.issue(
            ChatClaim(key: handle.key, version: member.version, room: nil), now: clock.now())
    }

    /// Takes a cookie back; nil if it is not this user's, or not for this.
    func redeem(_ cookie: String, userHandle: String, room: String?) -> ChatClaim? {
        guard let claim = cookies.redeem(cookie, now: clock.now()), claim.key == UserKey(userHandle),
            claim.room == room, room == nil || room.flatMap({ rooms[$0] }) != nil
        else { return nil }
        return claim
    }

    /// Puts a user into the chat of a cookie, or in a new one; gives back who is there already.
    func enterChat(_ claim: ChatClaim, endpoint: GUID?, mailbox: Mailbox) -> (
        membership: ChatMembership, others: [Participant]
    )? {
        let id = claim.room ?? String(number())
        var room = rooms[id] ?? Room()
        guard room.guests.count < limits.participants, claim.room == nil || !room.guests.isEmpty else { return nil }
        let (userHandle, name) = name(of: claim.key)
        let participant = Participant(
            userHandle: userHandle, name: name, abilities: members[claim.key]?.abilities ?? Abilities(),
            endpoint: endpoint)
        let others = room.guests.map(\.participant)
        for guest in room.guests { guest.mailbox.post(.joined(participant)) }
        let membership = ChatMembership(room: id, number: number(), participant: participant)
        room.guests.append(
            Room.Guest(number: membership.number, key: claim.key, participant: participant, mailbox: mailbox))
        rooms[id] = room
        return (membership, others)
    }

    /// Calls somebody into a chat.
    func call(_ userHandle: String, from membership: ChatMembership) throws(Refusal) -> Call {
        guard let room = rooms[membership.room] else { throw Refusal(.switchboardFailed) }
        let other = UserKey(userHandle)
        let caller = UserKey(membership.participant.userHandle)
        if other == caller, membership.participant.endpoint != nil { return .ownEndpoint(membership.participant) }
        guard !room.guests.contains(where: { $0.key == other }) else { throw Refusal(.alreadyThere) }
        guard other.domain != nil else { throw Refusal(.invalidUserHandle) }
        guard room.guests.count < limits.participants else { throw Refusal(.sessionOverload) }
        guard let member = members[other], let status = member.status, status != .hidden,
            rosters[other]?.allows(caller) ?? false
        else { throw Refusal(.notOnline) }
        let cookie = cookies.issue(
            ChatClaim(key: other, version: member.version, room: membership.room), now: clock.now())
        let isTold = member.mailbox.post(
            .ring(
                room: membership.room, cookie: cookie, userHandle: membership.participant.userHandle,
                name: membership.participant.name))
        guard isTold else { throw Refusal(.notOnline) }
        return .ringing
    }

    /// Says something to the others; true if there are any and it is on its way to all of them.
    func say(_ payload: WireBytes, from membership: ChatMembership) -> Bool {
        guard let room = rooms[membership.room] else { return false }
        let others = room.guests.filter { $0.number != membership.number }
        let speaker = membership.participant
        let kept = payload.detached()
        let sent = others.count { guest in
            guest.mailbox.post(.message(from: speaker.userHandle, name: speaker.name, payload: kept))
        }
        return !others.isEmpty && sent == others.count
    }

    /// Leaves a chat; one without anybody is gone.
    func leaveChat(_ membership: ChatMembership, isInactive: Bool) {
        rooms[membership.room]?.guests.removeAll { $0.number == membership.number }
        guard let room = rooms[membership.room] else { return }
        if room.guests.isEmpty { rooms[membership.room] = nil }
        for guest in room.guests { guest.mailbox.post(.left(membership.participant, isInactive: isInactive)) }
    }

    /// Passes a message to the client of a user.
    func relay(
        to userHandle: String, kind: PeerMessageKind, payload: WireBytes, by handle: SignInHandle
    ) throws(Refusal) {
        let other = try reachable(userHandle, from: handle) { UBN.Received.versions.contains($0) }
        let isTold = post(
            .relay(from: name(of: handle.key).address, kind: kind, payload: payload.detached()), to: other)
        guard isTold else { throw Refusal(.notOnline) }
    }

    /// Passes a message without a chat.
    func page(
        to userHandle: String, kind: RemoteMessageKind, payload: WireBytes, by handle: SignInHandle
    ) throws(Refusal) {
        let other = try reachable(userHandle, from: handle) { UBM.Received.versions.contains($0) }
        let isTold = post(
            .page(from: name(of: handle.key).address, to: userHandle, kind: kind, payload: payload.detached()),
            to: other)
        guard isTold else { throw Refusal(.messageNotDelivered) }
    }

    /// The key of a user who is there for another, with a client that can be told.
    private func reachable(
        _ userHandle: String, from handle: SignInHandle, _ canHear: (ProtocolVersion) -> Bool
    ) throws(Refusal) -> UserKey {
        let other = UserKey(userHandle)
        guard let member = members[other], let status = member.status, status != .hidden, canHear(member.version),
            rosters[other]?.allows(handle.key) ?? false
        else { throw Refusal(.notOnline) }
        return other
    }
}
