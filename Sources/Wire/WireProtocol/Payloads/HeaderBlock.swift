/// Lines of `Name: value` that end with an empty line; names are case-insensitive.
///
/// A block that was read keeps its order, spelling, blanks and line endings, so that it is written as it arrived. Its
/// description shows only names, because values may be tickets and cookies.
public struct HeaderBlock: Hashable, Sendable, CustomStringConvertible {
    /// One line.
    public struct Field: Hashable, Sendable, CustomStringConvertible {
        /// The name as it is spelled.
        public let name: WireBytes
        /// What separates name and value: a colon and the blanks after it.
        public internal(set) var separator: WireBytes
        /// The value, without leading blanks.
        public internal(set) var value: WireBytes
        /// The line ending; empty if the payload ends with the value.
        public let lineEnd: WireBytes

        /// The name.
        public var description: String { name.description }
    }

    /// The bytes that contain the lines.
    private(set) var text = WireBytes()
    private(set) var lines: [Line] = []
    /// The empty line after the fields; the last block of a payload may lack it.
    private(set) var end = EmptyLine.whole

    /// How an empty line is spelled.
    enum EmptyLine: UInt8, Sendable {
        case missing
        case lineFeed
        case whole

        var bytes: [UInt8] {
            switch self {
            case .missing: []
            case .lineFeed: [0x0A]
            case .whole: [0x0D, 0x0A]
            }
        }
    }

    /// Creates an empty block.
    public init() {}

    /// The lines in order.
    public var fields: [Field] { lines.map(field) }

    /// The names of the fields.
    public var description: String { lines.map { name($0).description }.joined(separator: ", ") }

    /// Whether an empty line ends the block.
    public var endsWithEmptyLine: Bool {
        get { end != .missing }
        set {
            guard newValue != endsWithEmptyLine else { return }
            end = newValue ? .whole : .missing
        }
    }

    /// Whether both have the same lines.
    public static func == (left: HeaderBlock, right: HeaderBlock) -> Bool {
        left.lines.count == right.lines.count && left.end == right.end
            && zip(left.lines, right.lines).allSatisfy { left.field($0) == right.field($1) }
    }

