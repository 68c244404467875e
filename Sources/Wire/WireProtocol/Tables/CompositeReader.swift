/// Finds the parts of a composite word in order, without checking them.
struct CompositeReader {
    private let parts: [CompositePart]
    private var index = 0
    /// Where the next part, including its mark, would start.
    private(set) var position = 0

    init(_ parts: [CompositePart]) { self.parts = parts }

    /// The range of the next part, without its mark; `nil` if its mark is missing.
    ///
    /// A part ends before the mark of any later part; a leading one ends before its own mark.
    mutating func next(in bytes: Span<UInt8>) -> Range<Int>? {
        guard index < parts.count else { return nil }
        index &+= 1
        let index = index &- 1
        let start = position
        let found = parts.withUnsafeBufferPointer { Self.range($0, index, in: bytes, from: start) }
        if let found { position = found.next }
        return found?.range
    }

    /// Reads the parts in place, because a copy of one would retain its type.
    private static func range(
        _ parts: UnsafeBufferPointer<CompositePart>, _ index: Int, in bytes: Span<UInt8>, from position: Int
    ) -> (range: Range<Int>, next: Int)? {
        if parts[index].isLeading {
            guard let end = leadingEnd(in: bytes, before: parts[index].endMark) else { return nil }
            return (0..<end, end &+ parts[index].endMark.utf8CodeUnitCount)
        }
        let length = parts[index].mark.utf8CodeUnitCount
        if length > 0 {
            guard position < bytes.count, bytes[position] == parts[index].firstOfMark,
                length == 1 || bytes.extracting(position...).begins(with: parts[index].mark)
            else { return nil }
        }
        let start = position &+ length
        var end = bytes.count
        for later in index &+ 1..<parts.count where parts[later].firstOfMark != 0 {
            guard let found = firstIndex(of: parts[later].firstOfMark, in: bytes, from: start, to: end) else {
                continue
            }
            if parts[later].mark.utf8CodeUnitCount == 1 {
                end = found
            } else if let found = place(of: parts[later].mark, in: bytes, from: found, to: end) {
                end = found
            }
        }
        return (start..<end, end)
    }

    /// Skips a part.
    mutating func skip() { index &+= 1 }

    /// The end of the digits at the beginning of a word, if a mark follows them.
    static func leadingEnd(in bytes: Span<UInt8>, before mark: StaticString) -> Int? {
        var end = 0
        while end < bytes.count, bytes[end] &- 0x30 <= 9 { end &+= 1 }
        return end > 0 && bytes.extracting(end...).begins(with: mark) ? end : nil
    }

    /// The first position of a mark between two positions; an empty mark never occurs.
    static func place(of mark: StaticString, in bytes: Span<UInt8>, from start: Int, to end: Int) -> Int? {
        guard mark.utf8CodeUnitCount > 0 else { return nil }
        let first = mark.withUTF8Buffer { $0.first ?? 0 }
        var index = start
        while let found = firstIndex(of: first, in: bytes, from: index, to: end) {
            if bytes.extracting(found...).begins(with: mark) { return found }
            index = found &+ 1
        }
        return nil
    }
}

extension ValueTable {
    /// A word of a composite type without the ignorable parts that the version lacks.
    func fitted(_ wire: WireBytes, to version: ProtocolVersion) -> WireBytes {
        guard case .composite(let parts, _) = kind,
            parts.contains(where: { $0.isIgnorable && !$0.versions.contains(version) })
        else { return wire }
        return wire.withSpan { bytes in
            var reader = CompositeReader(parts)
            var kept: [UInt8] = []
            for part in parts {
                let start = reader.position
                _ = reader.next(in: bytes)
                if part.isIgnorable, !part.versions.contains(version) { continue }
                for index in start..<reader.position { kept.append(bytes[index]) }
            }
            for index in reader.position..<bytes.count { kept.append(bytes[index]) }
            return WireBytes(kept)
        }
    }
}

extension ValueTable {
    /// The parts of a word of a composite type, without their marks, in order; empty for other types.
    public func parts(of wire: WireBytes) -> [(part: CompositePart, range: Range<Int>)] {
        guard case .composite(let parts, _) = kind else { return [] }
        return wire.withSpan { bytes in
            var reader = CompositeReader(parts)
            var found: [(part: CompositePart, range: Range<Int>)] = []
            for part in parts {
                if let range = reader.next(in: bytes) { found.append((part, range)) }
            }
            return found
        }
    }
}

