/// Reads the parts of a composite word such as `host:port`, front to back.
public struct CompositeReader {
    private let wire: WireBytes
    private var position = 0

    /// Starts at the front of a word.
    public init(_ wire: WireBytes) {
        self.wire = wire
    }

    /// The bytes of a part that must be there; they end where one of `before` follows.
    public mutating func required(after: StaticString, before: StaticString...) throws(ValueError) -> WireBytes {
        guard let part = take(after, before) else {
            throw ValueError(.badShape(expected: "'\(after)' and what follows it"), offset: position)
        }
        return part
    }

    /// The bytes of a part that may be there.
    public mutating func optional(after: StaticString, before: StaticString...) -> WireBytes? {
        take(after, before)
    }

    /// Throws if the word goes on.
    public func end() throws(ValueError) {
        if position < wire.count { throw ValueError(.badShape(expected: "the end of the value"), offset: position) }
    }

    private mutating func take(_ after: StaticString, _ before: [StaticString]) -> WireBytes? {
        let rest = wire.slice(position..<wire.count)
        guard rest.hasPrefix(after), position == 0 || !rest.isEmpty else { return nil }
        let start = position + after.utf8CodeUnitCount
        var end = wire.count
        for mark in before where mark.utf8CodeUnitCount > 0 {
            var index = start
            while index < end {
                if wire.slice(index..<wire.count).hasPrefix(mark) {
                    end = index
                    break
                }
                index += 1
            }
        }
        position = end
        return wire.slice(start..<end)
    }
}
