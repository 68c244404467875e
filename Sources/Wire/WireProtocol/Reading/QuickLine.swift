/// What the quick reader found at the head of the input.
struct QuickLine {
    enum Kind: UInt8 {
        /// A command, whose values are in the room.
        case message
        /// The beginning of a command.
        case cut
        /// A line that is left to the tables.
        case odd
    }

    var kind: Kind
    var command: UInt16 = 0
    var form: UInt16 = 0
    var digits: UInt8 = 0
    /// Whether it has a payload, which may be empty.
    var hasPayload = false
    var number: UInt32 = 0
    /// The end of the line.
    var lineEnd = 0
    /// The end of the command; for an incomplete command, the end that it will have, or 0.
    var end = 0

    @inline(__always)
    init(_ kind: Kind, end: Int = 0) {
        self.kind = kind
        self.end = end
    }
}

/// The limits of a quick reader.
struct QuickLimits: Sendable {
    let line: Int
    let words: Int
    let payload: Int

    init(_ limits: WireLimits) {
        line = limits.line
        words = min(limits.parameters, 64)
        payload = limits.payload
    }
}

/// Reads ordinary lines in one pass over their bytes.
struct QuickReader {
    private let base: UnsafeRawPointer
    /// The end of the input.
    private let end: Int
    private let all: UnsafePointer<QuickRows>
    // The caller keeps it alive.
    private unowned(unsafe) let table: LineTable
    private let checksText: Bool
    private let limits: QuickLimits
    private let places: UnsafeMutablePointer<UInt64>

    @inline(__always)
    init(
        _ base: UnsafeRawPointer, _ end: Int, _ table: LineTable, checksText: Bool, _ limits: QuickLimits,
        _ room: borrowing ReadingRoom
    ) {
        self.base = base
        self.end = end
        self.table = table
        all = table.quick.start
        self.checksText = checksText
        self.limits = limits
        places = room.places
    }

    private var rows: QuickRows { all.pointee }
    private var values: UnsafeMutablePointer<UInt64> { places }
    private var words: UnsafeMutablePointer<UInt64> { places + ReadingRoom.firstWord }
    private var tail: UnsafeMutableRawPointer { UnsafeMutableRawPointer(places + ReadingRoom.firstOfTail) }

    /// Reads the line that begins at a position.
    @inline(__always)
    func read(from start: Int) -> QuickLine {
        var wordStart = start
        var window = start
        var count = 0
        var isUnusual = false
        let most = limits.words
        var lineEnd = 0
        lookForEnd: while true {
            var place = base + window
            if end &- window < 64 {
                guard window < end else { return QuickLine(.cut) }
                place = copyTail(window)
            }
            var special = specialBytes(place)
            while special != 0 {
                let column = special.trailingZeroBitCount
                let found = window &+ column
                let byte = place.load(fromByteOffset: column, as: UInt8.self)
                if byte == 0x20 {
                    guard wordStart < found, count < most else { return QuickLine(.odd) }
                    words[count] = Slot(wordStart, found).rawValue
                    count &+= 1
                    wordStart = found &+ 1
                    special &= special &- 1
                } else if byte < 0x20 {
                    lineEnd = found
                    break lookForEnd
                } else {
                    // Few lines have such bytes, and those that do have many.
                    isUnusual = true
                    special = blanksAndControls(place) & (~0 &<< UInt64(truncatingIfNeeded: column))
                }
            }
            window &+= 64
            guard window &- start <= limits.line else { return QuickLine(.odd) }
        }
        // A trailing blank is not a word, unless words may be empty.
        let endsInBlank = wordStart == lineEnd
        if !endsInBlank {
            words[count] = Slot(wordStart, lineEnd).rawValue
            count &+= 1
        }
        // The end of the line: CR LF or LF.
        var next = lineEnd &+ 1
        let last = base.load(fromByteOffset: lineEnd, as: UInt8.self)
        if last == 0x0D {
            guard next < end else { return QuickLine(.cut) }
            guard base.load(fromByteOffset: next, as: UInt8.self) == 0x0A else { return QuickLine(.odd) }
            next &+= 1
        } else if last != 0x0A {
            return QuickLine(.odd)
        }
        guard lineEnd &- start <= limits.line, count > 0 else { return QuickLine(.odd) }
        if isUnusual, !quickIsUTF8(base, start, lineEnd, room: end) { return QuickLine(.odd) }
        return command(start, count, lineEnd, next, endsInBlank)
    }

