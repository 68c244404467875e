import Foundation
import Testing
import WireProtocol

/// The API made for MSNP12 and clients alone; that this file compiles is the first test.
struct PinnedTests {
    private let version = ProtocolVersion.msnp12

    @Test func whatTheVersionHasIsNotOptional() throws {
        // In the whole module both are optional, because older versions lack them.
        let request = try SYN.Synchronize(listStamp: ListStamp("0"), settingsStamp: ListStamp("0"))
        var writer = LineWriter(version: version)
        try request.encode(into: &writer, transaction: 8)
        #expect(String(decoding: writer.takeBytes(), as: UTF8.self) == "SYN 8 0 0\r\n")
    }

    @Test func aClientReadsWhatServersSend() throws {
        let frame = Frame(line: "USR 4 OK alice@example.com 1 0")
        let reply = try ServerMessage.decode(frame, version: version, service: .notification)
        guard case .usr(.authenticated(let user)) = reply.message else {
            Issue.record("another form")
            return
        }
        #expect(user.isVerified == true)
    }

    @Test func otherVersionsAndTheOtherRoleAreGone() throws {
        #expect(ProtocolVersion.known == [.msnp12])
        #expect(!(USR.Ticket.self is any ReadableForm.Type))
        #expect(!(USR.Authenticated.self is any WritableForm.Type))
        let frame = Frame(line: "INF 2 MD5")
        let error = #expect(throws: WireDecodingError.self) {
            try ServerMessage.decode(frame, version: version, service: .notification)
        }
        #expect(error?.kind == .notInVersion)
    }
}
