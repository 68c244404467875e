extension LineReader {
    /// A word, counted from 0 at the first word after the command; `nil` past the last.
    public func word(at index: Int) -> WireBytes? {
        guard let word = word(index) else { return nil }
        return bytes(word)
    }

    /// Whether there is such a word and it is this one; counted from 0 at the first word after the command.
    public func word(at index: Int, is word: StaticString) -> Bool {
        guard let found = self.word(index) else { return false }
        return matches(found, word)
    }

    /// Whether there is such a word and it begins so; counted from 0 at the first word after the command.
    public func word(at index: Int, hasPrefix prefix: StaticString) -> Bool {
        guard let word = word(index) else { return false }
        return has(word, prefix: prefix)
    }

    /// Whether there is such a word and it has one of the shapes; counted from 0 at the first word after the command.
    public func word(at index: Int, matches shapes: WireShape...) -> Bool {
        word(at: index).map { WireShape.matches($0, shapes) } ?? false
    }

    /// Whether the word is digits, or `-` and digits; counted from 0 at the first word after the command.
    public func wordIsNumber(at index: Int) -> Bool {
        guard let word = word(index), !word.isEmpty else { return false }
        let bytes = frame.chunk.span.extracting(word.start..<word.end)
        let start = bytes.count > 1 && bytes[0] == UInt8(ascii: "-") ? 1 : 0
        for index in start..<bytes.count where bytes[index] &- 0x30 > 9 { return false }
        return true
    }

    /// Whether the word is a GUID, with or without braces; counted from 0 at the first word after the command.
    public func wordIsGUID(at index: Int) -> Bool {
        guard let word = word(at: index) else { return false }
        return word.isGUID(braces: false) || word.isGUID(braces: true)
    }

    /// Whether the word can be a transaction number; counted from 0 at the first word after the command.
    public func isTransactionID(at index: Int = 0) -> Bool {
        guard let word = word(index) else { return false }
        return TransactionID.parse(frame.chunk.span, from: word.start, to: word.end) != nil
    }

    /// The bytes of the command word.
    public var command: WireBytes {
        let start = frame.line.lowerBound
        return WireBytes(chunk: frame.chunk, range: start..<commandEnd)
    }

    /// The error of a line that fits no form.
    public func noMatchingForm(expected: StaticString) -> DecodingError {
        let offset = min(commandEnd &+ 1 &- frame.line.lowerBound, frame.line.count)
        return error(.noMatchingForm(expected: expected.description), offset: offset)
    }

    /// The error of a command or form that the version does not have.
    public func notInVersion() -> DecodingError { error(.notInVersion, offset: 0) }

    /// The error of a command that no table has.
    public func unknownCommand() -> DecodingError { error(.unknownCommand, offset: 0) }

    /// An error at the next word.
    public func fail(_ kind: DecodingError.Kind, _ name: StaticString? = nil) -> DecodingError {
        error(kind, name)
    }

    @usableFromInline @inline(never)
    func error(_ kind: DecodingError.Kind, _ name: StaticString? = nil, at position: Int = 0) -> DecodingError {
        error(kind, name, offset: wordOffset &+ position)
    }

    @inline(never)
    func error(_ kind: DecodingError.Kind, _ name: StaticString? = nil, offset: Int) -> DecodingError {
        let shown = excerpt(of: command)
        return DecodingError(
            kind: kind, command: shown, form: form?.description, parameter: name?.description, version: version,
            offset: offset, line: "\(shown) (\(frame.line.count) bytes)")
    }
}
