// Checks of words in a line without control bytes. They accept nothing that the tables refuse. They refuse whatever
// they are not made for, and then the table decides. `room` is the end of the bytes that may be read.

/// A number of one to ten digits, at most 4294967295; leading zeros are allowed.
@inline(__always)
func quickDecimal(_ base: UnsafeRawPointer, _ start: Int, _ end: Int) -> UInt32? {
    let length = end &- start
    guard length > 0, length <= 10 else { return nil }
    var value: UInt64 = 0
    if end < 8 || length <= 3 {
        for place in start..<end {
            let digit = base.load(fromByteOffset: place, as: UInt8.self) &- 0x30
            guard digit <= 9 else { return nil }
            value = value &* 10 &+ UInt64(digit)
        }
        return UInt32(exactly: value)
    }
    if length > 8 {
        for place in start..<end &- 8 {
            let digit = base.load(fromByteOffset: place, as: UInt8.self) &- 0x30
            guard digit <= 9 else { return nil }
            value = value &* 10 &+ UInt64(digit)
        }
        value = value &* 100_000_000
    }
    let zeros: UInt64 = 0x3030_3030_3030_3030
    var block = UInt64(littleEndian: base.loadUnaligned(fromByteOffset: end &- 8, as: UInt64.self))
    if length < 8 {
        // Bytes before the number read as zeros.
        let used = UInt64(truncatingIfNeeded: 8 &- length) &* 8
        block = (block &>> used) &<< used | zeros &>> (64 &- used)
    }
    let upper: UInt64 = 0xF0F0_F0F0_F0F0_F0F0
    // Both must be 3 in each byte: one of them alone is also 3 for the bytes before `0` and after `9`.
    let differences = (block ^ zeros) | ((block &+ 0x0606_0606_0606_0606) ^ zeros)
    guard differences & upper == 0 else { return nil }
    block = ((block & 0x0F0F_0F0F_0F0F_0F0F) &* 2561) &>> 8
    block = ((block & 0x00FF_00FF_00FF_00FF) &* 6_553_601) &>> 16
    block = ((block & 0x0000_FFFF_0000_FFFF) &* 42_949_672_960_001) &>> 32
    return UInt32(exactly: value &+ block)
}

/// A number without leading zeros.
@inline(__always)
func quickNumber(_ base: UnsafeRawPointer, _ start: Int, _ end: Int) -> UInt32? {
    guard let value = quickDecimal(base, start, end) else { return nil }
    if end &- start > 1, base.load(fromByteOffset: start, as: UInt8.self) == 0x30 { return nil }
    return value
}

/// Whether a word is a number without leading zeros, at most 4294967295.
@inline(__always)
func quickIsNumber(_ base: UnsafeRawPointer, _ start: Int, _ end: Int) -> Bool {
    let length = end &- start
    guard length > 0, length <= 9, end >= 8 else { return quickNumber(base, start, end) != nil }
    let first = base.load(fromByteOffset: start, as: UInt8.self)
    guard first &- 0x31 < 9 || length == 1 && first == 0x30 else { return false }
    let zeros: UInt64 = 0x3030_3030_3030_3030
    var block = UInt64(littleEndian: base.loadUnaligned(fromByteOffset: end &- 8, as: UInt64.self))
    if length < 8 {
        // Bytes before the number read as zeros.
        let used = UInt64(truncatingIfNeeded: 8 &- length) &* 8
        block = (block &>> used) &<< used | zeros &>> (64 &- used)
    }
    return ((block ^ zeros) | ((block &+ 0x0606_0606_0606_0606) ^ zeros)) & 0xF0F0_F0F0_F0F0_F0F0 == 0
}

/// Up to eight bytes as a number, the first byte highest; 0 for more.
@inline(__always)
func quickPacked(_ base: UnsafeRawPointer, _ start: Int, _ end: Int, room: Int) -> UInt64 {
    let length = end &- start
    guard length > 0, length <= 8 else { return 0 }
    if room &- start >= 8 {
        let eight = UInt64(bigEndian: base.loadUnaligned(fromByteOffset: start, as: UInt64.self))
        return eight &>> (64 &- UInt64(truncatingIfNeeded: length) &* 8)
    }
    var value: UInt64 = 0
    for place in start..<end { value = value &<< 8 | UInt64(base.load(fromByteOffset: place, as: UInt8.self)) }
    return value
}

/// Whether a prefix occurs at a position, before an end.
@inline(__always)
func quickHas(_ prefix: QuickPrefix, _ base: UnsafeRawPointer, _ start: Int, _ end: Int, room: Int) -> Bool {
    guard end &- start >= prefix.length else { return false }
    if room &- start >= 8 {
        return UInt64(littleEndian: base.loadUnaligned(fromByteOffset: start, as: UInt64.self)) & prefix.mask
            == prefix.bytes
    }
    var wanted = prefix.bytes
    for place in start..<start &+ prefix.length {
        guard base.load(fromByteOffset: place, as: UInt8.self) == UInt8(truncatingIfNeeded: wanted) else {
            return false
        }
        wanted &>>= 8
    }
    return true
}

