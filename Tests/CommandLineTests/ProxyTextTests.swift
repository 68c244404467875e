import ArgumentParser
import MSNP
import MSNPSession
import SessionLint
import Synchronization
import Testing
import WireProtocol

@testable import SampleProxy
@testable import msnp

/// What `msnp proxy` prints, shows and refuses.
struct ProxyTextTests {
    private static let connection = ProxiedConnection(
        name: "NS1", server: ServerAddress(host: "example.com", port: 1863), clientHost: "127.0.0.1", serverHost: nil)

    /// The parts of what a server or client sends in MSNP8.
    private static func parts(_ text: String, _ sender: Sender = .server) -> [ProxyEvent] {
        var replay = ConnectionReplay(following: .notification, version: .msnp8)
        return replay.follow(Array(text.utf8), from: sender).map { .part(connection, ProxiedPart($0, from: sender)) }
    }

    @Test(arguments: [
        ("VER 1 MSNP8\r\n", "NS1 S>C VER 1 MSNP8\n      VER.accepted  dialects=MSNP8"),
        ("XYZ 1 secret\r\n", "NS1 S>C XYZ 1 000000\\r\\n\n      not understood"),
        ("\u{1}\r\n\r\n", "NS1 S>C \\x01\\r\\n\n      not understood"),
    ])
    func aCommandIsShownWithItsConnection(_ text: String, _ expected: String) {
        let shown = Self.parts(text).first.map { ProxyText().text(of: $0) }
        #expect(shown?.hasPrefix(expected) == true, "\(shown ?? "")")
    }

    @Test func whatIsNotAllowedIsSaid() {
        let shown = Self.parts("USR 3 TWN I alice@example.com\r\n", .client).map { ProxyText().text(of: $0) }
        #expect(
            shown == [
                """
                NS1 C>S USR 3 TWN I alice@example.com
                      USR.initial  package=TWN  userHandle=alice@example.com
                      error: USR: 'initial' is not allowed in the state 'greeting'
                """
            ])
    }

    @Test func secretsAreShownOnlyIfTheyAreAskedFor() {
        let line = "USR 4 TWN S t=secret&p=x\r\n"
        for event in Self.parts(line, .client) {
            #expect(!ProxyText().text(of: event).contains("secret"))
            #expect(!ProxyText().json(of: event).contains("secret"))
            #expect(ProxyText(showsSecrets: true).text(of: event).contains("ticket=t=secret&p=x"))
            #expect(ProxyText(showsSecrets: true).json(of: event).contains("t=secret&p=x"))
        }
    }

    @Test func eventsAreObjectsForPrograms() {
        let text = ProxyText()
        #expect(
            text.json(of: .opened(Self.connection))
                == #"{"connection":"NS1","event":"opened","client":"127.0.0.1","server":"example.com:1863"}"#)
        #expect(
            text.json(of: .closed(Self.connection, reason: "gone"))
                == #"{"connection":"NS1","event":"closed","reason":"gone"}"#)
        #expect(
            Self.parts("VER 1 MSNP8 CVR0\r\n", .client).map { text.json(of: $0) } == [
                #"{"connection":"NS1","sender":"client","version":"MSNP8","service":"notification","command":"VER","#
                    + #""form":"offer","transaction":"1","parameters":{"dialects":["MSNP8","CVR0"]}}"#
            ])
    }

    /// A name that comes from the network cannot command the terminal.
    @Test func coloursAreTheOnlyControls() {
        let event = Self.parts("NLN AWY bob@example.com %1B%5B2J 0\r\n")[0]
        let shown = ProxyText(hasColours: true).text(of: event)
        #expect(shown.hasPrefix("\u{1B}[32mNS1 S>C NLN"))
        #expect(!shown.contains("\u{1B}[2J"))
    }

    // MARK: - Filters

    @Test(arguments: [
        ("USR", [1]), ("usr or ver", [0, 1]), ("error", [2]), ("911", [2]), ("not error and server", [0, 3]),
        ("client", [1]), ("unknown", [3]), ("(USR or VER) and not client", [0]), ("not (USR or VER)", [2, 3]),
        ("NS1 and VER", [0]), ("ns2", []), ("notification", [0, 1, 2, 3]), ("switchboard", []), ("not not VER", [0]),
        ("problem", [0, 1, 2]),
    ])
    func aFilterChooses(_ text: String, _ expected: [Int]) throws {
        let filter = try CommandFilter(text)
        var replay = ConnectionReplay(following: .notification, version: .msnp8)
        let sent: [(String, Sender)] = [
            ("VER 1 MSNP8\r\n", .server), ("USR 3 TWN I a@b.c\r\n", .client), ("911 3\r\n", .server),
            ("XYZ\r\n", .server),
        ]
        let parts = sent.flatMap { text, sender in
            replay.follow(Array(text.utf8), from: sender).map { ProxiedPart($0, from: sender) }
        }
        #expect(parts.indices.filter { filter.shows(parts[$0], of: "NS1") } == expected)
    }

    @Test(arguments: [
        ("", "a test is missing at the end"), ("USR or", "a test is missing at the end"),
        ("(USR", "a ')' is missing"), ("USR VER", "'VER' does not belong here; join tests with 'or' or 'and'"),
        ("USR)", "')' does not belong here; join tests with 'or' or 'and'"),
        (
            "USX",
            "'USX' is neither a command, an error, a connection such as NS1, nor one of client, server, error, unknown, "
                + "problem, deviation, notification, switchboard"
        ),
    ])
    func aTextThatIsNoFilterIsRefused(_ text: String, _ problem: String) {
        #expect(throws: CommandFilter.Problem(description: problem)) { try CommandFilter(text) }
    }

    @Test(arguments: [
        (["--to", "example.com"], "--to must be HOST:PORT, such as 127.0.0.1:1863, not 'example.com'"),
        (["--to", "a:1", "--listen", "70000"], "--listen must be HOST:PORT, such as 127.0.0.1:1863, not '70000'"),
        (["--to", "a:1", "--filter", "USR or"], "--filter: a test is missing at the end"),
    ])
    func wrongOptionsAreNamed(_ arguments: [String], _ problem: String) {
        let error = #expect(throws: (any Error).self) { try ProxyCommand.parse(arguments) }
        #expect(error.map { ProxyCommand.message(for: $0) } == problem)
    }

    // MARK: - Recordings

    @Test func aRecordingHasNoSecretAndLints() {
        let rows = Mutex<[String]>([])
        let printed = Mutex<[String]>([])
        let observer = ProxyObserver(
            text: ProxyText(), isJSON: false, filter: try? CommandFilter("VER"),
            recorder: SessionRecorder { row in rows.withLock { $0.append(row) } }, capture: nil,
            output: { text in printed.withLock { $0.append(text) } })
        observer.take(.opened(Self.connection))
        for event in Self.parts("VER 1 MSNP8 CVR0\r\nUSR 4 TWN S t=secret&p=x\r\n\nhidden\n", .client) {
            observer.take(event)
        }
        observer.take(.closed(Self.connection, reason: nil))
        #expect(
            rows.withLock { $0 } == [
                "connection\tdirection\twire", "NS1\tC>S\tVER 1 MSNP8 CVR0\\r\\n",
                "NS1\tC>S\tUSR 4 TWN S 0=000000&0=0\\r\\n", "NS1\tC>S\t\\n", "NS1\tC>S\t000000\\n",
            ])
        #expect(printed.withLock { $0 }.map { $0.prefix(11) } == ["NS1 C>S VER"])
    }
}
