import NIOCore
import NIOHTTP1

/// A small HTTP/1.1 server: one request per connection, bounded bodies.
public struct HTTPListener: Sendable {
    private typealias Accepted = NIOAsyncChannel<HTTPServerRequestPart, HTTPPart<HTTPResponseHead, ByteBuffer>>

    private let acceptor: Acceptor
    /// The longest body, in bytes.
    private let bodyLimit: Int

    /// The port that the system assigned.
    public var port: Int { acceptor.port }

    /// Binds a port; port 0 picks a free one.
    public static func bind(
        host: String = "127.0.0.1", port: Int = 0, limits: TransportLimits = .default, bodyLimit: Int = 65536
    ) async throws(TransportError) -> HTTPListener {
        HTTPListener(
            acceptor: try await Acceptor.bind(host: host, port: port, limits: limits), bodyLimit: bodyLimit)
    }

    /// Closes the port; only for a listener that never runs.
    public func close() async { await acceptor.close() }

    /// Serves requests until the task is cancelled; closes connections that take too long.
    public func run(
        timeout: Duration = .seconds(30),
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
        _ answer: @escaping @Sendable (HTTPRequest) async -> HTTPResponse
    ) async {
        let bodyLimit = bodyLimit
        await acceptor.run { channel in
            try channel.pipeline.syncOperations.configureHTTPServerPipeline(withPipeliningAssistance: false)
            try channel.pipeline.syncOperations.addHandler(PlainHTTPHandler<HTTPResponseHead>())
            return try NIOAsyncChannel(
                wrappingChannelSynchronously: channel,
                configuration: .init(
                    inboundType: HTTPServerRequestPart.self, outboundType: HTTPPart<HTTPResponseHead, ByteBuffer>.self))
        } serve: { channel, connection in
            await withTaskGroup(of: Void.self) { race in
                race.addTask { await Self.serve(channel, connection, bodyLimit: bodyLimit, answer) }
                race.addTask { try? await sleep(timeout) }
                await race.next()
                race.cancelAll()
            }
        }
    }

    /// Reads and answers one request, then closes the connection.
    private static func serve(
        _ channel: any Channel, _ connection: Accepted, bodyLimit: Int,
        _ answer: @escaping @Sendable (HTTPRequest) async -> HTTPResponse
    ) async {
        try? await connection.executeThenClose { inbound, outbound in
            try await Acceptor.beginReading(channel)
            guard let request = try await read(inbound, of: channel, bodyLimit: bodyLimit) else { return }
            let response = await answer(request)
            var headers = HTTPHeaders(response.headers.map { ($0.name, $0.value) })
            headers.add(name: "Content-Length", value: String(response.body.count))
            headers.add(name: "Connection", value: "close")
            let head = HTTPResponseHead(
                version: .http1_1, status: HTTPResponseStatus(statusCode: response.status), headers: headers)
            try await outbound.write(.head(head))
            if !response.body.isEmpty {
                try await outbound.write(.body(channel.allocator.buffer(bytes: response.body)))
            }
            try await outbound.write(.end(nil))
            outbound.finish()
        }
    }

    /// The next request; nil if there is none or its body is too long.
    private static func read(
        _ inbound: NIOAsyncChannelInboundStream<HTTPServerRequestPart>, of channel: any Channel, bodyLimit: Int
    ) async throws -> HTTPRequest? {
        var head: HTTPRequestHead?
        var body: [UInt8] = []
        for try await part in inbound {
            switch part {
            case .head(let next): head = next
            case .body(let bytes):
                guard body.count + bytes.readableBytes <= bodyLimit else { return nil }
                body += bytes.readableBytesView
            case .end:
                guard let head else { return nil }
                return HTTPRequest(
                    method: head.method.rawValue, path: head.uri,
                    headers: head.headers.map { ($0.name, $0.value) }, body: body,
                    remoteHost: channel.remoteAddress?.ipAddress, localHost: channel.localAddress?.ipAddress)
            }
        }
        return nil
    }
}
