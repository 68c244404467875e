import MSNPTransport
import Testing

/// Listeners that end while connections come.
@Suite(.timeLimit(.minutes(1)))
struct ListenerTests {
    @Test func aListenerThatEndsClosesTheConnectionsThatJustCame() async throws {
        for round in 0..<30 {
            let listener = try await Listener.bind()
            let port = listener.port
            await withTaskGroup(of: Void.self) { group in
                let server = Task {
                    await listener.run { link in
                        do { for try await _ in link.inbound {} } catch {}
                    }
                }
                for _ in 0..<20 {
                    group.addTask {
                        try? await Dialer.withLink(host: "127.0.0.1", port: port) { link in
                            for try await _ in link.inbound {}
                        }
                    }
                }
                for _ in 0..<(round * 20) { await Task.yield() }
                server.cancel()
                await server.value
            }
        }
    }

    @Test func bytesThatComeEarlyAreNotLost() async throws {
        let listener = try await Listener.bind()
        let server = Task {
            await listener.run { link in
                do {
                    for try await bytes in link.inbound { try await link.outbound.write(bytes) }
                } catch {}
            }
        }
        let echo = try await Dialer.withLink(host: "127.0.0.1", port: listener.port) { link in
            try await link.outbound.write(Array("hello".utf8))
            for try await bytes in link.inbound { return bytes }
            return []
        }
        #expect(echo == Array("hello".utf8))
        server.cancel()
    }
}