/// Whether a word is one of some packed words.
@inline(__always)
func quickIsOneOf(
    _ packed: UnsafePointer<UInt64>, _ count: Int, _ base: UnsafeRawPointer, _ start: Int, _ end: Int, room: Int
) -> Bool {
    let word = quickPacked(base, start, end, room: room)
    guard word != 0 else { return false }
    for index in 0..<count where packed[index] == word { return true }
    return false
}

/// Whether a word is a GUID.
@inline(__always)
func quickIsGUID(_ base: UnsafeRawPointer, _ start: Int, _ end: Int, braces: Bool) -> Bool {
    var start = start
    if braces {
        guard end &- start == 38, base.load(fromByteOffset: start, as: UInt8.self) == 0x7B,
            base.load(fromByteOffset: end &- 1, as: UInt8.self) == 0x7D
        else { return false }
        start &+= 1
    } else if end &- start != 36 {
        return false
    }
    let place = base + start
    let hyphens =
        place.load(fromByteOffset: 8, as: UInt8.self) == 0x2D
        && place.load(fromByteOffset: 13, as: UInt8.self) == 0x2D
        && place.load(fromByteOffset: 18, as: UInt8.self) == 0x2D
        && place.load(fromByteOffset: 23, as: UInt8.self) == 0x2D
    guard hyphens else { return false }
    let digits = hexadecimals(place) | hexadecimals(place + 16) &<< 16 | hexadecimals(place + 20) &<< 20
    return digits == 0xF_FFFF_FFFF & ~(1 << 8 | 1 << 13 | 1 << 18 | 1 << 23)
}

/// A bit for each of sixteen bytes that is a hexadecimal digit.
@inline(__always)
private func hexadecimals(_ place: UnsafeRawPointer) -> UInt64 {
    let block = place.loadUnaligned(as: Block16.self)
    let digits = (block &- Block16(repeating: 0x30)) .<= Block16(repeating: 9)
    let letters = ((block | Block16(repeating: 0x20)) &- Block16(repeating: 0x61)) .<= Block16(repeating: 5)
    return maskBits(digits .| letters)
}

/// Whether two hexadecimal digits follow each percent sign and the text is UTF-8.
@inline(__always)
func quickIsText(_ base: UnsafeRawPointer, _ start: Int, _ end: Int, room: Int) -> Bool {
    // Nearly all texts are short.
    guard end &- start <= 16, room &- start >= 16 else {
        return longTextIsRight(base, start, end, room: room)
    }
    var bits = percents(base + start) & (1 &<< UInt64(truncatingIfNeeded: end &- start) &- 1)
    while bits != 0 {
        let place = start &+ bits.trailingZeroBitCount
        guard end &- place > 2 else { return false }
        // The code of an ASCII character; other characters are checked byte by byte.
        let two = UInt16(littleEndian: base.loadUnaligned(fromByteOffset: place &+ 1, as: UInt16.self))
        guard UInt8(truncatingIfNeeded: two) &- 0x30 < 8, isHexadecimal(UInt8(truncatingIfNeeded: two &>> 8)) else {
            return restIsRight(base, place, end)
        }
        bits &= bits &- 1
    }
    return true
}

@inline(__always)
private func percents(_ place: UnsafeRawPointer) -> UInt64 {
    maskBits(place.loadUnaligned(as: Block16.self) .== Block16(repeating: 0x25))
}

@inline(__always)
private func isHexadecimal(_ byte: UInt8) -> Bool { byte &- 0x30 <= 9 || (byte | 0x20) &- 0x61 <= 5 }

@inline(never)
private func longTextIsRight(_ base: UnsafeRawPointer, _ start: Int, _ end: Int, room: Int) -> Bool {
    var window = start
    while window < end {
        guard room &- window >= 16 else { return restIsRight(base, window, end) }
        var bits = percents(base + window)
        if end &- window < 16 { bits &= 1 &<< UInt64(truncatingIfNeeded: end &- window) &- 1 }
        var next = window &+ 16
        while bits != 0 {
            let place = window &+ bits.trailingZeroBitCount
            guard end &- place > 2 else { return false }
            let two = UInt16(littleEndian: base.loadUnaligned(fromByteOffset: place &+ 1, as: UInt16.self))
            if UInt8(truncatingIfNeeded: two) &- 0x30 < 8, isHexadecimal(UInt8(truncatingIfNeeded: two &>> 8)) {
                bits &= bits &- 1
                continue
            }
            // A character of several bytes; the check continues at its end.
            let after = characterEnd(base, place, end)
            guard after > 0 else { return false }
            let done = after &- window
            if done >= 16 {
                next = after
                break
            }
            bits &= ~0 &<< UInt64(truncatingIfNeeded: done)
        }
        window = next
    }
    return true
}

