import Foundation

/// Standard input and output as bytes.
enum StandardStreams {
    /// The next bytes of standard input; nil at its end.
    static func read(atMost count: Int = 65536) throws -> [UInt8]? {
        guard let data = try FileHandle.standardInput.read(upToCount: count), !data.isEmpty else { return nil }
        return Array(data)
    }

    static func write(_ bytes: [UInt8]) throws {
        try FileHandle.standardOutput.write(contentsOf: Data(bytes))
    }

    /// Writes a line to standard output.
    static func print(_ line: String) throws {
        try write(Array((line + "\n").utf8))
    }

    /// Writes a line to standard error.
    static func diagnose(_ line: String) throws {
        try FileHandle.standardError.write(contentsOf: Data((line + "\n").utf8))
    }
}
