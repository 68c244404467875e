import Dispatch
import Foundation
import Logging
import MSNP
import Synchronization
import TestSupport
import Testing

@testable import SampleServer

/// What a user may keep, in bytes.
@Suite(.timeLimit(.minutes(30)))
struct RosterLimitTests {
    private static let others = (0..<30).map {
        SampleAccount(userHandle: "u\($0)@example.com", password: "secret", friendlyName: "U")
    }

    /// A server whose users may keep little.
    private static func run(
        _ bytes: Int, _ body: @escaping @Sendable (RawScripts) async throws -> Void
    ) async throws {
        var configuration = RawScripts.young
        configuration.accounts = [.dave] + others
        configuration.contact = nil
        configuration.limits.rosterBytes = bytes
        try await RawScripts.run(configuration, body)
    }

    @Test func aFullListTakesNothingMoreUntilSomethingGoes() async throws {
        try await Self.run(6000) { scripts in
            let dave = try await scripts.online(.dave, 9)
            _ = try await dave.settled()
            let name = String(repeating: "n", count: 380)
            var count = 0
            while count < 30 {
                await dave.send("ADD 9 FL u\(count)@example.com \(name)")
                if try await dave.expect("").hasPrefix("210") { break }
                count += 1
            }
            #expect((5..<15).contains(count))
            for (line, answer) in [
                ("ADD 10 AL u29@example.com \(name)", "210 10"), ("REM 11 FL u0@example.com", "REM 11 FL"),
                ("ADD 12 FL u\(count)@example.com \(name)", "ADD 12 FL"),
                ("ADD 13 FL u\(count + 1)@example.com \(name)", "210 13"),
            ] {
                await dave.send(line)
                #expect(try await dave.expect("").hasPrefix(answer))
            }
            let other = try await scripts.online(Self.others[20], 9)
            await other.send("ADD 14 FL dave@example.com dave")
            try await other.expect("ADD 14 FL")
            try await dave.expect("ADD 0 RL")
        }
    }

    /// A contact with notes counts with them; the error is one that the command has.
    @Test func eachChangeIsRefusedByItsOwnNumber() async throws {
        try await Self.run(2500) { scripts in
            let dave = try await scripts.online(.dave, 10)
            await dave.send("ADC 4 FL N=u0@example.com F=U")
            let id = try await dave.expect("ADC 4 FL").split(separator: " ").last?.dropFirst(2) ?? ""
            let text = String(repeating: "n", count: 380)
            let properties = ["PHH", "PHW", "PHM", "MOB", "MBE", "WWE", "HSB"]
            for (number, property) in properties.enumerated() {
                await dave.send("SBP \(number + 10) \(id) \(property) \(text)")
                let answer = try await dave.expect("")
                if answer.hasPrefix("201") { break }
                #expect(answer.hasPrefix("SBP \(number + 10)") && property != properties.last)
            }
            for (line, answer) in [
                ("SBP 20 \(id) MFN \(text)", "209 20"), ("PRP 21 PHH \(text)", "715 21"),
                ("PRP 22 MFN \(text)", "209 22"), ("ADC 23 AL N=u1@example.com", "210 23"), ("ADG 24 Work", "223 24"),
                ("PRP 25 PHH ", "PRP 25"), ("SBP 26 \(id) PHH short", "SBP 26"), ("ADG 27 Work", "ADG 27"),
            ] {
                await dave.send(line)
                let heard = try await dave.expect("")
                #expect(heard.hasPrefix(answer), "\(line.prefix(20)): \(heard)")
            }
        }
    }

    @Test func aDocumentOfContactsIsRefusedAsAWhole() async throws {
        try await Self.run(4000) { scripts in
            let dave = try await scripts.online(.dave, 13)
            let contacts = (0..<30).map { "<c n=\"u\($0)\" l=\"3\" t=\"1\"/>" }.joined()
            await dave.send("ADL 9", payload: "<ml><d n=\"example.com\">\(contacts)</d></ml>")
            try await dave.expect("210 9")
            await dave.send("ADL 10", payload: "<ml><d n=\"example.com\"><c n=\"u0\" l=\"3\" t=\"1\"/></d></ml>")
            try await dave.expect("ADL 10 OK")
        }
    }

