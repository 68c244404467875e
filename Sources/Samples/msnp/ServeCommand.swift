// Shows: a server for real clients takes one settings value and one call.
import ArgumentParser
import Dispatch
import Foundation
import SampleServer

/// Runs the sample server until it is interrupted.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Runs a server for MSNP2 to MSNP18 clients until it is interrupted.",
        discussion: """
            Without options it serves three built-in accounts on loopback and keeps everything in memory. The dispatch \
            server listens on --port, notification, switchboard and the login service (plain HTTP) on the three ports \
            above it.
            """)

    @Option(help: "The address to listen on; clients elsewhere can connect only if this is not loopback.")
    var host = "127.0.0.1"

    @Option(help: "The name or address that clients are told to connect to; the one they came to if left out.")
    var publicHost: String?

    @Option(help: "The port of the dispatch server; 0 takes any four free ones.")
    var port = 1863

    @Option(help: "A file of accounts, one a line: ADDRESS PASSWORD DISPLAY NAME.")
    var accounts: String?

    @Option(help: "A file that keeps lists, groups and properties over restarts; made if there is none.")
    var state: String?

    @Flag(
        help: "Keep passwords as hashes only, and serve MSNP8 and later: the older sign-in needs the password itself.")
    var hashedPasswords = false

    func validate() throws {
        guard port == 0 || (1...65532).contains(port) else { throw ValidationError("--port is 0 or 1 to 65532") }
    }

    func run() async throws {
        var settings = SampleConfiguration()
        settings.host = host
        settings.publicHost = publicHost
        settings.ports = port == 0 ? .init() : .init(from: port)
        settings.stateFile = state
        settings.servesDigest = !hashedPasswords
        if let accounts {
            settings.accounts = try AccountFile.read(path: accounts)
            settings.contact = nil
        }
        let shown = accounts == nil ? settings.accounts : []
        let oldest = hashedPasswords ? "MSNP8" : "MSNP2"
        try await SampleServer.withRunning(settings) { server in
            try StandardStreams.print("Serving \(oldest) to MSNP18 on \(server.host). Stop it with Ctrl-C.")
            try StandardStreams.print("  clients connect to  \(server.host):\(server.dispatchPort)")
            try StandardStreams.print("  nexus for tickets   http://\(server.host):\(server.loginPort)/rdr/pprdr.asp")
            try StandardStreams.print("  single sign-on      http://\(server.host):\(server.loginPort)/RST.srf")
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
