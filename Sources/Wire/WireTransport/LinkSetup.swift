#if Network
import NIOCore

/// Configures the channel of a connection, identically for both ends.
enum LinkSetup {
    /// Sets what the system keeps for a channel, and what an end of its peer means; call it on the channel's event loop
    /// before the channel is connected, since an end is noticed even while nobody reads.
    static func bound(_ channel: any Channel, limits: TransportLimits) throws {
        for (option, size) in [(NIOBSDSocket.Option.so_sndbuf, limits.sendBuffer), (.so_rcvbuf, limits.receiveBuffer)] {
            if let size { try channel.syncOptions?.setOption(.socketOption(option), value: Int(size)) }
        }
        if limits.allowsHalfClosure { try channel.syncOptions?.setOption(.allowRemoteHalfClosure, value: true) }
    }

    /// Sets fixed-size reads and watermarks, and wraps the channel for async code; call it on the channel's event loop.
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
                isOutboundHalfClosureEnabled: limits.allowsHalfClosure,
                inboundType: ByteBuffer.self, outboundType: ByteBuffer.self))
    }
}
#endif
