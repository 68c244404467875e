/// One word of a form in one version, as the quick reader sees it.
struct Step: Sendable {
    enum Kind: UInt8, Sendable {
        /// Any word.
        case open
        /// Percent-coded text.
        case text
        /// A canonical number of 32 bits.
        case number
        /// A canonical number between two others.
        case bounded
        /// Any word of a certain length, or what the table checks.
        case sized
        /// A GUID with or without braces.
        case guid
        /// One of several words of up to eight bytes.
        case oneOf
        /// Parts separated by marks.
        case composite
        /// The one part that the version has, in which no other part's mark may begin.
        case onlyPart
        /// The length of the payload.
        case payload
        /// A list in one word.
        case list
        /// All words that are left.
        case rest
        /// Anything else, which the table checks.
        case other
    }

    var kind: Kind
    var flags: UInt8 = 0
    var slot: UInt8
    /// The number of words that must follow an optional word.
    var behind: UInt8 = 0
    /// The maximum number of bytes of the word.
    var limit: UInt32
    /// The index of what the kind needs among the constants.
    var constant: UInt16 = 0
    /// The number of those constants.
    var count: UInt16 = 0
    var prefix: UInt16 = 0
    var word: UInt16 = 0

    /// Kind, flags, slot and limit, from the lowest byte up; most words need nothing else.
    var head: UInt64 {
        UInt64(kind.rawValue) | UInt64(flags) << 8 | UInt64(slot) << 16 | UInt64(limit) << 32
    }

    static var isOptional: UInt8 { 1 }
    static var hasPrefix: UInt8 { 2 }
    static var hasCondition: UInt8 { 4 }
}

/// A test on a word, or on the number of words, that distinguishes forms.
struct QuickTest: Sendable {
    enum Kind: UInt8, Sendable { case oneOf, prefix, number, guid, atLeast, atMost }

    var kind: Kind
    var index: UInt8
    var constant: UInt16 = 0
    var count: UInt16 = 0
}

/// A prefix of up to eight bytes, as the lowest bytes of a number.
struct QuickPrefix: Sendable {
    var bytes: UInt64 = 0
    var mask: UInt64 = 0
    var length = 0

    init() {}

    /// Returns `nil` for a longer prefix.
    init?(_ text: StaticString) {
        guard text.utf8CodeUnitCount <= 8 else { return nil }
        length = text.utf8CodeUnitCount
        text.withUTF8Buffer { buffer in
            for (index, byte) in buffer.enumerated() {
                bytes |= UInt64(byte) << UInt64(index * 8)
                mask |= 0xFF << UInt64(index * 8)
            }
        }
    }
}

/// What the steps refer to, once complete.
struct QuickConstants: Sendable {
    let packed: FixedRows<UInt64>
    let prefixes: FixedRows<QuickPrefix>
    let parts: FixedRows<QuickPart>
    let words: [FormWord]
    let tests: FixedRows<QuickTest>
    let heads: FixedRows<UInt64>

    init(_ rows: QuickConstantRows, _ steps: [Step]) {
        packed = FixedRows(rows.packed)
        prefixes = FixedRows(rows.prefixes)
        parts = FixedRows(rows.parts)
        words = rows.words
        tests = FixedRows(rows.tests)
        heads = FixedRows(steps.map(\.head))
    }
}

/// What the steps refer to, while it is being collected.
struct QuickConstantRows {
    /// Words of up to eight bytes, the first byte highest.
    var packed: [UInt64] = []
    var prefixes: [QuickPrefix] = [QuickPrefix()]
    var parts: [QuickPart] = []
    var words: [FormWord] = []
    var tests: [QuickTest] = []
}

/// A part of a composite word, as the quick reader sees it.
struct QuickPart: Sendable {
    enum Kind: UInt8, Sendable { case open, number, bounded, other }

    var kind: Kind
    var isOptional: Bool
    /// Whether the part is a number in front of the others, with its mark behind it.
    var isLeading: Bool
    var mark: QuickPrefix
    var limit: UInt32
    var bounds = QuickBounds()
}

/// The least and the greatest number that a word may stand for.
struct QuickBounds: Sendable {
    var packed: UInt64 = 0

    init() {}

    init(packed: UInt64) { self.packed = packed }

    /// Returns `nil` for a range beyond 32 bits.
    init?(_ range: ClosedRange<Int64>) {
        guard let lower = UInt32(exactly: range.lowerBound), let upper = UInt32(exactly: range.upperBound) else {
            return nil
        }
        packed = UInt64(upper) << 32 | UInt64(lower)
    }

    /// Whether a number lies between the bounds.
    func contains(_ number: UInt32) -> Bool {
        number >= UInt32(truncatingIfNeeded: packed) && UInt64(number) <= packed &>> 32
    }
}

