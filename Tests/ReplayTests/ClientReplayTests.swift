import TestSupport
import Testing

/// What real servers said to other clients, said to the sample client.
///
/// The chat client signs in as each recorded user. A request of the client is answered with what the recorded server
/// answered to a request of the same form; only the transaction ID is the client's. Everything that the server said
/// unasked follows in recorded order, and the client answers the recorded invitations to chats and begins the recorded
/// chats itself. Expected are the recorded contacts, first all of them and at the end each with the last recorded
/// status; each recorded message; no line that the client does not understand; and that the session ends only where
/// the recorded server ended it. Everything that the client says has to be as the protocol has it.
///
/// What is not played: answers to requests that the client never makes.
@Suite(.timeLimit(.minutes(30)))
struct ClientReplayTests {
    static let replays = ((try? Recording.all()) ?? []).filter { ReplayPlan(of: $0.file).playsServer }
        .flatMap { ClientReplay.all(of: $0) }

    @Test(arguments: replays)
    func theClientUnderstandsARealServer(replay: ClientReplay) async throws {
        let problems = try await replay.run()
        #expect(problems.isEmpty, "\(problems.joined(separator: "\n"))")
    }
}
