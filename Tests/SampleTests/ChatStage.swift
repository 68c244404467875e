import MSNP
import MSNPSession
import SampleClient
import TestSupport
import Synchronization
import WireProtocol

/// A notification server and its switchboards as the test wants them.
struct Script: Sendable {
    var version: ProtocolVersion
    /// The answers to a command by its first word; TRID stands for the number.
    var answers: [String: [String]] = [:]
    /// What is said once the status is set.
    var greeting: [String] = []
    /// The command after which it reads nothing more.
    var deafAfter: String?
    /// What a switchboard does.
    var switchboard: @Sendable (MemoryLink) async -> Void = { _ in }

    init(_ version: UInt8) {
        self.version = ProtocolVersion(version)
    }

    /// Says a line, or a line and its payload as they are.
    private func say(_ text: String, _ number: String, _ link: MemoryLink) {
        let text = text.replacing("TRID", with: number)
        text.contains("\r\n") ? link.saySlice(text) : link.say(text)
    }

    /// Serves a link; what the client said is collected.
    func serve(_ address: ServerAddress, _ link: MemoryLink, _ heard: Heard) async {
        if address.host == "sb.example" { return await switchboard(link) }
        await link.admitClient(proof: Stage.okay(version))
        while true {
            let line = await link.hear()
            guard !line.isEmpty else { return }
            heard.add(line)
            let words = line.split(whereSeparator: { $0 == " " || $0 == "\r\n" }).map(String.init)
            let number = words.dropFirst().first ?? ""
            if words[0] == deafAfter { link.stopReading() }
            if let given = answers[words[0]] {
                for answer in given { say(answer, number, link) }
                continue
            }
            switch words[0] {
            case "SYN": link.say(SYN.Announced.versions.contains(version) ? line + " 0 0" : line)
            case "CHG":
                link.say(line)
                for text in greeting { say(text, number, link) }
            case "ADL", "RML": link.say("\(words[0]) \(number) OK")
            case "BLP" where BLP.Synchronized.versions.contains(version) == false: link.say(line)
            case "PNG": link.say("QNG 50")
            case "OUT": link.hangUp()
            default: link.say(line)
            }
        }
    }
}

/// What the client said after its sign-in.
final class Heard: Sendable {
    private let collected = Mutex<[String]>([])

    var lines: [String] { collected.withLock { $0 } }

    func add(_ line: String) { collected.withLock { $0.append(line) } }

    /// The lines of one command.
    func of(_ command: String) -> [String] { lines.filter { $0.hasPrefix(command + " ") } }
}

/// A chat client at a scripted server.
struct ChatStage: Sendable {
    let screen = Screen()
    let heard = Heard()
    let rows = Mutexed()

    /// Runs the client while the test types.
    func run(
        _ script: Script, contacts: String = "", records: Bool = false, clock: ManualClock? = nil,
        _ type: @escaping @Sendable (AsyncStream<String>.Continuation, Screen) async -> Void
    ) async throws -> Bool {
        let connector = MemoryConnector { [heard] address, link in await script.serve(address, link, heard) }
        let rows = rows
        var settings = ChatSettings(
            server: ServerAddress(host: "ns.example", port: 1863), credentials: Stage.credentials,
            versions: [script.version], tickets: FixedTickets(),
            contactList: try ContactListFile(contacts), connector: connector,
            recorder: records ? SessionRecorder { row in rows.add(row) } : nil)
        (settings.clock, settings.quiet) = (PatientClock(), .milliseconds(20))
        if let clock { (settings.clock, settings.quiet) = (clock, .zero) }
        let client = ChatClient(settings) { [screen] in screen.show($0) }
        let (lines, keyboard) = AsyncStream<String>.makeStream()
        async let typed: Void = type(keyboard, screen)
        let isWell = await client.run(lines)
        await typed
        return isWell
    }
}

/// Rows of a recording.
final class Mutexed: Sendable {
    private let rows = Mutex("")
    var text: String { rows.withLock { $0 } }
    func add(_ row: String) { rows.withLock { $0 += row + "\n" } }
}
