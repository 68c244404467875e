import Foundation
import WireProtocol

/// Signs in over standard input and output, as `socat` or a shell connects them to a server.
@main
struct Main {
    static func main() throws {
        let words = CommandLine.arguments.dropFirst()
        guard words.count == 1, let ticket = ProcessInfo.processInfo.environment["TICKET"] else {
            FileHandle.standardError.write(Data("usage: TICKET=... PinnedClient ACCOUNT\n".utf8))
            exit(64)
        }
        var connection = PinnedConnection()
        var signIn = try SignIn(account: words[1], ticket: ticket)
        write(try signIn.start(on: &connection))
        while !signIn.isDone, let piece = try FileHandle.standardInput.read(upToCount: 4096), !piece.isEmpty {
            connection.append(Array(piece))
            while let message = try connection.next() { write(try signIn.answer(message, on: &connection)) }
        }
        FileHandle.standardError.write(Data("\(connection.state)\n".utf8))
    }

    private static func write(_ bytes: [UInt8]) { FileHandle.standardOutput.write(Data(bytes)) }
}
