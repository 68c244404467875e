/// What the quick reader found at the head of the input.
struct QuickLine {
    enum Kind: UInt8 {
        /// A command, whose values lie in the room.
        case message
        /// The beginning of one.
        case cut
        /// Something that is left to the tables.
        case odd
    }

    var kind: Kind
    var command: UInt16 = 0
    var form: UInt16 = 0
    var digits: UInt8 = 0
    /// Whether it has a payload, which may be empty.
    var hasPayload = false
    var number: UInt32 = 0
    /// Where the line ends.
    var lineEnd = 0
    /// Where the command ends; of a cut one the end that it will have, or 0.
    var end = 0

    @inline(__always)
    init(_ kind: Kind, end: Int = 0) {
        self.kind = kind
        self.end = end
    }
}

/// Reads lines in which nothing is odd, in one look over their bytes.
struct QuickReader {
    private let base: UnsafeRawPointer
    /// Where the input ends.
    private let end: Int
    private let table: LineTable
    private let checksText: Bool
    private let words: UnsafeMutablePointer<UInt64>
    private let values: UnsafeMutablePointer<UInt64>
    private let tail: UnsafeMutableRawPointer

    @inline(__always)
    init(_ bytes: UnsafeRawBufferPointer, _ table: LineTable, _ mode: ReadingMode, _ room: borrowing ReadingRoom) {
        base = bytes.baseAddress ?? UnsafeRawPointer(room.places)
        end = bytes.count
        self.table = table
        checksText = mode != .fast
        words = room.words
        values = room.places
        tail = room.tail
    }

    /// Reads the line that begins at a place.
    @inline(__always)
    func read(from start: Int, limits: WireLimits) -> QuickLine {
        var wordStart = start
        var window = start
        var count = 0
        var unusual = Block16()
        var doubled: UInt64 = 0
        var carry: UInt64 = 1
        var lineEnd = 0
        let most = min(limits.parameters, 64)
        while true {
            var place = base + window
            if end &- window < 64 {
                guard window < end else { return QuickLine(.cut) }
                place = copyTail(window)
            }
            let found = ByteScan(place)
            let before = found.control &- 1 & ~found.control
            unusual |= found.unusual
            var blanks = found.blank & before
            doubled |= blanks & (blanks &<< 1 | carry)
            carry = blanks &>> 63
            guard count &+ blanks.nonzeroBitCount <= most else { return QuickLine(.odd) }
            while blanks != 0 {
                let place = window &+ blanks.trailingZeroBitCount
                words[count] = Slot(wordStart, place).rawValue
                count &+= 1
                wordStart = place &+ 1
                blanks &= blanks &- 1
            }
            if found.control != 0 {
                lineEnd = window &+ found.control.trailingZeroBitCount
                break
            }
            window &+= 64
            guard window &- start <= limits.line else { return QuickLine(.odd) }
        }
        words[count] = Slot(wordStart, lineEnd).rawValue
        count &+= 1
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
        guard lineEnd &- start <= limits.line, doubled == 0, wordStart < lineEnd else { return QuickLine(.odd) }
        // Columns behind the line's end count too; only then is the line itself looked at.
        if hasHighBit(unusual), !quickIsUTF8(base, start, lineEnd) { return QuickLine(.odd) }
        return command(start, count, lineEnd, next, limits)
    }

