import MSNPSession
import MSNPTransport
import TestSupport
import Testing

@testable import MSNPTickets

/// What a login service can do to a client.
@Suite(.timeLimit(.minutes(30)))
struct WebClientTests {
    /// Sends a request to a service that answers with these bytes and then closes the connection.
    private func ask(
        answer: String, bodyLimit: Int = 1 << 20, request: HTTPRequest = HTTPRequest(method: "GET", path: "/")
    ) async throws -> HTTPResponse {
        let listener = try await Listener.bind()
        let server = Task {
            await listener.run { link in
                do {
                    for try await _ in link.inbound { break }
                    try await link.outbound.write(Array(answer.utf8))
                } catch {}
            }
        }
        defer { server.cancel() }
        return try await HTTPClient.send(
            request, to: "127.0.0.1", port: listener.port, bodyLimit: bodyLimit, clock: ManualClock())
    }

    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-One: a\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nX-One: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n",
        "HTTP/1.0 200 OK\r\nX-One: a\r\n\r\nhello",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-One: a\r\n\r\nhello\u{0}",
    ])
    func anAnswerIsReadHoweverItsLengthIsSaid(_ answer: String) async throws {
        let response = try await ask(answer: answer, bodyLimit: 5)
        #expect(response.status == 200)
        #expect(response.headers.contains { $0 == ("X-One", "a") })
        #expect(response.body == Array("hello".utf8))
    }

    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello!",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n1\r\n!\r\n0\r\n\r\n",
    ])
    func anAnswerThatIsTooLongIsNotKept(_ answer: String) async throws {
        await #expect(throws: TransportError.answerTooLong(limit: 5)) { try await ask(answer: answer, bodyLimit: 5) }
    }

    @Test func anAnswerThatBreaksOffIsNoAnswer() async throws {
        let error = await #expect(throws: TransportError.self) {
            try await ask(answer: "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello")
        }
        guard case .closed = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func aHeaderWithoutEndEndsTheExchange() async throws {
        let error = await #expect(throws: TransportError.self) {
            try await ask(answer: "HTTP/1.1 200 OK\r\nX: " + String(repeating: "x", count: 1 << 20))
        }
        guard case .closed = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    /// A service that repeats some bytes until the client closes; no time passes, so only their number can end it.
    @Test(arguments: [
        ("", "HTTP/1.1 100 Continue\r\n\r\n", TransportError.answerTooLong(limit: 67536)),
        ("", "HTTP/1.1 103 Early Hints\r\nX: y\r\n\r\n", .answerTooLong(limit: 67536)),
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
            "1;" + String(repeating: "x", count: 100) + "\r\nz\r\n", .answerTooLong(limit: 67536)
        ),
        ("HTTP/1.1 103 Early Hints\r\n", "X: y\r\n", Self.tooManyHeaders),
        ("HTTP/1.1 200 OK\r\n", "X: y\r\n", Self.tooManyHeaders),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", "X: y\r\n", Self.tooManyHeaders),
    ])
    func anAnswerWithoutEndIsGivenUp(_ start: String, _ repeated: String, _ error: TransportError) async throws {
        let listener = try await Listener.bind()
        let port = listener.port
        let server = Task {
            await listener.run { link in
                let piece = Array(String(repeating: repeated, count: 200).utf8)
                do {
                    for try await _ in link.inbound { break }
                    try await link.outbound.write(Array(start.utf8))
                    while !Task.isCancelled {
                        try await link.outbound.write(piece)
                        await Task.yield()
                    }
                } catch {}
            }
        }
        defer { server.cancel() }
        let request = HTTPRequest(method: "GET", path: "/")
        await #expect(throws: error) {
            try await HTTPClient.send(request, to: "127.0.0.1", port: port, bodyLimit: 1000, clock: ManualClock())
        }
    }

    private static let tooManyHeaders = TransportError.closed(
        reason: "too many header bytes seen; overflow detected")

    @Test func aFewInterimAnswersComeBeforeTheOneThatCounts() async throws {
        let interim = String(repeating: "HTTP/1.1 103 Early Hints\r\nX: y\r\n\r\n", count: 15)
        let answer = try await ask(answer: interim + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")
        #expect(answer.status == 200)
        #expect(answer.body == Array("hi".utf8))
    }

    @Test func aSilentServiceIsGivenUp() async throws {
        let listener = try await Listener.bind()
        let port = listener.port
        let server = Task {
            await listener.run { link in
                do { for try await _ in link.inbound {} } catch {}
            }
        }
        defer { server.cancel() }
        let clock = ManualClock()
        let request = Task {
            try await HTTPClient.send(
                HTTPRequest(method: "GET", path: "/"), to: "127.0.0.1", port: port, clock: clock)
        }
        await clock.advance(by: .seconds(30), whenAsleep: 1)
        await #expect(throws: TransportError.timedOut(host: "127.0.0.1", port: port)) { try await request.value }
    }

    @Test func theRequestNamesHostPathAndLength() async throws {
        let listener = try await HTTPListener.bind()
        let server = Task {
            await listener.run { request in
                let text = "\(request.method) \(request.path) \(request["Host"] ?? "") \(request.body.count)"
                return HTTPResponse(status: 200, body: Array(text.utf8))
            }
        }
        defer { server.cancel() }
        let address = try WebAddress("http://127.0.0.1:\(listener.port)/a%20b?c=d%26e")
        let answer = try await WebClient(clock: PatientClock()).send("POST", to: address, body: [1, 2, 3])
        #expect(String(decoding: answer.body, as: UTF8.self) == "POST /a%20b?c=d%26e 127.0.0.1:\(listener.port) 3")
    }

    #if !TLS
    @Test func withoutTLSTheAddressOfAPublicServiceIsRefused() async throws {
        await #expect(throws: TicketError.unreachable("\(TransportError.noTLS)")) {
            try await WebClient().send("GET", to: WebAddress("https://127.0.0.1:1/"))
        }
    }
    #endif
}
