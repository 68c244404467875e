/// Checks what holds for a line whatever its command.
struct LineCheck {
    /// What is wrong with a line, and where.
    struct Failure {
        var kind: WireDecodingError.Kind
        var offset: Int
    }

    /// The first thing that is wrong with a line; `nil` if nothing is.
    ///
    /// - Parameter hasRest: whether a value may be all that is left of the line; then its words are not counted.
    static func failure(
        in line: Span<UInt8>, keepsEmpty: Bool, hasRest: Bool = false, limits: LineLimits
    ) -> Failure? {
        guard line.count <= limits.line else {
            return Failure(kind: .invalidValue(.tooLong(limit: limits.line)), offset: limits.line)
        }
        let most = hasRest ? Int.max : limits.parameters
        if let failure = wordsFailure(in: line, keepsEmpty: keepsEmpty, most: most) { return failure }
        return utf8Failure(line).map { Failure(kind: .invalidUTF8, offset: $0.offset) }
    }

    private static func wordsFailure(in line: Span<UInt8>, keepsEmpty: Bool, most: Int) -> Failure? {
        var count = -1
        var start = 0
        for index in 0...line.count {
            let byte = index < line.count ? line[index] : 0x20
            if byte == 0x20 {
                if count < 0 {
                    count = 0
                } else if index > start || keepsEmpty {
                    guard count < most else {
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

/// The limits of a line, each clamped to what a reader can hold.
struct LineLimits: Sendable {
    /// The maximum length of a line.
    let line: Int
    /// The maximum number of words after the command word.
    let parameters: Int

    init(line: Int, parameters: Int) {
        self.line = min(line, 65535)
        self.parameters = min(parameters, 64)
    }
}
