/// The form that a line was found to have, and its values.
struct FoundForm {
    let command: Int
    let form: Int
    let transaction: TransactionID?
    let slots: [Slot]
    /// What the slots point into, where it is not the frame's chunk.
    var chunk: ByteChunk?
}

extension LineTable {
    /// Reads a frame; `nil` for a command that the grammar does not know or knows only by name.
    func read(_ frame: Frame, mode: ReadingMode, limits: WireLimits) throws(WireDecodingError) -> FoundForm? {
        let code = frame.command
        let entry = entry(code.rawValue)
        let command = entry.map { `protocol`.commands[Int($0.command)] }
        let hasRest = command?.hasRest ?? false
        let words = LineWords(frame, keepsEmpty: command?.keepsEmpty ?? false, hasRest: hasRest)
        let failure = LineCheck.failure(
            in: frame.chunk.span.extracting(frame.line), keepsEmpty: command?.keepsEmpty ?? false,
            hasRest: hasRest, limits: LineLimits(line: limits.line, parameters: limits.parameters))
        if let failure { throw words.error(failure.kind, version: version, offset: failure.offset) }
        guard let command, let entry else {
            if sender == .server, code.isErrorCode, let form = `protocol`.errorReply {
                return try found(form, `protocol`.errorNumber, 0, words, mode)
            }
            guard code != .invalid else { throw words.error(.unknownCommand, version: version, offset: 0) }
            return nil
        }
        if command.isNamedOnly { return nil }
        do throws(WireDecodingError) {
            return try readStrictly(words, command, number: Int(entry.command), mode)
        } catch {
            if mode != .strict,
                let found = readTolerantly(frame, command, number: Int(entry.command), mode)
            {
                return found
            }
            throw error
        }
    }

    private func readStrictly(
        _ words: LineWords, _ command: CommandTable, number: Int, _ mode: ReadingMode
    ) throws(WireDecodingError) -> FoundForm {
        let frame = words.frame
        let candidates = command.candidates(from: sender, on: service, in: version)
        guard !candidates.isEmpty else { throw words.error(.notInVersion, version: version, offset: 0) }
        guard let choice = candidates.first(where: { $0.tests.allSatisfy { $0.passes(words) } }) else {
            let offset = min(words.commandEnd &+ 1 &- frame.line.lowerBound, frame.line.count)
            let names = command.forms(from: sender).map { "\($0.name)" }.joined(separator: " or ")
            throw words.error(.noMatchingForm(expected: names), version: version, offset: offset)
        }
        let form = command.forms(from: sender)[choice.form]
        return try found(form, number, choice.form, words, mode)
    }

    private func found(
        _ table: FormTable, _ command: Int, _ form: Int, _ words: LineWords, _ mode: ReadingMode
    ) throws(WireDecodingError) -> FoundForm {
        let reader = try FormReader(table, words, version: version, mode: mode)
        return FoundForm(command: command, form: form, transaction: reader.transaction, slots: reader.slots)
    }
}
