#if Network
import Logging
import MSNP
import MSNPSession
import MSNPTransport
import WireProtocol

/// A host that clients cannot be told to connect to.
public struct HostError: Error, Equatable, CustomStringConvertible {
    /// The host.
    public let host: String

    /// What is wrong with it.
    public var description: String {
        "an address in MSNP is HOST:PORT, where '\(host)' cannot stand; clients need a public host that can"
    }
}

/// The settings of the sample server.
public struct SampleConfiguration: Sendable {
    /// The ports to listen on; port 0 picks a free one.
    public struct Ports: Sendable, Equatable {
        /// The dispatch server.
        public var dispatch = 0
        /// The notification server.
        public var notification = 0
        /// The switchboard server.
        public var switchboard = 0
        /// The login service and the address book, over plain HTTP.
        public var login = 0
        /// The login service and the address book, over TLS.
        public var secureLogin = 0

        /// Picks free ports.
        public init() {}

        /// Uses a port for the dispatch server, and the four ports above it.
        public init(from first: Int) {
            dispatch = first
            notification = first + 1
            switchboard = first + 2
            login = first + 3
            secureLogin = first + 4
        }
    }

    public var accounts: [SampleAccount]
    /// A contact that is always online, so that a client on its own receives a presence.
    public var contact: Presence?
    /// The seconds until the client should send the next `PNG`.
    public var pingSeconds: UInt32
    /// The interface to listen on. The protocol itself is not encrypted.
    public var host = "127.0.0.1"
    /// The name that clients are told to connect to; if nil, the address that they connected to.
    public var publicHost: String?
    /// The host, and the port if it is not that of the scheme, that the nexus names for the login service, such as that
    /// of a TLS proxy in front of it; nil for the server's own address.
    public var loginHost: String?
    /// The certificate of the login service and the address book, for TLS. Over plain HTTP they are served on loopback
    /// only, whatever `host` is: passwords and tickets never cross a network in clear text.
    public var certificate: ServerCertificate?
    /// The ports.
    public var ports = Ports()
    /// The file that stores lists, groups and properties; nil to keep them in memory.
    public var stateFile: String?
    /// Whether to serve the versions that sign in with MD5, for which the server must know the passwords.
    public var servesDigest = true
    /// The limits for clients.
    public var limits = ServerLimits()
    /// Receives what is refused and why, and who comes and goes.
    public var logger = Logger(label: "msnp.server") { _ in SwiftLogNoOpLogHandler() }
    /// Records all connections.
    public var recorder: SessionRecorder?
    /// The clock.
    public var clock = ServerClock.system
    /// How passwords are hashed to check them; tests count here.
    var derivation: PasswordHash.Derivation = PasswordHash.derive
    /// How the state file is written; tests fill the disk here.
    var diskCalls = DiskCalls.system

    /// Creates settings; by default three users and one contact that is always online.
    public init(
        accounts: [SampleAccount] = [.alice, .bob, .dave], contact: Presence? = .carol, pingSeconds: UInt32 = 50
    ) {
        self.accounts = accounts
        self.contact = contact
        self.pingSeconds = pingSeconds
    }

    /// Throws if clients could not be told where to connect to.
    ///
    /// - Parameter bound: the address that the server listens on, once it does.
    public func checkHosts(bound: String? = nil) throws(HostError) {
        let named = publicHost ?? bound ?? host
        guard let version = SignInKind.completeVersions.last,
            let address = try? HostPort(text: "\(named):1863", version: version), address.host.string == named
        else { throw HostError(host: named) }
    }
}
#endif
