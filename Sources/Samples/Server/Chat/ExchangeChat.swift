#if Network
// Shows: a chat has no version; each participant gets its own version, without what that version lacks.
import MSNP
import WireProtocol

/// What a cookie grants.
struct ChatClaim: Sendable {
    /// The account that holds the cookie.
    let key: UserKey
    /// The version of the user's sign-in, which the chat inherits.
    let version: ProtocolVersion
    /// The chat that the user is invited to; nil to start one.
    let room: String?
}

struct Room {
    /// A participant.
    struct Guest {
        /// Distinguishes connections.
        let number: UInt64
        let key: UserKey
        /// What the others are told.
        let participant: Participant
        let mailbox: Mailbox
    }

    /// An invitation that nobody has taken up.
    struct Invitation {
        /// The sign-in that was told.
        let number: UInt64
        let until: Duration
    }

    /// The participants, in order of arrival.
    var guests: [Guest] = []
    var invitations: [UserKey: Invitation] = [:]
}

extension Exchange {
    struct ChatMembership: Sendable {
        let room: String
        let number: UInt64
        /// What the others are told.
        let participant: Participant
    }

    /// The result of an invitation.
    enum Call: Sendable {
        /// The invitation was delivered.
        case ringing
        /// The user invited their own endpoints, and has no other.
        case ownEndpoint(Participant)
    }

    /// Issues a cookie for a new chat.
    func cookieForChat(_ handle: SignInHandle) throws(Refusal) -> String {
        guard let member = member(handle), let status = member.status else { throw Refusal(.notAllowedWhenOffline) }
        // Hidden users may chat in the versions without SYN, whose lists are kept elsewhere.
        if status == .hidden, member.version.has(.serverLists) {
            throw Refusal(.notAllowedWhenOffline)
        }
        return cookies.issue(
            ChatClaim(key: handle.key, version: member.version, room: nil), to: handle.key, now: clock.now())
    }

    /// Redeems a cookie; nil if it belongs to another user or serves another purpose.
    func redeem(_ cookie: String, userHandle: String, room: String?) -> ChatClaim? {
        guard let claim = cookies.redeem(cookie, now: clock.now()), claim.key == UserKey(userHandle),
            claim.room == room, room == nil || room.flatMap({ rooms[$0] }) != nil
        else { return nil }
        return claim
    }

    /// Adds a user to the chat of a cookie, or to a new one; returns the other participants.
    ///
    /// All of them must be told; if one has no room for that, because the user came and went too often or too much else
    /// waits, it is the user who stays out.
    func enterChat(_ claim: ChatClaim, endpoint: GUID?, mailbox: Mailbox) throws(Refusal) -> (
        membership: ChatMembership, others: [Participant]
    ) {
        let id = claim.room ?? String(number())
        var room = rooms[id] ?? Room()
        guard room.guests.count < limits.participants, claim.room == nil || !room.guests.isEmpty,
            !room.guests.contains(where: { $0.key == claim.key })
        else { throw Refusal(.authenticationFailed) }
        room.invitations[claim.key] = nil
        let (userHandle, name) = name(of: claim.key)
        let participant = Participant(
            userHandle: userHandle, name: name, capabilities: members[claim.key]?.capabilities ?? .unstated,
            endpoint: endpoint)
        guard !room.guests.contains(where: { $0.mailbox.refuses(.joined(participant)) }) else {
            // The cookie is used up, so the user may be invited again.
            rooms[id]?.invitations[claim.key] = nil
            throw Refusal(.switchboardFailed)
        }
        let others = room.guests.map(\.participant)
        for guest in room.guests { guest.mailbox.post(.joined(participant)) }
        let membership = ChatMembership(room: id, number: number(), participant: participant)
        room.guests.append(
            Room.Guest(number: membership.number, key: claim.key, participant: participant, mailbox: mailbox))
        rooms[id] = room
        return (membership, others)
    }

