#if Network
// Shows: one value limits the server, beside `WireLimits` for the wire and `TransportLimits` for the socket.

/// The limits for clients, individually and in total.
public struct ServerLimits: Sendable, Equatable {
    /// The most connections to each service; further ones are closed immediately.
    public var connections = 4096
    /// The time allowed from connecting to the end of the sign-in.
    public var signInTime: Duration = .seconds(60)
    /// The time without a command after which a signed-in client or a chat is closed.
    public var idleTime: Duration = .seconds(1800)
    /// The time allowed for a client to read what is written to it.
    public var writeTime: Duration = .seconds(60)
    /// The time allowed to answer a product challenge.
    public var challengeTime: Duration = .seconds(60)
    /// The lifetime of a cookie or ticket.
    public var cookieTime: Duration = .seconds(120)
    /// The lifetime of a ticket for the address book and storage services.
    public var serviceTime: Duration = .seconds(3600)
    /// The most unused cookies and tickets; beyond, the one who has most loses the oldest.
    public var cookies = 16384
    /// The most unused cookies, and the most tickets, of one user; beyond, the user loses the oldest.
    public var cookiesOfOne = 64
    /// The wrong passwords allowed at once, from one address and for one account.
    public var guesses = 20
    /// The time after which another wrong password is allowed.
    public var guessTime: Duration = .seconds(10)
    /// The most addresses, and the most accounts, whose guesses are remembered.
    public var guessers = 16384
    /// The most passwords that wait to be hashed.
    public var passwordHashes = 32
    /// The sustained rate of commands per second.
    public var commandRate = 200
    /// The burst of commands after a pause.
    public var commandBurst = 400
    /// The sustained rate of bytes per second.
    public var byteRate = 1 << 19
    /// The burst of bytes after a pause.
    public var byteBurst = 1 << 21
    /// The sustained rate of commands per second that cannot be read; a client that sends more is closed.
    public var unreadableRate = 1
    /// The burst of commands that cannot be read.
    public var unreadableBurst = 50
    /// The most notices that wait for a slow reader; messages of one sender get at most three eighths.
    public var notices = 4096
    /// The most bytes that wait for a slow reader; messages of one sender get at most three eighths.
    public var noticeBytes = 1 << 20
    /// The most bytes that wait for all clients together.
    public var totalNoticeBytes = 256 << 20
    /// The time allowed for goodbyes when the server stops.
    public var farewellTime: Duration = .seconds(2)
    /// The most bytes that the system keeps for a client that does not read.
    public var sendBuffer: Int32 = 1 << 17
    /// The most participants in a chat.
    public var participants = 50
    /// The most contacts on a list.
    public var contacts = 600
    /// The most bytes of what a user keeps: contacts, their names and notes, groups and properties.
    public var rosterBytes = 1 << 19
    /// The most bytes of rosters that wait to be stored.
    public var storingBytes = 64 << 20
    /// The longest document with a personal message, in bytes.
    public var personalMessage = 8192
    /// The longest request to the login service, in bytes.
    public var loginRequest = 65536

    /// Creates limits that suit a few thousand clients.
    public init() {}

    /// The limits for rosters.
    var roster: Roster.Limits { Roster.Limits(contacts: contacts) }
}
#endif
