// Shows: the limits of a server are one value beside those of the wire (`WireLimits`) and the socket (`TransportLimits`).

/// What clients may use of the server, one by one and all together.
public struct ServerLimits: Sendable, Equatable {
    /// Connections of each service at a time; more are closed at once.
    public var connections = 4096
    /// Time from the connection to the end of the sign-in.
    public var signInTime: Duration = .seconds(60)
    /// Time without a command until a signed-in client or a chat is given up.
    public var idleTime: Duration = .seconds(1800)
    /// Time for a client to read what is written to it.
    public var writeTime: Duration = .seconds(60)
    /// Time to answer a product challenge.
    public var challengeTime: Duration = .seconds(60)
    /// How long a cookie or ticket is good.
    public var cookieTime: Duration = .seconds(120)
    /// Cookies and tickets that nobody has used yet; the oldest go first.
    public var cookies = 16384
    /// Commands a second, in the long run.
    public var commandRate = 200
    /// Commands at once after a pause.
    public var commandBurst = 400
    /// Notices that wait for a client that does not read.
    public var notices = 4096
    /// Bytes that wait for a client that does not read.
    public var noticeBytes = 1 << 20
    /// Bytes that wait for all clients together.
    public var totalNoticeBytes = 256 << 20
    /// Time for farewells when the server stops.
    public var farewellTime: Duration = .seconds(2)
    /// People in one chat.
    public var participants = 50
    /// What an account may keep: contacts on a list.
    public var contacts = 600
    /// Bytes of one request to the login service.
    public var loginRequest = 65536

    /// Limits fit for some thousand clients.
    public init() {}

    /// The part about lists.
    var roster: Roster.Limits { Roster.Limits(contacts: contacts) }
}
