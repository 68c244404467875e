import TestSupport
import Testing

/// What real clients said to other servers, said to the sample server.
///
/// Each client sends its lines as it spelled them; only what a server makes up is put in anew: proofs, tickets, cookies,
/// identifiers of chats, contacts and groups, and addresses. Before the next line, everything that the recorded server
/// had said by then must have come: on the same connection, of the same form and with the same transaction ID, errors
/// with the same number. Then a connection ends as it ended in the recording. The server must not close one by itself,
/// leave a line without the answer that it had, or say anything more, except as `server-differences.txt` says. Where
/// an older sample server gave up, this one must answer.
///
/// What is not compared: the values of the answers, and their order among each other.
@Suite(.timeLimit(.minutes(30)))
struct ServerReplayTests {
    @Test(arguments: try Recording.all().filter { ReplayPlan(of: $0.file).playsClients })
    func aRealClientGetsWhatItGotElsewhere(recording: Recording) async throws {
        let problems = try await ServerReplay.run(
            recording, Differences.about(recording.file, in: Differences.wire))
        #expect(problems.isEmpty, "\(problems.joined(separator: "\n"))")
    }

    @Test func everyDifferenceIsAboutARecordingThatIsPlayed() throws {
        let files = Set(try Recording.all().map(\.file).filter { ReplayPlan(of: $0).playsClients })
        for row in try Differences.rows(in: Differences.wire) {
            #expect(files.contains(row.file), "\(row)")
            #expect(row.reason.count > 20, "\(row)")
        }
    }
}
