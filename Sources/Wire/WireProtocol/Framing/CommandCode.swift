/// A command word of one to eight ASCII bytes, packed big-endian in an integer: "USR" is 0x555352.
public struct CommandCode: Hashable, Sendable, CustomStringConvertible {
    /// The packed bytes of the word; 0 if it is not a command word.
    public var rawValue: UInt64

    /// Creates a code from packed bytes.
    @inlinable
    public init(rawValue: UInt64) { self.rawValue = rawValue }

    /// Creates the code of a literal word; a word that is not one to eight printable ASCII bytes gives `.invalid`.
    public init(_ word: StaticString) {
        let packed = word.withUTF8Buffer { bytes in CommandCode.pack(bytes.span) }
        rawValue = packed ?? 0
    }

    /// Creates the code of a word; `nil` unless it is one to eight printable ASCII bytes.
    public init?(bytes: [UInt8]) {
        guard let packed = CommandCode.pack(bytes.span) else { return nil }
        rawValue = packed
    }

    /// Creates the code of a word; `nil` unless it is one to eight printable ASCII bytes.
    public init?(bytes: Span<UInt8>) {
        guard let packed = CommandCode.pack(bytes) else { return nil }
        rawValue = packed
    }

    /// Creates the code of a word; `nil` unless it is one to eight printable ASCII bytes.
    public init?(bytes: WireBytes) {
        guard let packed = bytes.withSpan({ CommandCode.pack($0) }) else { return nil }
        rawValue = packed
    }

    /// The code of a line whose first word is not one to eight printable ASCII bytes; no table holds it.
    public static let invalid = CommandCode(rawValue: 0)

    /// The word itself; empty for `.invalid`.
    public var description: String {
        var result = ""
        for shift in [UInt64(56), 48, 40, 32, 24, 16, 8, 0] {
            let byte = UInt8(truncatingIfNeeded: rawValue >> shift)
            if byte != 0 { result.unicodeScalars.append(Unicode.Scalar(byte)) }
        }
        return result
    }

    static func pack(_ bytes: Span<UInt8>) -> UInt64? {
        guard bytes.count >= 1, bytes.count <= 8 else { return nil }
        var packed: UInt64 = 0
        for index in bytes.indices {
            let byte = bytes[index]
            guard byte > 0x20, byte < 0x7F else { return nil }
            packed = packed << 8 | UInt64(byte)
        }
        return packed
    }
}
