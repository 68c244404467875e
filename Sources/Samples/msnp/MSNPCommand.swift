#if Network
import ArgumentParser
import MSNP
import WireProtocol

/// The `msnp` command.
@main
struct MSNPCommand: AsyncParsableCommand {
    /// The version of this package.
    static let version = "0.1.0-dev"

    static let configuration = CommandConfiguration(
        commandName: "msnp",
        abstract: "Decodes, encodes, checks and speaks the MSN Messenger protocol.", version: version,
        subcommands: [
            ChatCommand.self, ServeCommand.self, DemoCommand.self, DecodeCommand.self, EncodeCommand.self,
            VectorsCommand.self, LintCommand.self, RecordCommand.self, ProxyCommand.self,
        ])
}

/// A protocol version on the command line, such as MSNP8.
struct VersionArgument: ExpressibleByArgument {
    let version: ProtocolVersion

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
    case server

    var sender: Sender { self == .client ? .client : .server }
}

/// The context in which bytes are read or written.
struct ContextOptions: ParsableArguments {
    @Option(help: "The protocol version, such as MSNP8.")
    var version: VersionArgument

    @Option(help: "The service that the connection belongs to.")
    var service = ServiceArgument(.notification)

    @Option(help: "The end that sends the commands.")
    var sender: SenderArgument = .server
}

/// The context in which bytes are read, as far as a file does not say it.
struct OptionalContext: ParsableArguments {
    @Option(help: "The protocol version, such as MSNP8; of a file, that of connections that do not negotiate one.")
    var version: VersionArgument?

    @Option(help: "The service that the connection belongs to. (default: notification)")
    var service: ServiceArgument?

    @Option(help: "The end that sends the commands. (default: server)")
    var sender: SenderArgument?
}
#endif
