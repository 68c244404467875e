import MSNP
import MSNPSession
import MSNPTransport
import SampleServer
import SessionLint
import Synchronization
import TestSupport
import Testing
import WireProtocol

@testable import SampleProxy

/// A proxy between real connections of this machine.
@Suite(.serialized, .timeLimit(.minutes(30)))
struct ProxyTests {
    /// What happened in a proxy.
    private final class Events: Sendable {
        private let events = Mutex<[ProxyEvent]>([])

        func add(_ event: ProxyEvent) { events.withLock { $0.append(event) } }

        /// What one end sent.
        func parts(from sender: Sender) -> [ProxiedPart] {
            events.withLock { events in
                events.compactMap { event in
                    if case .part(_, let part) = event, part.sender == sender { part } else { nil }
                }
            }
        }

        /// The connections that were opened.
        var opened: [String] {
            events.withLock { events in
                events.compactMap { event in
                    if case .opened(let connection) = event { connection.name } else { nil }
                }
            }
        }

        /// Waits until so many connections have closed.
        func closures(_ count: Int) async {
            while !Task.isCancelled {
                let closed = events.withLock { events in
                    events.count { if case .closed = $0 { true } else { false } }
                }
                if closed >= count { return }
                await Task.yield()
            }
        }

        /// Why the first connection that closed did.
        func closure() async -> String? {
            while true {
                for event in events.withLock({ $0 }) {
                    if case .closed(_, let reason) = event { return reason }
                }
                guard !Task.isCancelled else { return "the test took too long" }
                await Task.yield()
            }
        }
    }

    /// What a server received until the other end had finished.
    private final class Heard: Sendable {
        private let (received, ending) = AsyncStream.makeStream(of: [UInt8].self)

        func end(_ bytes: [UInt8]) { ending.yield(bytes) }
        func bytes() async -> [UInt8]? { await received.first { _ in true } }
    }

    private static func configuration(to port: Int) -> ProxyConfiguration {
        var configuration = ProxyConfiguration(upstream: ServerAddress(host: "127.0.0.1", port: port))
        (configuration.port, configuration.clock) = (0, PatientClock())
        return configuration
    }

    /// Runs a server behind a proxy.
    private static func withProxy(
        _ change: (inout ProxyConfiguration) -> Void = { _ in }, server: @escaping @Sendable (Link) async -> Void,
        _ body: @escaping @Sendable (Int, Events) async throws -> Void
    ) async throws {
        let listener = try await Listener.bind(limits: Proxy.limits)
        let task = Task { await listener.run(server) }
        var configuration = configuration(to: listener.port)
        change(&configuration)
        let events = Events()
        try await Proxy.withRunning(configuration) {
            events.add($0)
        } _: {
            try await body($0.port, events)
        }
        task.cancel()
        await task.value
    }

    /// Everything that arrives until the other end has finished.
    private static func all(_ link: Link) async throws -> [UInt8] {
        var received: [UInt8] = []
        for try await piece in link.inbound { received += piece }
        return received
    }

    // MARK: - Programs

    @Test(arguments: [(2, 2), (7, 12), (8, 18), (15, 15), (18, 18)] as [(UInt8, UInt8)])
    func clientsStayInTheProxyAndAreRecordedAsTheyRecordThemselves(_ first: UInt8, _ second: UInt8) async throws {
        let (alice, dave) = (PairTests.User(.alice), PairTests.User(.dave))
        let (events, rows) = (Events(), Mutexed())
        let recorder = SessionRecorder { rows.add($0) }
        let records = Mutex<[String: @Sendable (SessionLine) -> Void]>([:])
        try await SampleServer.withRunning(.patient) { server in
            try await Proxy.withRunning(Self.configuration(to: server.dispatchPort)) { event in
                events.add(event)
                guard case .part(let connection, let part) = event, let line = part.line else { return }
                records.withLock { records in
                    let record = records[connection.name] ?? recorder.observer(named: connection.name)
                    records[connection.name] = record
                    return record
                }(line)
            } _: { proxy in
                async let isAliceWell = alice.run(ProtocolVersion(first), server, port: proxy.port)
                async let isDaveWell = dave.run(ProtocolVersion(second), server, port: proxy.port)
                await alice.screen.see("Type /help")
                await dave.screen.see("Type /help")
                await alice.command("/add dave@example.com")
                await dave.command("/add alice@example.com")
                alice.keyboard.yield("/chat dave@example.com")
                alice.keyboard.yield("Hello, Dave")
                await dave.screen.see(words: ": Hello, Dave")
                dave.keyboard.yield("Hello, Alice")
                await alice.screen.see(words: ": Hello, Alice")
                alice.keyboard.yield("/quit")
                dave.keyboard.yield("/quit")
                let areWell = try await [isAliceWell, isDaveWell]
                #expect(areWell == [true, true])
                // What the clients said last is on its way.
                await events.closures(6)
            }
        }
        // Each user has a dispatch server, a notification server and a switchboard.
        #expect(events.opened.sorted() == ["NS1", "NS2", "NS3", "NS4", "SB1", "SB2"])
        var (own, proxied) = (RecordingLint(), RecordingLint())
        for user in [alice, dave] {
            #expect(own.lint(Array(user.rows.text.utf8), file: "own").filter { $0.severity == .error } == [])
        }
        #expect(proxied.lint(Array(rows.text.utf8), file: "proxy").filter { $0.severity == .error } == [])
        // A client that has said goodbye reads nothing more.
        #expect((own.totals.commands...own.totals.commands + 4).contains(proxied.totals.commands))
        #expect(own.totals.commands > 40)
        var passed = Self.commands(rows.text)
        for command in Self.commands(alice.rows.text) + Self.commands(dave.rows.text) {
            let index = try #require(passed.firstIndex(of: command), "\(command)")
            passed.remove(at: index)
        }
    }

