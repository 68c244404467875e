import Foundation
import MSNP
import ProtocolGrammar
import TestSupport
import Testing
import YAMLTree

extension Story {
    /// The story as a recording. The lists that its servers know come from before it.
    ///
    /// A file goes from client to client, so its connection is left out.
    func recording() throws -> Recording {
        let served = rows.filter { !$0.hasPrefix("FT") && !$0.hasPrefix("# FT") }
        let bytes = Array(served.joined(separator: "\n").utf8)
        return try Recording("\(testDescription)", bytes, hasPast: true, isStory: true, exchanges: exchanges)
    }

    /// Where the sample server says something else. The rows about a conversation hold for those after it, too.
    func differences() throws -> Differences {
        let names = Set(told.steps.map(\.conversation))
        return Differences(
            try Self.rows().filter { names.contains($0.conversation) && $0.versions.contains(told.version) }.map(\.row))
    }

    /// The rows of the file, each with the conversation and the versions that it is about.
    static func rows() throws -> [(conversation: String, versions: ClosedRange<Int>, row: Differences.Row)] {
        let folder = Repository.folder.appending(path: "Tests/Recordings")
        let text = try Repository.files(in: folder, ending: "conversation-differences.txt")
            .map { String(decoding: $0.bytes, as: UTF8.self) }.joined()
        return try text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
            let columns = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            let ends = columns.count > 1 ? columns[1].split(separator: "-").compactMap { Int($0) } : []
            guard columns.count == 6, columns[5].hasSuffix("."), columns[3] != columns[4],
                let first = ends.first, let last = ends.last, first <= last
            else { throw Differences.Problem(description: "not six columns with a sentence at the end: \(line)") }
            let row = Differences.Row(
                file: columns[0], places: columns[2].split(separator: ",").map(String.init),
                recorded: columns[3], here: columns[4], reason: columns[5])
            return (columns[0], first...last, row)
        }
    }
}

/// The conversations of the grammar, played with the sample server and the sample client.
///
/// The server gets what the clients of a story say, and has to answer as the servers of the story do, form by form; see
/// `ServerReplayTests`. `conversation-differences.txt` says where it does not, and why. The client gets what the servers
/// of the story say; see `ClientReplayTests`. Both speak the versions that are completely described.
@Suite(.timeLimit(.minutes(30)))
struct StoryReplayTests {
    static let stories = Story.all.filter { story in
        Repository.grammar.version(number: story.told.version)?.status == .complete
            && unplayed[story.told.conversation.name] == nil
    }

    /// Conversations about what the samples do not have, and what that is. Their lines and bodies are read like all
    /// others; see `StoryTests`.
    static let unplayed = [
        "secondEndpoint": "The sample server ends a session when the same account signs in again.",
        "offlineMessage": "The samples have no offline messages.",
    ]

    @Test(arguments: stories) func theSampleServerTellsTheSameStory(story: Story) async throws {
        let own = story.told.conversation.name
        let differences = try story.differences()
        let problems = try await ServerReplay.run(story.recording(), differences)
        let wrong = problems.filter { problem in
            // A row is needed in the conversation that it is about.
            if problem.hasPrefix("not needed: ") { return problem.hasPrefix("not needed: \(own) ") }
            // A mistake of a client may end the session.
            return story.mistakes.isEmpty || !problem.contains(" is not allowed in state ")
        }
        #expect(wrong.isEmpty, "\(wrong.joined(separator: "\n"))")
    }

    /// A client of a story that the sample client cannot take the place of.
    struct Exception: Sendable {
        var conversation: String
        var connection: String
        var versions: ClosedRange<Int>
        var reason: Comment
    }

    static let exceptions = [
        Exception(
            conversation: "serverGoesDown", connection: "NS1", versions: 2...18,
            reason: "The story ends before Alice has signed in again."),
        Exception(
            conversation: "serverGoesDown", connection: "NS2", versions: 11...18,
            reason: "The server ends the session before a user could ask the client for anything."),
    ]

    /// A client of a story.
    struct Client: Sendable, CustomTestStringConvertible {
        var replay: ClientReplay
        var exception: Exception?

        var testDescription: String { replay.testDescription }
    }

    static let clients = stories.flatMap { story -> [Client] in
        let names = Set(story.told.steps.map(\.conversation))
        let replays = (try? story.recording()).map(ClientReplay.all(of:)) ?? []
        return replays.filter { !hasLists($0) }.map { replay in
            Client(
                replay: replay,
                exception: exceptions.first {
                    names.contains($0.conversation) && $0.connection == replay.connection
                        && $0.versions.contains(story.told.version)
                })
        }
    }

    /// Whether the client has a copy of its lists in a version in which the answer to SYN does not say that none follow.
    /// The sample client never has one, and would wait for them.
    private static func hasLists(_ replay: ClientReplay) -> Bool {
        guard let version = replay.recording.connections[replay.connection]?.version,
            !SYN.Announced.versions.contains(version)
        else { return false }
        return replay.recording.events.contains { event in
            guard case .said(let line) = event, line.connection == replay.connection,
                case .client(.syn(.synchronize(let form))) = line.message
            else { return false }
            return form.listVersion.map { $0.number != 0 } ?? false
        }
    }

    @Test(arguments: clients) func theSampleClientUnderstandsTheServers(client: Client) async throws {
        let problems = try await client.replay.run()
        guard let exception = client.exception else {
            #expect(problems.isEmpty, "\(problems.joined(separator: "\n"))")
            return
        }
        #expect(!problems.isEmpty, exception.reason)
    }

    @Test func everyStoryIsPlayed() throws {
        #expect(Self.clients.count > Self.stories.count)
        #expect(Self.unplayed.keys.allSatisfy { Repository.grammar.conversations[$0] != nil })
        for (name, versions, row) in try Story.rows() {
            let conversation = try #require(Repository.grammar.conversations[name], "\(row)")
            #expect(VersionSet(versions).isSubset(of: conversation.versions), "\(row)")
            #expect(row.reason.count > 20, "\(row)")
        }
    }
}