    @Test func aLongPersonalMessageIsRefusedAndTheOldOneStays() async throws {
        try await RawScripts.run { scripts in
            let alice = try await scripts.online(.alice, 12)
            let bob = try await scripts.online(.bob, 12)
            func publish(_ number: Int, _ count: Int) async {
                let text = String(repeating: "x", count: count - 24)
                await alice.send("UUX \(number)", payload: "<Data><PSM>\(text)</PSM></Data>")
            }
            await publish(5, 8192)
            try await alice.expect("UUX 5 0")
            #expect(try await bob.expect("UBX").utf8.count > 8192)
            await publish(6, 8193)
            try await alice.expect("285 6")
            #expect(try await bob.settled().contains { $0.hasPrefix("UBX") } == false)
        }
    }

    /// While the disk is slow, changes wait up to a limit; one alone is taken, whatever its size.
    @Test func changesThatWaitForTheDiskAreBounded() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var configuration = SampleConfiguration()
        configuration.limits.storingBytes = 3000
        let gate = DispatchSemaphore(value: 0)
        let isSlow = Mutex(false)
        let system = DiskCalls.system
        let calls = DiskCalls(
            write: { descriptor, bytes throws(SystemError) in
                if isSlow.withLock({ $0 }) { gate.wait() }
                return try system.write(descriptor, bytes)
            }, synchronize: system.synchronize)
        let exchange = try await Exchange(
            configuration: configuration, accounts: Accounts(configuration.accounts, servesDigest: true),
            journal: try Journal(path: folder.appendingPathComponent("state").path, calls: calls))
        let mailbox = Mailbox(limits: configuration.limits, budget: Budget(1 << 20))
        let handle = try #require(
            await exchange.enter("alice@example.com", mailbox: mailbox, version: .msnp9, endpoint: nil))
        isSlow.withLock { $0 = true }
        let refused = Rows()
        let changes = (0..<20).map { _ in
            Task {
                do throws(Refusal) {
                    _ = try await exchange.edit(by: handle) { roster throws(Refusal) in
                        roster.properties["PHH"] = String(repeating: "5", count: 380)
                        roster.touch()
                    }
                } catch {
                    #expect(error == Refusal(.tooManyChanges))
                    refused.add("\(error)")
                }
            }
        }
        // Each takes more than 900 bytes, and none is done before the disk is.
        while refused.all.count < 17 { await Task.yield() }
        for _ in 0..<20 { gate.signal() }
        for change in changes { await change.value }
        #expect(refused.all.count < 20)
        #expect(await exchange.waitingBytes == 0)
    }

    /// The log says once why changes are refused, and how many were once they are stored again; one line a minute.
    @Test func theLogSaysOnceThatNothingCanBeStored() {
        let lines = LogLines()
        let logger = Logger(label: "test") { _ in lines }
        var log = StoringLog()
        for second in 0..<100 { log.failed("no room", changes: 2, now: .seconds(second), logger) }
        #expect(lines.all == ["error - - - changes are refused: no room"])
        log.failed("broken", changes: 1, now: .seconds(100), logger)
        log.succeeded(now: .seconds(159), logger)
        #expect(lines.all.dropFirst() == ["error - - - changes are refused: broken"])
        log.succeeded(now: .seconds(160), logger)
        log.succeeded(now: .seconds(300), logger)
        #expect(lines.all.dropFirst(2) == ["notice - - - changes are stored again; 201 were refused"])
        for second in 0..<50 {
            log.failed("no room", changes: 1, now: .seconds(300 + second), logger)
            log.succeeded(now: .seconds(300 + second), logger)
        }
        #expect(lines.all.count == 4)
    }
}

extension Exchange {
    /// The bytes of rosters that wait to be stored.
    fileprivate var waitingBytes: Int { changes.bytes }
}
