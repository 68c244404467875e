#if Network
import NIOCore
import WireSession
import WireTransport

/// A small HTTP/1.1 client: one request per connection, a bounded answer, no redirections, cookies or caches.
public enum HTTPClient {
    private typealias Opened = NIOAsyncChannel<HTTPResponse, HTTPRequest>

    /// Sends a request and returns the answer.
    ///
    /// - Parameters:
    ///   - request: the request, without a header that names the host.
    ///   - host: the name or address of the service.
    ///   - port: its port.
    ///   - tls: whether to use TLS.
    ///   - bodyLimit: the longest body of an answer, in bytes; nothing of a longer one is kept. All that comes, with
    ///     headers, interim answers and the sizes of chunks, may have twice as many and 64 KiB.
    ///   - trust: certificates to trust beside those of the system; only for TLS.
    ///   - timeout: how long connecting, sending and reading may take together.
    ///   - clock: the clock of the timeout.
    public static func send(
        _ request: HTTPRequest, to host: String, port: Int, tls: Bool = false,
        trust: TrustedCertificates? = nil, bodyLimit: Int = 1 << 20, timeout: Duration = .seconds(30),
        clock: any Clock<Duration> = ContinuousClock()
    ) async throws(TransportError) -> HTTPResponse {
        let result = await withTaskGroup(of: Result<HTTPResponse, TransportError>.self) { race in
            race.addTask {
                do throws(TransportError) {
                    let opened: Opened = try await Connecting.open(host: host, port: port, tls: tls, trust: trust) {
                        channel in
                        try HTTPClientHandler.add(
                            to: channel, authority: ServerAddress(host: host, port: port).authority(tls: tls),
                            bodyLimit: bodyLimit)
                        return try Opened(wrappingChannelSynchronously: channel)
                    }
                    return .success(try await exchange(request, over: opened))
                } catch {
                    return .failure(Task.isCancelled ? .cancelled : error)
                }
            }
            race.addTask {
                do {
                    try await clock.sleep(for: timeout)
                } catch {
                    return .failure(.cancelled)
                }
                return .failure(.timedOut(host: host, port: port))
            }
            defer { race.cancelAll() }
            return await race.next() ?? .failure(.cancelled)
        }
        return try result.get()
    }

    private static func exchange(
        _ request: HTTPRequest, over opened: Opened
    ) async throws(TransportError) -> HTTPResponse {
        do {
            return try await opened.executeThenClose { inbound, outbound in
                await opened.channel.beginReading()
                try await outbound.write(request)
                for try await answer in inbound { return answer }
                throw TransportError.closed(reason: "the service gave no complete answer")
            }
        } catch let error as TransportError {
            throw error
        } catch {
            throw .closed(reason: "\(error)")
        }
    }
}
#endif
