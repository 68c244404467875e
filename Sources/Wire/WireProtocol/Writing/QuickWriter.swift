/// Writes ordinary lines in one pass over their values.
///
/// It writes exactly what the plain writer would write. Whatever it is not made for, it leaves to the plain writer,
/// which says what is wrong.
struct QuickWriter {
    /// The chunk of the values.
    private let base: UnsafeRawPointer
    /// The end of its bytes.
    private let room: Int
    private let slots: UnsafeBufferPointer<Slot>
    private let version: ProtocolVersion
    /// The position of the next byte.
    private var place: UnsafeMutableRawPointer
    /// Zero as long as all bytes of values are in 0x21 to 0x7E.
    private var special: UInt64 = 0

    /// The number of bytes that may be written past the end.
    static var slack: Int { 24 }

    init(
        _ chunk: ByteChunk, _ slots: UnsafeBufferPointer<Slot>, _ version: ProtocolVersion,
        to place: UnsafeMutableRawPointer
    ) {
        base = chunk.base
        room = chunk.count
        self.slots = slots
        self.version = version
        self.place = place
    }

    /// Writes the line; returns its end, or `nil` if it is left to the plain writer.
    mutating func write(
        _ table: FormTable, _ transaction: TransactionID?, _ payload: Slot?
    ) -> UnsafeMutableRawPointer? {
        let plan = table.writing
        put(plan.command)
        if let transaction {
            putBlank()
            let start = place
            place = putDecimal(UInt64(transaction.value), to: place)
            guard place - start == Int(transaction.digits) else { return nil }
        }
        for index in 0..<plan.count {
            let row = plan.rows.start + index
            if row.pointee.kind == .literal {
                guard row.pointee.versions.contains(version) else { continue }
                putBlank()
                put(row.pointee.fixed)
                continue
            }
            let slot = slots[row.pointee.slot]
            guard slot.isPresent else {
                if row.pointee.mayLack || !row.pointee.versions.contains(version) { continue }
                return nil
            }
            guard row.pointee.versions.contains(version) else {
                if row.pointee.elsewhere.contains(version) { continue }
                return nil
            }
            guard slot.count &- 1 < row.pointee.limit, !slot.isEmpty else { return nil }
            putBlank()
            if row.pointee.fixed.count > 0 { put(row.pointee.fixed) }
            put(slot)
            switch row.pointee.kind {
            case .open: break
            case .number: guard quickIsNumber(base, slot.start, slot.end) else { return nil }
            case .text: guard quickIsText(base, slot.start, slot.end, room: room) else { return nil }
            case .numberFirst:
                guard quickIsNumber(base, slot.start, slot.end) || isValue(table.words[index], slot) else { return nil }
            case .judged: guard isValue(table.words[index], slot) else { return nil }
            case .other, .literal: return nil
            }
        }
        guard special == 0 else { return nil }
        if let payload {
            putBlank()
            place = putDecimal(UInt64(payload.count), to: place)
        }
        place.storeBytes(of: (0x0A0D as UInt16).littleEndian, as: UInt16.self)
        place += 2
        if let payload {
            place.copyMemory(from: base + payload.start, byteCount: payload.count)
            place += payload.count
        }
        return place
    }

    @inline(never)
    private func isValue(_ word: FormWord, _ slot: Slot) -> Bool {
        let bytes = UnsafeBufferPointer(
            start: (base + slot.start).assumingMemoryBound(to: UInt8.self), count: slot.count)
        return word.failure(of: bytes.span, in: version, checksText: true) == nil
    }

    @inline(__always)
    private mutating func putBlank() {
        place.storeBytes(of: 0x20, as: UInt8.self)
        place += 1
    }

    @inline(__always)
    private mutating func put(_ text: FixedText) {
        place.storeBytes(of: text.bytes, as: Block16.self)
        place += text.count
    }

    /// Copies a value, sixteen bytes at a time.
    @inline(__always)
    private mutating func put(_ slot: Slot) {
        var from = slot.start
        while from < slot.end {
            let left = slot.end &- from
            guard room &- from >= 16 else {
                let byte = base.load(fromByteOffset: from, as: UInt8.self)
                if byte &- 0x21 > 0x5D { special = 1 }
                place.storeBytes(of: byte, as: UInt8.self)
                place += 1
                from &+= 1
                continue
            }
            let block = base.loadUnaligned(fromByteOffset: from, as: Block16.self)
            place.storeBytes(of: block, as: Block16.self)
            let bits = specialBytes(block)
            special |= left < 16 ? bits & (1 &<< UInt64(truncatingIfNeeded: left) &- 1) : bits
            place += min(16, left)
            from &+= 16
        }
    }
}

/// Writes a number in decimal and returns its end; up to seven bytes past the end are written too.
@inline(__always)
func putDecimal(_ value: UInt64, to place: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer {
    var place = place
    var low = value
    if value >= 100_000_000 {
        place = putHigherDigits(value / 100_000_000, to: place)
        low = value % 100_000_000
    }
    let digits = eightDigits(UInt32(truncatingIfNeeded: low))
    // The first digit is the lowest byte: leading zeros are the lowest bytes, and the last digit stays.
    let zeros = value >= 100_000_000 ? 0 : min(7, digits.trailingZeroBitCount &>> 3)
    let text = (digits | 0x3030_3030_3030_3030) &>> (UInt64(truncatingIfNeeded: zeros) &* 8)
    place.storeBytes(of: text.littleEndian, as: UInt64.self)
    return place + (8 &- zeros)
}

@inline(never)
private func putHigherDigits(_ value: UInt64, to place: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer {
    putDecimal(value, to: place)
}
