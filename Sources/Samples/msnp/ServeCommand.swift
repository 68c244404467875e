#if Network
// Shows: a server for real clients takes one settings value and one call.
import ArgumentParser
import Foundation
import Logging
import MSNP
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
            login service with the address book (HTTP) listen on the three ports above it.

            Over plain HTTP, the login service and the address book are for this machine only. With --certificate and \
            --key they speak TLS to everybody, on the port above. The protocol itself is unencrypted.
            """)

    @Option(help: "The address to listen on; clients on other machines need one that is not loopback.")
    var host = "127.0.0.1"

    @Option(help: "The host that clients are told to connect to, not an IPv6 one; by default where they connected.")
    var publicHost: String?

    @Option(help: "The host, or HOST:PORT, of a TLS proxy in front of the login service, for the nexus to name.")
    var loginHost: String?

    @Option(help: "A PEM file with the certificate for TLS, and those that prove it.")
    var certificate: String?

    @Option(help: "A PEM file with the private key of the certificate.")
    var key: String?

    @Option(help: "The port of the dispatch server; 0 picks free ports for all.")
    var port = 1863

    @Option(help: "The port of the login service and the address book over plain HTTP.")
    var loginPort: Int?

    @Option(help: "The port of the login service and the address book over TLS; old clients expect 443.")
    var tlsPort: Int?

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
        guard port == 0 || (1...65531).contains(port) else {
            throw ValidationError("--port must be 0 or between 1 and 65531")
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
        for (name, port) in [("--login-port", loginPort), ("--tls-port", tlsPort)] {
            guard (0...65535).contains(port ?? 0) else {
                throw ValidationError("\(name) must be between 0 and 65535")
            }
        }
        guard (certificate == nil) == (key == nil) else {
            throw ValidationError("--certificate and --key belong together")
        }
        #if !TLS
        if certificate != nil {
            throw ValidationError(
                "--certificate needs the trait TLS, which is on by default; this program was built without it")
        }
        #endif
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
        let plain = "http://\(ServerAddress(host: server.loginHost, port: server.loginPort))"
        let secure = server.secureLoginPort.map { port in
            "https://" + ServerAddress(host: server.host, port: port).authority(tls: true)
        }
        return ["  clients connect to  \(dispatch)"]
            + [secure, plain].compactMap(\.self).flatMap { base in
                [
                    "  nexus for tickets   \(base)\(HTTPService.nexus.path)",
                    "  single sign-on      \(base)\(HTTPService.tokens.path)",
                    "  address book        \(base)\(HTTPService.addressBook.path)",
                ]
            }
    }

    /// The lines for the hosts file of clients that cannot be told where the server is.
    static func hosts(of server: SampleServer, publicHost: String?) -> [String] {
        let isNumeric = { (host: String) in host.contains(":") || host.allSatisfy { "0123456789.".contains($0) } }
        let known = [publicHost, server.host].compactMap(\.self).first {
            isNumeric($0) && !["0.0.0.0", "::"].contains($0)
        }
        var lines = ["Old clients have the names of their servers built in; these lines in their hosts file lead here:"]
        lines += BuiltInHost.all.map { host in
            let name = host.name + String(repeating: " ", count: max(0, 26 - host.name.count))
            return "  \(known ?? "ADDRESS")  \(name)  # port \(host.port): \(host.about)"
        }
        if let port = server.secureLoginPort {
            if port != 443 { lines.append("Port 443 has to lead to port \(port): see --tls-port.") }
        } else {
            lines.append("Port 443 is TLS: see --certificate, --key and --tls-port.")
        }
        if server.dispatchPort != 1863 {
            lines.append("Port 1863 has to lead to port \(server.dispatchPort): see --port.")
        }
        return lines
    }

    func run() async throws {
        var settings = hosts
        settings.ports = port == 0 ? .init() : .init(from: port)
        if let loginPort { settings.ports.login = loginPort }
        if let tlsPort { settings.ports.secureLogin = tlsPort }
        if let certificate, let key {
            settings.certificate = try CertificateFiles.read(certificate: certificate, key: key)
        }
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
        let publicHost = publicHost
        try await SampleServer.withRunning(settings) { server in
            try StandardStreams.print("Serving \(oldest) to MSNP18 on \(server.host). Press Ctrl-C to stop.")
            for line in Self.addresses(of: server) { try StandardStreams.print(line) }
            for line in Self.hosts(of: server, publicHost: publicHost) { try StandardStreams.print(line) }
            for account in shown {
                try StandardStreams.print(
                    "  sign in as          \(account.userHandle) with password \(account.password)")
            }
            await Interruption.wait()
            try StandardStreams.print("Stopping.")
        }
    }
}

extension Logger.Level: @retroactive ExpressibleByArgument {}
#endif
