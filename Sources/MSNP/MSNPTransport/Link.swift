import NIOCore

/// An open TCP connection; it carries bytes and knows nothing about commands.
public struct Link: Sendable {
    /// The received bytes; slow readers get back-pressure.
    public let inbound: LinkBytes
    /// The writing end.
    public let outbound: LinkWriter
    /// The local address, on connections of a listener.
    public let localHost: String?
    /// The address of the peer, on connections of a listener.
    public let remoteHost: String?

    init(
        inbound: NIOAsyncChannelInboundStream<ByteBuffer>, outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>,
        allocator: ByteBufferAllocator, localHost: String? = nil, remoteHost: String? = nil
    ) {
        self.localHost = localHost
        self.remoteHost = remoteHost
        self.inbound = LinkBytes(stream: inbound)
        self.outbound = LinkWriter(writer: outbound, allocator: allocator)
    }
}

/// The bytes that arrive on a link; the socket is not read while nobody asks for the next piece.
public struct LinkBytes: AsyncSequence, Sendable {
    /// Bytes, split wherever the network split them.
    public typealias Element = [UInt8]
    let stream: NIOAsyncChannelInboundStream<ByteBuffer>

    /// Iterates over the pieces.
    public struct AsyncIterator: AsyncIteratorProtocol {
        var base: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator

        /// The next piece, or nil once the peer has closed the connection.
        public mutating func next() async throws -> [UInt8]? {
            guard let buffer = try await base.next() else { return nil }
            return Array(buffer.readableBytesView)
        }
    }

    /// Creates an iterator; iterate only once.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(base: stream.makeAsyncIterator())
    }
}

/// Writes to a link; waits while the peer is not reading.
public struct LinkWriter: Sendable {
    let writer: NIOAsyncChannelOutboundWriter<ByteBuffer>
    let allocator: ByteBufferAllocator

    /// Writes all bytes, in call order.
    public func write(_ bytes: [UInt8]) async throws(TransportError) {
        guard !bytes.isEmpty else { return }
        do {
            try await writer.write(allocator.buffer(bytes: bytes))
        } catch {
            throw TransportError.closed(reason: "\(error)")
        }
    }
}
