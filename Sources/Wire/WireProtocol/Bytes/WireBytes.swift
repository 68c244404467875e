/// A range of a shared, immutable chunk of bytes; two are equal if their bytes are, whatever the chunk.
public struct WireBytes: Hashable, Sendable, CustomStringConvertible {
    @usableFromInline let chunk: [UInt8]
    @usableFromInline let start: UInt32
    @usableFromInline let end: UInt32

    /// Creates an empty range.
    @inlinable
    public init() {
        chunk = []
        start = 0
        end = 0
    }

    /// Creates the bytes of an array without copying them; bytes past 4294967295 are left out.
    @inlinable
    public init(_ bytes: [UInt8]) {
        chunk = bytes
        start = 0
        end = UInt32(clamping: bytes.count)
    }

    /// Creates the UTF-8 bytes of a text.
    @inlinable
    public init(_ text: String) { self.init(Array(text.utf8)) }

    /// Creates a range of a chunk without copying it; the range is clamped to the chunk.
    @inlinable
    public init(chunk: [UInt8], range: Range<Int>) {
        let cut = range.clamped(to: 0..<chunk.count)
        self.chunk = chunk
        start = UInt32(clamping: cut.lowerBound)
        end = UInt32(clamping: cut.upperBound)
    }

    /// Creates the bytes between two positions of a chunk without copying them; empty if there are no such positions.
    @inlinable
    init(chunk: [UInt8], from start: Int, to end: Int) {
        let isWithin = start >= 0 && start <= end && end <= chunk.count && end <= Int(UInt32.max)
        self.chunk = chunk
        self.start = isWithin ? UInt32(truncatingIfNeeded: start) : 0
        self.end = isWithin ? UInt32(truncatingIfNeeded: end) : 0
    }

    /// Creates the bytes between two positions within the chunk.
    @inlinable
    init(within chunk: [UInt8], start: UInt32, end: UInt32) {
        self.chunk = chunk
        self.start = start
        self.end = end
    }

    /// The number of bytes.
    @inlinable public var count: Int { Int(end) &- Int(start) }

    /// Whether there are no bytes.
    @inlinable public var isEmpty: Bool { start == end }

    /// The byte at an index from 0; the caller keeps the index below `count`.
    @inlinable
    public subscript(index: Int) -> UInt8 {
        precondition(index >= 0 && index < count, "WireBytes index out of range")
        return chunk[Int(start) &+ index]
    }

    /// The bytes of a range counted from 0, without copying them; the range is clamped to the bytes.
    @inlinable
    public func slice(_ range: Range<Int>) -> WireBytes {
        let first = min(max(range.lowerBound, 0), count)
        let last = min(max(range.upperBound, first), count)
        return WireBytes(
            within: chunk, start: start &+ UInt32(truncatingIfNeeded: first),
            end: start &+ UInt32(truncatingIfNeeded: last))
    }

    /// The first index of a byte between two positions, counted from 0; `nil` if it does not occur.
    func firstIndex(of byte: UInt8, from first: Int, to last: Int) -> Int? {
        let base = Int(start)
        guard first >= 0, last <= count else { return nil }
        let found = WireProtocol.firstIndex(of: byte, in: chunk.span, from: base &+ first, to: base &+ last)
        return found.map { $0 &- base }
    }

    /// A copy of the bytes as an array.
    public var array: [UInt8] {
        start == 0 && Int(end) == chunk.count ? chunk : Array(chunk[Int(start)..<Int(end)])
    }

    /// The same bytes in their own chunk, so that a few bytes do not keep a large chunk alive.
    public func detached() -> WireBytes { count == chunk.count ? self : WireBytes(array) }

    /// Calls the body with a view of the bytes without copying them; rethrows its errors.
    @inlinable
    public func withSpan<Result, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(chunk.span.extracting(Int(start)..<Int(end)))
    }

    /// The bytes as text; `nil` unless they are valid UTF-8.
    public var string: String? {
        do throws(UTF8.ValidationError) {
            return String(copying: try UTF8Span(validating: chunk.span.extracting(Int(start)..<Int(end))))
        } catch {
            return nil
        }
    }

    /// The bytes as text, with U+FFFD for invalid UTF-8.
    public var description: String {
        withSpan { bytes in
            bytes.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
        }
    }

    /// Whether both hold the same bytes.
    public static func == (left: WireBytes, right: WireBytes) -> Bool {
        guard left.count == right.count else { return false }
        return left.withSpan { first in
            right.withSpan { second in
                first.withUnsafeBytes { first in
                    second.withUnsafeBytes { second in first.elementsEqual(second) }
                }
            }
        }
    }

    /// Feeds the bytes to the hasher.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(count)
        withSpan { bytes in
            bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
        }
    }

    /// Whether the bytes equal those of a literal.
    public func equals(_ literal: StaticString) -> Bool {
        count == literal.utf8CodeUnitCount && hasPrefix(literal)
    }

    /// Whether the bytes begin with a literal.
    public func hasPrefix(_ literal: StaticString) -> Bool { withSpan { $0.begins(with: literal) } }

    /// Whether there are bytes, and none of them is in a literal.
    public func containsNone(of marks: StaticString) -> Bool {
        guard !isEmpty else { return false }
        return chunk.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return true }
            return marks.withUTF8Buffer { marks in
                stride(from: 0, to: marks.count, by: 2).allSatisfy { index in
                    let other = marks[min(index + 1, marks.count - 1)]
                    return quickLacks(marks[index], other, base, Int(start), Int(end), room: bytes.count)
                }
            }
        }
    }

    /// Whether the bytes end with a literal.
    public func hasSuffix(_ literal: StaticString) -> Bool {
        let length = literal.utf8CodeUnitCount
        return count >= length && withSpan { $0.extracting(last: length).begins(with: literal) }
    }

    /// One to eight bytes as a number, the first byte highest; `nil` for another count or a first byte of 0.
    public var packed: UInt64? { packedWord(chunk.span, from: Int(start), to: Int(end)) }
}

extension Span<UInt8> {
    /// Whether the bytes begin with a literal.
    func begins(with literal: StaticString) -> Bool {
        literal.withUTF8Buffer { wanted in
            guard count >= wanted.count else { return false }
            for index in wanted.indices where self[index] != wanted[index] { return false }
            return true
        }
    }
}
