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
        let part = parts[index]
        let mark = part.mark
        index &+= 1
        if part.isLeading {
            guard let end = Self.leadingEnd(in: bytes, before: part.endMark) else { return nil }
            position = end &+ part.endMark.utf8CodeUnitCount
            return 0..<end
        }
        let rest = bytes.extracting(position...)
        guard rest.begins(with: mark), position == 0 || !rest.isEmpty || mark.utf8CodeUnitCount == 0 else { return nil }
        let start = position &+ mark.utf8CodeUnitCount
        var end = bytes.count
        for later in parts[index...] { Self.cut(bytes, from: start, before: later.mark, &end) }
        position = end
        return start..<end
    }

    /// Skips a part.
    mutating func skip() { index &+= 1 }

    /// The end of the digits at the beginning of a word, if a mark follows them.
    static func leadingEnd(in bytes: Span<UInt8>, before mark: StaticString) -> Int? {
        var end = 0
        while end < bytes.count, bytes[end] &- 0x30 <= 9 { end &+= 1 }
        return end > 0 && bytes.extracting(end...).begins(with: mark) ? end : nil
    }

    /// Moves the end to the first position of a mark; an empty mark never occurs.
    private static func cut(_ bytes: Span<UInt8>, from start: Int, before mark: StaticString, _ end: inout Int) {
        if let place = place(of: mark, in: bytes, from: start, to: end) { end = place }
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

/// The parts of a composite word in order, for the type that consists of them.
public struct CompositeParts {
    private let wire: WireBytes
    private var reader: CompositeReader

    /// Starts at the beginning of a word of a composite type.
    public init(_ wire: WireBytes, _ table: ValueTable) {
        self.wire = wire
        if case .composite(let parts, _) = table.kind {
            reader = CompositeReader(parts)
        } else {
            reader = CompositeReader([])
        }
    }

    /// The value of the next part; the value of empty bytes if it is missing.
    public mutating func value<Value: WireValue>() -> Value { Value(checked: next() ?? WireBytes()) }

    /// The value of the next part; `nil` if it is missing.
    public mutating func optional<Value: WireValue>() -> Value? { next().map { Value(checked: $0) } }

    /// The bytes of the next part; `nil` if it is missing.
    mutating func next() -> WireBytes? {
        let range = wire.withSpan { reader.next(in: $0) }
        return range.map { wire.slice($0) }
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
