import NIOCore
import NIOPosix

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Stops accepting while the system has no descriptors or memory left: until a connection closes, or a while has passed.
///
/// Without it, a port with a waiting connection is ready to be read, and failing to read it leaves it ready. It also
/// keeps the errors of single connections from ending the listener.
final class AcceptPause: ChannelDuplexHandler {
    typealias InboundIn = any Channel
    typealias InboundOut = any Channel
    typealias OutboundIn = Never

    /// The time after which to try again.
    static let time = TimeAmount.seconds(1)

    private var timer: Scheduled<Void>?
    /// Whether somebody wants to read when the pause ends.
    private var isReadDue = false

    func read(context: ChannelHandlerContext) {
        if timer == nil { context.read() } else { isReadDue = true }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let connection = unwrapInboundIn(data)
        connection.closeFuture.hop(to: context.eventLoop).assumeIsolated().whenComplete { _ in self.resume(context) }
        context.fireChannelRead(data)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch (error as? IOError)?.errnoCode {
        case EMFILE, ENFILE, ENOBUFS, ENOMEM:
            guard timer == nil else { return }
            timer = context.eventLoop.assumeIsolated().scheduleTask(in: Self.time) { self.resume(context) }
        case ECONNABORTED: return
        default:
            if !(error is NIOFcntlFailedError) { context.fireErrorCaught(error) }
        }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        timer?.cancel()
        timer = nil
    }

    private func resume(_ context: ChannelHandlerContext) {
        guard let timer else { return }
        timer.cancel()
        self.timer = nil
        guard isReadDue else { return }
        isReadDue = false
        context.read()
    }
}
