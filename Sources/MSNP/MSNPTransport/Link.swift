import NIOCore

/// One open TCP connection: pieces of bytes in, bytes out. Nothing here knows a command.
public struct Link: Sendable {
    /// The pieces that arrive, paced by whoever reads them.
    public let inbound: LinkBytes
    /// The way out.
    public let outbound: LinkWriter
    /// The address of this end; known to a listener.
    public let localHost: String?

    /// Wraps the two halves of an asynchronous channel.
    init(
        inbound: NIOAsyncChannelInboundStream<ByteBuffer>, outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>,
        allocator: ByteBufferAllocator, localHost: String? = nil
    ) {
        self.localHost = localHost
        self.inbound = LinkBytes(stream: inbound)
        self.outbound = LinkWriter(writer: outbound, allocator: allocator)
    }
}

/// The bytes that arrive on a link; reading stops at the socket while nobody asks for the next piece.
public struct LinkBytes: AsyncSequence, Sendable {
    /// A piece of bytes, cut wherever the network cut it.
    public typealias Element = [UInt8]
    /// The channel's side of the sequence.
    let stream: NIOAsyncChannelInboundStream<ByteBuffer>

    /// Takes piece after piece.
    public struct AsyncIterator: AsyncIteratorProtocol {
        /// The channel's iterator.
        var base: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator

        /// The next piece, or nil once the peer has closed.
        public mutating func next() async throws -> [UInt8]? {
            guard let buffer = try await base.next() else { return nil }
            return Array(buffer.readableBytesView)
        }
    }

    /// Begins reading; a link is read once.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(base: stream.makeAsyncIterator())
    }
}

/// Writes to a link; waits while the peer does not read.
public struct LinkWriter: Sendable {
    /// The channel's side.
    let writer: NIOAsyncChannelOutboundWriter<ByteBuffer>
    /// Makes the buffers.
    let allocator: ByteBufferAllocator

    /// Writes all of the bytes, in the order of the calls.
    public func write(_ bytes: [UInt8]) async throws(TransportError) {
        guard !bytes.isEmpty else { return }
        do {
            try await writer.write(allocator.buffer(bytes: bytes))
        } catch {
            throw TransportError.closed(reason: "\(error)")
        }
    }
}
