import MSNP
import MSNPSession
import TestSupport
import Testing
import WireProtocol

/// One line of a counted answer that cannot be read costs only itself.
@Suite(.timeLimit(.minutes(30)))
struct OddLineTests {
    /// How a line is spoiled.
    enum Fault: String, CaseIterable {
        case unknownCommand, missingWords, strayByte, otherNumber

        func spoil(_ line: String) -> String {
            let words = line.split(separator: " ").map(String.init)
            return switch self {
            case .unknownCommand: (["ZZZ"] + words.dropFirst()).joined(separator: " ")
            case .missingWords: words.prefix(2).joined(separator: " ")
            case .strayByte: line + " \u{7}"
            case .otherNumber: ([words[0], "77"] + words.dropFirst(2)).joined(separator: " ")
            }
        }
    }

    /// The whole answer to SYN, as a server of the version sends it.
    static func answer(_ version: Int) -> [String] {
        let friends = "45aaff9a-5ffd-408d-a12a-ce3c522fd327"
        let contact = "C=78da23a8-d5dc-483d-aabf-098fc487880d"
        let stamps = "2005-04-23T18:57:44.8130000-07:00 2005-04-23T18:57:54.2070000-07:00"
        switch version {
        case ...7:
            let properties = version < 5 ? [] : ["PRP 1 12 PHH", "PRP 1 12 MOB N"]
            let groups = version < 7 ? [] : ["LSG 1 12 1 2 0 ~ 0", "LSG 1 12 2 2 1 Friends 0"]
            let group = version < 7 ? "" : " 0"
            let more = version < 5 ? [] : ["BPR 12 bob@example.com PHH"]
            return ["SYN 1 12", "GTC 1 12 A", "BLP 1 12 AL"] + properties + groups
                + ["LST 1 FL 12 1 2 bob@example.com Bob\(group)"] + more
                + ["LST 1 FL 12 2 2 carol@example.com Carol\(group)", "LST 1 AL 12 1 1 bob@example.com Bob"]
                + ["LST 1 BL 12 0 0", "LST 1 RL 12 1 2 bob@example.com Bob", "LST 1 RL 12 2 2 dave@example.com Dave"]
        case ...9:
            return [
                "SYN 1 12 3 2", "GTC A", "BLP AL", "PRP PHH 555", "LSG 0 ~ 0", "LSG 3 Friends 0",
                "LST bob@example.com Bob 11 3", "BPR MOB Y", "LST carol@example.com Carol 4",
                "LST dave@example.com Dave 8",
            ]
        default:
            let end = version == 12 ? " 1" : ""
            return [
                "SYN 1 \(stamps) 3 1", "GTC A", "BLP AL", "PRP MFN Alice", "LSG Friends \(friends)",
                "LST N=bob@example.com F=Bob \(contact) 11\(end) \(friends)", "BPR MOB Y",
                "LST N=carol@example.com 4\(end)", "LST N=dave@example.com 8\(end)",
            ]
        }
    }

    @Test(arguments: 2...12, Fault.allCases)
    func aCountedAnswerEndsWhicheverLineIsSpoiled(_ version: Int, _ fault: Fault) async throws {
        let answer = Self.answer(version)
        for spoiled in answer.indices {
            let lines = answer.enumerated().map { $0 == spoiled ? fault.spoil($1) : $1 }
            let count = try await Self.read(lines, version)
            #expect(count >= answer.count - 1, "\(lines[spoiled])")
            #expect(count <= answer.count)
        }
    }

    @Test(arguments: 2...12)
    func aCountedAnswerThatIsRightNeedsNoSilence(_ version: Int) async throws {
        #expect(try await Self.read(Self.answer(version), version, isSilent: false) == Self.answer(version).count)
    }

    /// Those who are in a chat, and the answer to ANS, as a server of the version sends them.
    private static func participants(_ version: Int) -> [String] {
        let end = version < 12 ? "" : version < 16 ? " 0" : " 0:0"
        return ["IRO 1 1 2 bob@example.com Bob\(end)", "IRO 1 2 2 carol@example.com Carol\(end)", "ANS 1 OK"]
    }

    @Test(arguments: 2...18, Fault.allCases)
    func theAnswerOfAChatEndsWhicheverLineIsSpoiled(_ version: Int, _ fault: Fault) async throws {
        let answer = Self.participants(version)
        for spoiled in answer.indices {
            let lines = answer.enumerated().map { $0 == spoiled ? fault.spoil($1) : $1 }
            let (count, error) = try await Self.enter(lines, version)
            #expect(count == answer.count - 1, "\(lines[spoiled])")
            // Nothing but its last line ends it; without that it ends with the time.
            #expect(error == nil || spoiled == answer.count - 1, "\(lines[spoiled])")
            #expect(error == nil || error == .timedOut(command: "ANS", form: "answer"))
        }
    }

    @Test(arguments: 2...18)
    func theAnswerOfAChatThatIsRightNeedsNoSilence(_ version: Int) async throws {
        let (count, error) = try await Self.enter(Self.participants(version), version, isSilent: false)
        #expect(count == 3 && error == nil)
    }

    /// The number of answers to ANS, and the error that comes after them.
    private static func enter(
        _ lines: [String], _ version: Int, isSilent: Bool = true
    ) async throws -> (count: Int, error: SessionError?) {
        let link = MemoryLink()
        let clock = ManualClock()
        let setup = SessionSetup(service: .switchboard, version: ProtocolVersion(UInt8(version)), clock: clock)
        return try await ClientSession.run(over: link, setup) { session in
            let replies = try await session.replies(
                to: try ANS.Answer(
                    user: EndpointHandle(userHandle: Account("alice@example.com")), cookie: Credential("1.2"),
                    sessionID: try SessionID("7")))
            _ = await link.hear()
            for line in lines { link.say(line) }
            link.say("BYE eve@example.com")
            for await notice in session.notices {
                if case .message(let envelope) = notice, case .bye = envelope.message { break }
            }
            let isOpen = await session.openRequests > 0
            #expect(isSilent || !isOpen)
            if isOpen { await clock.advance(by: .seconds(31), whenAsleep: 1) }
            var count = 0
            do throws(SessionError) {
                for try await _ in replies { count += 1 }
                return (count, nil)
            } catch {
                return (count, error)
            }
        }
    }

    /// The number of answers that come, the last at the latest after a short silence.
    private static func read(_ lines: [String], _ version: Int, isSilent: Bool = true) async throws -> Int {
        let clock = ManualClock()
        return try await Stage.signedIn(UInt8(version), clock: clock) { session, link in
            let stamp = try ListStamp("0")
            let replies = try await session.replies(
                to: SYN.Synchronize(
                    listVersion: version < 10 ? 0 : nil, listStamp: version < 10 ? nil : stamp,
                    settingsStamp: version < 10 ? nil : stamp))
            let number = await link.hear().split(separator: " ")[1]
            for line in lines {
                let words = line.split(separator: " ").map(String.init)
                link.say(words.enumerated().map { $0 == 1 && $1 == "1" ? "\(number)" : $1 }.joined(separator: " "))
            }
            let ping = try await session.begin(PNG.Ping())
            link.say(version < 9 ? "QNG" : "QNG 50")
            _ = try await ping.value
            let isOpen = await session.openRequests > 0
            #expect(isSilent || !isOpen)
            if isOpen { await clock.advance(by: .seconds(3), whenAsleep: 1) }
            var count = 0
            for try await _ in replies { count += 1 }
            return count
        }
    }
}
