// Shows: everything a session needs comes from outside: address, versions, tickets, clock, observer.
import MSNP
import MSNPSession
import WireProtocol

/// What `msnp chat` was asked for.
public struct ChatSettings: Sendable {
    /// Where to begin.
    public var server: ServerAddress
    /// Who signs in.
    public var credentials: Credentials
    /// The versions to offer, the best one first.
    public var versions: [ProtocolVersion]
    /// Where tickets come from.
    public var tickets: any TicketSource
    /// The contact list for versions that have none on the server.
    public var contactList: ContactListFile
    /// Opens connections.
    public var connector: any Connector
    /// Writes a recording.
    public var recorder: SessionRecorder?
    /// What the time is measured with.
    public var clock: any Clock<Duration>
    /// How long an answer may take.
    public var timeout: Duration
    /// The silence after which the presence of the contacts is taken to be complete.
    public var quiet: Duration = .seconds(1)

    /// Takes what must be known; the rest has defaults.
    public init(
        server: ServerAddress, credentials: Credentials, versions: [ProtocolVersion]? = nil,
        tickets: any TicketSource = NoTickets(), contactList: ContactListFile = ContactListFile(),
        connector: any Connector, recorder: SessionRecorder? = nil,
        clock: any Clock<Duration> = ContinuousClock(), timeout: Duration = .seconds(30)
    ) {
        self.server = server
        self.credentials = credentials
        self.versions = versions ?? Array(SignInKind.completeVersions.reversed())
        self.tickets = tickets
        self.contactList = contactList
        self.connector = connector
        self.recorder = recorder
        self.clock = clock
        self.timeout = timeout
    }

    /// The setup of a connection.
    func setup(_ service: Service, version: ProtocolVersion) -> SessionSetup {
        var setup = SessionSetup(service: service, version: version, timeout: timeout, quiet: quiet, clock: clock)
        if let recorder { setup.observer = recorder.observer(of: service) }
        return setup
    }
}
