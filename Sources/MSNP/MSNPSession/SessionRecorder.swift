// Shows: a form knows its secret parameters, so a recording can blank them out and still decode.
import MSNP
import Synchronization
import WireProtocol

extension Sender {
    /// The way of what it sends, as recordings and output say it.
    package var direction: String { self == .client ? "C>S" : "S>C" }
}

extension Service {
    /// The two letters that stand for it in recordings.
    public var shortName: String {
        switch self {
        case .dispatch: "DS"
        case .notification: "NS"
        case .switchboard: "SB"
        case .fileTransfer: "FT"
        }
    }

    /// The service with a two-letter short name; nil if the grammar has none.
    public init?(shortName: String) {
        guard let service = Self.allCases.first(where: { $0.shortName == shortName }) else { return nil }
        self = service
    }
}

/// Numbers the connections to each service: `DS1`, `NS1`, `NS2`, `SB1`.
public final class ConnectionNames: Sendable {
    /// The number of connections of each kind so far.
    private let counts = Mutex<[String: Int]>([:])

    /// Starts with 1.
    public init() {}

    /// The name of a new connection.
    public func next(_ service: Service) -> String { next(service.shortName) }

    /// The name of a new connection that begins with these letters.
    public func next(_ letters: String) -> String {
        let number = counts.withLock { counts in
            counts[letters, default: 0] += 1
            return counts[letters] ?? 1
        }
        return "\(letters)\(number)"
    }
}

/// Records both ends of a conversation as a table for `msnp lint`; secrets become zeros of the same length.
public final class SessionRecorder: Sendable {
    public static let heading = "connection\tdirection\twire"
    private let write: @Sendable (String) -> Void
    private let names = ConnectionNames()

    /// Creates a recorder and writes the heading.
    public init(write: @escaping @Sendable (String) -> Void) {
        self.write = write
        write(Self.heading)
    }

    /// The observer of a new connection.
    public func observer(of service: Service) -> @Sendable (SessionLine) -> Void {
        observer(named: names.next(service))
    }

    /// The observer of a new connection that has a name, such as `NS1`.
    public func observer(named name: String) -> @Sendable (SessionLine) -> Void {
        let isOver = Mutex(false)
        return { [write] line in
            // Bytes that arrive after a goodbye belong to no session.
            let wasOver = isOver.withLock { isOver in
                defer {
                    if line.form is OUT.SignOut || line.form is OUT.Ended || line.form is OUT.ChatEnded {
                        isOver = true
                    }
                }
                return isOver
            }
            guard !wasOver else { return }
            write("\(name)\t\(line.sender.direction)\t\(Self.column(Self.redacted(line)))")
        }
    }

    /// Records bytes that are no command, which may hold a secret anywhere.
    public func record(_ bytes: [UInt8], from sender: Sender, named name: String) {
        write("\(name)\t\(sender.direction)\t\(Self.column(Self.hidden(bytes)))")
    }

    /// Zeros in place of all letters and digits.
    package static func hidden(_ bytes: [UInt8]) -> [UInt8] { bytes.map(PayloadSecrets.zero) }

    /// The bytes of a line with zeros in place of secrets.
    static func redacted(_ line: SessionLine) -> [UInt8] {
        guard let form = line.form else {
            return mayHoldSecret(line.command) ? hidden(undecodable: line.raw) : line.raw
        }
        let end = line.raw.firstIndex(of: 10).map { $0 + 1 } ?? line.raw.count
        var head = Array(line.raw[..<end])
        for field in form.fields where field.isSensitive {
            guard case .text(let secret) = field.value else { continue }
            head = replacing(Array(secret.utf8), in: head)
        }
        return head + PayloadSecrets.hidden(in: Array(line.raw[end...])).payload
    }

    /// Whether a form of a command has a secret; an unknown command may have one.
    private static func mayHoldSecret(_ command: String) -> Bool {
        guard let table = ClientMessage.protocolTable.commands.first(where: { "\($0.name)" == command }) else {
            return true
        }
        return (table.clientForms + table.serverForms).contains { $0.words.contains(where: \.isSensitive) }
    }

    /// An undecodable line, which may hold a secret anywhere but in its command word and its transaction ID.
    private static func hidden(undecodable line: [UInt8]) -> [UInt8] {
        let words = line.split(separator: 0x20, maxSplits: 2, omittingEmptySubsequences: false)
        guard words.count > 1, words[0].count == 3 else { return line.map(PayloadSecrets.zero) }
        let number = words[1].prefix { $0 != 13 && $0 != 10 }
        let shown = TransactionID(wire: WireBytes(Array(number))) == nil ? 3 : 4 + number.count
        return line.prefix(shown) + line.dropFirst(shown).map(PayloadSecrets.zero)
    }

    /// Replaces the last occurrence of a text by zeros; a secret is never the first word of a line.
    private static func replacing(_ secret: [UInt8], in line: [UInt8]) -> [UInt8] {
        var result = line
        guard !secret.isEmpty, line.count > secret.count else { return line }
        for start in stride(from: line.count - secret.count, to: 3, by: -1)
        where line[start..<start + secret.count].elementsEqual(secret) {
            for index in start..<start + secret.count { result[index] = PayloadSecrets.zero(result[index]) }
            return result
        }
        return result
    }

    /// Escapes bytes for a table column.
    package static func column(_ bytes: [UInt8]) -> String {
        let isText = String(validating: bytes, as: UTF8.self) != nil
        var text: [UInt8] = []
        for byte in bytes {
            switch byte {
            case 13: text += Array("\\r".utf8)
            case 10: text += Array("\\n".utf8)
            case 9: text += Array("\\t".utf8)
            case UInt8(ascii: "\\"): text += Array("\\\\".utf8)
            case 0x20..<0x7F: text.append(byte)
            case 0x80... where isText: text.append(byte)
            default: text += Array("\\x\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8)
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
