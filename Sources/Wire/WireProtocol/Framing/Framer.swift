/// Cuts a stream of bytes into frames; the same frames and errors come out however the stream was split.
public struct Framer<Table: FramingTable>: Sendable {
    /// The rules of the commands; it may be changed between two calls of `next()`.
    public var table: Table
    @usableFromInline var buffer: FrameBuffer

    /// Creates a framer with no input.
    @inlinable
    public init(table: Table, limits: WireLimits = .default) {
        self.table = table
        buffer = FrameBuffer(limits: limits)
    }

    /// The count of bytes held that no frame has used yet.
    @inlinable public var bufferedBytes: Int { buffer.bufferedBytes }

    /// Adds input; the array is used without a copy when nothing is held.
    @inlinable
    public mutating func append(_ bytes: [UInt8]) { buffer.append(bytes) }

    /// Adds a copy of the input.
    @inlinable
    public mutating func append(_ bytes: Span<UInt8>) { buffer.append(bytes) }

    /// The next frame, or `nil` when more input is needed; after an error the next call goes on with the next line.
    @inlinable
    public mutating func next() throws(FramingError) -> Frame? {
        if !buffer.isWaiting {
            guard try buffer.findLine() else { return nil }
            try buffer.readLength(table.rule(for: buffer.command))
        }
        return try buffer.takeFrame()
    }
}
