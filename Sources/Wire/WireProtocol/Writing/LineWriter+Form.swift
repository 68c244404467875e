/// Writes a form by its table.
extension LineWriter {
    /// Appends a line and its payload; throws, and appends nothing, if a value cannot be written.
    @usableFromInline
    mutating func write(
        _ table: FormTable, _ chunk: ByteChunk, _ slots: UnsafeBufferPointer<Slot>, _ transaction: TransactionID?
    ) throws(WireEncodingError) {
        if !writeQuickly(table, chunk, slots, transaction) { try writePlainly(table, chunk, slots, transaction) }
    }

    /// Appends the line as the table says, word by word.
    mutating func writePlainly(
        _ table: FormTable, _ chunk: ByteChunk, _ slots: UnsafeBufferPointer<Slot>, _ transaction: TransactionID?
    ) throws(WireEncodingError) {
        if let line = chunk.deviant, line.version == version, line.transaction == transaction {
            return append(line.frame, trailer: table.payload?.trailer ?? .none)
        }
        try begin(table, command: table.commandIsValue ? commandValue(table, chunk, slots) : nil, transaction)
        let words = table.words
        for index in (table.commandIsValue ? 1 : 0)..<words.count {
            if table.payload?.lengthPlace == index { try writeLength(of: table, chunk, slots) }
            if let literal = words[index].literal {
                // A literal with a condition is written only if the condition holds.
                if words[index].versions.contains(version), holds(words[index].condition, chunk, slots) {
                    count &+= 1
                    append(literal)
                    special = 1
                }
                continue
            }
            let place = words[index].slot
            let slot = place < slots.count ? slots[place] : .none
            if slot.isPresent {
                if words[index].elsewhere.contains(version) { continue }
                guard words[index].versions.contains(version), holds(words[index].condition, chunk, slots) else {
                    if policy == .fitting, words[index].isIgnorable { continue }
                    throw fail(.forbiddenInVersion, words[index].name)
                }
                if let error = chunk.irregular?[place]?.error {
                    throw fail(.invalidValue(error.reason), words[index].name)
                }
                try write(words[index], chunk, slot)
            } else if isNeeded(index, of: table, chunk, slots) {
                throw fail(.missingParameter, words[index].name)
            }
        }
        guard let payload = table.payload else { return try end() }
        let place = table.payloadSlot
        guard place < slots.count, slots[place].isPresent else {
            if payload.isOptional { return try end() }
            throw fail(.missingParameter, "payload")
        }
        if let error = chunk.irregular?[place]?.error { throw fail(.invalidValue(error.reason), "payload") }
        if let versions = payload.optionalVersions {
            guard versions.contains(version) else { throw fail(.forbiddenInVersion, "payload") }
            // The length alone would be read as the transaction ID.
            if table.transaction == .optional, transaction == nil { throw fail(.missingTransactionID) }
        }
        if let index = payload.headerSlot, index < slots.count, slots[index].isPresent,
            let reason = PayloadTable.failure(
                ofHeaderLength: WireBytes(chunk, slots[index]), in: slots[place].count)
        {
            throw fail(.invalidValue(reason), table.values.first { $0.slot == index }?.name)
        }
        if payload.isLengthLast(behind: words.count) { try writeLength(of: table, chunk, slots) }
        try end(payload: WireBytes(chunk, slots[place]), payload)
    }

    /// Appends the byte count of the payload.
    private mutating func writeLength(
        of table: FormTable, _ chunk: ByteChunk, _ slots: UnsafeBufferPointer<Slot>
    ) throws(WireEncodingError) {
        guard let payload = table.payload, table.payloadSlot < slots.count, slots[table.payloadSlot].isPresent else {
            throw fail(.missingParameter, "payload")
        }
        let length = slots[table.payloadSlot].count
        guard length <= min(payload.limit, Int(UInt32.max)) else { throw fail(.payloadTooLong(limit: payload.limit)) }
        if let only = payload.length, length != only { throw fail(.wrongPayloadLength) }
        count &+= 1
        append(decimal: UInt64(length))
    }

