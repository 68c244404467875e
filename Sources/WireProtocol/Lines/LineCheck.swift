/// What one look at a line tells: whether it may be read, and how many words it has.
struct LineCheck {
    /// What is wrong with a line, and where.
    struct Failure {
        var kind: DecodingError.Kind
        var offset: Int
    }

    /// The count of words after the command word; `nil` for a line with something wrong in it.
    @inline(__always)
    static func wordCount(of index: LineIndex, _ frame: Frame, limits: LineLimits) -> Int? {
        guard !index.hasControl, frame.line.count <= limits.line, index.count <= limits.parameters else { return nil }
        if !index.isASCII {
            guard isUTF8(frame.chunk.span.extracting(frame.line)) else { return nil }
        }
        return index.count
    }

    /// The first thing that is wrong with a line that has no count of words.
    static func failure(in chunk: [UInt8], line: Range<Int>, keepsEmpty: Bool, limits: LineLimits) -> Failure {
        let longest = limits.line
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

    private static func failure(in line: Span<UInt8>, keepsEmpty: Bool, limits: LineLimits) -> Failure? {
        var count = -1
        var start = 0
        for index in 0...line.count {
            let byte = index < line.count ? line[index] : 0x20
            if byte == 0x20 {
                if count < 0 {
                    count = 0
                } else if index > start || keepsEmpty {
                    guard count < limits.parameters else {
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

/// The limits on a line, each cut to what a reader can hold.
@usableFromInline
struct LineLimits: Sendable {
    /// The longest line.
    let line: Int
    /// The most words after the command word.
    let parameters: Int

    @usableFromInline
    init(line: Int, parameters: Int) {
        self.line = min(line, 65535)
        self.parameters = min(parameters, 64)
    }
}
