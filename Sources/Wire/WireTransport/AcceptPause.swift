#if Network
import NIOCore
import NIOPosix

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// Stops accepting while the process has few descriptors left, or the system no memory: until a connection closes, or a
/// while has passed.
///
/// A port with a waiting connection stays ready, and NIO tries again at once unless automatic reading is off. This also
/// keeps errors of single connections from ending the listener.
final class AcceptPause: ChannelDuplexHandler {
    typealias InboundIn = any Channel
    typealias InboundOut = any Channel
    typealias OutboundIn = Never

    /// The time after which to try again.
    static let time = TimeAmount.seconds(1)

    /// Runs during a pause.
    private var timer: Scheduled<Void>?

    func read(context: ChannelHandlerContext) {
        if timer == nil { context.read() }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let connection = unwrapInboundIn(data)
        connection.closeFuture.hop(to: context.eventLoop).assumeIsolated().whenComplete { _ in self.resume(context) }
        context.fireChannelRead(data)
        if FileDescriptors.areFew { pause(context) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch (error as? IOError)?.errnoCode {
        case EMFILE, ENFILE, ENOBUFS, ENOMEM: pause(context)
        case ECONNABORTED: return
        default:
            if !(error is NIOFcntlFailedError) { context.fireErrorCaught(error) }
        }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        timer?.cancel()
        timer = nil
    }

    private func pause(_ context: ChannelHandlerContext) {
        guard timer == nil else { return }
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: Self.time) { self.resume(context) }
        try? context.channel.syncOptions?.setOption(.autoRead, value: false)
    }

    /// Ends a pause; turning automatic reading on reads at once.
    private func resume(_ context: ChannelHandlerContext) {
        guard let timer else { return }
        timer.cancel()
        self.timer = nil
        if FileDescriptors.areFew { return pause(context) }
        try? context.channel.syncOptions?.setOption(.autoRead, value: true)
    }
}
#endif
