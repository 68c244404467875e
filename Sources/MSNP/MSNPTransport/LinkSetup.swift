import NIOCore

/// Prepares the channel of a connection, the same way for both ends.
enum LinkSetup {
    /// Prepares a channel as soon as it is made.
    static func prepare(
        _ channel: any Channel, limits: TransportLimits
    ) -> EventLoopFuture<NIOAsyncChannel<ByteBuffer, ByteBuffer>> {
        channel.eventLoop.makeCompletedFuture {
            try wrap(channel, limits: limits)
        }
    }

    /// Sets fixed-size reads and watermarks, and wraps the channel for async code; on its event loop.
    static func wrap(
        _ channel: any Channel, limits: TransportLimits
    ) throws -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
        try channel.syncOptions?.setOption(
            .recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: limits.readSize))
        try channel.syncOptions?.setOption(.maxMessagesPerRead, value: 1)
        return try NIOAsyncChannel(
            wrappingChannelSynchronously: channel,
            configuration: .init(
                backPressureStrategy: .init(lowWatermark: limits.lowWatermark, highWatermark: limits.highWatermark),
                inboundType: ByteBuffer.self, outboundType: ByteBuffer.self))
    }
}
