/// A word of a form as the writer takes it first: small, so that nothing is copied or kept alive for most words.
struct WritingRow: Sendable {
    enum Kind: UInt8, Sendable {
        /// Left to the word itself.
        case other
        /// Any word.
        case open
        /// A canonical number of 32 bits.
        case number
        /// Percent-coded text.
        case text
    }

    let kind: Kind
    let slot: Int
    let limit: Int
    let versions: VersionSet

    init(_ word: FormWord) {
        slot = word.slot
        limit = word.limit
        versions = word.versions
        let isSimple =
            word.literal == nil && word.condition == nil && word.range == nil && !word.mayBeEmpty
            && word.repetition == .once && word.prefix.utf8CodeUnitCount == 0
        kind = isSimple ? Self.kind(word.type) : .other
    }

    private static func kind(_ type: ValueTable) -> Kind {
        switch type.kind {
        case .text: .text
        case .flags: .number
        case .integer(let range) where range == 0...Int64(UInt32.max): .number
        default: type.isOpen ? .open : .other
        }
    }
}