/// Prepares the forms of one sender, service and version for the quick reader.
struct QuickPlan {
    let version: ProtocolVersion
    private(set) var steps: [Step] = []
    private(set) var rows = QuickConstantRows()

    init(version: ProtocolVersion) { self.version = version }

    /// Adds a form; returns `nil` if the quick reader cannot read it.
    mutating func add(_ form: FormTable, number: Int, _ tests: [FormTest]) -> LineTable.Candidate? {
        guard form.slotCount <= ReadingRoom.quickSlots, !form.commandIsValue, tests.count < 256 else { return nil }
        let first = steps.count
        let firstTest = rows.tests.count
        for test in tests {
            guard let quick = self.test(test) else { return nil }
            rows.tests.append(quick)
        }
        let words = form.words.filter { $0.versions.contains(version) }
        for (index, word) in words.enumerated() {
            let behind = words[(index + 1)...].reduce(form.payload == nil ? 0 : 1) { $0 + $1.leastWords }
            guard let step = step(word, behind: behind) else { return nil }
            steps.append(step)
        }
        if let payload = form.payload {
            // A constant length is left to the table.
            guard payload.length == nil, !payload.isOptional, payload.isUsual else { return nil }
            steps.append(
                Step(kind: .payload, slot: UInt8(form.payloadSlot), limit: UInt32(clamping: payload.limit)))
        }
        return LineTable.Candidate(
            form: UInt16(number), transaction: form.transaction, hasPayload: form.payload != nil,
            vacant: vacant(form), firstStep: UInt32(first), stepCount: UInt16(steps.count - first),
            firstTest: UInt16(firstTest), testCount: UInt8(tests.count))
    }

    private func vacant(_ form: FormTable) -> UInt64 {
        form.values.reduce(0) {
            $1.versions.contains(version) || $1.elsewhere.contains(version) ? $0 : $0 | 1 << UInt64($1.slot)
        }
    }

    private mutating func test(_ test: FormTest) -> QuickTest? {
        switch test {
        case .word(let index, let words):
            guard let range = pack(words) else { return nil }
            return QuickTest(
                kind: .oneOf, index: UInt8(index), constant: UInt16(range.lowerBound), count: UInt16(range.count))
        case .wordHasPrefix(let index, let prefix):
            guard let place = add(prefix) else { return nil }
            return QuickTest(kind: .prefix, index: UInt8(index), constant: place)
        case .wordIsNumber(let index): return QuickTest(kind: .number, index: UInt8(index))
        case .wordIsGUID(let index, let braces):
            return QuickTest(kind: .guid, index: UInt8(index), constant: braces ? 1 : 0)
        case .atLeast(let count): return QuickTest(kind: .atLeast, index: UInt8(count))
        case .atMost(let count): return QuickTest(kind: .atMost, index: UInt8(count))
        }
    }

    private mutating func step(_ word: FormWord, behind: Int) -> Step? {
        var step = Step(kind: .other, slot: UInt8(max(0, word.slot)), limit: UInt32(clamping: word.limit))
        step.word = UInt16(rows.words.count)
        rows.words.append(word)
        step.flags = flags(word)
        step.behind = word.isOptional ? UInt8(behind) : 0
        if word.prefix.utf8CodeUnitCount > 0 {
            guard let place = add(word.prefix) else { return nil }
            step.prefix = place
        }
        if let literal = word.literal {
            guard let range = pack([literal]) else { return nil }
            step.kind = .oneOf
            step.constant = UInt16(range.lowerBound)
            step.count = 1
            // There is one slot more than there are values; literals go there.
            step.slot = UInt8(ReadingRoom.quickSlots)
            return step
        }
        switch word.repetition {
        case .words(let minimum):
            guard minimum < 256 else { return nil }
            step.kind = .rest
            step.count = UInt16(minimum)
        case .separated(let separator):
            step.kind = .list
            step.count = UInt16(separator)
            step.constant = freeLength(word)
        case .once: setKind(&step, word)
        }
        return step
    }

    /// The length at which every word is a value of a token, such as that of an identifier; 0 if there is none.
    private func freeLength(_ word: FormWord) -> UInt16 {
        guard case .token(let shapes) = word.type.kind else { return 0 }
        let free = shapes.first {
            $0.literal == nil && $0.characters == .any && $0.length > 0 && $0.prefix.utf8CodeUnitCount == 0
                && $0.suffix.utf8CodeUnitCount == 0 && $0.infix.utf8CodeUnitCount == 0
                && $0.versions.contains(version)
        }
        return UInt16(clamping: free?.length ?? 0)
    }