/// The parts of a composite word in order, for the type that consists of them.
///
/// It holds only their places, so that nothing but a value that is made retains the bytes.
public struct CompositeParts {
    /// The start of each part in the lower half and one more than its end in the upper half; 0 means no part.
    @usableFromInline var places: InlineArray<16, UInt64>
    @usableFromInline var index = -1

    /// Finds the parts of a word of a composite type.
    public init(_ wire: borrowing WireBytes, _ table: ValueTable) {
        places = InlineArray(repeating: 0)
        guard case .composite(let parts, _) = table.kind else { return }
        wire.withSpan { bytes in
            var reader = CompositeReader(parts)
            for index in 0..<min(parts.count, places.count) {
                if let range = reader.next(in: bytes) { places[index] = Self.place(range) }
            }
        }
    }

    private static func place(_ range: Range<Int>) -> UInt64 {
        UInt64(truncatingIfNeeded: range.lowerBound) | UInt64(truncatingIfNeeded: range.upperBound &+ 1) &<< 32
    }

    /// The value of the next part of the same word; the value of empty bytes if it is missing.
    @inlinable
    public mutating func value<Value: WireValue>(of wire: WireBytes) -> Value {
        Value(checked: next(of: wire) ?? WireBytes())
    }

    /// The value of the next part of the same word; `nil` if it is missing.
    @inlinable
    public mutating func optional<Value: WireValue>(of wire: WireBytes) -> Value? {
        guard let part = next(of: wire) else { return nil }
        return Value(checked: part)
    }

    /// The bytes of the next part; `nil` if it is missing.
    @inlinable @inline(__always)
    mutating func next(of wire: WireBytes) -> WireBytes? {
        index &+= 1
        guard index < places.count, places[index] != 0 else { return nil }
        let start = Int(truncatingIfNeeded: places[index] & 0xFFFF_FFFF)
        let end = Int(truncatingIfNeeded: places[index] &>> 32) &- 1
        return wire.slice(start..<max(start, end))
    }
}

/// Writes the parts of a composite word in order.
public struct CompositeWriter {
    private let parts: [CompositePart]
    private let partsMayBeEmpty: Bool
    private var index = 0
    private var start = 0

    /// Starts at the beginning of a word of a composite type.
    public init(_ table: ValueTable) {
        if case .composite(let parts, let partsMayBeEmpty) = table.kind {
            self.parts = parts
            self.partsMayBeEmpty = partsMayBeEmpty
        } else {
            parts = []
            partsMayBeEmpty = false
        }
    }

    /// Appends a part with its mark; throws if it breaks a rule of its type that holds in every version, or contains
    /// the mark of a later part.
    public mutating func write<Value: WireValue>(
        _ value: Value?, to writer: inout LineWriter
    ) throws(ValueError) {
        guard index < parts.count else { return }
        let part = parts[index]
        if index == 0 { self.start = writer.count }
        index &+= 1
        guard let value else { return }
        writer.append(part.mark)
        let start = writer.count
        try value.write(to: &writer)
        if part.isLeading {
            try writer.requireDigits(from: start)
            writer.append(part.endMark)
            return
        }
        if start == self.start, let first = parts.first, first.isLeading {
            try writer.refuse(leadingPartFrom: start, before: first.endMark)
        }
        if let failure = writer.withSpan({ failure(of: $0.extracting(min(start, $0.count)...), part.type) }) {
            throw failure
        }
        for later in parts[index...] { try writer.refuse(later.mark, from: start) }
    }

    private func failure(of bytes: Span<UInt8>, _ type: ValueTable) -> ValueError? {
        if case .integer(let range) = type.kind { return ValueTable.failure(of: bytes, in: range) }
        guard type.isFree else { return nil }
        if bytes.isEmpty { return partsMayBeEmpty ? nil : ValueError(.empty) }
        return bytes.count > type.limit ? ValueError(.tooLong(limit: type.limit), offset: type.limit) : nil
    }
}
