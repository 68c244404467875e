/// The escapes for bytes in a table column: `\r \n \t \\ \xHH`.
public enum WireEscapes {
    /// Why a column cannot be decoded.
    public struct Problem: Error, Hashable, Sendable, CustomStringConvertible {
        /// A description on one line.
        public let description: String
    }

    /// Decodes the escapes.
    public static func bytes(_ column: some Sequence<UInt8>) throws(Problem) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = Array(column)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\") else {
                bytes.append(byte)
                continue
            }
            switch rest.popFirst() {
            case UInt8(ascii: "r"): bytes.append(13)
            case UInt8(ascii: "n"): bytes.append(10)
            case UInt8(ascii: "t"): bytes.append(9)
            case UInt8(ascii: "\\"): bytes.append(UInt8(ascii: "\\"))
            case UInt8(ascii: "x"):
                let digits = String(decoding: rest.prefix(2), as: UTF8.self)
                guard rest.count >= 2, digits.allSatisfy(\.isHexDigit), let value = UInt8(digits, radix: 16) else {
                    throw Problem(description: "unreadable escape '\\x\(digits)'")
                }
                rest = rest.dropFirst(2)
                bytes.append(value)
            default: throw Problem(description: "unknown escape in the wire column")
            }
        }
        return bytes
    }
}