    /// Appends the line with the quick writer; `false`, and nothing is appended, if it is left to the tables.
    private mutating func writeQuickly(
        _ table: FormTable, _ chunk: ByteChunk, _ slots: UnsafeBufferPointer<Slot>, _ transaction: TransactionID?
    ) -> Bool {
        guard !table.writing.isPlain, chunk.isRegular, slots.count >= table.slotCount,
            table.versions.contains(version), table.writing.count &+ 3 <= min(limits.parameters, 64)
        else { return false }
        switch (table.transaction, transaction) {
        case (.required, _?), (.optional, _), (.absent, nil): break
        default: return false
        }
        var size = table.writing.fixedSize
        for slot in slots { size &+= slot.count }
        var line = size
        var payload: Slot?
        if let limit = table.payload?.limit {
            let slot = slots[table.payloadSlot]
            guard slot.isPresent, slot.count <= limit else { return false }
            line &-= slot.count
            payload = slot
        }
        guard line <= limits.line else { return false }
        makeRoom(size &+ QuickWriter.slack)
        let start = count
        let version = version
        let end = buffer.withUnsafeMutableBytes { room -> Int? in
            guard let base = room.baseAddress else { return nil }
            var writer = QuickWriter(chunk, slots, version, to: base + start)
            guard let end = writer.write(table, transaction, payload) else { return nil }
            end.storeBytes(of: 0x20, as: UInt8.self)
            return end - base
        }
        guard let end else { return false }
        count = end
        lineStart = end
        special = 1
        return true
    }

    /// The first value of a form, which is its command word.
    private mutating func commandValue(
        _ table: FormTable, _ chunk: ByteChunk, _ slots: UnsafeBufferPointer<Slot>
    ) throws(WireEncodingError) -> WireBytes {
        self.table = table
        lineStart = count
        let bytes = slots.isEmpty ? WireBytes() : WireBytes(chunk, slots[0])
        if let word = table.values.first,
            let reason = chunk.irregular?[0]?.error.reason ?? failure(of: bytes, word, mayBeEmpty: false)?.reason
        {
            throw fail(.invalidValue(reason), word.name)
        }
        return bytes
    }

    /// Whether a line without this value would be read as something else, or not at all.
    private func isNeeded(
        _ index: Int, of table: FormTable, _ chunk: ByteChunk, _ slots: UnsafeBufferPointer<Slot>
    ) -> Bool {
        let word = table.words[index]
        guard word.versions.contains(version) else { return false }
        guard word.isOptional else { return holds(word.condition, chunk, slots) }
        // Otherwise a later optional word would be read in its place.
        guard word.prefix.utf8CodeUnitCount == 0 else { return false }
        return table.words[(index + 1)...].contains { later in
            later.literal == nil && later.isOptional && !later.versions.intersection(word.versions).isEmpty
                && later.slot < slots.count && slots[later.slot].isPresent
        }
    }

    private func holds(
        _ condition: FormWord.Condition?, _ chunk: ByteChunk, _ slots: UnsafeBufferPointer<Slot>
    ) -> Bool {
        guard let condition else { return true }
        guard condition.slot < slots.count, slots[condition.slot].isPresent else { return false }
        return condition.holds(for: WireBytes(chunk, slots[condition.slot]))
    }

    /// Appends the word or words of one parameter.
    private mutating func write(_ word: FormWord, _ chunk: ByteChunk, _ slot: Slot) throws(WireEncodingError) {
        switch word.repetition {
        case .once:
            try write(word, bytes: WireBytes(chunk, slot), isWhole: true)
        case .words(let minimum):
            var parts = ListParts(WireBytes(chunk, slot), separator: 0x20)
            var number = 0
            while let part = parts.next() {
                try write(word, bytes: part, isWhole: true)
                number &+= 1
            }
            guard number >= minimum else { throw fail(.missingParameter, word.name) }
        case .separated(let separator):
            guard word.mayBeEmpty || !slot.isEmpty else { throw fail(.missingParameter, word.name) }
            var parts = ListParts(WireBytes(chunk, slot), separator: separator)
            count &+= 1
            append(word.prefix)
            var isFirst = true
            while let part = parts.next() {
                if !isFirst { append(separator) }
                isFirst = false
                try write(word, bytes: part, isWhole: false)
            }
        }
    }