    /// Finds the command, its payload and its form.
    @inline(__always)
    private func command(_ start: Int, _ count: Int, _ lineEnd: Int, _ next: Int, _ limits: WireLimits) -> QuickLine {
        let word = Slot(rawValue: words[0])
        let code = quickPacked(base, start, word.end, room: end)
        guard let place = table.entry(code) else { return QuickLine(.odd) }
        let entry = table.entries[place]
        guard entry.isQuick else { return QuickLine(.odd) }
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
        while table.candidates[candidate].testCount > 0, !passes(candidate, count) {
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

    /// Copies the last bytes of the input, fewer than sixty-four, with letters behind them.
    @inline(never)
    private func copyTail(_ place: Int) -> UnsafeRawPointer {
        tail.initializeMemory(as: UInt8.self, repeating: 0x41, count: 64)
        tail.copyMemory(from: base + place, byteCount: end &- place)
        return UnsafeRawPointer(tail)
    }

    @inline(never)
    private func passes(_ candidate: Int, _ count: Int) -> Bool {
        let form = table.candidates[candidate]
        for index in Int(form.firstTest)..<Int(form.firstTest) &+ Int(form.testCount) {
            let test = table.constants.tests[index]
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
            where table.constants.packed[index] == packed {
                return true
            }
            return false
        case .prefix:
            return quickHas(
                table.constants.prefixes[Int(test.constant)], base, word.start, word.end, room: end)
        case .number:
            return isSignedDigits(
                UnsafeBufferPointer(
                    start: (base + word.start).assumingMemoryBound(to: UInt8.self), count: word.count
                ).span)
        case .guid:
            return quickIsGUID(base, word.start, word.end, braces: test.constant == 1)
        case .atLeast, .atMost, .other: return false
        }
    }

    // MARK: - Values

    /// Reads the words of a form.
    @inline(__always)
    private func read(_ place: Int, _ count: Int, _ payload: Slot, _ found: QuickLine) -> QuickLine {
        let candidate = table.candidates[place]
        var line = found
        line.form = candidate.form
        line.hasPayload = candidate.hasPayload
        guard candidate.hasPayload == payload.isPresent else { return QuickLine(.odd) }
        var word = words + 1
        let lastWord = words + count
        if candidate.transaction != .none {
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
        // What the version lacks stays absent.
        for index in 0..<Int(candidate.slotCount) { values[index] = 0 }
        var step = Int(candidate.firstStep)
        let lastStep = step &+ Int(candidate.stepCount)
        while step < lastStep {
            let what = table.steps[step]
            step &+= 1
            if what.flags & Step.hasCondition != 0, !holds(what) { continue }
            guard lastWord - word > Int(what.behind) else {
                if what.flags & Step.isOptional != 0 { continue }
                if what.kind == .rest, what.count == 0, word == lastWord { return QuickLine(.odd) }
                return QuickLine(.odd)
            }
            var slot = Slot(rawValue: word.pointee)
            if what.flags & Step.hasPrefix != 0 {
                let prefix = table.constants.prefixes[Int(what.prefix)]
                guard quickHas(prefix, base, slot.start, slot.end, room: end) else {
                    if what.flags & Step.isOptional != 0 { continue }
                    return QuickLine(.odd)
                }
                slot = Slot(slot.start &+ prefix.length, slot.end)
            }
            guard UInt64(truncatingIfNeeded: slot.count &- 1) < UInt64(what.limit) else { return QuickLine(.odd) }
            values[Int(what.slot)] = slot.rawValue
            word += 1
            switch what.kind {
            case .open: break
            case .text:
                if checksText, !quickIsText(base, slot.start, slot.end, room: end) { return QuickLine(.odd) }
            case .number:
                guard quickNumber(base, slot.start, slot.end) != nil else { return QuickLine(.odd) }
            case .guid:
                guard quickIsGUID(base, slot.start, slot.end, braces: what.constant == 1) else {
                    return QuickLine(.odd)
                }
            case .payload:
                // Where forms have several limits the framer knows the largest one.
                guard payload.count <= Int(what.limit) else { return QuickLine(.odd) }
                values[Int(what.slot)] = payload.rawValue
            default:
                guard readOther(what, slot, &word, lastWord) else { return QuickLine(.odd) }
            }
        }
        return word == lastWord ? line : QuickLine(.odd)
    }

    /// The kinds that need more.
    @inline(never)
    private func readOther(
        _ step: Step, _ slot: Slot, _ word: inout UnsafeMutablePointer<UInt64>,
        _ lastWord: UnsafeMutablePointer<UInt64>
    ) -> Bool {
        let constants = table.constants
        switch step.kind {
        case .oneOf:
            return constants.packed.withUnsafeBufferPointer { packed in
                guard let first = packed.baseAddress else { return false }
                return quickIsOneOf(
                    first + Int(step.constant), Int(step.count), base, slot.start, slot.end, room: end)
            }
        case .composite:
            let isRight = constants.parts.withUnsafeBufferPointer { parts in
                guard let first = parts.baseAddress else { return false }
                return quickIsComposite(
                    first + Int(step.constant), Int(step.count), base, slot.start, slot.end, room: end)
            }
            return isRight || isValue(step, slot)
        case .list: return readList(step, slot)
        case .rest:
            // The length of a payload is no part of it.
            return false
        default: return isValue(step, slot)
        }
    }

    private func readList(_ step: Step, _ slot: Slot) -> Bool {
        let separator = UInt8(truncatingIfNeeded: step.count)
        var start = slot.start
        while start <= slot.end {
            var last = start
            while last < slot.end, base.load(fromByteOffset: last, as: UInt8.self) != separator { last &+= 1 }
            guard last > start, isValue(step, Slot(start, last)) else { return false }
            start = last &+ 1
        }
        return true
    }

    /// Whether the table takes a word.
    private func isValue(_ step: Step, _ slot: Slot) -> Bool {
        let word = table.constants.words[Int(step.word)]
        let bytes = UnsafeBufferPointer(
            start: (base + slot.start).assumingMemoryBound(to: UInt8.self), count: slot.count)
        return slot.count <= word.limit
            && word.failure(of: bytes.span, in: table.version, checksText: checksText) == nil
    }

    private func holds(_ step: Step) -> Bool {
        guard let condition = table.constants.words[Int(step.word)].condition else { return true }
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
