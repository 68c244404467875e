#if Network
// Shows: somebody in the middle reads both ends by the same tables, whatever version they agree on.
import ArgumentParser
import Foundation
import MSNP
import MSNPSession
import SampleProxy
import Synchronization
import WireProtocol

/// Stands between a client and a server until it is interrupted.
struct ProxyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "proxy",
        abstract: "Stands between a client and a server, and shows what they say.",
        discussion: """
            Clients connect to --listen; their connections go to --to. Addresses that the server names in XFR and RNG \
            are replaced by ports of the proxy, so that the client stays in it. Bytes that are not understood pass \
            unchanged.

            From MSNP13 on, clients also ask a login service and an address book over HTTP. They go past the proxy, or \
            through it with --login-to.

            A filter consists of commands (USR), errors (911), connections (NS1) and the words client, server, error, \
            unknown, problem, deviation, notification and switchboard, joined by 'and', 'or', 'not' and parentheses.
            """)

    @Option(help: "The port to listen on, or HOST:PORT; 0 picks a free port.")
    var listen = "127.0.0.1:1863"

    @Option(help: "The server, HOST:PORT.")
    var to: String

    @Option(help: "The host that clients are told to connect to; by default where they connected.")
    var publicHost: String?

    @Option(help: "A login service and address book, HOST:PORT, whose bytes pass through --login-port unread.")
    var loginTo: String?

    @Option(help: "The port in front of --login-to; 0 picks a free port.")
    var loginPort = 0

    @Flag(help: "Replace no address; every byte passes as it is.")
    var decodeOnly = false

    @Option(help: "Show only these commands, such as 'USR or error'.")
    var filter: String?

    @Flag(help: "Print one JSON object for each event.")
    var json = false

    @Flag(help: "Show passwords, tickets and cookies.")
    var showSecrets = false

    @Option(help: "The file to record the connections in for 'msnp lint'; secrets are left out.")
    var record: String?

    @Option(help: "The file to write a capture to, for Wireshark. It holds the secrets.")
    var pcap: String?

    func validate() throws {
        _ = try settings()
        _ = try readFilter()
    }

    private func settings() throws -> ProxyConfiguration {
        var settings = ProxyConfiguration(upstream: try Self.address(to, "--to"))
        if let port = UInt16(listen) {
            settings.port = Int(port)
        } else {
            let address = try Self.address(listen, "--listen")
            (settings.host, settings.port) = (address.host, address.port)
        }
        settings.publicHost = publicHost
        settings.login = try loginTo.map { try Self.address($0, "--login-to") }
        settings.loginPort = loginPort
        settings.rewritesAddresses = !decodeOnly
        return settings
    }

    private func readFilter() throws -> CommandFilter? {
        do {
            return try filter.map { try CommandFilter($0) }
        } catch {
            throw ValidationError("--filter: \(error)")
        }
    }

    private static func address(_ text: String, _ option: String) throws -> ServerAddress {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count >= 2, let port = parts.last.flatMap({ UInt16($0) }), parts.first?.isEmpty == false else {
            throw ValidationError("\(option) must be HOST:PORT, such as 127.0.0.1:1863, not '\(text)'")
        }
        var host = parts.dropLast().joined(separator: ":")
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        return ServerAddress(host: host, port: Int(port))
    }

    func run() async throws {
        let settings = try settings()
        let observer = ProxyObserver(
            text: ProxyText(
                hasColours: !json && isatty(STDOUT_FILENO) == 1
                    && ProcessInfo.processInfo.environment["NO_COLOR", default: ""].isEmpty,
                showsSecrets: showSecrets),
            isJSON: json, filter: try readFilter(), recorder: try record.map { try RecordingFile.recorder($0) },
            capture: try pcap.map { path in CaptureFile(write: try RecordingFile.appender(path)) })
        try await Proxy.withRunning(settings) { event in
            observer.take(event)
        } _: { proxy in
            let listening = ServerAddress(host: settings.host, port: proxy.port)
            try StandardStreams.diagnose("Listening on \(listening), for \(settings.upstream). Press Ctrl-C to stop.")
            if let port = proxy.loginPort, let login = settings.login {
                let address = ServerAddress(host: settings.host, port: port)
                try StandardStreams.diagnose("Listening on \(address), for the login service at \(login).")
            }
            await Interruption.wait()
        }
    }
}

/// Shows, records and captures what happens in a proxy.
final class ProxyObserver: Sendable {
    private let text: ProxyText
    private let isJSON: Bool
    private let filter: CommandFilter?
    private let recorder: SessionRecorder?
    private let capture: CaptureFile?
    private let output: @Sendable (String) -> Void
    /// Who records each connection.
    private let records = Mutex<[String: @Sendable (SessionLine) -> Void]>([:])

    init(
        text: ProxyText, isJSON: Bool, filter: CommandFilter?, recorder: SessionRecorder?, capture: CaptureFile?,
        output: @escaping @Sendable (String) -> Void = { try? StandardStreams.write(Array(($0 + "\n").utf8)) }
    ) {
        (self.text, self.isJSON, self.filter) = (text, isJSON, filter)
        (self.recorder, self.capture, self.output) = (recorder, capture, output)
    }

    /// Takes an event.
    func take(_ event: ProxyEvent) {
        capture?.add(event)
        record(event)
        if case .part(let connection, let part) = event, let filter, !filter.shows(part, of: connection.name) { return }
        if filter != nil, !event.isPart { return }
        output(isJSON ? text.json(of: event) : text.text(of: event))
    }

    private func record(_ event: ProxyEvent) {
        guard let recorder else { return }
        switch event {
        case .opened(let connection):
            records.withLock { $0[connection.name] = recorder.observer(named: connection.name) }
        case .part(let connection, let part):
            guard let line = part.line else {
                return recorder.record(part.bytes, from: part.sender, named: connection.name)
            }
            records.withLock { $0[connection.name] }?(line)
        case .closed(let connection, _): records.withLock { $0[connection.name] = nil }
        }
    }
}

extension ProxyEvent {
    /// Whether one end sent something.
    fileprivate var isPart: Bool {
        if case .part = self { true } else { false }
    }
}
#endif
