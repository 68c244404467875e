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

    static let newline = WireBytes([0x0D, 0x0A])

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
            let isLong = bytes.count - start > limits.headerBytes
            let most = isLong ? max(position, start + max(0, limits.headerBytes)) + 1 : bytes.count
            let lineFeed = bytes.firstIndex(of: 0x0A, from: position, to: most) ?? most
            guard lineFeed == position || lineFeed - start <= limits.headerBytes else {
                throw PayloadError(.headersTooLong(limit: limits.headerBytes), offset: lineStart)
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
        let carriageReturn = line.firstIndex(of: 0x0D, from: 0, to: line.count) ?? line.count
        let null = line.firstIndex(of: 0, from: 0, to: line.count) ?? line.count
        let forbidden = min(carriageReturn, null)
        if forbidden < line.count {
            throw PayloadError(.forbiddenByte(line[forbidden]), offset: offset + forbidden)
        }
        let colon = line.firstIndex(of: 0x3A, from: 0, to: line.count) ?? 0
        guard colon > 0 else { throw PayloadError(.malformedHeader, offset: offset) }
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

    /// The bytes of blocks and of what follows them; an empty line ends each block that something follows.
    public static func bytes(
        of blocks: HeaderBlock..., followedBy body: WireBytes
    ) throws(PayloadError) -> [UInt8] {
        var bytes: [UInt8] = []
        for (index, block) in blocks.enumerated() {
            let isFollowed = !body.isEmpty || blocks[(index + 1)...].contains { !$0.fields.isEmpty || !$0.end.isEmpty }
            try block.write(to: &bytes, isFollowed: isFollowed)
        }
        return bytes + body.array
    }

    /// Appends the lines, and an empty one where something follows; throws where a value would not stay one.
    private func write(to bytes: inout [UInt8], isFollowed: Bool) throws(PayloadError) {
        let end = isFollowed && end.isEmpty ? Self.newline : end
        for (index, field) in fields.enumerated() {
            for part in [field.name, field.separator, field.value] {
                let array = part.array
                if let byte = array.first(where: { $0 == 0x0D || $0 == 0x0A || $0 == 0 }) {
                    throw PayloadError(.forbiddenByte(byte), field: field.name.description)
                }
                bytes += array
            }
            // A reader would take it for a blank in front of the value.
            if let byte = field.value.array.first, byte == 0x20 || byte == 0x09 {
                throw PayloadError(.forbiddenByte(byte), field: field.name.description)
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