/// The end of the character of several bytes whose codes begin at a position; 0 if there is none.
@inline(never)
private func characterEnd(_ base: UnsafeRawPointer, _ start: Int, _ end: Int) -> Int {
    var place = start
    var check = UTF8Check()
    while end &- place > 2, base.load(fromByteOffset: place, as: UInt8.self) == 0x25 {
        guard let high = hexadecimalValue(base.load(fromByteOffset: place &+ 1, as: UInt8.self)),
            let low = hexadecimalValue(base.load(fromByteOffset: place &+ 2, as: UInt8.self)),
            check.take(high &<< 4 | low)
        else { return 0 }
        place &+= 3
        if check.isComplete { return place }
    }
    return 0
}

/// The same as `quickIsText`, byte by byte.
@inline(never)
private func restIsRight(_ base: UnsafeRawPointer, _ start: Int, _ end: Int) -> Bool {
    var place = start
    while place < end {
        guard base.load(fromByteOffset: place, as: UInt8.self) == 0x25 else {
            place &+= 1
            continue
        }
        place = characterEnd(base, place, end)
        guard place > 0 else { return false }
    }
    return true
}

/// Whether bytes are UTF-8 without 0x7F.
@inline(never)
func quickIsUTF8(_ base: UnsafeRawPointer, _ start: Int, _ end: Int, room: Int) -> Bool {
    let one = Block16(repeating: 1)
    var place = start
    while place < end, room &- place >= 16 {
        var block = (base + place).loadUnaligned(as: Block16.self)
        if end &- place < 16 {
            let columns = Block16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
            let isInside = columns .< Block16(repeating: UInt8(truncatingIfNeeded: end &- place))
            block.replace(with: 0, where: .!isInside)
        }
        if hasHighBit(block | (block &+ one)) { break }
        place &+= 16
    }
    guard place < end else { return true }
    var check = UTF8Check()
    let bytes = UnsafeRawBufferPointer(start: base + place, count: end &- place)
    var index = 0
    while index < bytes.count {
        if check.isComplete {
            let block = ByteBlock(bytes, at: index)
            let others = block.notASCII | block.equal(to: 0x7F)
            guard others != 0 else {
                index &+= 8
                continue
            }
            index &+= ByteBlock.first(others)
        }
        guard index < bytes.count, bytes[index] != 0x7F, check.take(bytes[index]) else { return false }
        index &+= 1
    }
    return check.isComplete
}

/// Whether a word consists of the parts of a composite type.
@inline(never)
func quickIsComposite(
    _ parts: UnsafePointer<QuickPart>, _ count: Int, _ base: UnsafeRawPointer, _ start: Int, _ end: Int, room: Int
) -> Bool {
    var position = start
    for index in 0..<count {
        let part = parts[index]
        var first = position
        var last = end
        if part.isLeading {
            last = digitsEnd(base, position, end)
            guard last > first, quickHas(part.mark, base, last, end, room: room) else {
                if part.isOptional { continue }
                return false
            }
            position = last &+ part.mark.length
        } else {
            guard quickHas(part.mark, base, position, end, room: room), index == 0 || position < end else {
                if part.isOptional { continue }
                return false
            }
            first &+= part.mark.length
            // The part ends at the first mark of a later part.
            for later in index &+ 1..<count {
                last = quickPlace(parts[later].mark, base, first, last, wordEnd: end, room: room)
            }
            position = last
        }
        guard last > first, last &- first <= Int(part.limit) else { return false }
        switch part.kind {
        case .open: break
        case .number: guard quickIsNumber(base, first, last) else { return false }
        case .bounded:
            guard let number = quickNumber(base, first, last), part.bounds.contains(number) else { return false }
        case .other: return false
        }
    }
    return position == end
}

/// The end of the digits from a position on.
@inline(__always)
private func digitsEnd(_ base: UnsafeRawPointer, _ start: Int, _ end: Int) -> Int {
    var place = start
    while place < end, base.load(fromByteOffset: place, as: UInt8.self) &- 0x30 <= 9 { place &+= 1 }
    return place
}

/// The first position of a mark before an end; the end if it does not occur.
@inline(__always)
private func quickPlace(
    _ mark: QuickPrefix, _ base: UnsafeRawPointer, _ start: Int, _ end: Int, wordEnd: Int, room: Int
) -> Int {
    guard mark.length > 0 else { return end }
    let first = UInt8(truncatingIfNeeded: mark.bytes)
    var window = start
    while window < end, room &- window >= 16 {
        var bits = maskBits(base.loadUnaligned(fromByteOffset: window, as: Block16.self) .== Block16(repeating: first))
        if end &- window < 16 { bits &= 1 &<< UInt64(truncatingIfNeeded: end &- window) &- 1 }
        while bits != 0 {
            let place = window &+ bits.trailingZeroBitCount
            if mark.length == 1 || quickHas(mark, base, place, wordEnd, room: room) { return place }
            bits &= bits &- 1
        }
        window &+= 16
    }
    var place = window
    while place < end {
        if base.load(fromByteOffset: place, as: UInt8.self) == first,
            quickHas(mark, base, place, wordEnd, room: room)
        {
            return place
        }
        place &+= 1
    }
    return end
}
