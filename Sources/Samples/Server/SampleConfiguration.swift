// Shows: nothing of the wire; what a server is made with.

/// What the sample server is made with.
public struct SampleConfiguration: Sendable {
    /// Where a server listens; port 0 takes any free one.
    public struct Ports: Sendable, Equatable {
        /// The dispatch server.
        public var dispatch = 0
        /// The notification server.
        public var notification = 0
        /// The switchboard server.
        public var switchboard = 0
        /// The login service.
        public var login = 0

        /// Any free ports.
        public init() {}

        /// The customary port of the dispatch server, and the three above it.
        public init(from first: Int) {
            dispatch = first
            notification = first + 1
            switchboard = first + 2
            login = first + 3
        }
    }

    /// The users.
    public var accounts: [SampleAccount]
    /// A contact that is always there, so that a lonely client receives a presence.
    public var contact: Presence?
    /// When the next `PNG` is wanted, in seconds.
    public var pingSeconds: UInt32
    /// The interface to listen on.
    public var host = "127.0.0.1"
    /// The name that clients are told to connect to; the address they came to if nil.
    public var publicHost: String?
    /// The ports.
    public var ports = Ports()
    /// The file that keeps lists, groups and properties; none if nil.
    public var stateFile: String?
    /// Whether the versions that sign in with MD5 are served, which forces the server to know the passwords.
    public var servesDigest = true
    /// What everybody may use.
    public var limits = ServerLimits()
    /// Where the time comes from.
    public var clock = ServerClock.system

    /// A server of three users, with one contact that is always online.
    public init(
        accounts: [SampleAccount] = [.alice, .bob, .dave], contact: Presence? = .carol, pingSeconds: UInt32 = 50
    ) {
        self.accounts = accounts
        self.contact = contact
        self.pingSeconds = pingSeconds
    }
}
