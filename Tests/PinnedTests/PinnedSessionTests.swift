import Testing
import WireProtocol
import WireSession

/// The session layer over the API of one version: what that lacks is absent here, too.
struct PinnedSessionTests {
    @Test func aPinnedModuleHasSessions() throws {
        var machine = ClientStateMachine<ServerMessage>(service: .notification, version: .msnp12)
        #expect(machine.state == .notification(.greeting))
        let offer = try machine.ask(VER.Offer(dialects: [Dialect("MSNP12")]))
        #expect(String(decoding: offer.bytes, as: UTF8.self) == "VER 1 MSNP12\r\n")
        #expect(throws: SessionError<ServerMessage>.self) {
            try machine.ask(SYN.Synchronize(listStamp: ListStamp("0"), settingsStamp: ListStamp("0")))
        }
        machine.append(Array("VER 1 MSNP12\r\nNLN NLN bob@example.com Bob 0\r\n".utf8))
        guard case .answer(let key, .ver(.accepted), isLast: true) = machine.next() else {
            Issue.record("no answer")
            return
        }
        #expect(key == offer.key)
        #expect(machine.state == .notification(.negotiated))
        guard case .notice(let envelope) = machine.next(), case .nln(.changed(let contact)) = envelope.message else {
            Issue.record("no notice")
            return
        }
        #expect(contact.friendlyName.string == "Bob")
    }

    @Test func errorsAreThoseOfTheModule() throws {
        var machine = ClientStateMachine<ServerMessage>(service: .notification, version: .msnp12)
        _ = try machine.ask(VER.Offer(dialects: [Dialect("MSNP12")]))
        machine.append(Array("731 1\r\n".utf8))
        guard case .failure(_, let error) = machine.next() else {
            Issue.record("no failure")
            return
        }
        #expect(error == .refused(ErrorReply(code: ErrorCode(731))))
        #expect(error.description == "the server answered with error 731")
    }
}