    /// The commands of a recording, but for those with addresses.
    private static func commands(_ recording: String) -> [Substring] {
        recording.split(separator: "\n").dropFirst().map { $0.drop { $0 != "\t" } }
            .filter { !$0.hasPrefix("\tS>C\tXFR") && !$0.hasPrefix("\tS>C\tRNG") }
    }

    // MARK: - Bytes

    /// Lines and garbage, cut anywhere, with half a command at the end.
    private static func bytes(_ random: inout SeededGenerator, _ lines: [String]) -> [UInt8] {
        var bytes: [UInt8] = []
        for _ in 0..<60 {
            switch Int.random(in: 0..<4, using: &random) {
            case 0:
                bytes += (0..<Int.random(in: 0..<300, using: &random)).map { _ in .random(in: 0...255, using: &random) }
            case 1: bytes += [UInt8](repeating: 0x61, count: Int.random(in: 0..<20_000, using: &random))
            default: bytes += Array((lines.randomElement(using: &random) ?? "").utf8)
            }
        }
        return bytes + Array("MSG 9 N 500\r\nMIME-Version".utf8)
    }

    @Test(arguments: [true, false], [1, 2, 3, 4] as [UInt64])
    func bytesThatAreNotUnderstoodPassUnchanged(rewrites: Bool, seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let down = Self.bytes(
            &random, ["VER 1 MSNP8\r\n", "NLN AWY bob@example.com Bob 0\r\n", "XYZ 1\n", "911 4\r\n"])
        let up = Self.bytes(&random, ["VER 1 MSNP8 CVR0\r\n", "PNG\r\n", "\r\n", "QRY 5 x 32\r\n"])
        let (downPieces, upPieces) = (down.pieces(&random, upTo: 3000), up.pieces(&random, upTo: 3000))
        let heard = Heard()
        try await Self.withProxy {
            $0.rewritesAddresses = rewrites
        } server: { link in
            await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    for piece in downPieces { try? await link.outbound.write(piece) }
                    try? await link.outbound.flush()
                    link.outbound.finish()
                }
                group.addTask {
                    let bytes = try? await Self.all(link)
                    heard.end(bytes ?? [])
                }
            }
        } _: { port, events in
            let received = try await Dialer.withLink(host: "127.0.0.1", port: port, limits: Proxy.limits) { link in
                async let received = Self.all(link)
                for piece in upPieces { try await link.outbound.write(piece) }
                try await link.outbound.flush()
                link.outbound.finish()
                return try await received
            }
            // Long bytes are compared outside of the macro, which would look for the differences for hours.
            let isReceived = received == down
            #expect(isReceived)
            #expect(await events.closure() == nil)
            let (isShownDown, isShownUp) = (
                events.parts(from: .server).flatMap(\.bytes) == down, events.parts(from: .client).flatMap(\.bytes) == up
            )
            #expect(isShownDown && isShownUp)
            let isHeard = await heard.bytes() == up
            #expect(isHeard)
        }
    }

    // MARK: - Addresses

    private static func line(_ bytes: [UInt8], _ service: Service, _ version: ProtocolVersion) -> SessionLine? {
        var replay = ConnectionReplay(following: service, version: version)
        return replay.follow(bytes, from: .server).first?.line
    }

    @Test(
        arguments: VectorRow.all.filter { row in
            row.sender == .server && row.isValid
                && ["XFR", "RNG"].contains(String(decoding: row.wire.prefix(3), as: UTF8.self))
        })
    func anAddressIsReplacedAndNothingElse(row: VectorRow) throws {
        let new = ServerAddress(host: "192.0.2.7", port: 4711)
        for version in row.versions.map({ ProtocolVersion(UInt8($0)) }) {
            guard let line = Self.line(row.wire, row.service, version), let referral = Referral(line) else { continue }
            let rewritten = try referral.bytes(to: new)
            let other = try #require(Self.line(rewritten, row.service, version), "\(version)")
            #expect(try #require(Referral(other)).address == new)
            let (old, found) = (line.form?.fields(in: version), other.form?.fields(in: version))
            let changed = zip(old ?? [], found ?? []).filter { $0 != $1 }.map(\.0.name)
            #expect(Set(changed).isSubset(of: ["address", "currentAddress"]) && changed.contains("address"))
            #expect(old?.count == found?.count)
            #expect(line.transaction == other.transaction)
        }
    }

    @Test func moreAddressesThanAllowedPassAsTheyAre() async throws {
        let lines = (1...3).map { "RNG \($0) 127.0.0.1:\(60000 + $0) CKI 1.2 bob@example.com Bob\r\n" }
        try await Self.withProxy {
            $0.addresses = 2
        } server: { link in
            try? await link.outbound.write(Array(("VER 1 MSNP8\r\n" + lines.joined()).utf8))
            try? await link.outbound.flush()
            link.outbound.finish()
            _ = try? await Self.all(link)
        } _: { port, events in
            let received = try await Dialer.withLink(host: "127.0.0.1", port: port, limits: Proxy.limits) { link in
                link.outbound.finish()
                return try await Self.all(link)
            }
            let found = String(decoding: received, as: UTF8.self).split(separator: "\r\n").map { $0 + "\r\n" }
            #expect(found.count == 4)
            #expect(found.last.map(String.init) == lines[2])
            #expect(found[1] != lines[0] && found[2] != lines[1])
            #expect(events.parts(from: .server).compactMap(\.replaced?.from.port) == [60001, 60002])
        }
    }

    // MARK: - Ends

    @Test func whatComesAfterTheOtherEndHasFinishedArrives() async throws {
        try await Self.withProxy { _ in
        } server: { link in
            do { for try await _ in link.inbound {} } catch {}
            try? await link.outbound.write(Array("OUT SSD\r\n".utf8))
            try? await link.outbound.flush()
            link.outbound.finish()
        } _: { port, _ in
            let received = try await Dialer.withLink(host: "127.0.0.1", port: port, limits: Proxy.limits) { link in
                try await link.outbound.write(Array("OUT\r\n".utf8))
                link.outbound.finish()
                return try await Self.all(link)
            }
            #expect(String(decoding: received, as: UTF8.self) == "OUT SSD\r\n")
        }
    }

    @Test func anEndThatGoesOnForTooLongIsClosed() async throws {
        let clock = ManualClock()
        let gate = Gate(isShut: true)
        try await Self.withProxy {
            $0.clock = clock
            // The clock runs fast here.
            $0.writeTime = .seconds(1_000_000_000)
        } server: { _ in
            await gate.pass()
        } _: { port, events in
            try await Dialer.withLink(host: "127.0.0.1", port: port, limits: Proxy.limits) { link in
                link.outbound.finish()
                let mover = Task {
                    while !Task.isCancelled {
                        clock.advance(by: .seconds(1))
                        await Task.yield()
                    }
                }
                #expect(await events.closure() == nil)
                mover.cancel()
                let received = try await Self.all(link)
                #expect(received.isEmpty)
            }
            gate.open()
        }
    }

    @Test func aServerThatDoesNotReadEndsBoth() async throws {
        let clock = ManualClock()
        let gate = Gate(isShut: true)
        try await Self.withProxy {
            $0.clock = clock
        } server: { _ in
            await gate.pass()
        } _: { port, events in
            let connection = RawConnection(port: port)
            for _ in 0..<1000 { connection.send([UInt8](repeating: 0x61, count: 32768)) }
            let mover = Task {
                while !Task.isCancelled {
                    clock.advance(by: .seconds(1))
                    await Task.yield()
                }
            }
            #expect(await events.closure() == "the server does not read what it is sent")
            mover.cancel()
            for await _ in connection.incoming {}
            gate.open()
        }
    }

    @Test func aServerThatIsNotThereIsNamed() async throws {
        let listener = try await Listener.bind()
        let port = listener.port
        await listener.close()
        let events = Events()
        try await Proxy.withRunning(Self.configuration(to: port)) {
            events.add($0)
        } _: { proxy in
            let connection = RawConnection(port: proxy.port)
            for await _ in connection.incoming {}
            #expect(await events.closure()?.hasPrefix("cannot connect to 127.0.0.1:\(port)") == true)
        }
        #expect(events.opened == [])
    }
}
