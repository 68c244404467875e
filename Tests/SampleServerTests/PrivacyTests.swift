import Foundation
import MSNP
import TestSupport
import Testing

@testable import SampleServer

/// What a user learns of another, for all privacy settings, lists and statuses.
@Suite(.timeLimit(.minutes(30)))
struct PrivacyTests {
    /// The lists that one user has the other on; `nil` access is neither allowed nor blocked.
    struct Side: Hashable {
        var mode: String
        var isContact: Bool
        var access: String?

        static let all = ["AL", "BL"].flatMap { mode in
            [true, false].flatMap { isContact in
                [nil, "AL", "BL"].map { Side(mode: mode, isContact: isContact, access: $0) }
            }
        }

        func roster(name: String, of other: String, isReverse: Bool) -> Roster {
            var roster = Roster(friendlyName: name)
            roster.mode = mode
            roster.properties = name == "Watched" ? ["PHH": "111"] : [:]
            roster.update(UserKey(other), called: other, name: "Other", id: { UUID().uuidString.lowercased() }) {
                if isContact { $0.lists.formUnion(.forward) }
                if access == "AL" { $0.lists.formUnion(.allow) }
                if access == "BL" { $0.lists.formUnion(.block) }
                if isReverse { $0.lists.formUnion(.reverse) }
            }
            return roster
        }
    }

    /// Somebody who is watched, and somebody who watches.
    struct Case {
        let number: Int
        let watched: Side
        let watcher: Side
        let status: String?

        var watchedAccount: SampleAccount { account("x") }
        var watcherAccount: SampleAccount { account("y") }
        private func account(_ letter: String) -> SampleAccount {
            SampleAccount(userHandle: "\(letter)\(number)@example.com", password: "secret", friendlyName: letter)
        }

        static let all = Side.all.flatMap { watched in
            Side.all.flatMap { watcher in ["NLN", "HDN", nil].map { (watched, watcher, $0) } }
        }.enumerated().map { Case(number: $0, watched: $1.0, watcher: $1.1, status: $1.2) }
    }

    /// What the watcher learns.
    struct Lesson: OptionSet, CustomStringConvertible {
        let rawValue: Int
        static let listedPhone = Lesson(rawValue: 1)
        static let presence = Lesson(rawValue: 2)
        static let newPhone = Lesson(rawValue: 4)
        static let newName = Lesson(rawValue: 8)
        static let message = Lesson(rawValue: 16)
        static let call = Lesson(rawValue: 32)
        static let newPhoneInList = Lesson(rawValue: 64)
        static let removal = Lesson(rawValue: 128)
        static let addition = Lesson(rawValue: 256)

        var description: String {
            [
                "listed phone", "presence", "new phone", "new name", "personal message", "call", "new phone in list",
                "removal", "addition",
            ].enumerated().filter { rawValue & 1 << $0.offset != 0 }.map(\.element).joined(separator: ", ")
        }
    }

    /// The rule, in other words than the server's: first the block list, then the allow list, then the setting; phone
    /// numbers are for acquaintances; and who hides is not there.
    private static func rule(_ sample: Case, _ versions: (watched: Int, watcher: Int)) -> Lesson {
        let (watched, watcher) = (sample.watched, sample.watcher)
        let lets = watched.access == "AL" || watched.access == nil && watched.mode == "AL"
        let isThere = sample.status == "NLN"
        let knows = watched.access == "AL" || watched.isContact
        var lesson: Lesson = []
        if lets && isThere {
            lesson.insert(.call)
            if watcher.isContact { lesson.formUnion([.presence, .newName]) }
            if watcher.isContact && versions.watched >= 11 && versions.watcher >= 11 { lesson.insert(.message) }
            if watched.isContact { lesson.insert(.removal) }
        }
        if lets && knows && watcher.isContact && versions.watcher < 13 {
            lesson.insert(.listedPhone)
            if isThere { lesson.formUnion([.newPhone, .newPhoneInList]) }
        }
        if !watched.isContact && watched.access != "BL" && watcher.access != "BL" { lesson.insert(.addition) }
        return lesson
    }

