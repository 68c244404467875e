import MSNPTransport
import SampleServer
import TestSupport
import Testing

/// What the sample server answers to bytes that no good client sends.
@Suite(.timeLimit(.minutes(30)))
struct RawConversationTests {
    /// Sends bytes to the notification server and reads until it closes.
    private func answers(to request: String) async throws -> String {
        try await SampleServer.withRunning(.patient) { server in
            try await Dialer.withLink(host: server.host, port: server.notificationPort) { link in
                try await link.outbound.write(Array(request.utf8))
                var received: [UInt8] = []
                for try await bytes in link.inbound { received += bytes }
                return String(decoding: received, as: UTF8.self)
            }
        }
    }

    @Test func aSecondVersionIsRefused() async throws {
        #expect(try await answers(to: "VER 1 MSNP8 CVR0\r\nVER 2 MSNP8 CVR0\r\n") == "VER 1 MSNP8\r\n715 2\r\n")
    }

    @Test func withoutACommonVersionTheServerSaysSoAndCloses() async throws {
        #expect(try await answers(to: "VER 1 MSNP99 CVR0\r\n") == "VER 1 0\r\n")
    }

    /// What is no command, or not allowed before the sign-in, ends the connection without a word.
    @Test(arguments: [
        "GET / HTTP/1.1\r\n", "\r\n", "VER MSNP8\r\n", "SYN 1 0\r\n", "PNG\r\n", "\u{0}\u{1}\u{2}\n",
        String(repeating: "A", count: 10000) + "\r\n",
    ])
    func garbageClosesTheConnectionSilently(_ garbage: String) async throws {
        #expect(try await answers(to: garbage) == "")
    }

    /// Version 7 has not to describe the client before the sign-in.
    @Test func aDescriptionBeforeTheSignInIsRefusedInVersion7() async throws {
        let answer = try await answers(
            to: "VER 1 MSNP7\r\nCVR 2 0x0409 win 4.10 i386 MSMSGS 4.5.0121 MSMSGS\r\n")
        #expect(answer == "VER 1 MSNP7\r\n731 2\r\n")
    }

    @Test func anAccountOfAnotherDomainIsRefused() async throws {
        let answer = try await answers(to: "VER 1 MSNP7\r\nUSR 2 MD5 I eve@example.org\r\n")
        #expect(answer == "VER 1 MSNP7\r\n931 2\r\n")
    }
}
