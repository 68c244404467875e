/// Checks UTF-8 byte by byte; the bytes need not be contiguous.
struct UTF8Check {
    private var left = 0
    private var lowest: UInt8 = 0x80
    private var highest: UInt8 = 0xBF

    /// Whether no character is incomplete.
    var isComplete: Bool { left == 0 }

    /// Takes the next byte; returns `false` if it cannot continue valid UTF-8.
    @inline(__always)
    mutating func take(_ byte: UInt8) -> Bool {
        if left == 0, byte < 0x80 { return true }
        return takeOther(byte)
    }

    @inline(__always)
    private mutating func takeOther(_ byte: UInt8) -> Bool {
        guard left == 0 else {
            guard byte >= lowest, byte <= highest else { return false }
            left &-= 1
            lowest = 0x80
            highest = 0xBF
            return true
        }
        switch byte {
        case 0xC2...0xDF: left = 1
        case 0xE0...0xEF:
            left = 2
            // No overlong encodings and no surrogates.
            if byte == 0xE0 { lowest = 0xA0 }
            if byte == 0xED { highest = 0x9F }
        case 0xF0...0xF4:
            left = 3
            if byte == 0xF0 { lowest = 0x90 }
            if byte == 0xF4 { highest = 0x8F }
        default: return false
        }
        return true
    }
}

/// Whether the bytes are UTF-8; fast if most of them are ASCII.
func isUTF8(_ bytes: Span<UInt8>) -> Bool {
    bytes.withUnsafeBytes { bytes in
        var check = UTF8Check()
        var index = 0
        while index < bytes.count {
            if check.isComplete {
                let others = ByteBlock(bytes, at: index).notASCII
                guard others != 0 else {
                    index &+= 8
                    continue
                }
                index &+= ByteBlock.first(others)
            }
            guard index < bytes.count, check.take(bytes[index]) else { return false }
            index &+= 1
        }
        return check.isComplete
    }
}
