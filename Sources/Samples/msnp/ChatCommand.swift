#if Network
// Shows: the terminal is a stream of lines and a function that prints lines; everything else is `ChatClient`.
import ArgumentParser
import Dispatch
import Foundation
import MSNP
import MSNPSession
import MSNPTickets
import MSNPTransport
import SampleClient
import SampleServer
import Terminal
import WireProtocol

/// A chat client for the terminal.
struct ChatCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "chat", abstract: "Signs in to a server and chats; type /help for the commands.",
        discussion: """
            The command asks for the password without echoing it, or reads it from --password-fd. Tickets come from \
            --login-url, which must use HTTPS unless it is on this machine; without it, a server on this machine is \
            taken for 'msnp serve', whose web services are three ports above. MSNP13 and later keep the contact list \
            in a web service below --address-book-url, or else --login-url; --contacts names a file to use instead, \
            with lines of the form "account ; name ; groups ; blocked".
            """)

    @Argument(help: "The account, such as alice@example.com.")
    var account: String

    @Option(help: "The host name or address of the dispatch or notification server.")
    var server = "127.0.0.1"

    @Option(help: "The port of the server.")
    var port = 1863

    @Flag(help: "Connect over TLS; needs a valid server certificate.")
    var tls = false

    @Option(help: "The version to use, such as MSNP12; by default the newest from MSNP8 on that the server supports.")
    var version: VersionArgument?

    @Option(help: "The base URL of the login service, without /rdr/pprdr.asp or /RST2.srf.")
    var loginURL: String?

    @Option(help: "The full URL of the nexus (MSNP8 to MSNP12), if it is not below --login-url.")
    var nexusURL: String?

    @Option(help: "The full URL of the token service (MSNP13 and later), if it is not below --login-url.")
    var tokenURL: String?

    @Option(help: "The base URL of the address book (MSNP13 and later), without /abservice, if it is not --login-url.")
    var addressBookURL: String?

    @Option(help: "The file descriptor to read the password from, such as 3 together with 3<FILE.")
    var passwordFD: Int32?

    @Option(help: "The contact list file, for MSNP13 and later.")
    var contacts: String?

    @Option(help: "A file to record the conversation in, for 'msnp lint'; secrets are left out.")
    var record: String?

    func validate() throws {
        guard (1...65535).contains(port) else { throw ValidationError("--port must be between 1 and 65535") }
        guard AccountName.isValid(account) else {
            throw ValidationError(
                "'\(account)' is not an account; accounts have a name and a domain, such as alice@example.com")
        }
    }

    func run() async throws {
        let password: String
        do {
            password = try passwordFD.map(PasswordPrompt.read) ?? PasswordPrompt.ask("Password of \(account): ")
        } catch TerminalDevice.Failure.interrupted {
            // As a shell reports a program that Control-C ended.
            throw ExitCode(130)
        }
        let tickets = try WebTickets(nexus: nexusURL ?? base.map { $0 + HTTPService.nexus.path }, service: tokenService)
        var settings = ChatSettings(
            server: ServerAddress(host: server, port: port),
            credentials: Credentials(userHandle: account, password: password),
            versions: version.map { [$0.version] }, tickets: tickets, connector: TCPConnector(tls: tls))
        settings.addressBook = try addressBook(tickets)
        if let contacts {
            settings.contactList = try ContactListFile(String(contentsOfFile: contacts, encoding: .utf8))
        }
        if let record { settings.recorder = try RecordingFile.recorder(record) }
        let isCalm: Bool
        if let device = TerminalDevice() {
            isCalm = try await Self.run(settings, on: device)
        } else {
            let client = ChatClient(settings) { line in try? StandardStreams.print(line) }
            let interruption = Self.onInterruption { client.interrupt() }
            defer { interruption.cancel() }
            isCalm = await client.run(Self.lines())
        }
        guard isCalm else { throw ExitCode.failure }
    }

    /// Chats on a terminal, where somebody stays when the server goes away.
    private static func run(_ settings: ChatSettings, on device: TerminalDevice) async throws -> Bool {
        var settings = settings
        settings.reconnects = true
        let (interruptions, interrupt) = AsyncStream<Void>.makeStream()
        let terminal = try ChatTerminal(device) { interrupt.yield() }
        defer { terminal.close() }
        let client = ChatClient(settings, prompt: terminal.setPrompt, show: terminal.show)
        let watch = Task { for await _ in interruptions { client.interrupt() } }
        defer { watch.cancel() }
        return await client.run(terminal.lines)
    }

    /// The web services: those that the user names, or those of a server on this machine. No other service is asked,
    /// since it would get the password.
    private var base: String? {
        let login = ServerAddress(host: server, port: SampleConfiguration.Ports(from: port).login)
        let own = login.isLoopback && login.port <= 65535 ? "http://\(login)" : nil
        return (loginURL ?? own).map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
    }

    private var tokenService: String? { tokenURL ?? base.map { $0 + HTTPService.tokens2.path } }

    private func addressBook(_ tickets: WebTickets) throws -> AddressBookService? {
        guard let book = addressBookURL ?? base, tokenService != nil else { return nil }
        return try AddressBookService(base: book, tickets: tickets)
    }

    /// The lines the user types.
    private static func lines() -> AsyncStream<String> {
        let (lines, sink) = AsyncStream<String>.makeStream()
        Thread.detachNewThread {
            while let line = readLine() { sink.yield(line) }
            sink.finish()
        }
        return lines
    }

    /// Runs the body on SIGINT instead of ending the process.
    private static func onInterruption(_ body: @escaping @Sendable () -> Void) -> any DispatchSourceSignal {
        signal(SIGINT, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: SIGINT)
        source.setEventHandler(handler: body)
        source.resume()
        return source
    }
}
#endif