    /// All cases between two versions, and a part of them, each another, between others.
    @Test(arguments: [(9, 12, 1, 0), (7, 9, 5, 0), (12, 7, 5, 1), (12, 18, 5, 2)])
    func nobodyLearnsMoreThanPrivacyAllows(
        _ sample: (watched: Int, watcher: Int, step: Int, offset: Int)
    ) async throws {
        let versions = (sample.watched, sample.watcher)
        let cases = Case.all.filter { $0.number % sample.step == sample.offset }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var configuration = SampleConfiguration(
            accounts: cases.flatMap { [$0.watchedAccount, $0.watcherAccount] }, contact: nil)
        configuration.stateFile = folder.appendingPathComponent("state").path
        let journal = try Journal(path: configuration.stateFile ?? "")
        var rosters: [UserKey: Roster] = [:]
        for sample in cases {
            let (x, y) = (sample.watchedAccount.userHandle, sample.watcherAccount.userHandle)
            rosters[UserKey(x)] = sample.watched.roster(name: "Watched", of: y, isReverse: sample.watcher.isContact)
            rosters[UserKey(y)] = sample.watcher.roster(name: "Watcher", of: x, isReverse: sample.watched.isContact)
        }
        try await journal.store(rosters)
        await journal.close()
        try await RawScripts.run(configuration) { scripts in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (index, sample) in cases.enumerated() {
                    if index >= 8 { try await group.next() }
                    group.addTask {
                        let learned = try await Self.play(scripts, sample, versions)
                        #expect(learned == Self.rule(sample, versions), "\(sample)")
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    /// What the watcher learns while the watched user does everything that others may hear of.
    private static func play(
        _ scripts: RawScripts, _ sample: Case, _ versions: (watched: Int, watcher: Int)
    ) async throws -> Lesson {
        let (x, y) = (sample.watchedAccount.userHandle, sample.watcherAccount.userHandle)
        let watched = try await scripts.signIn(sample.watchedAccount, versions.watched)
        if let status = sample.status { try await scripts.goOnline(watched, versions.watched, status) }
        let watcher = try await scripts.signIn(sample.watcherAccount, versions.watcher)
        var lesson: Lesson = []
        /// What the watcher hears, without what they ask for.
        func heard(_ lessons: Lesson, where isTold: (String) -> Bool) async throws {
            if try await watcher.settled().contains(where: isTold) { lesson.formUnion(lessons) }
        }
        let synchronize = versions.watcher < 10 ? "SYN 5 0" : "SYN 5 0 0"
        if versions.watcher < 13 {
            await watcher.send(synchronize)
            try await heard(.listedPhone) { $0.contains("PHH 111") }
        }
        try await scripts.goOnline(watcher, versions.watcher)
        let shown = await watcher.log.contains { ($0.hasPrefix("ILN") || $0.hasPrefix("NLN")) && $0.contains(x) }
        if shown { lesson.insert(.presence) }
        try await heard(.presence) { ($0.hasPrefix("ILN") || $0.hasPrefix("NLN")) && $0.contains(x) }
        await watched.send("PRP 20 PHH 555.222")
        try await watched.expect("PRP 20")
        try await heard(.newPhone) { $0.contains("555.222") }
        if versions.watcher < 13 {
            await watcher.send(synchronize)
            try await heard(.newPhoneInList) { $0.contains("555.222") }
        }
        await watched.send(versions.watched < 10 ? "REA 21 \(x) Renamed" : "PRP 21 MFN Renamed")
        try await watched.expect(versions.watched < 10 ? "REA 21" : "PRP 21")
        try await heard(.newName) { $0.contains("Renamed") }
        if versions.watched >= 11 {
            await watched.send("UUX 22", payload: "<Data><PSM>hello</PSM></Data>")
            try await watched.expect("UUX 22")
            try await heard(.message) { $0.hasPrefix("UBX") && $0.contains("hello") }
        }
        await watcher.send("XFR 23 SB")
        let cookie = try await watcher.expect("XFR 23 SB ").split(separator: " ")[5]
        let chat = Peer(scripts.server.switchboardPort)
        await chat.send("USR 1 \(scripts.user(sample.watcherAccount, versions.watcher)) \(cookie)")
        try await chat.expect("USR 1 OK")
        await chat.send("CAL 2 \(x)")
        let answer = try await chat.expect("")
        #expect(answer.hasPrefix("CAL 2 RINGING") || answer == "217 2")
        if answer.hasPrefix("CAL") { lesson.insert(.call) }
        await chat.close()
        if sample.watched.isContact {
            let contact = versions.watched < 10 ? y : try await id(of: y, for: watched)
            await watched.send("REM 24 FL \(contact)")
            try await watched.expect("REM 24")
            try await heard(.removal) { $0.hasPrefix("REM") || $0.hasPrefix("RML") }
        } else {
            await watched.send(versions.watched < 10 ? "ADD 24 FL \(y) Y" : "ADC 24 FL N=\(y) F=Y")
            try await watched.expect(versions.watched < 10 ? "ADD 24" : "ADC 24")
            try await heard(.addition) { ["ADD", "ADC", "ADL"].contains($0.prefix(3)) }
        }
        await watched.send("OUT")
        _ = await watched.rest()
        if !lesson.contains(.presence) {
            #expect(await watcher.log.contains { $0.hasPrefix("FLN") } == false, "\(sample)")
        }
        await watcher.send("OUT")
        _ = await watcher.rest()
        return lesson
    }

    /// The identifier of a contact.
    private static func id(of other: String, for peer: Peer) async throws -> String {
        await peer.send("SYN 30 0 0")
        let line = try await peer.settled().first { $0.hasPrefix("LST N=\(other) ") } ?? ""
        return line.split(separator: " ").first { $0.hasPrefix("C=") }.map { String($0.dropFirst(2)) } ?? ""
    }

    /// A new phone number of a hidden user is told when the user shows up.
    @Test func whatAHiddenUserChangesIsToldWhenTheUserShows() async throws {
        try await RawScripts.run { scripts in
            let alice = try await scripts.online(.alice, 9)
            let bob = try await scripts.signIn(.bob, 9)
            await bob.send("PRP 5 PHH 111")
            try await scripts.goOnline(bob, 9, "HDN")
            await bob.send("PRP 6 PHW 222")
            _ = try await bob.settled()
            #expect(try await alice.settled().allSatisfy { !$0.contains("bob@") })
            try await scripts.goOnline(bob, 9, "NLN", number: 11)
            try await alice.expect("NLN NLN bob@example.com")
            #expect(
                try await alice.settled() == ["BPR 1 bob@example.com PHH 111", "BPR 1 bob@example.com PHW 222"])
            try await scripts.goOnline(bob, 9, "HDN", number: 12)
            try await scripts.goOnline(bob, 9, "NLN", number: 13)
            #expect(try await alice.settled().allSatisfy { !$0.hasPrefix("BPR") })
        }
    }

    /// Who hides keeps for others the phone numbers of the last time that they were seen, in lists and in news.
    @Test func whoHidesShowsTheOldNumbersUntilTheyShowUp() async throws {
        try await RawScripts.run { scripts in
            let alice = try await scripts.online(.alice, 9)
            let bob = try await scripts.online(.bob, 9)
            await bob.send("PRP 5 PHH 111")
            try await alice.expect("BPR 1 bob@example.com PHH 111")
            try await scripts.goOnline(bob, 9, "HDN", number: 11)
            await bob.send("PRP 6 PHH 222")
            _ = try await bob.settled()
            await alice.send("SYN 7 0")
            let lines = try await alice.settled()
            #expect(lines.contains("BPR PHH 111") && !lines.contains { $0.contains("222") })
            try await scripts.goOnline(bob, 9, "NLN", number: 12)
            try await alice.expect("BPR 1 bob@example.com PHH 222")
        }
    }
}
