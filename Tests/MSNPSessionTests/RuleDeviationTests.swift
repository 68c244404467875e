import MSNP
import MSNPSession
import Synchronization
import TestSupport
import Testing
import WireProtocol

/// What programs are known to send at a time that the session rules do not provide for.
@Suite(.timeLimit(.minutes(30)))
struct RuleDeviationTests {
    private static let crossing = "the client also says goodbye when the server has ended the session"

    private func events(of connection: inout ServerConnection, after line: String) -> [ServerConnection.Event] {
        connection.append(Array("\(line)\r\n".utf8))
        var events: [ServerConnection.Event] = []
        while let event = connection.next() {
            events.append(event)
            if case .close = event { break }
        }
        return events
    }

    /// A connection that the server has ended.
    private func ended(_ service: Service, mode: ReadingMode = .checked) throws -> ServerConnection {
        var connection = ServerConnection(service: service, version: .msnp18, mode: mode)
        if service == .switchboard {
            _ = try connection.send(OUT.ChatEnded(), transaction: nil)
        } else {
            _ = events(of: &connection, after: "VER 1 MSNP1")
            _ = try connection.send(VER.Rejected(), transaction: 1)
        }
        #expect(connection.isClosed)
        return connection
    }

    @Test(arguments: [Service.dispatch, .notification, .switchboard])
    func aServerAcceptsAGoodbyeThatCrossesItsOwn(_ service: Service) throws {
        var connection = try ended(service)
        let events = events(of: &connection, after: "OUT")
        guard case .request(let envelope, let deviations) = events.first, events.count == 1 else {
            Issue.record("\(events)")
            return
        }
        #expect(envelope.deviations.isEmpty)
        #expect(deviations.map(\.description) == ["known deviation of Pidgin 2.10: \(Self.crossing)"])
        #expect(connection.isClosed)
    }

    @Test func aStrictServerRefusesAGoodbyeThatCrossesItsOwn() throws {
        var connection = try ended(.notification, mode: .strict)
        let events = events(of: &connection, after: "OUT")
        guard case .close(let reason) = events.first else {
            Issue.record("\(events)")
            return
        }
        #expect(reason == .rules(command: "OUT", form: "signOut", state: "closed"))
    }

    /// The events after a request and a line from the server, in a switchboard that somebody was invited to.
    private func events(
        after request: some WritableForm, _ line: String, mode: ReadingMode
    ) throws -> (events: [ClientStateMachine.Event], deviations: [String], state: String) {
        let found = Mutex<[String]>([])
        var machine = ClientStateMachine(service: .switchboard, version: .msnp18, mode: mode) { line in
            found.withLock { $0 += line.deviations.map(\.description) }
        }
        _ = try machine.post(request)
        machine.append(Array("\(line)\r\n".utf8))
        var events: [ClientStateMachine.Event] = []
        while let event = machine.next() { events.append(event) }
        return (events, found.withLock { $0 }, "\(machine.state)")
    }

    private func answer() throws -> ANS.Answer {
        ANS.Answer(
            user: EndpointHandle(userHandle: try Account("bob@example.com")), cookie: try Credential("1.2"),
            sessionID: try SessionID("123"))
    }

    @Test(arguments: [ReadingMode.checked, .fast])
    func aClientTakesAParticipantBeforeTheAnswer(_ mode: ReadingMode) throws {
        let result = try events(after: answer(), "JOI alice@example.com Alice 0:0", mode: mode)
        guard case .notice(let envelope) = result.events.first, case .joi = envelope.message else {
            Issue.record("\(result.events)")
            return
        }
        #expect(
            result.deviations
                == ["known deviation of msn-server: a new participant, or the user, is announced before the answer"])
        #expect(result.state == "answering")
    }

    @Test func aStrictClientRefusesAParticipantBeforeTheAnswer() throws {
        let result = try events(after: answer(), "JOI alice@example.com Alice 0:0", mode: .strict)
        guard case .refused(let error, let line) = result.events.first, result.events.count == 1 else {
            Issue.record("\(result.events)")
            return
        }
        #expect(error == .notAllowed(command: "JOI", form: "joined", state: "answering"))
        #expect(line.form is JOI.Joined)
        #expect(result.deviations == [])
    }

    @Test func aGoodbyeThatIsAnsweredIsAKnownDeviation() throws {
        let result = try events(after: OUT.SignOut(), "OUT", mode: .checked)
        #expect(result.deviations == ["known deviation of msn-server: the goodbye of the client is answered"])
        let strict = try events(after: OUT.SignOut(), "OUT", mode: .strict)
        guard case .refused = strict.events.first else {
            Issue.record("\(strict.events)")
            return
        }
        #expect(strict.deviations == [])
    }
}
