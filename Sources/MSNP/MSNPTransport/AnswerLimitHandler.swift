#if Network
import NIOCore
import WireTransport

/// Ends an exchange in which too many bytes come, whatever they are.
///
/// The parser that follows bounds a block of headers, but neither the number of interim answers, which it drops, nor what
/// stands beside the sizes of chunks.
final class AnswerLimitHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let limit: Int
    private var count = 0

    init(limit: Int) { self.limit = limit }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard count <= limit else { return }
        count += unwrapInboundIn(data).readableBytes
        if count <= limit { return context.fireChannelRead(data) }
        context.fireErrorCaught(TransportError.answerTooLong(limit: limit))
        context.close(promise: nil)
    }
}
#endif