    /// Feeds the lines to the hasher.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(fields)
        hasher.combine(end)
    }

    /// Reads a block from a position and moves the position past it.
    public init(
        reading bytes: WireBytes, at position: inout Int, limits: PayloadLimits = .default
    ) throws(PayloadError) {
        try self.init(reading: bytes, at: &position, limits: limits, isLenient: false)
    }

    /// Reads a block from a position and moves the position past it; a lenient reader keeps lines that are no fields.
    init(
        reading bytes: WireBytes, at position: inout Int, limits: PayloadLimits, isLenient: Bool,
        hasStartLine: Bool = false
    ) throws(PayloadError) {
        text = bytes
        end = .missing
        let chunk = bytes.chunk.span.extracting(Int(bytes.start)..<Int(bytes.end))
        // Of an overlong block, only one byte too many is read.
        let longest = position &+ min(max(0, limits.headerBytes), max(0, chunk.count &- position))
        while position < chunk.count {
            let lineStart = position
            let most = min(chunk.count, max(lineStart, longest) &+ 1)
            let lineFeed = firstIndex(of: 0x0A, in: chunk, from: lineStart, to: most) ?? most
            guard lineFeed == lineStart || lineFeed <= longest else {
                throw PayloadError(.headersTooLong(limit: limits.headerBytes), offset: lineStart)
            }
            position = min(lineFeed &+ 1, chunk.count)
            let hasReturn = lineFeed > lineStart && lineFeed < chunk.count && chunk[lineFeed &- 1] == 0x0D
            let lineEnd = hasReturn ? lineFeed &- 1 : lineFeed
            if lineEnd == lineStart {
                end = hasReturn ? .whole : .lineFeed
                return
            }
            guard lines.count < limits.headers else {
                throw PayloadError(.tooManyHeaders(limit: limits.headers), offset: lineStart)
            }
            if lines.isEmpty { lines.reserveCapacity(8) }
            do throws(PayloadError) {
                let isStart = hasStartLine && lines.isEmpty
                lines.append(
                    isStart
                        ? try Line(startLine: chunk, from: lineStart, to: lineEnd, next: position)
                        : try Line(chunk, from: lineStart, to: lineEnd, next: position))
            } catch {
                guard isLenient else { throw error }
                lines.append(Line(unnamedFrom: lineStart, to: lineEnd, next: position))
            }
        }
    }

    /// Looks for lines that are no fields; the first one need not be one if the block begins with another line.
    func inspectLines(_ found: inout PayloadFindings, hasStartLine: Bool = false) {
        let chunk = text.chunk.span.extracting(Int(text.start)..<Int(text.end))
        for (index, line) in lines.enumerated() where line.colon == line.start {
            let (start, end, next) = (Int(line.start), Int(line.lineEnd), Int(line.next))
            do throws(PayloadError) {
                _ =
                    hasStartLine && index == 0
                    ? try Line(startLine: chunk, from: start, to: end, next: next)
                    : try Line(chunk, from: start, to: end, next: next)
            } catch {
                found.add(error)
            }
        }
    }

    /// The value of the first field with a name; `nil` if there is none.
    public func value(_ name: StaticString) -> WireBytes? {
        guard let index = index(of: name) else { return nil }
        return value(lines[index])
    }

    /// The value as text; `nil` if there is none or it is not UTF-8.
    public func text(_ name: StaticString) -> String? {
        value(name)?.string
    }

    /// The line before the fields, which has no name; `nil` if there is none.
    public var startLine: WireBytes? {
        get {
            guard let line = lines.first, line.colon == line.start else { return nil }
            return value(line)
        }
        set {
            var fields = fields
            if startLine != nil { fields.removeFirst() }
            if let newValue {
                let field = Field(
                    name: WireBytes(), separator: WireBytes(), value: newValue,
                    lineEnd: WireBytes(EmptyLine.whole.bytes))
                fields.insert(field, at: 0)
            }
            take(fields)
        }
    }

    /// Sets the first field with a name, adds it, or removes it.
    ///
    /// A new field is inserted before the first one that follows it in `order`, or at the end.
    public mutating func set(_ name: StaticString, _ value: WireBytes?, order: [StaticString] = []) {
        var fields = fields
        switch (index(of: name), value) {
        case (let index?, let value?):
            if fields[index].separator.count == 1, !value.isEmpty { fields[index].separator = WireBytes(": ") }
            fields[index].value = value
        case (let index?, nil): fields.remove(at: index)
        case (nil, let value?):
            let followers = order.drop { !$0.isSame(name) }
            let place = lines.firstIndex { line in followers.contains { isSame(line, $0) } }
            let field = Field(
                name: WireBytes("\(name)"), separator: WireBytes(": "), value: value,
                lineEnd: WireBytes(EmptyLine.whole.bytes))
            fields.insert(field, at: place ?? fields.count)
        case (nil, nil): return
        }
        take(fields)
    }

    /// Replaces the lines, with their own bytes.
    private mutating func take(_ fields: [Field]) {
        var bytes: [UInt8] = []
        lines.removeAll(keepingCapacity: true)
        for field in fields {
            let places = [field.name, field.separator, field.value, field.lineEnd].map { part in
                bytes += part.array
                return UInt32(clamping: bytes.count)
            }
            let start = places[0] &- UInt32(clamping: field.name.count)
            lines.append(Line(start: start, colon: places[0], value: places[1], lineEnd: places[2], next: places[3]))
        }
        text = WireBytes(bytes)
    }

    // MARK: - Parts of lines

    private func index(of name: StaticString) -> Int? {
        let length = UInt32(truncatingIfNeeded: name.utf8CodeUnitCount)
        let first = name.withUTF8Buffer { $0.first ?? 0 }
        let lines = lines.span
        for index in lines.indices {
            let line = lines[index]
            guard line.colon &- line.start == length, (text[Int(line.start)] ^ first) & 0xDF == 0 else { continue }
            if isSame(line, name) { return index }
        }
        return nil
    }

    private func name(_ line: Line) -> WireBytes { text.slice(Int(line.start)..<Int(line.colon)) }

    private func value(_ line: Line) -> WireBytes { text.slice(Int(line.value)..<Int(line.lineEnd)) }

    func field(_ line: Line) -> Field {
        Field(
            name: name(line), separator: text.slice(Int(line.colon)..<Int(line.value)), value: value(line),
            lineEnd: text.slice(Int(line.lineEnd)..<Int(line.next)))
    }

    private func isSame(_ line: Line, _ name: StaticString) -> Bool {
        let start = Int(line.start)
        let end = Int(line.colon)
        return end &- start == name.utf8CodeUnitCount && text.isSame(from: start, to: end, name)
    }
}

