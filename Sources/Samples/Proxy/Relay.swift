#if Network
import MSNPTransport
import WireProtocol

/// Moves the bytes of two connections to each other.
///
/// An end that finishes is finished towards the other one, which may go on for a while. One that fails, or does not
/// read, ends both, after everything that had arrived was delivered or refused.
struct Relay: Sendable {
    /// Why a relay ended before both ends had finished.
    enum Failure: Error, CustomStringConvertible {
        case doesNotRead(Sender)

        var description: String {
            switch self {
            case .doesNotRead(let end): "the \(end == .client ? "client" : "server") does not read what it is sent"
            }
        }
    }

    private let clock: any Clock<Duration>
    private let writeTime: Duration
    private let lingerTime: Duration

    init(_ configuration: ProxyConfiguration) {
        clock = configuration.clock
        (writeTime, lingerTime) = (configuration.writeTime, configuration.lingerTime)
    }

    /// Relays until both ends have finished.
    ///
    /// - Parameters:
    ///   - pass: what goes on for the bytes that an end sent.
    ///   - rest: what was held back of what it sent, once it has finished.
    func run(
        _ client: Link, _ server: Link, pass: @escaping @Sendable ([UInt8], Sender) async -> [UInt8],
        rest: @escaping @Sendable (Sender) async -> [UInt8]
    ) async throws {
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for (sender, from, to) in [(Sender.client, client, server), (.server, server, client)] {
                group.addTask {
                    let peer: Sender = sender == .client ? .server : .client
                    do {
                        for try await piece in from.inbound {
                            try await write(await pass(piece, sender), to: to, peer)
                        }
                    } catch let error as Failure {
                        throw error
                    } catch {
                        // What came before the connection broke is delivered all the same.
                        try? await finish(await rest(sender), to: to, peer)
                        throw error
                    }
                    try await finish(await rest(sender), to: to, peer)
                    return true
                }
            }
            _ = try await group.next()
            group.addTask {
                try await clock.sleep(for: lingerTime)
                return false
            }
            _ = try await group.next()
            group.cancelAll()
        }
    }

    private func finish(_ rest: [UInt8], to link: Link, _ peer: Sender) async throws {
        try await write(rest, to: link, peer)
        try await inTime(peer) { try await link.outbound.flush() }
        link.outbound.finish()
    }

    private func write(_ bytes: [UInt8], to link: Link, _ peer: Sender) async throws {
        guard !bytes.isEmpty else { return }
        try await inTime(peer) { try await link.outbound.write(bytes) }
    }

    private func inTime(_ peer: Sender, _ body: @escaping @Sendable () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { race in
            race.addTask { try await body() }
            race.addTask {
                try await clock.sleep(for: writeTime)
                throw Failure.doesNotRead(peer)
            }
            defer { race.cancelAll() }
            try await race.next()
        }
    }
}
#endif
