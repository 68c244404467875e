/// What one look at a line tells: whether it may be read, and how many words it has.
struct LineCheck {
    /// What is wrong with a line, and where.
    struct Failure {
        var kind: DecodingError.Kind
        var offset: Int
    }

    /// The count of words after the command word; `nil` for a line with something wrong in it.
    static func wordCount(in chunk: [UInt8], line: Range<Int>, keepsEmpty: Bool, limits: WireLimits) -> Int? {
        guard line.count <= min(limits.line, 65535) else { return nil }
        let look = chunk.withUnsafeBytes { LineLook($0, line) }
        let count = keepsEmpty ? look.blanks : look.words
        guard !look.hasControl, count <= min(limits.parameters, 64) else { return nil }
        if !look.isASCII {
            guard notUTF8(chunk.span.extracting(line)) == nil else { return nil }
        }
        return count
    }

    /// The first thing that is wrong with a line that has no count of words.
    static func failure(in chunk: [UInt8], line: Range<Int>, keepsEmpty: Bool, limits: WireLimits) -> Failure {
        let longest = min(limits.line, 65535)
        guard line.count <= longest else {
            return Failure(kind: .invalidValue(.tooLong(limit: longest)), offset: longest)
        }
        let bytes = chunk.span.extracting(line)
        return failure(in: bytes, keepsEmpty: keepsEmpty, limits: limits) ?? notUTF8(bytes)
            ?? Failure(kind: .tooManyParameters, offset: 0)
    }

    private static func notUTF8(_ line: Span<UInt8>) -> Failure? {
        do throws(ValueError) {
            try checkUTF8(line)
            return nil
        } catch {
            return Failure(kind: .invalidUTF8, offset: error.offset)
        }
    }

    private static func failure(in line: Span<UInt8>, keepsEmpty: Bool, limits: WireLimits) -> Failure? {
        var count = -1
        var start = 0
        for index in 0...line.count {
            let byte = index < line.count ? line[index] : 0x20
            if byte == 0x20 {
                if count < 0 {
                    count = 0
                } else if index > start || keepsEmpty {
                    guard count < min(limits.parameters, 64) else {
                        return Failure(kind: .tooManyParameters, offset: start)
                    }
                    count &+= 1
                }
                start = index &+ 1
            } else if byte < 0x20 || byte == 0x7F {
                return Failure(kind: .forbiddenByte(byte), offset: index)
            }
        }
        return nil
    }
}

/// Where reading a line begins.
@usableFromInline
struct LineStart {
    /// The count of words after the command word; `nil` for a line with something wrong in it.
    @usableFromInline let count: Int?
    /// The end of the command word in the chunk.
    @usableFromInline let commandEnd: Int
    /// The first word after it.
    @usableFromInline let next: LineWord

    @usableFromInline
    init(in chunk: [UInt8], line: Range<Int>, keepsEmpty: Bool, limits: WireLimits) {
        count = LineCheck.wordCount(in: chunk, line: line, keepsEmpty: keepsEmpty, limits: limits)
        if line.count > 3, chunk[line.lowerBound &+ 3] == 0x20, chunk[line.lowerBound] != 0x20,
            chunk[line.lowerBound &+ 1] != 0x20, chunk[line.lowerBound &+ 2] != 0x20
        {
            commandEnd = line.lowerBound &+ 3
        } else {
            let first = LineWord.next(
                in: chunk, from: line.lowerBound, lineEnd: line.upperBound, skipsBlanks: false)
            commandEnd = first.end
        }
        next = LineWord.next(in: chunk, from: commandEnd &+ 1, lineEnd: line.upperBound, skipsBlanks: !keepsEmpty)
    }
}
