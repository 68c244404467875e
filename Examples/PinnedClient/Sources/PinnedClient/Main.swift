import Foundation
import WireProtocol
import WireSession

/// Signs in over standard input and output, as `socat` or a shell connects them to a server.
@main
struct Main {
    static func main() async throws {
        let words = CommandLine.arguments.dropFirst()
        guard words.count == 1, let ticket = ProcessInfo.processInfo.environment["TICKET"] else {
            FileHandle.standardError.write(Data("usage: TICKET=... PinnedClient ACCOUNT\n".utf8))
            exit(64)
        }
        let signIn = try SignIn(account: words[1], ticket: ticket)
        let setup = SessionSetup<ServerMessage>(service: .notification, version: .msnp12)
        try await Session.run(over: StandardStreams(), setup) { @Sendable session in
            let user = try await signIn.perform(on: session)
            FileHandle.standardError.write(Data("\(user.userHandle): \(await session.state)\n".utf8))
        }
    }
}
