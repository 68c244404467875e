/// What a tolerant reader finds beside the words as they stand: values in the spelling of their types, which lie behind
/// the line and its payload, and the deviations.
struct Tolerance {
    /// Where the values begin, which is where the bytes of the line and the payload end.
    let start: Int
    private(set) var values: [UInt8] = []
    private(set) var deviations: [Deviation] = []
    /// Whether values may be spelled otherwise.
    let respells: Bool

    init(behind start: Int, respells: Bool) {
        self.start = start
        self.respells = respells
    }

    /// Adds a value; gives its place.
    mutating func add(_ bytes: [UInt8]) -> Slot {
        let from = start &+ values.count
        values += bytes
        return Slot(from, start &+ values.count)
    }

    mutating func note(_ rule: DeviationRule, _ parameter: StaticString? = nil, at offset: Int = 0) {
        deviations.append(Deviation(rule, parameter: parameter, offset: offset))
    }

    /// The bytes of a value that was added.
    func bytes(_ slot: Slot) -> WireBytes { WireBytes(Array(values[slot.start &- start..<slot.end &- start])) }
}

extension LineTable {
    /// Reads a line that is wrong by the known deviations of programs; `nil` if they do not account for it.
    ///
    /// The forms of the context come first, spelled otherwise; then the deviations of forms, and at last both together.
    func readTolerantly(_ frame: Frame, _ command: CommandTable, number: Int, _ mode: ReadingMode) -> FoundForm? {
        // A chunk of its own, behind whose bytes there is room for values.
        let frame = Frame(
            within: frame.lineBytes.array + (frame.payloadBytes?.array ?? []), line: 0..<frame.line.count,
            payload: frame.payload.map { frame.line.count..<frame.line.count &+ $0.count }, offset: frame.offset)
        let words = LineWords(frame, keepsEmpty: command.keepsEmpty)
        let forms = command.forms(from: sender)
        for (form, _) in command.candidates(from: sender, on: service, in: version) {
            let found = read(words, forms[form], nil, respells: true, number, mode)
            if let found { return found }
        }
        let deviant = command.deviations(from: sender, on: service, in: version)
        for respells in [false, true] {
            for entry in deviant {
                if let found = read(words, entry.table, entry.rule, respells: respells, number, mode) { return found }
            }
        }
        return nil
    }

    private func read(
        _ words: LineWords, _ table: FormTable, _ rule: DeviationRule?, respells: Bool, _ number: Int,
        _ mode: ReadingMode
    ) -> FoundForm? {
        var tolerance = Tolerance(behind: words.frame.chunk.count, respells: respells)
        if let rule { tolerance.note(rule) }
        do throws(WireDecodingError) {
            let reader = try FormReader(table, words, version: version, mode: mode, tolerance: tolerance)
            guard let tolerance = reader.tolerance, !tolerance.deviations.isEmpty else { return nil }
            let line = DeviantLine(
                words.frame, version: version, transaction: reader.transaction, deviations: tolerance.deviations)
            return FoundForm(
                command: number, form: table.place, transaction: reader.transaction, slots: reader.slots,
                chunk: ByteChunk(words.frame.chunk + tolerance.values, deviant: line))
        } catch {
            return nil
        }
    }
}
