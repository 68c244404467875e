#if Network
import MSNPTransport

/// A TCP connection of a test: bytes as they are, and a peer that stops reading when the test wants it to.
package final class RawConnection: Sendable {
    /// What arrives; for a single reader.
    package let incoming: AsyncStream<[UInt8]>
    private let outgoing: AsyncStream<[UInt8]>.Continuation
    private let gate = Gate()
    private let task: Task<Void, Never>

    /// Connects to a port of this machine.
    package init(port: Int, limits: TransportLimits = .default) {
        let (incoming, received) = AsyncStream.makeStream(of: [UInt8].self)
        let (sent, outgoing) = AsyncStream.makeStream(of: [UInt8].self)
        (self.incoming, self.outgoing) = (incoming, outgoing)
        task = Task { [gate] in
            try? await Dialer.withLink(host: "127.0.0.1", port: port, limits: limits) { link in
                await withTaskGroup(of: Void.self) { group in
                    group.addTask {
                        do {
                            for try await bytes in link.inbound {
                                received.yield(bytes)
                                await gate.pass()
                            }
                        } catch {}
                        received.finish()
                    }
                    group.addTask {
                        for await bytes in sent { try? await link.outbound.write(bytes) }
                    }
                    await group.next()
                    group.cancelAll()
                }
            }
            received.finish()
        }
    }

    deinit { task.cancel() }

    /// Little room for what is not read, so that a peer that stops reading is noticed soon.
    package static let narrow = TransportLimits(
        readSize: 1024, lowWatermark: 1, highWatermark: 2, sendBuffer: 4096, receiveBuffer: 4096)

    /// Sends bytes.
    package func send(_ bytes: [UInt8]) { outgoing.yield(bytes) }

    /// Takes nothing more from the network, as a program that hangs.
    package func stopReading() { gate.shut() }

    /// Reads again.
    package func goOnReading() { gate.open() }

    /// Closes the connection.
    package func close() { outgoing.finish() }
}
#endif
