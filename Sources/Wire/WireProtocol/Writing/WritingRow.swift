/// A word of a form, as the quick writer sees it.
struct WritingRow: Sendable {
    enum Kind: UInt8, Sendable {
        /// Left to the plain writer.
        case other
        /// A literal word.
        case literal
        /// Any word.
        case open
        /// A canonical number of 32 bits.
        case number
        /// Percent-coded text.
        case text
        /// A composite that may be one canonical number of 32 bits; anything else its type must check.
        case numberFirst
        /// A word that its type must check.
        case judged
    }

    let kind: Kind
    /// Whether a line may lack it, whatever other words it has.
    let mayLack: Bool
    let slot: Int
    let limit: Int
    /// The literal, or the prefix of the value.
    let fixed: FixedText
    let versions: VersionSet
    /// The versions in which another row writes the slot.
    let elsewhere: VersionSet

    init(_ word: FormWord, before later: some Sequence<FormWord>) {
        slot = word.slot
        limit = word.limit
        versions = word.versions
        elsewhere = word.elsewhere
        fixed = FixedText(word.literal ?? word.prefix)
        // Without its own prefix, a later optional word would be read in its place.
        let isTold = word.prefix.utf8CodeUnitCount > 0
        mayLack =
            word.literal == nil && word.isOptional
            && (isTold || !later.contains { $0.isOptional && !$0.versions.intersection(word.versions).isEmpty })
        let isSimple = word.condition == nil && word.repetition == .once && fixed.count <= 16
        kind = !isSimple ? .other : word.literal != nil ? .literal : Self.kind(word)
    }

    private static func kind(_ word: FormWord) -> Kind {
        guard word.range == nil else { return .judged }
        return switch word.type.kind {
        case .text: .text
        case .flags: .number
        case .integer(let range) where range == 0...Int64(UInt32.max): .number
        case .composite(let parts, _) where mayBeNumber(parts): .numberFirst
        default: word.type.isOpen ? .open : .judged
        }
    }

    /// Whether one number is a composite word in every version.
    private static func mayBeNumber(_ parts: [CompositePart]) -> Bool {
        guard let first = parts.first, !first.isLeading, first.mark.utf8CodeUnitCount == 0, first.versions == .all,
            parts.dropFirst().allSatisfy({ $0.isOptional && $0.mark.withUTF8Buffer { ($0.first ?? 0x30) &- 0x30 > 9 } })
        else { return false }
        return switch first.type.kind {
        case .flags, .integer(0...0xFFFF_FFFF): true
        default: false
        }
    }
}

/// Up to sixteen constant bytes.
struct FixedText: Sendable {
    let bytes: Block16
    let count: Int

    init(_ text: StaticString) {
        var bytes = Block16()
        text.withUTF8Buffer { buffer in
            for index in 0..<min(16, buffer.count) { bytes[index] = buffer[index] }
        }
        self.bytes = bytes
        count = text.utf8CodeUnitCount
    }
}

/// A form, as the quick writer sees it.
struct WritingPlan: Sendable {
    let rows: FixedRows<WritingRow>
    let count: Int
    let command: FixedText
    /// The maximum size of a line and its ending, without its values.
    let fixedSize: Int
    /// Whether the form is left to the plain writer.
    let isPlain: Bool

    init(command: StaticString, _ words: [FormWord], isPlain: Bool) {
        let rows = words.indices.map { WritingRow(words[$0], before: words[($0 + 1)...]) }
        self.rows = FixedRows(rows)
        count = rows.count
        self.command = FixedText(command)
        // Besides the blank of each word: the transaction ID, the length of a payload and the line ending.
        fixedSize = rows.reduce(self.command.count + 11 + 11 + 2) { $0 + 1 + $1.fixed.count }
        self.isPlain = isPlain || self.command.count > 16 || rows.contains { $0.kind == .other && !$0.mayLack }
    }
}
