#if Network
import Foundation
import Terminal

/// Reads a password from the terminal without echo or from a file descriptor, never from the arguments.
enum PasswordPrompt {
    /// Why no password could be read.
    enum Failure: Error, CustomStringConvertible {
        case noTerminal
        case unreadable(Int32)
        case empty

        var description: String {
            switch self {
            case .noTerminal: "There is no terminal to ask for the password on; use --password-fd."
            case .unreadable(let descriptor): "Cannot read a password from file descriptor \(descriptor)."
            case .empty: "The password is empty."
            }
        }
    }

    /// The first line of what a file descriptor holds.
    static func read(from descriptor: Int32) throws -> String {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while bytes.count < 1024 {
            switch Foundation.read(descriptor, &byte, 1) {
            case 1 where byte == 10: return try text(bytes)
            case 1: bytes.append(byte)
            case 0: return try text(bytes)
            default: throw Failure.unreadable(descriptor)
            }
        }
        return try text(bytes)
    }

    /// Asks on the terminal.
    static func ask(_ prompt: String) throws -> String {
        let descriptor = open("/dev/tty", O_RDWR)
        guard descriptor >= 0 else { throw Failure.noTerminal }
        defer { close(descriptor) }
        guard let device = TerminalDevice(input: descriptor, output: descriptor) else { throw Failure.noTerminal }
        let password = try device.askSecretly(prompt)
        guard !password.isEmpty else { throw Failure.empty }
        return password
    }

    private static func text(_ bytes: [UInt8]) throws -> String {
        let line = bytes.last == 13 ? bytes.dropLast() : bytes[...]
        guard !line.isEmpty else { throw Failure.empty }
        return String(decoding: line, as: UTF8.self)
    }
}
#endif
