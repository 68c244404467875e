import Foundation
import WireProtocol

/// Standard input and output as bytes.
enum StandardStreams {
    /// The next bytes of standard input; nil at its end.
    static func read(atMost count: Int = 65536) throws -> [UInt8]? {
        guard let data = try FileHandle.standardInput.read(upToCount: count), !data.isEmpty else { return nil }
        return Array(data)
    }

    /// Writes bytes as they are, for other programs to read.
    static func write(_ bytes: [UInt8]) throws {
        try FileHandle.standardOutput.write(contentsOf: Data(bytes))
    }

    /// Writes text to standard output, safe for a terminal.
    static func print(_ text: String) throws {
        try write(Array((TerminalText.lines(text) + "\n").utf8))
    }

    /// Writes text to standard error, safe for a terminal.
    static func diagnose(_ text: String) throws {
        try FileHandle.standardError.write(contentsOf: Data((TerminalText.lines(text) + "\n").utf8))
    }
}
