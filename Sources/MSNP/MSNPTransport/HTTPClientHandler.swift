#if Network
import NIOCore
import NIOHTTP1
import WireTransport

/// The client's end of an HTTP connection: writes one request and reads one answer, with a bounded body.
final class HTTPClientHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias InboundOut = HTTPResponse
    typealias OutboundIn = HTTPRequest
    typealias OutboundOut = HTTPClientRequestPart

    /// The host and, unless the scheme implies it, the port.
    private let authority: String
    /// The longest body, in bytes.
    private let bodyLimit: Int
    private var head: HTTPResponseHead?
    private var body: [UInt8] = []
    /// Whether the answer is complete or refused.
    private var isDone = false
    private var failure: (any Error)?

    private init(authority: String, bodyLimit: Int) {
        self.authority = authority
        self.bodyLimit = bodyLimit
    }

    /// Adds the handlers of a client to a channel; interim answers stay in the decoder.
    static func add(to channel: any Channel, authority: String, bodyLimit: Int) throws {
        try channel.pipeline.syncOperations.addHandlers(
            AnswerLimitHandler(limit: 65536 + 2 * bodyLimit), HTTPRequestEncoder(),
            ByteToMessageHandler(
                HTTPResponseDecoder(leftOverBytesStrategy: .dropBytes, limitConfiguration: HTTPLimits.headers),
                maximumBufferSize: HTTPLimits.unreadBytes),
            NIOHTTPRequestHeadersValidator(), HTTPClientHandler(authority: authority, bodyLimit: bodyLimit))
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isDone else { return }
        switch unwrapInboundIn(data) {
        case .head(let next): head = next
        case .body(let bytes):
            guard bytes.readableBytes <= bodyLimit - body.count else {
                isDone = true
                body = []
                return context.fireErrorCaught(TransportError.answerTooLong(limit: bodyLimit))
            }
            body += bytes.readableBytesView
        case .end:
            guard let head else { return }
            isDone = true
            let response = HTTPResponse(
                status: Int(head.status.code), headers: head.headers.map { ($0.name, $0.value) }, body: body)
            body = []
            context.fireChannelRead(wrapInboundOut(response))
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard !isDone else { return }
        failure = error
        context.fireErrorCaught(error)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let request = unwrapOutboundIn(data)
        var headers = HTTPHeaders([("Host", authority), ("Connection", "close")])
        headers.add(contentsOf: request.headers.map { ($0.name, $0.value) })
        if !request.body.isEmpty || request.method == "POST" {
            headers.add(name: "Content-Length", value: String(request.body.count))
        }
        let head = HTTPRequestHead(
            version: .http1_1, method: HTTPMethod(rawValue: request.method), uri: request.path, headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        // Without its head, which may be refused on the way, the body would pass for one.
        if let failure {
            promise?.fail(failure)
            return
        }
        if !request.body.isEmpty {
            let buffer = context.channel.allocator.buffer(bytes: request.body)
            context.write(wrapOutboundOut(.body(.byteBuffer(buffer))), promise: nil)
        }
        context.write(wrapOutboundOut(.end(nil)), promise: promise)
    }
}
#endif
