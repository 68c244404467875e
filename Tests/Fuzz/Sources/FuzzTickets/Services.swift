import FuzzSupport
import MSNPSession
import NIOCore
import NIOEmbedded
import Synchronization

@testable import MSNPTickets
@testable import MSNPTransport

/// Login services that give one answer after the other, in pieces.
final class Services: Sendable {
    private let answers: Mutex<[[UInt8]]>
    private let requests = Mutex(0)
    private let cut: UInt8
    /// The way in which answers are cut, of which there are three.
    private let way: Int

    init(_ answers: [[UInt8]], cut: UInt8, way: Int) {
        self.answers = Mutex(answers)
        self.cut = cut
        self.way = way
    }

    /// Asks nexus and login service.
    func ticket(_ challenge: String) -> Outcome {
        outcome { client throws(TicketError) in
            let tickets = PassportTickets(nexus: try WebAddress("https://nexus.example/rdr/pprdr.asp"), client: client)
            return .ticket(try await tickets.ticket(for: credentials, challenge: challenge).value.string)
        }
    }

    /// Asks the token service.
    func token(policy: String) -> Outcome {
        outcome { client throws(TicketError) in
            let tokens = SecurityTokens(address: try WebAddress("https://login.example/RST2.srf"), client: client)
            let token = try await tokens.token(for: credentials, policy: policy)
            return .token(token.ticket.value.string, secret: token.secret?.value.string)
        }
    }

    private func outcome(_ body: @escaping @Sendable (WebClient) async throws(TicketError) -> Outcome) -> Outcome {
        let client = WebClient { request, address throws(TransportError) in try self.answer(request, address) }
        let outcome = ThisThread.run { () async -> Outcome in
            do throws(TicketError) {
                return try await body(client)
            } catch {
                return .error(error)
            }
        }
        check(requests.withLock(\.self) <= 7, "more than 7 requests")
        return outcome
    }

    private func answer(_ request: HTTPRequest, _ address: WebAddress) throws(TransportError) -> HTTPResponse {
        requests.withLock { $0 += 1 }
        let isNumber = address.host.hasPrefix("127.") && address.host.allSatisfy { "0123456789.".contains($0) }
        let isHere = isNumber || ["localhost", "::1"].contains(address.host.lowercased())
        check(address.scheme == "https" || address.scheme == "http" && isHere, "a password would go to \(address)")
        check((1...65535).contains(address.port), "port \(address.port)")
        let channel = EmbeddedChannel()
        let authority = ServerAddress(host: address.host, port: address.port).authority(tls: address.scheme == "https")
        try? HTTPClientHandler.add(to: channel, authority: authority, bodyLimit: 1 << 16)
        channel.pipeline.fireChannelActive()
        do {
            try channel.writeOutbound(request)
        } catch {
            throw .closed(reason: "\(error)")
        }
        inspect(request, from: channel)
        return try read(next(), from: channel)
    }

    private func next() -> [UInt8] { answers.withLock { $0.isEmpty ? [] : $0.removeFirst() } }

    /// What is sent is the request, and nothing that somebody else put into it.
    private func inspect(_ request: HTTPRequest, from channel: EmbeddedChannel) {
        var bytes: [UInt8] = []
        while let buffer = try? channel.readOutbound(as: ByteBuffer.self) { bytes += buffer.readableBytesView }
        let message = HTTPMessage(bytes)
        check(message.start == [request.method, request.path, "HTTP/1.1"], "another first line")
        let own = request.method == "POST" ? 3 : 2
        check(message.headers.count == request.headers.count + own, "a header too many or too few")
        check(message.body == request.body, "another body")
    }

    private func read(_ bytes: [UInt8], from channel: EmbeddedChannel) throws(TransportError) -> HTTPResponse {
        let samples = Pieces.samples(bytes, cut: cut)
        var failure: (any Error)?
        samples[way % samples.count].forEach { piece in
            do {
                try channel.writeInbound(ByteBuffer(bytes: piece))
            } catch {
                failure = failure ?? error
            }
        }
        do {
            _ = try channel.finish()
        } catch {
            failure = failure ?? error
        }
        if let response = try? channel.readInbound(as: HTTPResponse.self) { return response }
        if let failure = failure as? TransportError { throw failure }
        throw .closed(reason: failure.map { "\($0)" } ?? "the service gave no complete answer")
    }
}
