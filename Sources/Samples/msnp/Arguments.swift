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
struct ServiceArgument: ExpressibleByArgument, CustomStringConvertible {
    /// The service meant.
    let service: Service

    /// Takes a service.
    init(_ service: Service) {
        self.service = service
    }

    /// Reads a name the grammar knows.
    init?(argument: String) {
        guard let service = Service(rawValue: argument) else { return nil }
        self.service = service
    }

    /// The names that can be typed.
    static var allValueStrings: [String] { Service.allCases.map(\.rawValue) }

    /// The name.
    var description: String { service.rawValue }
}

/// The end that sends, as it is typed.
enum SenderArgument: String, ExpressibleByArgument, CaseIterable {
    /// The program of a person.
    case client
    /// The service.
    case server

    /// The end itself.
    var sender: Sender { self == .client ? .client : .server }
}

/// The options that say how bytes are to be read.
struct ContextOptions: ParsableArguments {
    /// The version spoken.
    @Option(help: "The version of the protocol, for example MSNP8.")
    var version: VersionArgument

    /// The service connected to.
    @Option(help: "The kind of server.")
    var service = ServiceArgument(.notification)

    /// The end that sends.
    @Option(help: "Who sends the commands: client or server.")
    var sender: SenderArgument = .server
}