    /// Appends a value, in its own word or after a separator.
    @inline(__always)
    private mutating func write(_ word: FormWord, bytes: WireBytes, isWhole: Bool) throws(WireEncodingError) {
        let isFitted = policy == .fitting && word.type.hasIgnorableParts
        let bytes = isFitted ? word.type.fitted(bytes, to: version) : bytes
        if isWhole {
            count &+= 1
            if word.prefix.utf8CodeUnitCount > 0 { append(word.prefix) }
        }
        special = 0
        append(bytes)
        let isPlain = special == 0
        special = 1
        // Most words are plain, and then nothing else can be wrong with most types.
        if isPlain, word.type.isOpen, bytes.count &- 1 < word.limit, !bytes.isEmpty { return }
        if let failure = failure(of: bytes, word, mayBeEmpty: word.mayBeEmpty && isWhole) {
            throw fail(.invalidValue(failure.reason), word.name)
        }
    }

    @inline(never)
    private func failure(of bytes: WireBytes, _ word: FormWord, mayBeEmpty: Bool) -> ValueError? {
        bytes.withSpan { bytes in
            let size =
                bytes.isEmpty
                ? (mayBeEmpty ? nil : ValueError(.empty))
                : bytes.count > word.limit ? ValueError(.tooLong(limit: word.limit), offset: word.limit) : nil
            if bytes.isEmpty, mayBeEmpty { return nil }
            let value = word.failure(of: bytes, in: version, checksText: true)
            // A type with known words has a more useful error than the size.
            if word.isRest { return value ?? size }
            return word.type.isOpen || word.type.isText ? size ?? value : value ?? size ?? wordFailure(bytes)
        }
    }

    /// Throws if what was written since a position contains a mark.
    func refuse(_ mark: StaticString, from start: Int) throws(ValueError) {
        let written = buffer.span.extracting(min(start, count)..<count)
        guard let found = CompositeReader.place(of: mark, in: written, from: 0, to: written.count) else { return }
        throw ValueError(.forbiddenCharacter(written[found]), offset: found)
    }

    /// Throws unless what was written since a position consists of digits.
    func requireDigits(from start: Int) throws(ValueError) {
        let written = buffer.span.extracting(min(start, count)..<count)
        if written.isEmpty { throw ValueError(.empty) }
        for index in written.indices where written[index] &- 0x30 > 9 { throw ValueError(.notANumber, offset: index) }
    }

    /// Throws if what was written since a position would be read as a leading part and what follows it.
    func refuse(leadingPartFrom start: Int, before mark: StaticString) throws(ValueError) {
        let written = buffer.span.extracting(min(start, count)..<count)
        guard let end = CompositeReader.leadingEnd(in: written, before: mark) else { return }
        throw ValueError(.forbiddenCharacter(written[end]), offset: end)
    }

    /// Throws if what was written since a position could not be told from its neighbours in a list.
    func check(listPartFrom start: Int, separator: UInt8) throws(ValueError) {
        let written = buffer.span.extracting(min(start, count)..<count)
        guard !written.isEmpty else { throw ValueError(.empty) }
        for index in written.indices where written[index] == separator || written[index] == 0x20 {
            throw ValueError(.forbiddenCharacter(written[index]), offset: index)
        }
    }
}

extension FormWord {
    /// Why bytes are not a value of this word in a version; the caller checks sizes.
    func failure(of bytes: Span<UInt8>, in version: ProtocolVersion, checksText: Bool) -> ValueError? {
        if let range { return ValueTable.failure(of: bytes, in: range) }
        return type.failure(of: bytes, in: version, checksText: checksText)
    }
}

extension FormWord.Condition {
    /// Whether the bytes of the other word meet the condition.
    func holds(for bytes: WireBytes) -> Bool {
        switch test {
        case .anyBit(let mask): UInt32(checked: bytes) & mask != 0
        case .oneOf(let words): words.contains { bytes.equals($0) }
        }
    }
}
