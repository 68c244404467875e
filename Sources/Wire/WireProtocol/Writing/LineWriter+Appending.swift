extension LineWriter {
    /// Appends one byte of a value.
    public mutating func append(_ byte: UInt8) {
        makeRoom(1)
        if byte &- 0x21 > 0x5D { special = 1 }
        buffer[count] = byte
        buffer[count &+ 1] = 0x20
        count &+= 1
    }

    /// Appends bytes of a value.
    public mutating func append(_ wire: WireBytes) {
        wire.withSpan { span in
            span.withUnsafeBytes { append($0) }
        }
    }

    /// Appends bytes of a value.
    public mutating func append(_ array: [UInt8]) {
        array.withUnsafeBytes { append($0) }
    }

    /// Appends the bytes of a literal.
    public mutating func append(_ literal: StaticString) {
        literal.withUTF8Buffer { append(UnsafeRawBufferPointer($0)) }
    }

    /// Appends a number in decimal.
    public mutating func append(decimal value: UInt64) {
        makeRoom(32)
        let start = count
        count = buffer.withUnsafeMutableBytes { room in
            guard let base = room.baseAddress else { return start }
            let end = putDecimal(value, to: base + start)
            end.storeBytes(of: 0x20, as: UInt8.self)
            return end - base
        }
    }

    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        makeRoom(bytes.count)
        let start = count
        special |= buffer.withUnsafeMutableBytes { LineWriter.copy(bytes, to: $0, at: start) }
        count = start &+ bytes.count
    }

    mutating func appendLineEnd() {
        makeRoom(2)
        let start = count
        buffer.withUnsafeMutableBytes { room in
            room.storeBytes(of: (0x0A0D as UInt16).littleEndian, toByteOffset: start, as: UInt16.self)
            room[start &+ 2] = 0x20
        }
        count = start &+ 2
        special = 1
    }

    /// Copies bytes, followed by a blank, to where there is room for eight more; returns the bits of special bytes.
    @inline(__always)
    private static func copy(
        _ bytes: UnsafeRawBufferPointer, to room: UnsafeMutableRawBufferPointer, at start: Int
    ) -> UInt64 {
        var special: UInt64 = 0
        var index = 0
        while bytes.count &- index >= 8 {
            let block = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            room.storeBytes(of: block.littleEndian, toByteOffset: start &+ index, as: UInt64.self)
            special |= ByteBlock(block).notPlain
            index &+= 8
        }
        if index < bytes.count {
            let block = ByteBlock(bytes, at: index)
            room.storeBytes(of: block.value.littleEndian, toByteOffset: start &+ index, as: UInt64.self)
            special |= block.notPlain
        }
        room[start &+ bytes.count] = 0x20
        return special
    }

    /// Appends bytes that are not part of a word.
    mutating func copy(_ wire: WireBytes) {
        makeRoom(wire.count)
        let start = count
        let end = start &+ wire.count
        wire.withSpan { span in
            span.withUnsafeBytes { bytes in
                buffer.withUnsafeMutableBytes { room in
                    UnsafeMutableRawBufferPointer(rebasing: room[start..<end]).copyMemory(from: bytes)
                    room[end] = 0x20
                }
            }
        }
        count = end
    }

    @inline(__always)
    mutating func makeRoom(_ bytes: Int) {
        // Eight more, so that a word can be read eight bytes at a time to its end, and a blank follows it.
        if buffer.count &- count < bytes &+ 8 { grow(bytes &+ 8) }
    }

    @inline(never)
    private mutating func grow(_ bytes: Int) {
        let size = max(256, buffer.count &* 2, buffer.count &+ bytes)
        buffer.reserveCapacity(size)
        buffer += [UInt8](repeating: 0, count: size &- buffer.count)
    }
}