extension WireBytes {
    /// Whether the bytes between two positions are a name, ignoring the case of A to Z.
    func isSame(from start: Int, to end: Int, _ name: StaticString) -> Bool {
        withSpan { bytes in
            guard start >= 0, start <= end, end <= bytes.count else { return false }
            return name.withUTF8Buffer { wanted in
                guard wanted.count == end &- start else { return false }
                let wanted = UnsafeRawBufferPointer(wanted)
                return bytes.extracting(start..<end).withUnsafeBytes { bytes in
                    var index = 0
                    while index < wanted.count {
                        let left = ByteBlock(bytes, at: index)
                        let right = ByteBlock(wanted, at: index)
                        guard left.value == right.value || left.lowered == right.lowered else { return false }
                        index &+= 8
                    }
                    return true
                }
            }
        }
    }
}

extension StaticString {
    /// Whether two literals spell the same name.
    func isSame(_ other: StaticString) -> Bool {
        withUTF8Buffer { bytes in other.withUTF8Buffer { bytes.elementsEqual($0) } }
    }
}

extension HeaderBlock {
    /// The positions of the parts of a line.
    struct Line: Sendable {
        let start: UInt32
        let colon: UInt32
        let value: UInt32
        let lineEnd: UInt32
        let next: UInt32
    }
}

extension HeaderBlock.Line {
    /// A line that is no field: all of it is the value of a field without a name.
    fileprivate init(unnamedFrom start: Int, to end: Int, next: Int) {
        let start = UInt32(truncatingIfNeeded: start)
        self.init(
            start: start, colon: start, value: start, lineEnd: UInt32(truncatingIfNeeded: end),
            next: UInt32(truncatingIfNeeded: next))
    }

    /// Takes a line before the fields; throws on a byte that no line may contain.
    fileprivate init(startLine bytes: Span<UInt8>, from start: Int, to end: Int, next: Int) throws(PayloadError) {
        try Self.check(bytes, from: start, to: end)
        self.init(unnamedFrom: start, to: end, next: next)
    }

    /// Throws on a byte that no line may contain.
    @inline(__always)
    private static func check(_ bytes: Span<UInt8>, from start: Int, to end: Int) throws(PayloadError) {
        let carriageReturn = firstIndex(of: 0x0D, in: bytes, from: start, to: end) ?? end
        let forbidden = firstIndex(of: 0, in: bytes, from: start, to: carriageReturn) ?? carriageReturn
        guard forbidden == end else { throw PayloadError(.forbiddenByte(bytes[forbidden]), offset: forbidden) }
    }

    /// Finds the parts of a line; throws on a byte that no line may contain, or if there is no name.
    @inline(__always)
    fileprivate init(_ bytes: Span<UInt8>, from start: Int, to end: Int, next: Int) throws(PayloadError) {
        try Self.check(bytes, from: start, to: end)
        let colon = firstIndex(of: 0x3A, in: bytes, from: start, to: end) ?? start
        guard colon > start else { throw PayloadError(.malformedHeader, offset: start) }
        var value = colon &+ 1
        while value < end, bytes[value] == 0x20 || bytes[value] == 0x09 { value &+= 1 }
        self.init(
            start: UInt32(truncatingIfNeeded: start), colon: UInt32(truncatingIfNeeded: colon),
            value: UInt32(truncatingIfNeeded: value), lineEnd: UInt32(truncatingIfNeeded: end),
            next: UInt32(truncatingIfNeeded: next))
    }
}
