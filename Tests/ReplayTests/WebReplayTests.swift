import TestSupport
import Testing

/// What real programs said to the login, address book, sharing and storage services, said to those of the sample server.
///
/// The requests are as the programs spelled them, head and body; only tickets, identifiers and times that a service made
/// up are put in anew. Expected are the recorded status, each recorded header, and an answer to the same operation that
/// the grammar reads, with the same elements, attributes and texts, except as `web-differences.txt` says and where a
/// service makes things up. Prefixes and the order of children with different names are not compared.
@Suite(.timeLimit(.minutes(30)))
struct WebReplayTests {
    @Test(arguments: try WebRecording.all())
    func aRealProgramGetsWhatItGotElsewhere(recording: WebRecording) async throws {
        let problems = try await WebReplay.run(recording)
        #expect(problems.isEmpty, "\(problems.joined(separator: "\n"))")
    }

    @Test func everyDifferenceIsAboutARecording() throws {
        let files = Set(try WebRecording.all().map(\.file))
        for row in try Differences.rows(in: Differences.web) {
            #expect(files.contains(row.file), "\(row)")
            #expect(row.reason.count > 20, "\(row)")
        }
    }

    /// The programs and what they ask for.
    @Test func allServicesAreAsked() throws {
        let recordings = try WebRecording.all()
        for program in ["pidgin18", "bitlbee18", "pecan12", "twisted8"] {
            #expect(recordings.contains { $0.file.contains(program) }, "\(program)")
        }
        let exchanges = recordings.flatMap(\.exchanges)
        for path in ["rdr/pprdr.asp", "login2.srf", "RST.srf", "abservice.asmx", "SharingService.asmx", "Store.asmx"] {
            #expect(exchanges.contains { $0.request.contains("\(path) ") }, "\(path)")
        }
        #expect(exchanges.count >= 60)
    }
}
