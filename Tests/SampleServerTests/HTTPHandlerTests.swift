import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing

@testable import MSNPTransport
@testable import WireTransport

/// Both ends of an HTTP connection, without a network.
struct HTTPHandlerTests {
    /// What a server with a limit of 9 bytes says to bytes that come in pieces: the bodies of the requests that it
    /// reads come back in its answers.
    private static func answers(to text: String, cut: Int) throws -> String {
        let channel = EmbeddedChannel()
        try HTTPServerHandler.add(to: channel, bodyLimit: 9)
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        let bytes = Array(text.utf8)
        var result = ""
        for start in stride(from: 0, to: bytes.count, by: cut) {
            _ = try? channel.writeInbound(ByteBuffer(bytes: bytes[start..<min(start + cut, bytes.count)]))
            while let request = try channel.readInbound(as: HTTPRequest.self) {
                try channel.writeOutbound(HTTPResponse(status: 200, body: request.body))
            }
            while let buffer = try channel.readOutbound(as: ByteBuffer.self) { result += String(buffer: buffer) }
        }
        _ = try? channel.finish()
        return result
    }

    private static let right = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello"

    @Test(arguments: [
        (right, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello"),
        ("GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n", refusal("400 Bad Request")),
        ("\u{0}", refusal("400 Bad Request")),
        ("GET / HTTP/2.0\r\n\r\n", refusal("400 Bad Request")),
        ("POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\n0123456789", refusal("413 Payload Too Large")),
        (
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n01234\r\n5\r\n56789\r\n0\r\n\r\n",
            refusal("413 Payload Too Large")
        ),
        ("GET / HTTP/1.1\r\nX: \(String(repeating: "x", count: 17000))\r\n\r\n", refusal("400 Bad Request")),
        (
            "GET / HTTP/1.1\r\n" + (1...4).map { "X\($0): \(String(repeating: "x", count: 9000))\r\n" }.joined(),
            refusal("400 Bad Request")
        ),
        ("GET / HTTP/1.1\r\n" + String(repeating: "X: x\r\n", count: 101), refusal("400 Bad Request")),
    ])
    func theAnswerIsTheSameForAllPieces(_ sample: (request: String, answer: String)) throws {
        for cut in [1, 7, 50, .max / 2] { #expect(try Self.answers(to: sample.request, cut: cut) == sample.answer) }
    }

    @Test(arguments: ["\r\n", "\u{0}", "GET / HTTP/9.9\r\n\r\n", "GET / HTTP/1.1\r\nA\r\n\r\n", right + right])
    func whatComesAfterTheRequestChangesNothing(_ rest: String) throws {
        for cut in [1, 7, 50, .max / 2] {
            #expect(
                try Self.answers(to: Self.right + rest, cut: cut)
                    == "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello")
        }
    }

    @Test(arguments: [("/", "a\u{1}"), ("/a b", "a"), ("/", "a\r\nX: y"), ("/\r\nX:", "a")])
    func nothingIsSentOfARequestThatCannotBeSent(_ sample: (path: String, value: String)) throws {
        let channel = EmbeddedChannel()
        try HTTPClientHandler.add(to: channel, authority: "a", bodyLimit: 9)
        let request = HTTPRequest(
            method: "POST", path: sample.path, headers: [("A", sample.value)], body: Array("POST / HTTP/1.1".utf8))
        #expect(throws: HTTPParserError.invalidHeaderToken) { try channel.writeOutbound(request) }
        #expect(try channel.readOutbound(as: ByteBuffer.self) == nil)
    }

    private static func refusal(_ status: String) -> String {
        "HTTP/1.1 \(status)\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    }
}
