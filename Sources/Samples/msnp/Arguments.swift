import ArgumentParser
import MSNP
import WireProtocol

/// A version on the command line, such as MSNP8.
struct VersionArgument: ExpressibleByArgument {
    let version: ProtocolVersion

    /// Parses the name of a known version, ignoring case.
    init?(argument: String) {
        guard let version = ProtocolVersion(name: argument.uppercased()) else { return nil }
        self.version = version
    }

    static var allValueStrings: [String] { ProtocolVersion.known.map { $0.displayName } }
}

/// A service on the command line.
struct ServiceArgument: ExpressibleByArgument, CustomStringConvertible {
    let service: Service

    init(_ service: Service) {
        self.service = service
    }

    /// Parses the name of a service.
    init?(argument: String) {
        guard let service = Service(rawValue: argument) else { return nil }
        self.service = service
    }

    static var allValueStrings: [String] { Service.allCases.map(\.rawValue) }

    var description: String { service.rawValue }
}

/// The sending end, on the command line.
enum SenderArgument: String, ExpressibleByArgument, CaseIterable {
    case client
    /// The service.
    case server

    var sender: Sender { self == .client ? .client : .server }
}

/// The options that say how to read bytes.
struct ContextOptions: ParsableArguments {
    @Option(help: "The version of the protocol, for example MSNP8.")
    var version: VersionArgument

    @Option(help: "The kind of server.")
    var service = ServiceArgument(.notification)

    @Option(help: "Who sends the commands: client or server.")
    var sender: SenderArgument = .server
}
