import MSNP

/// What the hub tells a signed-in session.
enum Notice: Sendable {
    /// Somebody changed.
    case presence(Presence)
    /// Somebody left or hides.
    case offline(String)
    /// The same account signed in on another connection.
    case signedInElsewhere
}

/// Knows who is signed in and tells everybody about everybody.
///
/// It never waits for a connection: notices go into the bounded mailbox of a session, and a session that lets its
/// mailbox run over is ended.
actor PresenceHub {
    /// One signed-in session.
    private struct Member {
        /// Who it is.
        let account: SampleAccount
        /// Where notices go.
        let mailbox: AsyncStream<Notice>.Continuation
        /// The status; none before the first one is set.
        var status: OwnStatus?
    }

    /// The sessions by number.
    private var members: [UInt64: Member] = [:]
    /// The number of the next session.
    private var nextID: UInt64 = 1

    /// Signs a session in; an older session of the same account is told to go.
    func enter(_ account: SampleAccount, mailbox: AsyncStream<Notice>.Continuation) -> UInt64 {
        for (id, member) in members where member.account.userHandle == account.userHandle {
            post(.signedInElsewhere, to: member)
            members[id] = nil
        }
        let id = nextID
        nextID += 1
        members[id] = Member(account: account, mailbox: mailbox, status: nil)
        return id
    }

    /// Sets a status, tells the others, and gives back whom the session is to be told of if this is its first.
    func set(_ status: OwnStatus, of id: UInt64) -> [Presence] {
        guard let member = members[id] else { return [] }
        let isFirst = member.status == nil
        members[id]?.status = status
        let account = member.account
        for (other, target) in members where other != id && target.status != nil {
            if status == .hidden {
                if !isFirst { post(.offline(account.userHandle), to: target) }
            } else {
                post(.presence(Self.presence(account, status)), to: target)
            }
        }
        guard isFirst else { return [] }
        return members.sorted { $0.key < $1.key }.compactMap { other, target in
            guard other != id, let status = target.status, status != .hidden else { return nil }
            return Self.presence(target.account, status)
        }
    }

    /// Signs a session out.
    func leave(_ id: UInt64) {
        guard let member = members.removeValue(forKey: id) else { return }
        guard let status = member.status, status != .hidden else { return }
        for target in members.values where target.status != nil {
            post(.offline(member.account.userHandle), to: target)
        }
    }

    /// Puts a notice into a mailbox; a full one is closed.
    private func post(_ notice: Notice, to member: Member) {
        if case .dropped = member.mailbox.yield(notice) { member.mailbox.finish() }
    }

    /// What others see.
    private static func presence(_ account: SampleAccount, _ status: OwnStatus) -> Presence {
        Presence(userHandle: account.userHandle, friendlyName: account.friendlyName, status: status)
    }
}
