import Foundation
import MSNP
import MSNPSession
import MSNPTickets

/// Reads the arguments; the password is in the environment, which other users of the machine do not see.
@main
struct Main {
    static func main() async throws {
        let words = CommandLine.arguments.dropFirst()
        guard words.count == 5, let password = ProcessInfo.processInfo.environment["MSN_PASSWORD"],
            let port = Int(words[3]), let version = ProtocolVersion(name: words[5])
        else {
            FileHandle.standardError.write(
                Data("usage: MSN_PASSWORD=... EchoBot ACCOUNT HOST PORT LOGIN-URL MSNP12\n".utf8))
            exit(64)
        }
        let login = words[4]
        let bot = EchoBot(
            server: ServerAddress(host: words[2], port: port),
            credentials: Credentials(userHandle: words[1], password: password), version: version,
            tickets: try WebTickets(
                nexus: login + HTTPService.nexus.path, service: login + HTTPService.tokens2.path))
        try await bot.run()
    }
}
