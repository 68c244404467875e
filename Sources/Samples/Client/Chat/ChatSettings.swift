#if Network
// Shows: the caller supplies everything a session needs: address, versions, tickets, clock, observer.
import MSNP
import MSNPSession
import WireProtocol

/// The settings of `msnp chat`.
public struct ChatSettings: Sendable {
    /// The first server.
    public var server: ServerAddress
    /// An account and its password.
    public var credentials: Credentials
    /// The versions to offer, best first; by default those in which no server gets a digest of the password.
    public var versions: [ProtocolVersion]
    /// The source of tickets.
    public var tickets: any TicketSource
    /// The contact list for versions whose server has none, if there is no address book either.
    public var contactList: ContactListFile
    /// The address book of versions whose server has no lists; nil if there is none.
    public var addressBook: AddressBookService?
    /// Opens connections.
    public var connector: any Connector
    /// Records the conversation.
    public var recorder: SessionRecorder?
    /// The clock for all timeouts.
    public var clock: any Clock<Duration>
    /// How long to wait for an answer.
    public var timeout: Duration
    /// Whether a connection that is lost after the sign-in is opened again.
    public var reconnects: Bool = false
    /// The silence after which the contacts' presence counts as complete.
    public var quiet: Duration = .seconds(1)

    /// The most conversations at a time that others may start.
    public var roomLimit = 20
    /// The most invitations that are answered between two pings, 45 seconds.
    public var invitationLimit = 60
    /// The most messages of a conversation that wait for somebody to join.
    public var waitingLimit = 100

    /// Creates settings; the rest has defaults.
    public init(
        server: ServerAddress, credentials: Credentials, versions: [ProtocolVersion]? = nil,
        tickets: any TicketSource = NoTickets(), contactList: ContactListFile = ContactListFile(),
        connector: any Connector, recorder: SessionRecorder? = nil,
        clock: any Clock<Duration> = ContinuousClock(), timeout: Duration = .seconds(30)
    ) {
        self.server = server
        self.credentials = credentials
        self.versions =
            versions
            ?? SignInKind.completeVersions.reversed().filter { SignInKind(version: $0)?.exposesPassword == false }
        self.tickets = tickets
        self.contactList = contactList
        self.connector = connector
        self.recorder = recorder
        self.clock = clock
        self.timeout = timeout
    }

    /// The session setup of a connection.
    func setup(_ service: Service, version: ProtocolVersion) -> SessionSetup {
        var setup = SessionSetup(service: service, version: version, timeout: timeout, quiet: quiet, clock: clock)
        if let recorder { setup.observer = recorder.observer(of: service) }
        return setup
    }
}
#endif
