import NIOCore
import NIOHTTP1
import NIOPosix

/// A small HTTP/1.1 client: one request per connection, a bounded answer, no redirections, cookies or caches.
public enum HTTPClient {
    private typealias Opened = NIOAsyncChannel<HTTPClientResponsePart, HTTPPart<HTTPRequestHead, ByteBuffer>>

    /// Sends a request and returns the answer.
    ///
    /// - Parameters:
    ///   - bodyLimit: the longest body of an answer, in bytes; nothing of a longer one is kept.
    ///   - timeout: how long connecting, sending and reading may take together.
    public static func send(
        _ request: HTTPRequest, to host: String, port: Int, tls: Bool = false, bodyLimit: Int = 1 << 20,
        timeout: Duration = .seconds(30), clock: any Clock<Duration> = ContinuousClock()
    ) async throws(TransportError) -> HTTPResponse {
        let result = await withTaskGroup(of: Result<HTTPResponse, TransportError>.self) { race in
            race.addTask {
                do throws(TransportError) {
                    let opened = try await connect(host: host, port: port, tls: tls)
                    return .success(
                        try await exchange(
                            request, over: opened, authority: authority(host, port, tls: tls), bodyLimit: bodyLimit))
                } catch {
                    return .failure(error)
                }
            }
            race.addTask {
                try? await clock.sleep(for: timeout)
                return .failure(.timedOut(host: host, port: port))
            }
            defer { race.cancelAll() }
            return await race.next() ?? .failure(.timedOut(host: host, port: port))
        }
        return try result.get()
    }

    private static func connect(host: String, port: Int, tls: Bool) async throws(TransportError) -> Opened {
        do {
            let security = tls ? try TransportSecurity(host: host) : nil
            return try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connect(host: host, port: port) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try security?.secure(channel)
                        try channel.pipeline.syncOperations.addHTTPClientHandlers()
                        try channel.pipeline.syncOperations.addHandler(PlainHTTPHandler<HTTPRequestHead>())
                        return try Opened(wrappingChannelSynchronously: channel)
                    }
                }
        } catch let error as TransportError {
            throw error
        } catch {
            throw TransportError.connectFailed(host: host, port: port, reason: "\(error)")
        }
    }

    /// The host and, unless the scheme implies it, the port.
    private static func authority(_ host: String, _ port: Int, tls: Bool) -> String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port == (tls ? 443 : 80) ? name : "\(name):\(port)"
    }

    private static func exchange(
        _ request: HTTPRequest, over opened: Opened, authority: String, bodyLimit: Int
    ) async throws(TransportError) -> HTTPResponse {
        let allocator = opened.channel.allocator
        do {
            return try await opened.executeThenClose { inbound, outbound in
                var headers = HTTPHeaders([("Host", authority), ("Connection", "close")])
                headers.add(contentsOf: request.headers.map { ($0.name, $0.value) })
                if !request.body.isEmpty || request.method == "POST" {
                    headers.add(name: "Content-Length", value: String(request.body.count))
                }
                let head = HTTPRequestHead(
                    version: .http1_1, method: HTTPMethod(rawValue: request.method), uri: request.path,
                    headers: headers)
                try await outbound.write(.head(head))
                if !request.body.isEmpty { try await outbound.write(.body(allocator.buffer(bytes: request.body))) }
                try await outbound.write(.end(nil))
                return try await answer(in: inbound, bodyLimit: bodyLimit)
            }
        } catch let error as TransportError {
            throw error
        } catch {
            throw .closed(reason: "\(error)")
        }
    }

    private static func answer(
        in inbound: NIOAsyncChannelInboundStream<HTTPClientResponsePart>, bodyLimit: Int
    ) async throws -> HTTPResponse {
        var head: HTTPResponseHead?
        var body: [UInt8] = []
        for try await part in inbound {
            switch part {
            case .head(let next): head = next
            case .body(let bytes):
                guard bytes.readableBytes <= bodyLimit - body.count else {
                    throw TransportError.answerTooLong(limit: bodyLimit)
                }
                body += bytes.readableBytesView
            case .end:
                guard let head else { continue }
                // An interim answer comes before the one that counts.
                if (100..<200).contains(head.status.code), head.status != .switchingProtocols { continue }
                return HTTPResponse(
                    status: Int(head.status.code), headers: head.headers.map { ($0.name, $0.value) }, body: body)
            }
        }
        throw TransportError.closed(reason: "the service gave no complete answer")
    }
}