    /// Invites a user to a chat, once.
    func call(_ userHandle: String, from membership: ChatMembership) throws(Refusal) -> Call {
        guard let room = rooms[membership.room] else { throw Refusal(.switchboardFailed) }
        let other = UserKey(userHandle)
        let caller = UserKey(membership.participant.userHandle)
        if other == caller, membership.participant.endpoint != nil { return .ownEndpoint(membership.participant) }
        guard !room.guests.contains(where: { $0.key == other }) else { throw Refusal(.alreadyThere) }
        guard other.domain != nil else { throw Refusal(.invalidUserHandle) }
        guard let member = members[other], visibility(of: other, to: caller).contains(.reach) else {
            throw Refusal(.notOnline)
        }
        let now = clock.now()
        let open = room.invitations.filter { now <= $0.value.until }
        guard open[other]?.number != member.number else { throw Refusal(.alreadyThere) }
        guard room.guests.count + open.count < limits.participants else { throw Refusal(.sessionOverload) }
        let cookie = cookies.issue(
            ChatClaim(key: other, version: member.version, room: membership.room), to: caller, now: now)
        let outcome = member.mailbox.post(
            .ring(
                room: membership.room, cookie: cookie, userHandle: membership.participant.userHandle,
                name: membership.participant.name))
        switch outcome {
        case .posted:
            rooms[membership.room]?.invitations = open
            rooms[membership.room]?.invitations[other] = Room.Invitation(
                number: member.number, until: now + limits.cookieTime)
            return .ringing
        case .refused: throw Refusal(.userTooActive)
        case .closed: throw Refusal(.notOnline)
        }
    }

    /// Sends a message to the other participants; true if there are any and it reaches every mailbox.
    func say(_ payload: WireBytes, from membership: ChatMembership) -> Bool {
        guard let room = rooms[membership.room] else { return false }
        let others = room.guests.filter { $0.number != membership.number }
        let speaker = membership.participant
        let kept = payload.detached()
        let sent = others.count { guest in
            guest.mailbox.post(.message(from: speaker.userHandle, name: speaker.name, payload: kept)) == .posted
        }
        return !others.isEmpty && sent == others.count
    }

    /// Leaves a chat; an empty one is removed.
    func leaveChat(_ membership: ChatMembership, isInactive: Bool) {
        rooms[membership.room]?.guests.removeAll { $0.number == membership.number }
        guard let room = rooms[membership.room] else { return }
        if room.guests.isEmpty { rooms[membership.room] = nil }
        for guest in room.guests { guest.mailbox.post(.left(membership.participant, isInactive: isInactive)) }
    }

    /// Passes a message to a user's client.
    func relay(
        to userHandle: String, kind: PeerMessageKind, payload: WireBytes, by handle: SignInHandle
    ) throws(Refusal) {
        let other = try reachable(userHandle, from: handle) { UBN.Received.versions.contains($0) }
        let outcome = post(.relay(from: name(of: handle.key).address, kind: kind, payload: payload), to: other)
        guard outcome == .posted else { throw Refusal(.notOnline) }
    }

    /// Passes a message outside of a chat.
    func page(
        to userHandle: String, kind: RemoteMessageKind, payload: WireBytes, by handle: SignInHandle
    ) throws(Refusal) {
        let other = try reachable(userHandle, from: handle) { UBM.Received.versions.contains($0) }
        let outcome = post(
            .page(from: name(of: handle.key).address, to: userHandle, kind: kind, payload: payload), to: other)
        guard outcome == .posted else { throw Refusal(.messageNotDelivered) }
    }

    /// The key of a user who is visible to another and whose client understands the notice.
    private func reachable(
        _ userHandle: String, from handle: SignInHandle, _ canHear: (ProtocolVersion) -> Bool
    ) throws(Refusal) -> UserKey {
        let other = UserKey(userHandle)
        guard let member = members[other], canHear(member.version),
            visibility(of: other, to: handle.key).contains(.reach)
        else { throw Refusal(.notOnline) }
        return other
    }
}
#endif
