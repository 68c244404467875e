import NIOCore

/// Prepares the channel of a connection, the same way for both ends.
enum LinkSetup {
    /// Sets fixed-size reads and watermarks, and wraps the channel for async code.
    static func prepare(
        _ channel: any Channel, limits: TransportLimits
    ) -> EventLoopFuture<NIOAsyncChannel<ByteBuffer, ByteBuffer>> {
        channel.eventLoop.makeCompletedFuture {
            try channel.syncOptions?.setOption(
                .recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: limits.readSize))
            try channel.syncOptions?.setOption(.maxMessagesPerRead, value: 1)
            return try NIOAsyncChannel(
                wrappingChannelSynchronously: channel,
                configuration: .init(
                    backPressureStrategy: .init(
                        lowWatermark: limits.lowWatermark, highWatermark: limits.highWatermark),
                    inboundType: ByteBuffer.self, outboundType: ByteBuffer.self))
        }
    }
}
