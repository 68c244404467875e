/// A source file in memory: its path, for messages, and its bytes.
public struct SourceFile: Sendable {
    /// The path, as it is shown in diagnostics.
    public let path: String
    /// The whole content.
    public let bytes: [UInt8]

    /// Makes a source file from a path and its content.
    public init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }

    /// The text of a line counted from 1, without its line break; empty when there is no such line.
    public func lineText(_ line: Int) -> String {
        LineTable(bytes, lastLine: line).text(line, in: bytes)
    }
}

/// Where each line of a file begins and ends, with the line breaks that libyaml counts.
struct LineTable {
    private(set) var lines: [Range<Int>] = []

    /// Length of the UTF-8 byte order mark at the start, 0 or 3.
    static func markLength(_ bytes: [UInt8]) -> Int {
        bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    init(_ bytes: [UInt8], lastLine: Int = .max) {
        var start = Self.markLength(bytes)
        var index = start
        while index < bytes.count, lines.count < lastLine {
            // The common case: the byte starts no line break.
            if bytes[index] > 0x0D, bytes[index] < 0xC2 {
                index += 1
                continue
            }
            let width = Self.breakWidth(bytes, index)
            if width == 0 {
                index += 1
            } else {
                lines.append(start..<index)
                index += width
                start = index
            }
        }
        if lines.count < lastLine { lines.append(start..<index) }
    }

    /// The number of bytes of the line break at an index, or 0: LF, CR, CR LF, NEL, LS, PS.
    private static func breakWidth(_ bytes: [UInt8], _ index: Int) -> Int {
        func byte(_ offset: Int) -> UInt8? { index + offset < bytes.count ? bytes[index + offset] : nil }
        switch bytes[index] {
        case 0x0A: return 1
        case 0x0D: return byte(1) == 0x0A ? 2 : 1
        case 0xC2: return byte(1) == 0x85 ? 2 : 0
        case 0xE2: return byte(1) == 0x80 && (byte(2) == 0xA8 || byte(2) == 0xA9) ? 3 : 0
        default: return 0
        }
    }

    func text(_ line: Int, in bytes: [UInt8]) -> String {
        guard line >= 1, line <= lines.count else { return "" }
        return String(decoding: bytes[lines[line - 1]], as: UTF8.self)
    }

    /// The line and column, from 1, of a byte offset; what precedes it must be valid UTF-8.
    func place(ofByte offset: Int, in bytes: [UInt8]) -> (line: Int, column: Int) {
        var low = 0
        var high = lines.count - 1
        while low < high {
            let middle = (low + high + 1) / 2
            if lines[middle].lowerBound <= offset { low = middle } else { high = middle - 1 }
        }
        let start = lines[low].lowerBound
        guard offset > start else { return (low + 1, 1) }
        let before = bytes[start..<min(offset, bytes.count)]
        return (low + 1, before.reduce(1) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 })
    }
}
