extension LineReader {
    /// A word, counted from 0 at the first word after the command; `nil` past the last.
    public func word(at index: Int) -> WireBytes? {
        wordRange(index).map { WireBytes(chunk: frame.chunk, range: $0) }
    }

    /// Whether there is such a word and it is this one; counted from 0 at the first word after the command.
    public func word(at index: Int, is word: StaticString) -> Bool { self.word(at: index)?.equals(word) ?? false }

    /// Whether there is such a word and it begins so; counted from 0 at the first word after the command.
    public func word(at index: Int, hasPrefix prefix: StaticString) -> Bool {
        word(at: index)?.hasPrefix(prefix) ?? false
    }

    /// Whether there is such a word and it has one of the shapes; counted from 0 at the first word after the command.
    public func word(at index: Int, matches shapes: WireShape...) -> Bool {
        word(at: index).map { WireShape.matches($0, shapes) } ?? false
    }

    /// Whether the word is digits, or `-` and digits; counted from 0 at the first word after the command.
    public func wordIsNumber(at index: Int) -> Bool {
        guard let word = word(at: index), !word.isEmpty else { return false }
        let start = word.count > 1 && word[0] == UInt8(ascii: "-") ? 1 : 0
        for index in start..<word.count where word[index] &- 0x30 > 9 { return false }
        return true
    }

    /// Whether the word is a GUID, with or without braces; counted from 0 at the first word after the command.
    public func wordIsGUID(at index: Int) -> Bool {
        guard let word = word(at: index) else { return false }
        return word.isGUID(braces: false) || word.isGUID(braces: true)
    }

    /// Whether the word can be a transaction number; counted from 0 at the first word after the command.
    public func isTransactionID(at index: Int = 0) -> Bool {
        word(at: index).flatMap { TransactionID(wire: $0) } != nil
    }

    /// The bytes of the command word.
    public var command: WireBytes {
        let start = frame.line.lowerBound
        return WireBytes(chunk: frame.chunk, range: start..<start &+ commandEnd)
    }

    /// The error of a line that fits no form.
    public func noMatchingForm(expected: StaticString) -> DecodingError {
        error(.noMatchingForm(expected: expected.description), offset: min(commandEnd &+ 1, frame.line.count))
    }

    /// The error of a command or form that the version does not have.
    public func notInVersion() -> DecodingError { error(.notInVersion, offset: 0) }

    /// The error of a command that no table has.
    public func unknownCommand() -> DecodingError { error(.unknownCommand, offset: 0) }

    /// An error at the next word.
    public func fail(_ kind: DecodingError.Kind, _ name: StaticString? = nil) -> DecodingError {
        error(kind, name)
    }

    func error(_ kind: DecodingError.Kind, _ name: StaticString? = nil, at position: Int = 0) -> DecodingError {
        error(kind, name, offset: wordOffset &+ position)
    }

    func error(_ kind: DecodingError.Kind, _ name: StaticString? = nil, offset: Int) -> DecodingError {
        let shown = excerpt(of: command)
        return DecodingError(
            kind: kind, command: shown, form: form?.description, parameter: name?.description, version: version,
            offset: offset, line: "\(shown) (\(frame.line.count) bytes)")
    }
}
