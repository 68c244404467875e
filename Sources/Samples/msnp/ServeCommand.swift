// Shows: a server for real clients takes one settings value and one call.
import ArgumentParser
import Dispatch
import Foundation
import Logging
import MSNPSession
import SampleServer

/// Runs the sample server until it is interrupted.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Runs a server for MSNP2 to MSNP18 clients until it is interrupted.",
        discussion: """
            Without options, it serves three built-in accounts on the loopback interface and keeps everything in \
            memory. The dispatch server listens on --port; the notification server, the switchboard server and the \
            login service (HTTP) listen on the three ports above it.

            Connections are unencrypted: bind to trusted interfaces only.
            """)

    @Option(help: "The address to listen on; clients on other machines need one that is not loopback.")
    var host = "127.0.0.1"

    @Option(help: "The host that clients are told to connect to, not an IPv6 one; by default where they connected.")
    var publicHost: String?

    @Option(help: "The host, or HOST:PORT, of a TLS proxy in front of the login service, for the nexus to name.")
    var loginHost: String?

    @Option(help: "The port of the dispatch server; 0 picks four free ports.")
    var port = 1863

    @Option(help: "A file of accounts, one per line: ADDRESS PASSWORD DISPLAY NAME.")
    var accounts: String?

    @Option(help: "A file that keeps lists, groups and properties across restarts; created if missing.")
    var state: String?

    @Flag(help: "Keep passwords only as hashes; MSNP2 to MSNP7, which need the password itself, are not served.")
    var hashedPasswords = false

    @Option(help: "What to log to the standard error output: \(Self.levels). Refused commands are 'notice'.")
    var logLevel = Logger.Level.notice

    @Option(help: "The file to record all connections in for 'msnp lint'; secrets are left out.")
    var record: String?

    private static let levels = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")

    func validate() throws {
        guard port == 0 || (1...65532).contains(port) else {
            throw ValidationError("--port must be 0 or between 1 and 65532")
        }
        do throws(HostError) {
            try hosts.checkHosts()
        } catch {
            throw ValidationError(
                "an address in MSNP is HOST:PORT, where '\(error.host)' cannot stand: say with --public-host what "
                    + "clients are to connect to")
        }
        if let loginHost, loginHost.isEmpty || !loginHost.utf8.allSatisfy(Self.isOfAnAddress) {
            throw ValidationError("--login-host must be a host name or address, with a port if need be")
        }
    }

    /// Whether a byte may stand in a host name, an address or a port.
    private static func isOfAnAddress(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "-._:[]".utf8.contains(byte)
        }
    }

    /// The settings, as far as hosts are concerned.
    private var hosts: SampleConfiguration {
        var settings = SampleConfiguration()
        settings.host = host
        settings.publicHost = publicHost
        settings.loginHost = loginHost
        return settings
    }

    /// Where clients find a running server.
    static func addresses(of server: SampleServer) -> [String] {
        let dispatch = ServerAddress(host: server.host, port: server.dispatchPort)
        let login = ServerAddress(host: server.host, port: server.loginPort)
        return [
            "  clients connect to  \(dispatch)", "  nexus for tickets   http://\(login)/rdr/pprdr.asp",
            "  single sign-on      http://\(login)/RST.srf",
        ]
    }

    func run() async throws {
        var settings = hosts
        settings.ports = port == 0 ? .init() : .init(from: port)
        settings.stateFile = state
        settings.servesDigest = !hashedPasswords
        settings.logger = Logger(label: "msnp", factory: StreamLogHandler.standardError(label:))
        settings.logger.logLevel = logLevel
        if let record { settings.recorder = try RecordingFile.recorder(record) }
        if let accounts {
            settings.accounts = try AccountFile.read(path: accounts)
            settings.contact = nil
        }
        let shown = accounts == nil ? settings.accounts : []
        let oldest = hashedPasswords ? "MSNP8" : "MSNP2"
        try await SampleServer.withRunning(settings) { server in
            try StandardStreams.print("Serving \(oldest) to MSNP18 on \(server.host). Press Ctrl-C to stop.")
            for line in Self.addresses(of: server) { try StandardStreams.print(line) }
            for account in shown {
                try StandardStreams.print(
                    "  sign in as          \(account.userHandle) with password \(account.password)")
            }
            await Self.waitForInterruption()
            try StandardStreams.print("Stopping.")
        }
    }

    /// Waits for SIGINT or SIGTERM.
    private static func waitForInterruption() async {
        let (signals, sink) = AsyncStream.makeStream(of: Void.self)
        let sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number)
            source.setEventHandler { sink.yield() }
            source.resume()
            return source
        }
        for await _ in signals { break }
        for source in sources { source.cancel() }
    }
}

extension Logger.Level: @retroactive ExpressibleByArgument {}
