#if Network
import NIOCore
import NIOHTTP1
import WireTransport

/// The server's end of an HTTP connection: reads one request, with a bounded body, and writes one answer.
///
/// What comes after the request is dropped, right or wrong: the answer does not depend on the pieces that bytes come in.
final class HTTPServerHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPRequest
    typealias OutboundIn = HTTPResponse
    typealias OutboundOut = HTTPServerResponsePart

    /// The longest body, in bytes.
    private let bodyLimit: Int
    private var head: HTTPRequestHead?
    private var body: [UInt8] = []
    /// Whether the request is complete or refused.
    private var isDone = false

    private init(bodyLimit: Int) { self.bodyLimit = bodyLimit }

    /// Adds the handlers of a server to a channel.
    static func add(to channel: any Channel, bodyLimit: Int) throws {
        try channel.pipeline.syncOperations.addHandlers(
            HTTPResponseEncoder(),
            ByteToMessageHandler(
                HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes, limitConfiguration: HTTPLimits.headers),
                maximumBufferSize: HTTPLimits.unreadBytes),
            NIOHTTPResponseHeadersValidator(), HTTPServerHandler(bodyLimit: bodyLimit))
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isDone else { return }
        switch unwrapInboundIn(data) {
        case .head(let next): head = next
        case .body(let bytes):
            guard bytes.readableBytes <= bodyLimit - body.count else { return refuse(413, context) }
            body += bytes.readableBytesView
        case .end:
            guard let head else { return }
            isDone = true
            let request = HTTPRequest(
                method: head.method.rawValue, path: head.uri, headers: head.headers.map { ($0.name, $0.value) },
                body: body, remoteHost: context.channel.remoteAddress?.ipAddress,
                localHost: context.channel.localAddress?.ipAddress)
            body = []
            context.fireChannelRead(wrapInboundOut(request))
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard !isDone else { return }
        let isPeer = error is HTTPParserError || error is ByteToMessageDecoderError.PayloadTooLargeError
        isPeer ? refuse(400, context) : context.fireErrorCaught(error)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        write(unwrapOutboundIn(data), context, promise)
    }

    /// Answers what is no request, and ends the connection.
    private func refuse(_ status: Int, _ context: ChannelHandlerContext) {
        isDone = true
        body = []
        write(HTTPResponse(status: status), context, nil)
        context.flush()
        context.fireErrorCaught(TransportError.closed(reason: "no request (HTTP \(status))"))
    }

    private func write(_ response: HTTPResponse, _ context: ChannelHandlerContext, _ promise: EventLoopPromise<Void>?) {
        var headers = HTTPHeaders(response.headers.map { ($0.name, $0.value) })
        headers.add(name: "Content-Length", value: String(response.body.count))
        headers.add(name: "Connection", value: "close")
        let head = HTTPResponseHead(
            version: .http1_1, status: HTTPResponseStatus(statusCode: response.status), headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        if !response.body.isEmpty {
            let buffer = context.channel.allocator.buffer(bytes: response.body)
            context.write(wrapOutboundOut(.body(.byteBuffer(buffer))), promise: nil)
        }
        context.write(wrapOutboundOut(.end(nil)), promise: promise)
    }
}
#endif
