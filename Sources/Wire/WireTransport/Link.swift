#if Network
import NIOCore

/// An open TCP connection; it carries bytes and knows nothing about commands.
public struct Link: Sendable {
    /// The received bytes; slow readers get back-pressure.
    public let inbound: LinkBytes
    /// The writing end.
    public let outbound: LinkWriter
    /// The local address, on connections of a listener.
    public let localHost: String?
    /// The address of the peer.
    public let remoteHost: String?

    init(
        inbound: NIOAsyncChannelInboundStream<ByteBuffer>, outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>,
        channel: any Channel, localHost: String? = nil, remoteHost: String? = nil
    ) {
        self.localHost = localHost
        self.remoteHost = remoteHost
        self.inbound = LinkBytes(stream: inbound)
        self.outbound = LinkWriter(writer: outbound, channel: channel)
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
    let channel: any Channel

    /// Writes all bytes, in call order.
    public func write(_ bytes: [UInt8]) async throws(TransportError) {
        guard !bytes.isEmpty else { return }
        do {
            try await writer.write(channel.allocator.buffer(bytes: bytes))
        } catch {
            throw TransportError.closed(reason: "\(error)")
        }
    }

    /// Tells the peer that nothing more will come; what the peer sends still arrives. Without
    /// `TransportLimits.allowsHalfClosure` it does nothing.
    public func finish() { writer.finish() }

    /// Waits until the system has taken what was written, which closing the connection would lose; cancelling the task
    /// closes the connection.
    public func flush() async throws(TransportError) {
        try await channel.deliver(ByteBuffer())
    }
}

extension Channel {
    /// Writes a part and waits until the system has taken it; cancelling the task closes the channel.
    package func deliver(_ part: some Sendable) async throws(TransportError) {
        do {
            try await withTaskCancellationHandler {
                try await writeAndFlush(part).get()
            } onCancel: {
                close(promise: nil)
            }
        } catch {
            throw TransportError.closed(reason: "\(error)")
        }
    }
}
#endif
