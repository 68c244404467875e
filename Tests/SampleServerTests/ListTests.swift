import Foundation
import SampleServer
import Testing

/// Lists, groups, settings and properties, in raw lines.
@Suite(.timeLimit(.minutes(30)))
struct ListTests {
    @Test func theFirstVersionsGetEveryListByName() async throws {
        try await RawScripts.run { scripts in
            let alice = try await scripts.signIn(.alice, 2)
            await alice.send("SYN 5 0")
            #expect(
                try await alice.settled() == [
                    "SYN 5 1", "GTC 5 1 A", "BLP 5 1 AL",
                    "LST 5 FL 1 1 2 bob@example.com Bob",
                    "LST 5 FL 1 2 2 carol@example.com Carol%20(always%20here)",
                    "LST 5 AL 1 1 2 bob@example.com Bob",
                    "LST 5 AL 1 2 2 carol@example.com Carol%20(always%20here)",
                    "LST 5 BL 1 0 0", "LST 5 RL 1 1 1 bob@example.com Bob",
                ])
            await alice.send("SYN 6 1")
            #expect(try await alice.settled() == ["SYN 6 1"])
        }
    }

    @Test func version7GetsGroupsAndProperties() async throws {
        try await RawScripts.run { scripts in
            let alice = try await scripts.signIn(.alice, 7)
            await alice.send("SYN 5 0")
            let lines = try await alice.settled()
            #expect(
                lines.prefix(9) == [
                    "SYN 5 1", "GTC 5 1 A", "BLP 5 1 AL", "PRP 5 1 PHH", "PRP 5 1 PHW", "PRP 5 1 PHM", "PRP 5 1 MOB N",
                    "PRP 5 1 MBE N", "LSG 5 1 1 1 0 ~ 0",
                ])
            #expect(
                lines.dropFirst(9).prefix(2) == ["LST 5 FL 1 1 2 bob@example.com Bob 0", "BPR 1 bob@example.com PHH"])
        }
    }

    @Test(arguments: 8...12)
    func laterVersionsAnnounceHowManyLinesFollow(_ version: Int) async throws {
        try await RawScripts.run { scripts in
            let alice = try await scripts.signIn(.alice, version)
            await alice.send(version < 10 ? "SYN 5 0" : "SYN 5 0 0")
            let lines = try await alice.settled()
            let words = lines.first?.split(separator: " ") ?? []
            #expect(words.first == "SYN")
            #expect(lines.count { $0.hasPrefix("LST ") } == Int(words.dropLast().last ?? ""))
            #expect(lines.count { $0.hasPrefix("LSG ") } == Int(words.last ?? ""))
            let bob = lines.first { $0.contains("bob@example.com") } ?? ""
            switch version {
            case 8, 9: #expect(bob == "LST bob@example.com Bob 11 0")
            case 12: #expect(bob.hasPrefix("LST N=bob@example.com F=Bob C=") && bob.hasSuffix(" 11 1"))
            default: #expect(bob.hasPrefix("LST N=bob@example.com F=Bob C=") && bob.hasSuffix(" 11"))
            }
            let stamps = words.dropFirst(2).dropLast(2).joined(separator: " ")
            await alice.send("SYN 6 " + stamps)
            #expect(try await alice.settled() == ["SYN 6 " + stamps])
        }
    }

    @Test(arguments: RawScripts.mixed, RawScripts.mixed)
    func addingTellsTheOtherUserInTheirVersion(_ first: Int, _ second: Int) async throws {
        try await RawScripts.run { scripts in
            let dave = try await scripts.online(.dave, second)
            let alice = try await scripts.online(.alice, first)
            switch first {
            case ..<10:
                await alice.send("ADD 30 FL dave@example.com Dave")
                #expect(try await alice.expect("ADD 30 FL").hasSuffix(" dave@example.com Dave"))
            case ..<13:
                await alice.send("ADC 30 FL N=dave@example.com F=Dave")
                try await alice.expect("ADC 30 FL N=dave@example.com F=Dave C=")
            default:
                await alice.send("ADL 30", payload: "<ml><d n=\"example.com\"><c n=\"dave\" l=\"3\" t=\"1\"/></d></ml>")
                try await alice.expect("ADL 30 OK")
            }
            let status = first >= 18 ? "NLN NLN 1:dave" : "ILN 30 NLN dave"
            try await alice.expect(status)
            switch second {
            case ..<10: #expect(try await dave.expect("ADD 0 RL").hasSuffix(" alice@example.com Alice%20Liddell"))
            case ..<13: try await dave.expect("ADC 0 RL N=alice@example.com F=Alice%20Liddell")
            default:
                let line = try await dave.expect("ADL 0 ")
                #expect(line.contains("<d n=\"example.com\"><c n=\"alice\"") && line.contains("l=\"8\""))
            }
            switch first {
            case ..<10: await alice.send("REM 31 FL dave@example.com")
            case ..<13:
                let id = await alice.log.compactMap { $0.split(separator: "=").last }.last { $0.count == 36 } ?? ""
                await alice.send("REM 31 FL \(id)")
            default:
                await alice.send("RML 31", payload: "<ml><d n=\"example.com\"><c n=\"dave\" l=\"3\" t=\"1\"/></d></ml>")
            }
            try await alice.expect(first < 13 ? "REM 31" : "RML 31 OK")
            try await dave.expect(second < 13 ? "REM 0 RL" : "RML 0 ")
        }
    }

    @Test(arguments: RawScripts.mixed)
    func blockingHidesAndUnblockingShows(_ version: Int) async throws {
        try await RawScripts.run { scripts in
            let bob = try await scripts.online(.bob, 8)
            let alice = try await scripts.online(.alice, version)
            switch version {
            case ..<10:
                await alice.send("REM 30 AL bob@example.com")
                await alice.send("ADD 31 BL bob@example.com Bob")
            case ..<13:
                await alice.send("REM 30 AL bob@example.com")
                await alice.send("ADC 31 BL N=bob@example.com")
            default:
                await alice.send("RML 30", payload: "<ml><d n=\"example.com\"><c n=\"bob\" l=\"2\" t=\"1\"/></d></ml>")
                await alice.send("ADL 31", payload: "<ml><d n=\"example.com\"><c n=\"bob\" l=\"4\" t=\"1\"/></d></ml>")
            }
            _ = try await alice.settled()
            try await bob.expect("FLN alice@example.com")
            switch version {
            case ..<13: await alice.send("REM 32 BL bob@example.com")
            default:
                await alice.send("RML 32", payload: "<ml><d n=\"example.com\"><c n=\"bob\" l=\"4\" t=\"1\"/></d></ml>")
            }
            _ = try await alice.settled()
            try await bob.expect("NLN NLN alice@example.com")
            await alice.send("BLP 33 BL")
            _ = try await alice.settled()
            try await bob.expect("FLN alice@example.com")
        }
    }

    @Test func impossibleChangesAreRefusedByNumber() async throws {
        try await RawScripts.run { scripts in
            let alice = try await scripts.signIn(.alice, 9)
            for (request, answer) in [
                ("ADD 2 BL bob@example.com Bob", "219 2"),
                ("ADD 3 FL nobody@example.com No", "205 3"), ("ADD 4 FL nobody No", "201 4"),
                ("REM 5 BL bob@example.com", "216 5"), ("ADD 6 FL bob@example.com Bob 7", "224 6"),
                ("RMG 7 0", "230 7"), ("RMG 8 9", "224 8"), ("REG 9 9 Name 0", "224 9"),
                ("REM 10 FL bob@example.com 9", "224 10"), ("REA 11 dave@example.com Dave", "216 11"),
            ] {
                await alice.send(request)
                #expect(try await alice.settled() == [answer])
            }
        }
    }

    @Test(arguments: [
        (9, ["ADD 6 FL bob@example.com Bob"], "ADD 6 FL 2 bob@example.com Bob"),
        (9, ["ADD 6 AL bob@example.com Bob"], "ADD 6 AL 2 bob@example.com Bob"),
        (12, ["ADC 6 AL N=bob@example.com"], "ADC 6 AL N=bob@example.com"),
        (12, ["ADC 6 RL N=bob@example.com"], "ADC 6 RL N=bob@example.com"),
        (12, ["REM 6 BL bob@example.com"], "REM 6 BL bob@example.com"),
        (12, ["REM 6 PL bob@example.com"], "REM 6 PL bob@example.com"),
        (18, ["RML 6", "<ml><d n=\"example.com\"><c n=\"bob\" l=\"4\" t=\"1\"/></d></ml>"], "RML 6 OK"),
    ])
    func aRepeatedChangeIsAcknowledged(_ sample: (version: Int, request: [String], answer: String)) async throws {
        try await RawScripts.run { scripts in
            let alice = try await scripts.signIn(.alice, sample.version)
            _ = try await alice.settled()
            for answer in [sample.answer, sample.answer.replacing("L 2 ", with: "L 3 ")] {
                if sample.request.count == 1 {
                    await alice.send(sample.request[0])
                } else {
                    await alice.send(sample.request[0], payload: sample.request[1])
                }
                #expect(try await alice.settled() == [answer])
            }
        }
    }

    @Test(arguments: 10...12)
    func whoWaitsIsTakenFromThePendingListToTheReverseList(_ version: Int) async throws {
        try await RawScripts.run { scripts in
            let dave = try await scripts.online(.dave, 8)
            await dave.send("ADD 30 FL bob@example.com Bob")
            try await dave.expect("ADD 30")
            func line() async throws -> Substring? {
                let bob = try await scripts.signIn(.bob, version)
                await bob.send("SYN 5 0 0")
                let line = try await bob.settled().first { $0.hasPrefix("LST N=dave@") }
                await bob.send("OUT")
                _ = await bob.rest()
                return line?.dropFirst("LST N=dave@example.com".count)
            }
            let end = version == 12 ? " 1" : ""
            #expect(try await line() == " F=Dave 16" + end)
            let bob = try await scripts.signIn(.bob, version)
            await bob.send("ADC 9 AL N=dave@example.com")
            await bob.send("ADC 13 RL N=dave@example.com")
            await bob.send("REM 14 PL dave@example.com")
            #expect(
                try await bob.settled() == [
                    "ADC 9 AL N=dave@example.com", "ADC 13 RL N=dave@example.com", "REM 14 PL dave@example.com",
                ])
            await bob.send("OUT")
            _ = await bob.rest()
            #expect(try await line() == " 10" + end)
        }
    }

    @Test(arguments: RawScripts.all)
    func whoIsAddedIsToldAtOnceOrAfterTheSignIn(_ version: Int) async throws {
        try await RawScripts.run { scripts in
            let dave = try await scripts.signIn(.dave, version)
            _ = try await dave.settled()
            let alice = try await scripts.online(.alice, version)
            for other in ["dave", "bob"] {
                switch version {
                case ..<10: await alice.send("ADD 30 FL \(other)@example.com Name")
                case ..<13: await alice.send("ADC 30 FL N=\(other)@example.com F=Name")
                default:
                    await alice.send(
                        "ADL 30", payload: "<ml><d n=\"example.com\"><c n=\"\(other)\" l=\"1\" t=\"1\"/></d></ml>")
                }
                _ = try await alice.settled()
            }
            let told = try await dave.settled()
            switch version {
            case ..<10: #expect(told == ["ADD 0 RL 2 alice@example.com Alice%20Liddell"])
            case ..<13: #expect(told == ["ADC 0 RL N=alice@example.com F=Alice%20Liddell"])
            default: #expect(told.count == 1 && told[0].hasPrefix("ADL 0 ") && told[0].contains("c n=\"alice\""))
            }
            try await scripts.goOnline(dave, version)
            let again = try await dave.settled()
            #expect(again.contains { $0.hasPrefix("ADL 0 ") } == (version >= 13))
            if version < 13 {
                await dave.send(version < 10 ? "SYN 5 0" : "SYN 5 0 0")
                #expect(try await dave.settled().contains { $0.hasPrefix("LST") && $0.contains("alice@example.com") })
            } else {
                await dave.send("ADL 31", payload: "<ml><d n=\"example.com\"><c n=\"alice\" l=\"2\" t=\"1\"/></d></ml>")
                try await dave.expect("ADL 31 OK")
                await dave.send("OUT")
                _ = await dave.rest()
                let later = try await scripts.online(.dave, version)
                #expect(try await later.settled().contains { $0.hasPrefix("ADL 0 ") } == false)
            }
        }
    }

    @Test func groupsAreTheSameByNumberAndByIdentifier() async throws {
        try await RawScripts.run { scripts in
            let alice = try await scripts.signIn(.alice, 9)
            await alice.send("ADG 1 Old%20Friends 0")
            #expect(try await alice.settled() == ["ADG 1 2 Old%20Friends 1 0"])
            await alice.send("ADD 2 FL bob@example.com Bob 1")
            #expect(try await alice.expect("ADD 2") == "ADD 2 FL 3 bob@example.com Bob 1")
            await alice.send("ADG 3 Old%20Friends 0")
            #expect(try await alice.settled() == ["228 3"])
            await alice.send("OUT")
            _ = await alice.rest()

            let again = try await scripts.signIn(.alice, 11)
            await again.send("SYN 5 0 0")
            let lines = try await again.settled()
            let id = lines.first { $0.hasPrefix("LSG Old%20Friends ") }?.split(separator: " ").last ?? ""
            #expect(id.count == 36)
            #expect(lines.contains { $0.hasPrefix("LST N=bob@") && $0.hasSuffix(" 11 \(id)") })
            await again.send("REG 6 \(id) Friends")
            #expect(try await again.settled() == ["REG 6 \(id) Friends"])
            await again.send("RMG 7 \(id)")
            #expect(try await again.settled() == ["RMG 7 \(id)"])
            await again.send("ADG 8 Work")
            #expect(try await again.settled().first?.hasPrefix("ADG 8 Work ") == true)
        }
    }

    @Test func aPropertyReachesThoseWhoHaveTheUserAsAContact() async throws {
        try await RawScripts.run { scripts in
            let bob = try await scripts.online(.bob, 5)
            let carl = try await scripts.online(.alice, 11)
            await bob.send("PRP 5 PHH 555%20123")
            #expect(try await bob.expect("PRP 5").hasSuffix(" PHH 555%20123"))
            #expect(try await carl.expect("BPR") == "BPR bob@example.com PHH 555%20123")
            await bob.send("PRP 6 PHH")
            #expect(try await bob.expect("PRP 6").hasSuffix(" PHH"))
        }
    }

    /// Documents of MSNP13 and later that say nonsense are refused; the connection of a merely wrong one goes on.
    @Test(arguments: [
        ("<ml><d n=\"example.com\"><c n=\"dave\" l=\"6\" t=\"1\"/></d></ml>", "241 5"),
        ("<ml><d n=\"example.com\"><c n=\"eve\" l=\"1\" t=\"1\"/></d></ml>", "208 5"),
        ("<ml", "241 5"), ("<ml l=\"1\"></ml>", "ADL 5 OK"),
        ("<ml l=\"1\"><d n=\"elsewhere.org\"><c n=\"eve\" l=\"1\" t=\"1\"/></d></ml>", "ADL 5 OK"),
    ])
    func wrongDocumentsAreRefusedAndTheConnectionGoesOn(_ sample: (text: String, answer: String)) async throws {
        try await RawScripts.run { scripts in
            let alice = try await scripts.signIn(.alice, 15)
            await alice.send("ADL 5", payload: sample.text)
            #expect(try await alice.settled().last == sample.answer)
            await alice.send("FQY 6", payload: "<ml><d n=\"example.com\"><c n=\"dave\"/></d></ml>")
            #expect(
                try await alice.expect("FQY 6").hasSuffix("|<ml><d n=\"example.com\"><c n=\"dave\" t=\"1\"/></d></ml>"))
        }
    }

    @Test func acknowledgedChangesSurviveARestart() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var configuration = SampleConfiguration()
        configuration.stateFile = folder.appendingPathComponent("state").path
        try await RawScripts.run(configuration) { scripts in
            let alice = try await scripts.signIn(.alice, 9)
            await alice.send("ADG 1 Work 0")
            await alice.send("ADD 2 FL dave@example.com Dave 1")
            await alice.send("PRP 3 PHH 555")
            await alice.send("BLP 4 BL")
            await alice.send("REA 5 alice@example.com Zo%C3%AB")
            try await alice.expect("REA 5")
            // As if the server were killed now: what was acknowledged has to be in the file.
            try FileManager.default.copyItem(
                atPath: folder.appendingPathComponent("state").path, toPath: folder.appendingPathComponent("copy").path)
        }
        configuration.stateFile = folder.appendingPathComponent("copy").path
        try await RawScripts.run(configuration) { scripts in
            let alice = try await scripts.signIn(.alice, 10)
            await alice.send("SYN 6 0 0")
            let lines = try await alice.settled()
            #expect(lines.contains("BLP BL"))
            #expect(lines.contains("PRP MFN Zo%C3%AB"))
            #expect(lines.contains("PRP PHH 555"))
            let group = lines.first { $0.hasPrefix("LSG Work ") }?.split(separator: " ").last ?? "?"
            #expect(lines.contains { $0.hasPrefix("LST N=dave@example.com F=Dave C=") && $0.hasSuffix(" 1 \(group)") })
            let dave = try await scripts.signIn(.dave, 8)
            await dave.send("SYN 6 0")
            #expect(try await dave.settled().contains { $0.hasPrefix("LST alice@example.com") && $0.hasSuffix(" 8") })
        }
    }
}
