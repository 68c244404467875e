import MSNP
import MSNPSession
import Testing
import WireProtocol

struct ClientConnectionTests {
    @Test func aRequestThatCannotBeEncodedUsesNoTransactionID() throws {
        var connection = ClientConnection(service: .notification, version: .msnp8)
        let before = connection.state
        do throws(SessionError) {
            _ = try connection.send(VER.Offer(dialects: []))
            Issue.record("an offer of nothing was sent")
        } catch {
            guard case .encoding = error else {
                Issue.record(error)
                return
            }
        }
        #expect(connection.state == before)
        let sent = try connection.send(VER.Offer(versions: [.msnp8]))
        #expect(sent.transaction == 1)
        #expect(String(decoding: sent.bytes, as: UTF8.self) == "VER 1 MSNP8\r\n")
    }
}
