// Shows: where all sessions meet nothing is said in any version; the wire begins at their doors.
import MSNP
import WireProtocol

/// Knows who is signed in, everybody's lists, and the chats.
///
/// One actor, so that a change and what others are told of it happen in one order for everybody. It never waits for a
/// client: what it tells goes into mailboxes.
actor Exchange {
    /// A signed-in user; no longer valid once the same account signed in elsewhere.
    struct SignInHandle: Sendable, Equatable {
        /// The account.
        let key: UserKey
        /// Tells sign-ins of one account apart.
        let number: UInt64
    }

    /// What is known of a signed-in user.
    struct Member {
        /// Where notices go.
        let mailbox: Mailbox
        /// The version the client speaks: what it lacks need not be sent.
        let version: ProtocolVersion
        /// Tells sign-ins of one account apart.
        let number: UInt64
        /// The place where the user is signed in, with clients that tell it.
        let endpoint: GUID?
        /// The status; none before the first one is set.
        var status: OwnStatus?
        /// What the client can do.
        var abilities = Abilities()
        /// The display picture.
        var picture: WireToken?
        /// The personal message and more, as the document the client sent.
        var personal: WireBytes?
    }

    /// The users.
    let accounts: Accounts
    /// A contact that is always there.
    let contact: Presence?
    /// What clients may use.
    let limits: ServerLimits
    /// The time.
    let clock: ServerClock
    /// Keeps the rosters.
    let journal: Journal
    /// What the accounts keep.
    var rosters: [UserKey: Roster]
    /// Who is signed in.
    var members: [UserKey: Member] = [:]
    /// The chats by number.
    var rooms: [String: Room] = [:]
    /// The cookies of people on their way to a chat.
    var cookies: SingleUseTokenStore<ChatClaim>
    /// The number of the next handle, chat or participant.
    private var nextNumber: UInt64 = 1
    /// True once the server stops.
    private var isStopping = false
    /// Waits for the last member to leave.
    private var emptied: CheckedContinuation<Void, Never>?

    /// Opens with the rosters that were kept, and fresh ones for accounts that have none.
    init(configuration: SampleConfiguration, accounts: Accounts, journal: Journal) async throws {
        self.accounts = accounts
        contact = configuration.contact
        limits = configuration.limits
        clock = configuration.clock
        self.journal = journal
        cookies = SingleUseTokenStore(limit: limits.cookies, lifetime: limits.cookieTime)
        let kept = await journal.rosters()
        let rosters = RosterSeed.rosters(
            kept: kept, accounts: accounts.all, contact: contact, birthday: clock.unixTime())
        self.rosters = rosters
        var last: UInt64 = 0
        for (key, roster) in rosters where kept[key] != roster { last = journal.note(roster, of: key) }
        try await journal.settle(last)
    }

    /// The next number.
    func number() -> UInt64 {
        defer { nextNumber += 1 }
        return nextNumber
    }

    /// Signs a user in; an older session of the same account is told to go. Nil once the server stops.
    func enter(_ userHandle: String, mailbox: Mailbox, version: ProtocolVersion, endpoint: GUID?) -> SignInHandle? {
        guard !isStopping else { return nil }
        let handle = SignInHandle(key: UserKey(userHandle), number: number())
        if let old = members[handle.key] {
            old.mailbox.post(.ended(.signedInElsewhere))
            leave(SignInHandle(key: handle.key, number: old.number))
        }
        members[handle.key] = Member(mailbox: mailbox, version: version, number: handle.number, endpoint: endpoint)
        return handle
    }

    /// Signs a user out.
    func leave(_ handle: SignInHandle) {
        guard member(handle) != nil else { return }
        let watchers = watchers(of: handle.key)
        members[handle.key] = nil
        for watcher in watchers { post(.offline(name(of: handle.key).address), to: watcher) }
        if members.isEmpty {
            emptied?.resume()
            emptied = nil
        }
    }

    /// The member of a handle, if the handle is still theirs.
    func member(_ handle: SignInHandle) -> Member? {
        guard let member = members[handle.key], member.number == handle.number else { return nil }
        return member
    }

    /// Puts a notice into a mailbox.
    @discardableResult
    func post(_ notice: Notice, to key: UserKey) -> Bool {
        members[key]?.mailbox.post(notice) ?? false
    }

    /// The address of an account as it is spelled, and its name.
    func name(of key: UserKey) -> (address: String, name: String) {
        let address = accounts[key.address]?.userHandle ?? contact?.userHandle ?? key.address
        return (address, rosters[key]?.friendlyName ?? address)
    }

    /// Whether there is such an account.
    func exists(_ key: UserKey) -> Bool {
        rosters[key] != nil || contact.map { UserKey($0.userHandle) } == key
    }

    /// Tells everybody that the server stops, and lets nobody in any more.
    func stop() {
        isStopping = true
        for member in members.values { member.mailbox.post(.ended(.serverShutdown)) }
        for room in rooms.values {
            for guest in room.guests { guest.mailbox.post(.ended(nil)) }
        }
    }

    /// Waits until nobody is signed in any more, or the task is cancelled.
    func waitUntilEmpty() async {
        guard !members.isEmpty, !Task.isCancelled else { return }
        await withTaskCancellationHandler {
            await withCheckedContinuation { emptied = $0 }
        } onCancel: {
            Task { await self.giveUpWaiting() }
        }
    }

    /// Ends the wait.
    private func giveUpWaiting() {
        emptied?.resume()
        emptied = nil
    }
}
