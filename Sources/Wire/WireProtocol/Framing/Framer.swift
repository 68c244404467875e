/// Splits a stream of bytes into frames; however the input is cut, the frames and errors are the same.
public struct Framer<Table: FramingTable>: Sendable {
    /// The rules of the commands; they may change between two calls of `next()`.
    public var table: Table
    @usableFromInline var buffer: FrameBuffer

    /// Creates a framer without input.
    @inlinable
    public init(table: Table, limits: WireLimits = .default) {
        self.table = table
        buffer = FrameBuffer(limits: limits)
    }

    /// The number of buffered bytes that no frame has used yet.
    @inlinable public var bufferedBytes: Int { buffer.bufferedBytes }

    /// Adds input; the array is not copied if the buffer is empty.
    @inlinable
    public mutating func append(_ bytes: [UInt8]) { buffer.append(bytes) }

    /// Adds a copy of the input.
    @inlinable
    public mutating func append(_ bytes: Span<UInt8>) { buffer.append(bytes) }

    /// The next frame, or `nil` if more input is needed; after an error, the next call continues with the next line.
    @inlinable
    public mutating func next() throws(FramingError) -> Frame? {
        if !buffer.isWaiting {
            guard try buffer.findLine() else { return nil }
            try buffer.readLength(table.rule(for: buffer.command))
        }
        return try buffer.takeFrame()
    }
}
