import Testing
import WireProtocol

struct ReplayPlanTests {
    @Test(arguments: try Recording.all())
    func eachRecordingIsPlayedOrThereIsAReason(recording: Recording) {
        let plan = ReplayPlan(of: recording.file)
        #expect(plan.playsClients || plan.playsServer)
        #expect(plan.playsClients && plan.playsServer || !plan.reason.isEmpty)
        if plan.playsServer { #expect(!ClientReplay.all(of: recording).isEmpty) }
    }

    @Test func allProgramsAndVersionsArePlayed() throws {
        let recordings = try Recording.all()
        let clients = recordings.filter { ReplayPlan(of: $0.file).playsClients }
        for program in ["pidgin18", "bitlbee18", "pecan12", "twisted8", "libpurple", "msnpecan"] {
            #expect(clients.contains { $0.file.contains(program) }, "\(program)")
        }
        let servers = recordings.filter { ReplayPlan(of: $0.file).playsServer }.flatMap { ClientReplay.all(of: $0) }
        let versions = Set(servers.compactMap { $0.recording.connections[$0.connection]?.version.number })
        #expect(versions == [5, 8, 10, 12, 16, 18])
        #expect(clients.count >= 12 && servers.count >= 100)
    }

    @Test func theUserOfTheChatClientDoesWhatRecordedUsersDid() throws {
        let replays = try Recording.all().filter { ReplayPlan(of: $0.file).playsServer }
            .flatMap { ClientReplay.all(of: $0) }
        let commands = replays.flatMap { RecordedCommands($0.recording, $0.connection).lines }
        let groups = Set(commands.filter { $0.hasPrefix("/group") }.map { $0.split(separator: " ")[1] })
        #expect(groups == ["add", "rename", "remove", "put", "take"])
        #expect(
            Set(commands.map { $0.prefix { $0 != " " } }) == [
                "/add", "/block", "/group", "/message", "/name", "/remove", "/rename", "/status", "/unblock",
            ])
    }
}
