/// Lines of `Name: value` that end with an empty line; names are compared without regard to case.
///
/// What was read keeps its order, its spelling, its blanks and its line ends, so that it is written as it came.
/// Printed, a block shows the names alone: values may be tickets and cookies.
public struct HeaderBlock: Hashable, Sendable, CustomStringConvertible {
    /// One line.
    public struct Field: Hashable, Sendable, CustomStringConvertible {
        /// The name as it is spelled.
        public let name: WireBytes
        /// What stands between name and value: a colon and the blanks behind it.
        public internal(set) var separator: WireBytes
        /// The value, without the blanks in front.
        public internal(set) var value: WireBytes
        /// What ends the line; nothing where the payload ends with the value.
        public internal(set) var lineEnd: WireBytes

        /// The name.
        public var description: String { name.description }
    }

    /// The lines in their order.
    public private(set) var fields: [Field] = []
    /// The empty line behind the fields; the last block of a payload may do without.
    private var end = Self.newline

    static var newline: WireBytes { WireBytes([0x0D, 0x0A]) }

    /// Makes a block without lines.
    public init() {}

    /// The names of the fields.
    public var description: String { fields.map(\.description).joined(separator: ", ") }

    /// Whether an empty line ends the block.
    public var endsWithEmptyLine: Bool {
        get { !end.isEmpty }
        set {
            guard newValue != endsWithEmptyLine else { return }
            end = newValue ? Self.newline : WireBytes()
        }
    }

    /// Reads a block from the front of some bytes and moves the position behind it.
    public init(
        reading bytes: WireBytes, at position: inout Int, limits: PayloadLimits = .default
    ) throws(PayloadError) {
        let start = position
        end = WireBytes()
        while position < bytes.count {
            let lineStart = position
            var lineFeed = position
            while lineFeed < bytes.count, bytes[lineFeed] != 0x0A {
                lineFeed += 1
                guard lineFeed - start <= limits.headerBytes else {
                    throw PayloadError(.headersTooLong(limit: limits.headerBytes), offset: lineStart)
                }
            }
            let next = min(lineFeed + 1, bytes.count)
            let hasReturn = lineFeed > lineStart && lineFeed < bytes.count && bytes[lineFeed - 1] == 0x0D
            let lineEnd = hasReturn ? lineFeed - 1 : lineFeed
            position = next
            if lineEnd == lineStart {
                end = bytes.slice(lineEnd..<next)
                return
            }
            guard fields.count < limits.headers else {
                throw PayloadError(.tooManyHeaders(limit: limits.headers), offset: lineStart)
            }
            var field = try Self.field(bytes.slice(lineStart..<lineEnd), offset: lineStart)
            field.lineEnd = bytes.slice(lineEnd..<next)
            fields.append(field)
        }
    }

    private static func field(_ line: WireBytes, offset: Int) throws(PayloadError) -> Field {
        for index in 0..<line.count where line[index] == 0x0D || line[index] == 0 {
            throw PayloadError(.forbiddenByte(line[index]), offset: offset + index)
        }
        var colon = 0
        while colon < line.count, line[colon] != 0x3A { colon += 1 }
        guard colon > 0, colon < line.count else { throw PayloadError(.malformedHeader, offset: offset) }
        var value = colon + 1
        while value < line.count, line[value] == 0x20 || line[value] == 0x09 { value += 1 }
        return Field(
            name: line.slice(0..<colon), separator: line.slice(colon..<value), value: line.slice(value..<line.count),
            lineEnd: newline)
    }

    /// The value of the first field with a name; nil if there is none.
    public func value(_ name: StaticString) -> WireBytes? {
        fields.first { Self.isSame($0.name, name) }?.value
    }

    /// The value as text; nil if there is none or it is not UTF-8.
    public func text(_ name: StaticString) -> String? {
        value(name)?.string
    }

    /// Sets the first field with a name, adds it, or removes it.
    ///
    /// A new field stands before the first one that follows it in `order`, or at the end.
    public mutating func set(_ name: StaticString, _ value: WireBytes?, order: [StaticString] = []) {
        let index = fields.firstIndex { Self.isSame($0.name, name) }
        switch (index, value) {
        case (let index?, let value?):
            if fields[index].separator.count == 1, !value.isEmpty { fields[index].separator = WireBytes(": ") }
            fields[index].value = value
        case (let index?, nil): fields.remove(at: index)
        case (nil, let value?):
            let followers = order.drop { !$0.isSame(name) }
            let place = fields.firstIndex { field in followers.contains { Self.isSame(field.name, $0) } }
            let field = Field(
                name: WireBytes("\(name)"), separator: WireBytes(": "), value: value, lineEnd: Self.newline)
            fields.insert(field, at: place ?? fields.count)
        case (nil, nil): break
        }
    }

    /// Appends the lines; throws where a value would end its line.
    public func write(to bytes: inout [UInt8]) throws(PayloadError) {
        for (index, field) in fields.enumerated() {
            for part in [field.name, field.separator, field.value] {
                let array = part.array
                if let byte = array.first(where: { $0 == 0x0D || $0 == 0x0A || $0 == 0 }) {
                    throw PayloadError(.forbiddenByte(byte), field: field.name.description)
                }
                bytes += array
            }
            let isLast = index == fields.count - 1 && end.isEmpty
            bytes += field.lineEnd.isEmpty && !isLast ? Self.newline.array : field.lineEnd.array
        }
        bytes += end.array
    }

    private static func isSame(_ name: WireBytes, _ other: StaticString) -> Bool {
        guard name.count == other.utf8CodeUnitCount else { return false }
        return other.withUTF8Buffer { wanted in
            name.withSpan { bytes in
                for index in bytes.indices where lowered(bytes[index]) != lowered(wanted[index]) { return false }
                return true
            }
        }
    }
}

extension StaticString {
    /// Whether two literals spell the same name.
    fileprivate func isSame(_ other: StaticString) -> Bool { "\(self)" == "\(other)" }
}

private func lowered(_ byte: UInt8) -> UInt8 {
    byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
}
