import Foundation
import MSNP
import MSNPTransport
import Synchronization
import TestSupport
import Testing

@testable import SampleServer

/// What is kept across restarts: one server keeps it, and nothing is lost, made up or written over.
@Suite(.timeLimit(.minutes(30)))
struct StateTests {
    private static let alice = UserKey("alice@example.com")

    /// Runs a test with the path of a state file in a folder of its own.
    private static func withPath<Result>(_ body: (String) async throws -> Result) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await body(folder.resolvingSymlinksInPath().appendingPathComponent("state").path)
    }

    private static func content(_ path: String) -> Data? { FileManager.default.contents(atPath: path) }

    /// A journal of a few changes.
    private static func fill(_ path: String, _ names: [String] = ["one", "two", "three"]) async throws {
        let journal = try Journal(path: path)
        for name in names { try await journal.store([alice: Roster(friendlyName: name)]) }
        await journal.close()
    }

    @Test func aSecondServerIsToldWhoHoldsTheStateAndChangesNothing() async throws {
        try await Self.withPath { path in
            var configuration = RawScripts.young
            configuration.stateFile = path
            let second = configuration
            try await RawScripts.run(configuration) { scripts in
                let before = Self.content(path)
                let error = await #expect(throws: StateError.self) { try await RawScripts.run(second) { _ in } }
                let process = ProcessInfo.processInfo.processIdentifier
                #expect(error?.description == "\(path) is in use by process \(process)")
                #expect(Self.content(path) == before)
                let alice = try await scripts.signIn(.alice, 9)
                await alice.send("PRP 3 PHH 555")
                try await alice.expect("PRP 3")
            }
            try await RawScripts.run(second) { scripts in
                let alice = try await scripts.signIn(.alice, 9)
                await alice.send("SYN 6 0")
                #expect(try await alice.settled().contains("PRP PHH 555"))
            }
        }
    }

    @Test func aServerWithoutItsPortsLeavesTheStateAlone() async throws {
        try await Self.withPath { path in
            try await RawScripts.run { scripts in
                var configuration = RawScripts.young
                configuration.stateFile = path
                configuration.ports.notification = scripts.server.notificationPort
                await #expect(throws: TransportError.self) { try await RawScripts.run(configuration) { _ in } }
            }
            let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
        }
    }

    @Test(arguments: [
        "", "some other file\n", "{\"account\":\"alice@example.com\"}\n", "msnp sample server state 2\n",
        "msnp sample server state 1",
    ])
    func aFileThatIsNoStateFileIsRefusedAndStays(_ text: String) async throws {
        try await Self.withPath { path in
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
            let error = #expect(throws: StateError.self) { try Journal(path: path) }
            #expect(error?.description == "\(path) is no state file of this server")
            #expect(Self.content(path) == Data(text.utf8))
        }
    }

    enum Obstacle: CaseIterable {
        case folder, pipe, unreadable, lockIsFolder
    }

    @Test(arguments: Obstacle.allCases)
    func aFileThatCannotBeReadIsRefusedAndStays(_ obstacle: Obstacle) async throws {
        try await Self.withPath { path in
            let reason: String
            switch obstacle {
            case .folder:
                try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
                reason = "cannot read \(path): it is no regular file"
            case .pipe:
                #expect(mkfifo(path, 0o600) == 0)
                reason = "cannot read \(path): it is no regular file"
            case .unreadable:
                try await Self.fill(path)
                #expect(chmod(path, 0o200) == 0)
                // The superuser may read everything.
                guard geteuid() != 0 else { return }
                reason = "cannot read \(path): Permission denied"
            case .lockIsFolder:
                try FileManager.default.createDirectory(atPath: path + ".lock", withIntermediateDirectories: false)
                reason = "cannot lock \(path).lock: Is a directory"
            }
            var before = stat()
            lstat(path, &before)
            let error = #expect(throws: StateError.self) { try Journal(path: path) }
            #expect(error?.description == reason)
            var after = stat()
            lstat(path, &after)
            #expect(before.st_ino == after.st_ino && before.st_size == after.st_size)
        }
    }

    /// Cut after any byte, the file holds what was stored before the change that was cut.
    @Test func aTornLastChangeIsDropped() async throws {
        try await Self.withPath { path in
            try await Self.fill(path)
            let whole = try #require(Self.content(path))
            let last = try #require(whole.dropLast().lastIndex(of: 0x0A)) + 1
            for end in last..<whole.count {
                try whole.prefix(end).write(to: URL(fileURLWithPath: path))
                let journal = try Journal(path: path)
                #expect(journal.stored[Self.alice]?.friendlyName == "two")
                #expect(journal.tornBytes == end - last)
                // Nothing is written before the first change; that one takes the place of what is torn.
                #expect(Self.content(path)?.count == end)
                try await journal.store([Self.alice: Roster(friendlyName: "four")])
                await journal.close()
                let again = try Journal(path: path)
                #expect(again.stored[Self.alice]?.friendlyName == "four" && again.tornBytes == 0)
                await again.close()
            }
        }
    }

    /// A changed byte anywhere before the last line is refused with its line, and the file stays.
    @Test func damageInTheMiddleIsRefused() async throws {
        try await Self.withPath { path in
            try await Self.fill(path)
            let whole = try #require(Self.content(path))
            let lines = whole.split(separator: 0x0A)
            for index in lines[1].startIndex..<lines[1].endIndex {
                var damaged = whole
                damaged[index] ^= 1
                try damaged.write(to: URL(fileURLWithPath: path))
                let error = #expect(throws: StateError.self) { try Journal(path: path) }
                #expect(error?.description == "\(path): line 2 is damaged, and line 3 is not")
                #expect(Self.content(path) == damaged)
            }
            var last = whole
            last[lines[3].startIndex + 20] ^= 1
            try last.write(to: URL(fileURLWithPath: path))
            let journal = try Journal(path: path)
            #expect(journal.stored[Self.alice]?.friendlyName == "two")
        }
    }

    @Test func aFileThatGrowsIsRewrittenAndAFailureToRewriteItLosesNothing() async throws {
        try await Self.withPath { path in
            let disk = SmallDisk()
            let journal = try Journal(path: path, calls: disk.calls)
            var roster = Roster(friendlyName: "Alice")
            roster.properties["PHH"] = String(repeating: "5", count: 100_000)
            var sizes: [Int] = []
            for number in 0..<40 {
                // Each change fits and a whole file does not.
                disk.room.withLock { $0 = number < 20 ? 100_500 : .max }
                roster.changes = UInt32(number)
                try await journal.store([Self.alice: roster])
                sizes.append(try #require(Self.content(path)).count)
            }
            #expect(sizes.prefix(20) == sizes.prefix(20).sorted()[...])
            #expect(sizes.suffix(20).min() ?? 0 < 200_000)
            await journal.close()
            #expect(try Journal(path: path).stored[Self.alice]?.changes == 39)
        }
    }

    /// A full disk: what is refused is neither kept nor told; the server goes on, and so does the next one.
    @Test func aChangeThatCannotBeStoredNeverHappened() async throws {
        try await Self.withPath { path in
            let disk = SmallDisk()
            var configuration = RawScripts.young
            configuration.stateFile = path
            configuration.diskCalls = disk.calls
            try await RawScripts.run(configuration) { scripts in
                let alice = try await scripts.online(.alice, 9)
                let bob = try await scripts.online(.bob, 9)
                let dave = try await scripts.online(.dave, 9)
                _ = (try await alice.settled(), try await bob.settled(), try await dave.settled())
                for room in [0, 20] {
                    disk.room.withLock { $0 = room }
                    for (number, request) in [
                        "ADD 30 FL dave@example.com Dave", "BLP 31 BL", "REA 32 alice@example.com Zo", "PRP 33 PHH 555",
                        "ADG 34 Work 0", "REM 35 FL bob@example.com",
                    ].enumerated() {
                        await alice.send(request)
                        #expect(try await alice.settled() == ["501 \(30 + number)"])
                    }
                    #expect(try await bob.settled() == [])
                    #expect(try await dave.settled() == [])
                    await alice.send("SYN 40 1")
                    #expect(try await alice.settled() == ["SYN 40 1"])
                }
                // As it is now, with half a change at its end if there was room for that.
                try FileManager.default.copyItem(atPath: path, toPath: path + ".copy")
                disk.room.withLock { $0 = .max }
                await alice.send("ADD 50 FL dave@example.com Dave")
                try await alice.expect("ADD 50 FL 2 dave@example.com Dave")
                try await dave.expect("ADD 0 RL")
            }
            let whole = try Journal(path: path)
            #expect(whole.stored[Self.alice]?.has(UserKey("dave@example.com"), on: .forward) == true)
            #expect(whole.stored[Self.alice]?.mode == "AL" && whole.tornBytes == 0)
            disk.room.withLock { $0 = 0 }
            configuration.stateFile = path + ".copy"
            try await RawScripts.run(configuration) { scripts in
                let alice = try await scripts.signIn(.alice, 9)
                await alice.send("SYN 40 1")
                #expect(try await alice.settled() == ["SYN 40 1"])
            }
        }
    }

    /// What is left of a long change that failed is gone after the next one, however short that is.
    @Test func theRestOfAFailedChangeIsCutOff() async throws {
        try await Self.withPath { path in
            let disk = SmallDisk()
            let journal = try Journal(path: path, calls: disk.calls)
            try await journal.store([Self.alice: Roster(friendlyName: "one")])
            var long = Roster(friendlyName: "two")
            long.properties["PHH"] = String(repeating: "5", count: 100_000)
            disk.room.withLock { $0 = 50_000 }
            await #expect(throws: StateError.self) { try await journal.store([Self.alice: long]) }
            disk.room.withLock { $0 = .max }
            try await journal.store([Self.alice: Roster(friendlyName: "three")])
            await journal.close()
            let again = try Journal(path: path)
            #expect(again.stored[Self.alice]?.friendlyName == "three" && again.tornBytes == 0)
        }
    }

    /// Changes that come at once, on a disk that fails now and then: what was acknowledged is there, and nothing else.
    @Test(arguments: 0..<4)
    func onADiskThatFailsNowAndThenMemoryAndFileAgree(_ seed: Int) async throws {
        try await Self.withPath { path in
            let disk = SmallDisk(failing: SeededGenerator(seed: UInt64(seed)))
            var configuration = RawScripts.young
            configuration.stateFile = path
            configuration.diskCalls = disk.calls
            let accounts = Accounts(configuration.accounts, servesDigest: true)
            let journal = try Journal(path: path, calls: disk.calls)
            let exchange = try await Exchange(configuration: configuration, accounts: accounts, journal: journal)
            let handle = try #require(
                await exchange.enter(
                    "alice@example.com", mailbox: Mailbox(limits: configuration.limits, budget: Budget(1 << 20)),
                    version: .msnp9, endpoint: nil))
            let before = try #require(await exchange.roster(handle)?.changes)
            disk.isFlaky.withLock { $0 = true }
            let acknowledged = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<200 {
                    group.addTask {
                        do {
                            _ = try await exchange.edit(by: handle) { $0.touch() }
                            return true
                        } catch {
                            return false
                        }
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(await exchange.roster(handle)?.changes == before + UInt32(acknowledged))
            await journal.close()
            #expect(try Journal(path: path).stored[Self.alice]?.changes == before + UInt32(acknowledged))
        }
    }
}

/// A disk with little room, or one that fails now and then.
final class SmallDisk: Sendable {
    /// How many bytes the next writes may have.
    let room = Mutex(Int.max)
    let isFlaky = Mutex(false)
    private let generator: Mutex<SeededGenerator>

    init(failing generator: SeededGenerator = SeededGenerator(seed: 1)) {
        self.generator = Mutex(generator)
    }

    private func fails() -> Bool {
        isFlaky.withLock { $0 } && generator.withLock { Int.random(in: 0..<4, using: &$0) } == 0
    }

    var calls: DiskCalls {
        let system = DiskCalls.system
        return DiskCalls(
            write: { descriptor, bytes throws(SystemError) in
                if self.fails() { throw .noSpace }
                let count = self.room.withLock { room in
                    let count = min(room, bytes.count)
                    room -= count
                    return count
                }
                guard count > 0 else { throw .noSpace }
                return try system.write(descriptor, UnsafeRawBufferPointer(rebasing: bytes[..<count]))
            },
            synchronize: { descriptor throws(SystemError) in
                if self.fails() { throw .noSpace }
                try system.synchronize(descriptor)
            })
    }
}