    private func flags(_ word: FormWord) -> UInt8 {
        (word.isOptional ? Step.isOptional : 0) | (word.prefix.utf8CodeUnitCount > 0 ? Step.hasPrefix : 0)
            | (word.condition != nil ? Step.hasCondition : 0)
    }

    private mutating func setKind(_ step: inout Step, _ word: FormWord) {
        if let range = word.range {
            if case .integer = word.type.kind { setBounds(&step, range) }
            return
        }
        switch word.type.kind {
        case .token(let shapes):
            step.count = freeLength(word)
            step.kind = shapes.isEmpty ? .open : step.count > 0 ? .sized : .other
        case .text: step.kind = .text
        case .integer(0...0xFFFF_FFFF): step.kind = .number
        case .integer(let range): setBounds(&step, range)
        case .flags: step.kind = .number
        case .digits, .rest: break
        case .boolean(let falseWord, let trueWord):
            if let range = pack([falseWord, trueWord]) { set(&step, .oneOf, range) }
        case .guid(let braces):
            step.kind = .guid
            step.constant = braces ? 1 : 0
        case .enumeration(let values, let isOpen):
            if isOpen {
                step.kind = .open
            } else if let range = pack(values.filter { $0.versions.contains(version) }.map(\.word)) {
                set(&step, .oneOf, range)
            }
        case .composite(let parts, let partsMayBeEmpty):
            guard !partsMayBeEmpty, let first = parts.first(where: { !$0.isLeading }), !first.isOptional,
                first.versions.contains(version)
            else { return }
            if setOnlyPart(&step, parts) { return }
            let start = rows.parts.count
            for part in parts {
                guard let mark = QuickPrefix(part.isLeading ? part.endMark : part.mark) else { return }
                let isThere = part.versions.contains(version)
                var bounds = QuickBounds()
                if case .integer(let range) = part.type.kind { bounds = QuickBounds(range) ?? bounds }
                let kind: QuickPart.Kind =
                    switch part.type.kind {
                    case _ where !isThere: .other
                    case .token(let shapes) where shapes.isEmpty: .open
                    case .enumeration(_, isOpen: true): .open
                    case .integer(0...0xFFFF_FFFF), .flags: .number
                    case .integer(let range) where QuickBounds(range) != nil: .bounded
                    default: .other
                    }
                rows.parts.append(
                    QuickPart(
                        kind: kind, isOptional: part.isOptional || !isThere, isLeading: part.isLeading, mark: mark,
                        limit: UInt32(clamping: part.type.limit), bounds: bounds))
            }
            set(&step, .composite, start..<rows.parts.count)
        }
    }

    /// Has a number compared with its bounds, if they fit.
    private mutating func setBounds(_ step: inout Step, _ range: ClosedRange<Int64>) {
        guard let bounds = QuickBounds(range) else { return }
        step.kind = .bounded
        step.constant = UInt16(rows.packed.count)
        rows.packed.append(bounds.packed)
    }

    /// Sets the kind of a composite word of which the version has one part; `false` if it has more.
    private func setOnlyPart(_ step: inout Step, _ parts: [CompositePart]) -> Bool {
        let there = parts.filter { $0.versions.contains(version) }
        guard there.count == 1, !there[0].isLeading, there[0].mark.utf8CodeUnitCount == 0 else { return false }
        let marks = parts.map { $0.isLeading ? $0.endMark : $0.mark }.compactMap { $0.withUTF8Buffer(\.first) }
        switch there[0].type.kind {
        case .integer(0...0xFFFF_FFFF), .flags:
            guard marks.allSatisfy({ $0 &- 0x30 > 9 }) else { return false }
            step.kind = .number
        case .token(let shapes) where shapes.isEmpty:
            guard let first = marks.first, marks.count <= 2 else { return false }
            step.kind = .onlyPart
            step.constant = UInt16(first) << 8 | UInt16(marks.last ?? first)
            step.count = UInt16(clamping: there[0].type.limit)
        default: return false
        }
        return true
    }

    private func set(_ step: inout Step, _ kind: Step.Kind, _ range: Range<Int>) {
        step.kind = kind
        step.constant = UInt16(range.lowerBound)
        step.count = UInt16(range.count)
    }

    private mutating func add(_ prefix: StaticString) -> UInt16? {
        guard let quick = QuickPrefix(prefix) else { return nil }
        rows.prefixes.append(quick)
        return UInt16(rows.prefixes.count - 1)
    }

    /// The range of the packed words; `nil` if one is too long.
    private mutating func pack(_ words: [StaticString]) -> Range<Int>? {
        let start = rows.packed.count
        for word in words {
            guard let packed = word.withUTF8Buffer({ packedWord($0.span, from: 0, to: $0.count) }) else { return nil }
            rows.packed.append(packed)
        }
        return start..<rows.packed.count
    }
}
