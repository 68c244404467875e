#if Network
// Shows: the state that sessions share has no version; only a session speaks one.
import Logging
import MSNP
import WireProtocol

/// The state that all sessions share: who is signed in, everybody's lists, and the chats.
///
/// It is one actor, so that everybody sees changes in the same order. It never waits for a client: notices go into
/// mailboxes.
actor Exchange {
    /// A handle to a signed-in user; invalid once the same account signs in elsewhere.
    struct SignInHandle: Sendable, Equatable {
        let key: UserKey
        /// Distinguishes sign-ins of the same account.
        let number: UInt64
    }

    /// A signed-in user.
    struct Member {
        let mailbox: Mailbox
        /// The client's version; what it lacks need not be sent.
        let version: ProtocolVersion
        /// Distinguishes sign-ins of the same account.
        let number: UInt64
        /// The endpoint, for clients that name one.
        let endpoint: GUID?
        /// The status; nil until the first one is set.
        var status: OwnStatus?
        /// The capabilities of the client.
        var capabilities = Capabilities.unstated
        var picture: MSNObject?
        /// The properties that others see while they do not see the user; nil while they do.
        var propertiesWhenSeen: [String: String]?
        /// The personal message and more, in the document that the client sent.
        var personal: WireBytes?
    }

    let accounts: Accounts
    /// A contact that is always online.
    let contact: Presence?
    let limits: ServerLimits
    let clock: ServerClock
    let journal: Journal
    let logger: Logger
    /// Everybody's lists and settings, as they are on disk.
    var rosters: [UserKey: Roster]
    /// What changes once it is on disk.
    var changes = RosterQueue()
    var storing = StoringLog()
    var members: [UserKey: Member] = [:]
    var rooms: [String: Room] = [:]
    /// The cookies of users on their way to a chat.
    var cookies: SingleUseTokenStore<ChatClaim>
    private var nextNumber: UInt64 = 1
    private var isStopping = false
    /// Resumed when the last member leaves.
    private var emptied: CheckedContinuation<Void, Never>?

    /// Starts with the stored rosters, and new ones for the other accounts.
    init(configuration: SampleConfiguration, accounts: Accounts, journal: Journal) async throws {
        self.accounts = accounts
        contact = configuration.contact
        limits = configuration.limits
        clock = configuration.clock
        self.journal = journal
        logger = configuration.logger
        cookies = SingleUseTokenStore(
            limit: limits.cookies, share: limits.cookiesOfOne, lifetime: limits.cookieTime)
        let kept = journal.stored
        rosters = RosterSeed.rosters(kept: kept, accounts: accounts.all, contact: contact, birthday: clock.unixTime())
        try await journal.store(rosters.filter { kept[$0.key] != $0.value })
    }

    /// The number of the next handle, chat or participant.
    func number() -> UInt64 {
        defer { nextNumber += 1 }
        return nextNumber
    }

    /// Signs a user in and ends an older session of the same account. Nil once the server stops.
    func enter(_ userHandle: String, mailbox: Mailbox, version: ProtocolVersion, endpoint: GUID?) -> SignInHandle? {
        guard !isStopping else { return nil }
        let handle = SignInHandle(key: UserKey(userHandle), number: number())
        if let old = members[handle.key] {
            old.mailbox.post(.ended(.signedInElsewhere))
            leave(SignInHandle(key: handle.key, number: old.number))
        }
        members[handle.key] = Member(
            mailbox: mailbox, version: version, number: handle.number, endpoint: endpoint,
            propertiesWhenSeen: rosters[handle.key]?.properties ?? [:])
        return handle
    }

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

    /// The member of a handle, if it is still valid.
    func member(_ handle: SignInHandle) -> Member? {
        guard let member = members[handle.key], member.number == handle.number else { return nil }
        return member
    }

    /// Posts a notice to a user's mailbox.
    @discardableResult
    func post(_ notice: Notice, to key: UserKey) -> Mailbox.Outcome {
        members[key]?.mailbox.post(notice) ?? .closed
    }

    /// The address of an account, as spelled, and its display name.
    func name(of key: UserKey) -> (address: String, name: String) {
        let address = accounts[key.address]?.userHandle ?? contact?.userHandle ?? key.address
        return (address, rosters[key]?.friendlyName ?? address)
    }

    func exists(_ key: UserKey) -> Bool {
        rosters[key] != nil || contact.map { UserKey($0.userHandle) } == key
    }

    /// Tells everybody that the server is stopping, and accepts no more sign-ins.
    func stop() {
        isStopping = true
        for member in members.values { member.mailbox.post(.ended(.serverShutdown)) }
        for room in rooms.values {
            for guest in room.guests { guest.mailbox.post(.ended(nil)) }
        }
    }

    /// Waits until nobody is signed in, or the task is cancelled.
    func waitUntilEmpty() async {
        guard !members.isEmpty, !Task.isCancelled else { return }
        await withTaskCancellationHandler {
            await withCheckedContinuation { emptied = $0 }
        } onCancel: {
            Task { await self.giveUpWaiting() }
        }
    }

    private func giveUpWaiting() {
        emptied?.resume()
        emptied = nil
    }
}
#endif