    /// Finds the command, its payload and its form.
    @inline(__always)
    private func command(
        _ start: Int, _ count: Int, _ lineEnd: Int, _ next: Int, _ endsInBlank: Bool
    ) -> QuickLine {
        let word = Slot(rawValue: words[0])
        let code = quickPacked(base, start, word.end, room: end)
        guard let entry = rows.entry(code)?.pointee else { return QuickLine(.odd) }
        guard entry.isQuick, !(endsInBlank && entry.keepsEmpty) else { return QuickLine(.odd) }
        var line = QuickLine(.message, end: next)
        line.lineEnd = lineEnd
        line.command = entry.command
        var payload = Slot.none
        if entry.minimumWords > 0 {
            let last = Slot(rawValue: words[count &- 1])
            let length = quickNumber(base, last.start, last.end)
            if let length, count >= Int(entry.minimumWords), length <= min(Int(entry.payloadLimit), limits.payload) {
                line.end = next &+ Int(length)
                guard line.end <= end else { return QuickLine(.cut, end: line.end) }
                payload = Slot(next, line.end)
            } else if !entry.mayLackPayload || last.isEmpty || looksLikeNumber(last) {
                return QuickLine(.odd)
            }
        }
        var candidate = Int(entry.firstCandidate)
        var left = entry.candidateCount
        while rows.candidates[candidate].testCount > 0, !passes(candidate, count) {
            left &-= 1
            guard left > 0 else { return QuickLine(.odd) }
            candidate &+= 1
        }
        return read(candidate, count, payload, line)
    }

    @inline(never)
    private func looksLikeNumber(_ word: Slot) -> Bool {
        let first = base.load(fromByteOffset: word.start, as: UInt8.self)
        return first &- 0x30 <= 9 || first == 0x2D
    }

    /// Copies the last bytes of the input, fewer than sixty-four, followed by letters.
    @inline(never)
    private func copyTail(_ place: Int) -> UnsafeRawPointer {
        tail.initializeMemory(as: UInt8.self, repeating: 0x41, count: 64)
        tail.copyMemory(from: base + place, byteCount: end &- place)
        return UnsafeRawPointer(tail)
    }

    @inline(never)
    private func passes(_ candidate: Int, _ count: Int) -> Bool {
        let form = rows.candidates[candidate]
        for index in Int(form.firstTest)..<Int(form.firstTest) &+ Int(form.testCount) {
            let test = rows.tests[index]
            let isPassed: Bool
            switch test.kind {
            case .atLeast: isPassed = count > Int(test.index)
            case .atMost: isPassed = count &- 1 <= Int(test.index)
            default:
                let place = Int(test.index) &+ 1
                guard place < count else { return false }
                isPassed = passes(test, Slot(rawValue: words[place]))
            }
            guard isPassed else { return false }
        }
        return true
    }

    private func passes(_ test: QuickTest, _ word: Slot) -> Bool {
        switch test.kind {
        case .oneOf:
            let packed = quickPacked(base, word.start, word.end, room: end)
            guard packed != 0 else { return false }
            for index in Int(test.constant)..<Int(test.constant) &+ Int(test.count)
            where rows.packed[index] == packed {
                return true
            }
            return false
        case .prefix:
            return quickHas(
                rows.prefixes[Int(test.constant)], base, word.start, word.end, room: end)
        case .number:
            return isSignedDigits(
                UnsafeBufferPointer(
                    start: (base + word.start).assumingMemoryBound(to: UInt8.self), count: word.count
                ).span)
        case .guid:
            return quickIsGUID(base, word.start, word.end, braces: test.constant == 1)
        case .atLeast, .atMost: return false
        }
    }

    // MARK: - Values

    /// Reads the words of a form.
    @inline(__always)
    private func read(_ place: Int, _ count: Int, _ payload: Slot, _ found: QuickLine) -> QuickLine {
        let candidate = rows.candidates[place]
        var line = found
        line.form = candidate.form
        line.hasPayload = candidate.hasPayload
        guard candidate.hasPayload == payload.isPresent else { return QuickLine(.odd) }
        var word = words + 1
        let lastWord = words + count
        if candidate.transaction != .absent {
            guard word < lastWord else { return QuickLine(.odd) }
            let id = Slot(rawValue: word.pointee)
            if let number = quickDecimal(base, id.start, id.end) {
                guard candidate.transaction != .zero || number == 0 else { return QuickLine(.odd) }
                line.number = number
                line.digits = UInt8(truncatingIfNeeded: id.count)
                word += 1
            } else if candidate.transaction != .optional {
                return QuickLine(.odd)
            }
        }
        var vacant = candidate.vacant
        while vacant != 0 {
            values[vacant.trailingZeroBitCount] = 0
            vacant &= vacant &- 1
        }
        var step = Int(candidate.firstStep)
        let lastStep = step &+ Int(candidate.stepCount)
        while step < lastStep {
            let head = rows.heads[step]
            var slot: Slot
            if head & 0xFF00 == 0 {
                guard word < lastWord else { return QuickLine(.odd) }
                slot = Slot(rawValue: word.pointee)
            } else {
                slot = special(step, word, lastWord)
                guard slot.isPresent else {
                    values[Int(truncatingIfNeeded: head &>> 16 & 0xFF)] = 0
                    step &+= 1
                    continue
                }
            }
            guard UInt64(truncatingIfNeeded: slot.count &- 1) < head &>> 32 else { return QuickLine(.odd) }
            values[Int(truncatingIfNeeded: head &>> 16 & 0xFF)] = slot.rawValue
            word += 1
            let kind = UInt8(truncatingIfNeeded: head)
            if kind == Step.Kind.text.rawValue {
                if checksText, !quickIsText(base, slot.start, slot.end, room: end) { return QuickLine(.odd) }
            } else if kind == Step.Kind.number.rawValue {
                guard quickIsNumber(base, slot.start, slot.end) else { return QuickLine(.odd) }
            } else if kind != Step.Kind.open.rawValue {
                guard readOther(rows.steps[step], slot, payload) else { return QuickLine(.odd) }
            }
            step &+= 1
        }
        return word == lastWord ? line : QuickLine(.odd)
    }

