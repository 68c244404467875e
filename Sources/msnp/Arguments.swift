import ArgumentParser
import MSNP
import WireProtocol

/// A version as it is typed: MSNP8.
struct VersionArgument: ExpressibleByArgument {
    /// The version meant.
    let version: ProtocolVersion

    /// Reads a name the grammar knows, in any case of letters.
    init?(argument: String) {
        guard let version = ProtocolVersion(name: argument.uppercased()) else { return nil }
        self.version = version
    }

    /// The names that can be typed.
    static var allValueStrings: [String] { ProtocolVersion.known.map { $0.displayName } }
}

/// A service as it is typed.
enum ServiceArgument: String, ExpressibleByArgument, CaseIterable {
    /// Where a connection begins.
    case dispatch
    /// The long-lived connection.
    case notification
    /// One conversation.
    case switchboard

    /// The generated service.
    var service: Service {
        switch self {
        case .dispatch: .dispatch
        case .notification: .notification
        case .switchboard: .switchboard
        }
    }
}

/// The end that sends, as it is typed.
enum SenderArgument: String, ExpressibleByArgument, CaseIterable {
    /// The program of a person.
    case client
    /// The service.
    case server
}

/// The options that say how bytes are to be read.
struct ContextOptions: ParsableArguments {
    /// The version spoken.
    @Option(help: "The version of the protocol, for example MSNP8.")
    var version: VersionArgument

    /// The service connected to.
    @Option(help: "The service: dispatch, notification or switchboard.")
    var service: ServiceArgument = .notification

    /// The end that sends.
    @Option(help: "Who sends the commands: client or server.")
    var sender: SenderArgument = .server
}
