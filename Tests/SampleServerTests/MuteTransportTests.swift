import Foundation
import MSNPTransport
import Synchronization
import TestSupport
import Testing

/// Peers that never read, below the protocol.
@Suite(.timeLimit(.minutes(30)))
struct MuteTransportTests {
    /// Runs a listener that never reads.
    private static func withMuteListener(_ body: (Int) async throws -> Void) async throws {
        let listener = try await Listener.bind(limits: RawConnection.narrow)
        let gate = Gate(isShut: true)
        let server = Task { await listener.run { _ in await gate.pass() } }
        try await body(listener.port)
        server.cancel()
        await server.value
    }

    #if os(Linux)
    /// Nobody waits for a connection that they do not want any more.
    @Test(arguments: [true, false])
    func connectingCanBeCancelled(isWeb: Bool) async throws {
        let silent = try SilentPort()
        let task = Task {
            if isWeb {
                _ = try await HTTPClient.send(
                    HTTPRequest(method: "GET", path: "/"), to: "127.0.0.1", port: silent.port, clock: ManualClock())
            } else {
                let limits = TransportLimits(connectTime: .seconds(600))
                try await Dialer.withLink(host: "127.0.0.1", port: silent.port, limits: limits) { _ in }
            }
        }
        try await silent.isTried()
        task.cancel()
        await #expect(throws: TransportError.cancelled) { try await task.value }
    }
    #endif

    @Test func whoIsCancelledBeforeDoesNotConnect() async throws {
        try await Self.withMuteListener { port in
            let task = Task {
                while !Task.isCancelled { await Task.yield() }
                try await Dialer.withLink(host: "127.0.0.1", port: port) { _ in
                    _ = Issue.record("connected")
                }
            }
            task.cancel()
            await #expect(throws: TransportError.cancelled) { try await task.value }
        }
    }

    @Test func aWriterWaitsUntilItIsCancelled() async throws {
        try await Self.withMuteListener { port in
            let total = 16 << 20
            let written = Mutex(0)
            let task = Task {
                try await Dialer.withLink(host: "127.0.0.1", port: port, limits: RawConnection.narrow) { link in
                    while written.withLock({ $0 }) < total {
                        try await link.outbound.write([UInt8](repeating: 0, count: 4096))
                        written.withLock { $0 += 4096 }
                    }
                }
            }
            while written.withLock({ $0 }) == 0 { await Task.yield() }
            task.cancel()
            let error = await #expect(throws: TransportError.self) { try await task.value }
            guard case .closed = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(written.withLock { $0 } < total)
        }
    }

    @Test(arguments: [true, false])
    func aWebRequestThatIsNotReadIsGivenUp(isCancelled: Bool) async throws {
        try await Self.withMuteListener { port in
            let clock = ManualClock()
            let request = HTTPRequest(method: "POST", path: "/", body: [UInt8](repeating: 0, count: 32 << 20))
            let task = Task { try await HTTPClient.send(request, to: "127.0.0.1", port: port, clock: clock) }
            while clock.sleepers == 0 { await Task.yield() }
            if isCancelled { task.cancel() } else { clock.advance(by: .seconds(30)) }
            let error = isCancelled ? TransportError.cancelled : .timedOut(host: "127.0.0.1", port: port)
            await #expect(throws: error) { try await task.value }
        }
    }

    /// Clients of a web service that do not read its answer keep nobody waiting, and are closed in time.
    @Test func aWebAnswerThatIsNotReadIsGivenUp() async throws {
        let clock = ManualClock()
        let listener = try await HTTPListener.bind(limits: RawConnection.narrow)
        let size = 4 << 20
        let server = Task {
            await listener.run(sleep: { try await clock.sleep(for: $0) }) { _ in
                HTTPResponse(status: 200, body: [UInt8](repeating: 0x78, count: size))
            }
        }
        let question = Array("GET / HTTP/1.1\r\nHost: x\r\n\r\n".utf8)
        let mute = (0..<3).map { _ in RawConnection(port: listener.port, limits: RawConnection.narrow) }
        for connection in mute {
            connection.stopReading()
            connection.send(question)
        }
        let answer = try await HTTPClient.send(
            HTTPRequest(method: "GET", path: "/"), to: "127.0.0.1", port: listener.port, bodyLimit: size,
            clock: ManualClock())
        #expect(answer.body.count == size)
        await clock.advance(by: .seconds(30), whenAsleep: mute.count)
        for connection in mute {
            connection.goOnReading()
            var count = 0
            for await bytes in connection.incoming { count += bytes.count }
            #expect(count < 1 << 20)
        }
        server.cancel()
        await server.value
    }
}
