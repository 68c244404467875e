/// Reads the parts of a composite word such as `host:port`, front to back.
public struct CompositeReader {
    private let wire: WireBytes
    private var position = 0

    /// Starts at the front of a word.
    public init(_ wire: WireBytes) {
        self.wire = wire
    }

    /// The bytes of a part that must be there; they end where one of `before` or a further mark follows.
    public mutating func required(
        after: StaticString, before: StaticString = "", _ second: StaticString = "", _ third: StaticString = "",
        _ fourth: StaticString = ""
    ) throws(ValueError) -> WireBytes {
        guard let part = optional(after: after, before: before, second, third, fourth) else {
            throw ValueError(.badShape(expected: "'\(after)' and what follows it"), offset: position)
        }
        return part
    }

    /// The bytes of a part that may be there.
    public mutating func optional(
        after: StaticString, before: StaticString = "", _ second: StaticString = "", _ third: StaticString = "",
        _ fourth: StaticString = ""
    ) -> WireBytes? {
        let start = position &+ after.utf8CodeUnitCount
        let end = wire.withSpan { bytes -> Int? in
            let rest = bytes.extracting(position..<bytes.count)
            guard rest.begins(with: after), position == 0 || !rest.isEmpty else { return nil }
            var end = bytes.count
            CompositeReader.cut(bytes, from: start, before: before, &end)
            CompositeReader.cut(bytes, from: start, before: second, &end)
            CompositeReader.cut(bytes, from: start, before: third, &end)
            CompositeReader.cut(bytes, from: start, before: fourth, &end)
            return end
        }
        guard let end else { return nil }
        position = end
        return wire.slice(start..<end)
    }

    /// The bytes of a part that must be there; they end where one of many marks follows.
    public mutating func required(after: StaticString, before marks: [StaticString]) throws(ValueError) -> WireBytes {
        guard let part = optional(after: after, before: marks) else {
            throw ValueError(.badShape(expected: "'\(after)' and what follows it"), offset: position)
        }
        return part
    }

    /// The bytes of a part that may be there; they end where one of many marks follows.
    public mutating func optional(after: StaticString, before marks: [StaticString]) -> WireBytes? {
        let before = position
        guard let part = optional(after: after) else { return nil }
        let end = part.withSpan { bytes in
            var end = bytes.count
            for mark in marks { CompositeReader.cut(bytes, from: 0, before: mark, &end) }
            return end
        }
        position = before &+ after.utf8CodeUnitCount &+ end
        return part.slice(0..<end)
    }

    /// Throws if the word goes on.
    public func end() throws(ValueError) {
        if position < wire.count { throw ValueError(.badShape(expected: "the end of the value"), offset: position) }
    }

    /// Moves the end to where a mark stands first; an empty mark stands nowhere.
    private static func cut(_ bytes: Span<UInt8>, from start: Int, before mark: StaticString, _ end: inout Int) {
        guard mark.utf8CodeUnitCount > 0 else { return }
        let first = mark.withUTF8Buffer { $0.first ?? 0 }
        var index = start
        while let found = firstIndex(of: first, in: bytes.extracting(..<end), from: index) {
            if bytes.extracting(found..<bytes.count).begins(with: mark) {
                end = found
                return
            }
            index = found &+ 1
        }
    }
}
