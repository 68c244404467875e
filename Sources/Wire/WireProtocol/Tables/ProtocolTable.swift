import Synchronization

/// Everything the grammar says about the lines of a protocol.
public final class ProtocolTable: Sendable {
    /// The name of the protocol.
    public let name: StaticString
    /// The commands; messages refer to them by their index.
    public let commands: [CommandTable]
    /// The form of numbered error replies, which any server may send; `nil` if the protocol has none.
    public let errorReply: FormTable?
    private let serviceCount: Int
    private let versionCount: Int
    /// The tables for each sender, service and version, created on first use.
    private let resolved: [Box]

    private final class Box: Sendable {
        let table = AtomicLazyReference<LineTable>()
    }

    /// Creates the tables of a protocol with services numbered from 0 and versions up to the last.
    public init(
        _ name: StaticString, services: Int, lastVersion: UInt8, commands: [CommandTable], errorReply: FormTable? = nil
    ) {
        self.name = name
        self.commands = commands
        self.errorReply = errorReply
        serviceCount = services
        versionCount = Int(lastVersion) + 1
        resolved = (0..<2 * services * versionCount).map { _ in Box() }
    }

    /// The tables of what one end sends on a service in a version.
    public func lines(from sender: Sender, service: Int, version: ProtocolVersion) -> LineTable {
        let number = Int(version.number)
        let side = sender == .client ? 0 : 1
        let index = (side * serviceCount + service) * versionCount + number
        guard number < versionCount, service >= 0, service < serviceCount, resolved.indices.contains(index) else {
            return LineTable(self, sender: sender, service: service, version: version)
        }
        if let table = resolved[index].table.load() { return table }
        return resolved[index].table.storeIfNil(
            LineTable(self, sender: sender, service: service, version: version))
    }

    /// The position of a named form; error replies have the name `error`.
    func place(command: String, form: String, sender: Sender) -> (command: Int, form: Int, table: FormTable)? {
        if sender == .server, let errorReply, command == "\(errorReply.command)" { return (errorNumber, 0, errorReply) }
        guard let number = commands.firstIndex(where: { "\($0.name)" == command }) else { return nil }
        let forms = commands[number].forms(from: sender)
        guard let index = forms.firstIndex(where: { "\($0.name)" == form }) else { return nil }
        return (number, index, forms[index])
    }

    /// The message number of an error reply.
    public var errorNumber: Int { commands.count }
}