    /// Finds the value of a step that is not simply the next word: an absent one if the line lacks it, and one that no
    /// limit allows if the line must be left to the tables.
    @inline(never)
    private func special(
        _ step: Int, _ word: UnsafeMutablePointer<UInt64>, _ lastWord: UnsafeMutablePointer<UInt64>
    ) -> Slot {
        let what = rows.steps[step]
        let odd = Slot(rawValue: 1)
        let isOptional = what.flags & Step.isOptional != 0
        if what.flags & Step.hasCondition != 0, !holds(what) { return .none }
        guard lastWord - word > Int(what.behind) else { return isOptional ? .none : odd }
        let slot = Slot(rawValue: word.pointee)
        guard what.flags & Step.hasPrefix != 0 else { return slot }
        let prefix = rows.prefixes[Int(what.prefix)]
        guard quickHas(prefix, base, slot.start, slot.end, room: end) else { return isOptional ? .none : odd }
        return Slot(slot.start &+ prefix.length, slot.end)
    }

    /// The kinds that need more work.
    @inline(never)
    private func readOther(_ step: Step, _ slot: Slot, _ payload: Slot) -> Bool {
        switch step.kind {
        case .guid: return quickIsGUID(base, slot.start, slot.end, braces: step.constant == 1)
        case .oneOf:
            return quickIsOneOf(
                rows.packed + Int(step.constant), Int(step.count), base, slot.start, slot.end, room: end)
        case .bounded:
            guard let number = quickNumber(base, slot.start, slot.end) else { return isValue(step, slot) }
            return QuickBounds(packed: rows.packed[Int(step.constant)]).contains(number)
        case .payload:
            // If forms have different limits, the framer knows only the largest.
            guard payload.count <= Int(step.limit) else { return false }
            values[Int(step.slot)] = payload.rawValue
            return true
        case .composite:
            return quickIsComposite(
                rows.parts + Int(step.constant), Int(step.count), base, slot.start, slot.end, room: end)
                || isValue(step, slot)
        case .onlyPart:
            return slot.count <= Int(step.count)
                && quickLacks(
                    UInt8(truncatingIfNeeded: step.constant), UInt8(truncatingIfNeeded: step.constant &>> 8), base,
                    slot.start, slot.end, room: end)
                || isValue(step, slot)
        case .sized: return slot.count == Int(step.count) || isValue(step, slot)
        case .list: return readList(step, slot)
        // The words after the first are left to the table.
        case .rest: return false
        default: return isValue(step, slot)
        }
    }

    private func readList(_ step: Step, _ slot: Slot) -> Bool {
        let separator = UInt8(truncatingIfNeeded: step.count)
        var start = slot.start
        while start <= slot.end {
            var last = start
            while last < slot.end, base.load(fromByteOffset: last, as: UInt8.self) != separator { last &+= 1 }
            guard last > start, last &- start == Int(step.constant) || isValue(step, Slot(start, last)) else {
                return false
            }
            start = last &+ 1
        }
        return true
    }

    /// Whether the table accepts a word.
    private func isValue(_ step: Step, _ slot: Slot) -> Bool {
        let index = Int(step.word)
        let bytes = UnsafeBufferPointer(
            start: (base + slot.start).assumingMemoryBound(to: UInt8.self), count: slot.count)
        // A constant in place of the buffer would be a copy of the word's description.
        return table.constants.words.withUnsafeBufferPointer { words in
            slot.count <= words[index].limit
                && words[index].failure(of: bytes.span, in: table.version, checksText: checksText) == nil
        }
    }

    private func holds(_ step: Step) -> Bool {
        // As above, without a copy of the word's description.
        table.constants.words.withUnsafeBufferPointer { words in
            guard let condition = words[Int(step.word)].condition else { return true }
            let slot = Slot(rawValue: values[condition.slot])
            guard slot.isPresent else { return false }
            switch condition.test {
            case .anyBit(let mask): return (quickNumber(base, slot.start, slot.end) ?? 0) & mask != 0
            case .oneOf(let words):
                let bytes = UnsafeBufferPointer(
                    start: (base + slot.start).assumingMemoryBound(to: UInt8.self), count: slot.count)
                return words.contains { bytes.span.equals($0) }
            }
        }
    }
}
