import Foundation
import MSNP

/// Reads what a notification server sends, in pieces as a socket gives them, and prints one line per command.
@main
struct DecodeStream {
    static func main() throws {
        guard let name = CommandLine.arguments.dropFirst().first, let version = ProtocolVersion(name: name) else {
            FileHandle.standardError.write(Data("usage: DecodeStream MSNP12 [BYTES AT A TIME] < server.txt\n".utf8))
            exit(64)
        }
        let size = CommandLine.arguments.dropFirst(2).first.flatMap(Int.init) ?? 4096
        var decoder = MessageDecoder<ServerMessage>(service: .notification, version: version)
        while let piece = try FileHandle.standardInput.read(upToCount: max(1, size)), !piece.isEmpty {
            decoder.append(Array(piece))
            printMessages(of: &decoder)
        }
        if decoder.bufferedBytes > 0 { print("cut: \(decoder.bufferedBytes) bytes of a command") }
    }

    /// Prints every message that is complete.
    private static func printMessages(of decoder: inout MessageDecoder<ServerMessage>) {
        while true {
            do {
                guard let envelope = try decoder.next() else { return }
                print(text(of: envelope.message))
            } catch {
                // It costs only itself: the next command is intact.
                print("wrong:", error)
            }
        }
    }

    /// What a message says. The forms that the program knows are matched, and the others have a description.
    private static func text(of message: ServerMessage) -> String {
        switch message {
        case .nln(.changed(let contact)):
            "\(contact.user.userHandle) (\(contact.friendlyName.string)) is \(contact.status)"
        case .fln(.offline(let contact)): "\(contact.user.userHandle) is offline"
        case .msg(.notice(let notice)): "\(notice.payload.array.count) bytes from the server"
        case .error(let error): "refused: \(error.code.name ?? "\(error.code.number)")"
        case .unknown(let command): "unknown: \(command.command)"
        default: message.form.map { "\($0)" } ?? ""
        }
    }
}
