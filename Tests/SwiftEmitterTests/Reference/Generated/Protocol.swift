// Generated from protocol.yaml and versions.yaml. Edit those instead.
import WireProtocol

/// A kind of server of DEMO.
public enum Service: String, CaseIterable, ProtocolService {
    /// Where everything begins.
    case desk
    /// Where many are together.
    case hall

    /// The number of the service in the tables.
    public var number: Int {
        switch self {
        case .desk: 0
        case .hall: 1
        }
    }
}

extension ServiceSet {
    static var desk: ServiceSet { ServiceSet(number: 0) }
    static var hall: ServiceSet { ServiceSet(number: 1) }
}

extension ProtocolVersion {
    /// DEMO0. A pseudo version.
    public static var demo0: ProtocolVersion { ProtocolVersion(0) }
    /// DEMO1. The first one.
    public static var demo1: ProtocolVersion { ProtocolVersion(1) }
    /// DEMO2. Names appear.
    public static var demo2: ProtocolVersion { ProtocolVersion(2) }
    /// DEMO3. Lists appear.
    public static var demo3: ProtocolVersion { ProtocolVersion(3) }

    /// Every version in the grammar, in rising order.
    public static var known: [ProtocolVersion] {
        [.demo0, .demo1, .demo2, .demo3]
    }

    /// The versions of which all that is known is in the grammar.
    public static var complete: [ProtocolVersion] {
        [.demo1, .demo2, .demo3]
    }

    /// The name on the wire (the dialect), or nil for a version that is not in the grammar.
    public var name: String? {
        switch number {
        case 0: "DEMO0"
        case 1: "DEMO1"
        case 2: "DEMO2"
        case 3: "DEMO3"
        default: nil
        }
    }

    /// The name for people: the dialect, or the number where the grammar has none.
    public var displayName: String { name ?? "version \(number)" }

    /// The version with a name; nil if the grammar has none.
    public init?(name: String) {
        guard let version = Self.known.first(where: { $0.name == name }) else {
            return nil
        }
        self = version
    }
}

extension VersionFact {
    /// Seats have names. DEMO2 to DEMO3.
    public static let seats = VersionFact(VersionSet(2...3))
    /// Nobody has to speak. DEMO0, DEMO3.
    public static let silence = VersionFact(VersionSet(0...0, 3...3))
}

extension WireLimits {
    /// The limits that the grammar of DEMO states.
    public static var grammar: WireLimits {
        WireLimits(
            line: 512, parameters: 16, payload: 256,
            bufferedBytes: 131072, payloads: .grammar)
    }
}

extension PayloadLimits {
    /// The limits of payloads that the grammar of DEMO states.
    public static var grammar: PayloadLimits {
        PayloadLimits(headers: 100, headerBytes: 16384, depth: 16)
    }
}

/// Which lines announce a payload, for the lines of one side in one context.
public struct DEMOFraming: FramingTable {
    /// Who sends the lines.
    public let sender: Sender
    /// The service at one end.
    public let service: Service
    /// The version; may change between two commands.
    public var version: ProtocolVersion {
        didSet { table = Self.table(sender, service, version) }
    }
    private var table: LineTable

    /// Makes the table.
    public init(sender: Sender, service: Service, version: ProtocolVersion) {
        self.sender = sender
        self.service = service
        self.version = version
        table = Self.table(sender, service, version)
    }

    private static func table(_ sender: Sender, _ service: Service, _ version: ProtocolVersion) -> LineTable {
        ProtocolTable.demo.lines(from: sender, service: service.number, version: version)
    }

    /// The rule for a command.
    public func rule(for command: CommandCode) -> FramingRule { table.rule(for: command) }
}
