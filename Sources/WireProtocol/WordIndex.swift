/// The places of the words of a line: start in the upper and end in the lower 16 bits.
struct WordIndex {
    /// What is wrong with a line, and where.
    struct Failure {
        var kind: DecodingError.Kind
        var offset: Int
    }

    var words = InlineArray<64, UInt32>(repeating: 0)
    var count = 0
    var commandEnd = 0

    /// Finds the words after the command word.
    mutating func find(in line: Span<UInt8>, keepsEmpty: Bool, limits: WireLimits) -> Failure? {
        let most = min(limits.line, 65535)
        let length = line.count
        guard length <= most else { return Failure(kind: .invalidValue(.tooLong(limit: most)), offset: most) }
        var isASCII = true
        var isCommand = true
        var start = 0
        var index = 0
        while index <= length {
            let byte = index < length ? line[index] : 0x20
            if byte == 0x20 {
                if isCommand {
                    commandEnd = index
                    isCommand = false
                } else if index > start || keepsEmpty {
                    guard count < min(limits.parameters, 64) else {
                        return Failure(kind: .tooManyParameters, offset: start)
                    }
                    words[count] = UInt32(truncatingIfNeeded: start << 16 | index)
                    count &+= 1
                }
                start = index &+ 1
            } else if byte < 0x20 || byte == 0x7F {
                return Failure(kind: .forbiddenByte(byte), offset: index)
            } else if byte >= 0x80 {
                isASCII = false
            }
            index &+= 1
        }
        guard !isASCII else { return nil }
        do throws(ValueError) {
            try checkUTF8(line)
            return nil
        } catch {
            return Failure(kind: .invalidUTF8, offset: error.offset)
        }
    }
}
