import Foundation
import NIOCore
import NIOEmbedded
import Testing

@testable import MSNPTransport
@testable import WireTransport

/// Listeners that end while connections come.
@Suite(.timeLimit(.minutes(30)))
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

    /// What peers sent and finished before anybody serves them is served whole, with or without half-closure.
    @Test(arguments: [false, true])
    func whatCameBeforeAnybodyServesIsServed(_ allowsHalfClosure: Bool) async throws {
        let limits = TransportLimits(allowsHalfClosure: allowsHalfClosure)
        let listener = try await Listener.bind(limits: limits)
        for _ in 0..<20 {
            try await Dialer.withLink(host: "127.0.0.1", port: listener.port, limits: limits) { link in
                try await link.outbound.write(Array("hello".utf8))
                try await link.outbound.flush()
            }
        }
        let (ends, ended) = AsyncStream.makeStream(of: [UInt8].self)
        let server = Task {
            await listener.run { link in
                var received: [UInt8] = []
                do { for try await bytes in link.inbound { received += bytes } } catch {}
                ended.yield(received)
            }
        }
        var received: [String] = []
        for await end in ends.prefix(20) { received.append(String(decoding: end, as: UTF8.self)) }
        #expect(received == Array(repeating: "hello", count: 20))
        server.cancel()
        await server.value
    }

    @Test func aPortThatNothingRunsOnIsClosed() async throws {
        // A port that is free again may go to another test; not every one of ten does.
        var isFree = false
        for _ in 1...10 where !isFree {
            let listener = try await Listener.bind()
            await listener.close()
            guard let again = try? await Listener.bind(port: listener.port) else { continue }
            await again.close()
            isFree = true
        }
        #expect(isFree)
    }

    /// Whether automatic reading was turned on or off.
    private static func isReading(_ channel: EmbeddedChannel) -> Bool? {
        channel.options.first { $0.option is ChannelOptions.Types.AutoReadOption }?.value as? Bool
    }

    /// With no descriptors left, nothing is accepted until a connection closes or a while has passed.
    @Test(arguments: [EMFILE, ENFILE, ENOBUFS, ENOMEM], [true, false])
    func withoutDescriptorsAcceptingPauses(_ code: Int32, _ closes: Bool) throws {
        let loop = EmbeddedEventLoop()
        let reads = ReadCounter()
        let channel = EmbeddedChannel(handlers: [reads, AcceptPause()], loop: loop)
        let connection: any Channel = EmbeddedChannel(loop: loop)
        channel.pipeline.fireChannelRead(connection)
        channel.pipeline.read()
        #expect(reads.count == 1)
        channel.pipeline.fireErrorCaught(IOError(errnoCode: code, reason: "accept"))
        for _ in 0..<1000 { channel.pipeline.read() }
        #expect(reads.count == 1)
        #expect(Self.isReading(channel) == false)
        if closes {
            connection.close(promise: nil)
            loop.run()
        } else {
            loop.advanceTime(by: AcceptPause.time)
        }
        #expect(Self.isReading(channel) == true)
        channel.pipeline.read()
        #expect(reads.count == 2)
        try channel.throwIfErrorCaught()
    }

    @Test func everyPortPauses() async throws {
        let listener = try await Listener.bind()
        try await listener.acceptor.channel.channel.pipeline.containsHandler(type: AcceptPause.self).get()
        await listener.close()
    }

    /// As many connections as the limits say wait for a server that is busy.
    @Test func theSystemQueuesConnectionsAsTheLimitsSay() async throws {
        let listener = try await Listener.bind(limits: TransportLimits(backlog: 1024))
        #expect(try await listener.acceptor.channel.channel.getOption(.backlog).get() == 1024)
        #expect(TransportLimits.default.backlog == 1024)
        await listener.close()
    }

    /// A connection that is gone before it is accepted is no error of the port; others are.
    @Test func onlyErrorsOfThePortEndIt() {
        let channel = EmbeddedChannel(handlers: [AcceptPause()])
        channel.pipeline.fireErrorCaught(IOError(errnoCode: ECONNABORTED, reason: "accept"))
        #expect(throws: Never.self) { try channel.throwIfErrorCaught() }
        channel.pipeline.fireErrorCaught(IOError(errnoCode: EBADF, reason: "accept"))
        #expect(throws: IOError.self) { try channel.throwIfErrorCaught() }
    }
}

/// Counts what reaches the socket.
private final class ReadCounter: ChannelOutboundHandler {
    typealias OutboundIn = Never
    var count = 0

    func read(context: ChannelHandlerContext) {
        count += 1
        context.read()
    }
}
