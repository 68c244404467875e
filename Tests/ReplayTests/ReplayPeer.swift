import MSNP
import MSNPSession
import TestSupport
import Testing
import WireProtocol

/// The client's end of a connection: it sends bytes as they are and finds answers by their form.
actor ReplayPeer {
    /// What the server said.
    struct Answer: Sendable {
        let name: String
        let transaction: TransactionID?
        let message: ServerMessage
    }

    /// Why an answer did not come.
    struct Missing: Error, CustomStringConvertible {
        let description: String
    }

    /// What the server said and nobody asked for yet.
    private(set) var rest: [Answer] = []
    private let name: String
    private var codec: MessageCodec<ServerMessage>
    private let connection: RawConnection

    /// Connects.
    init(_ name: String, _ service: Service, _ version: ProtocolVersion, port: Int) {
        self.name = name
        connection = RawConnection(port: port)
        codec = MessageCodec(service: service, version: version, limits: .grammar)
    }

    /// Sends bytes as they are.
    func send(_ bytes: [UInt8]) { connection.send(bytes) }

    /// Sends a request that no recording has, and waits for its answer.
    @discardableResult
    func ask(_ form: some WritableForm, _ number: UInt32) async throws -> ServerMessage {
        let transaction = TransactionID(number)
        connection.send(try codec.encode(form, transaction: transaction, policy: .fitting))
        return try await find("an answer to \(type(of: form).command)") { $0.transaction == transaction }.message
    }

    /// Closes the connection.
    func close() { connection.close() }

    /// Takes the first answer with a name and a transaction ID, and reads on until it comes.
    func find(_ wanted: String, _ transaction: TransactionID?) async throws -> Answer {
        let answer = try await find(wanted) { answer in
            guard answer.transaction == transaction else { return false }
            // Nothing else comes after an error.
            return answer.name == wanted || transaction != nil && transaction != .zero && answer.isError
        }
        guard answer.name == wanted else {
            throw Missing(description: "\(name): \(answer.name) instead of \(wanted)")
        }
        return answer
    }

    /// Takes the first answer that fits, and reads on until it comes.
    func find(_ wanted: String, _ fits: @Sendable (Answer) -> Bool) async throws -> Answer {
        var start = 0
        while true {
            while start < rest.count {
                if fits(rest[start]) { return rest.remove(at: start) }
                start += 1
            }
            guard try await read() else {
                let reason = Task.isCancelled ? "the time is over" : "the server closed the connection"
                throw missing("\(reason) before \(wanted); it has said \(rest.map(\.name))")
            }
        }
    }

    /// Reads to the end of the connection.
    func end() async throws {
        while try await read() {}
        if Task.isCancelled { throw missing("the server did not close the connection") }
    }

    /// What is missing; an error alone would be lost when the time is over.
    private func missing(_ text: String) -> Missing {
        let missing = Missing(description: "\(name): \(text)")
        if Task.isCancelled { Issue.record("\(missing)") }
        return missing
    }

    /// Reads more; false at the end of the connection.
    private func read() async throws -> Bool {
        var isMore = false
        while !isMore {
            guard let bytes = await next() else { return false }
            codec.append(bytes)
            while let arrival = codec.next() {
                guard case .message(let envelope, _) = arrival, let form = envelope.message.form else {
                    throw Missing(description: "\(name): the server's line cannot be read: \(arrival)")
                }
                if case .ver(.accepted(let choice)) = envelope.message,
                    let version = choice.dialects.first.flatMap({ ProtocolVersion(name: $0.text) })
                {
                    codec.adopt(version)
                }
                rest.append(
                    Answer(
                        name: Recording.name(form), transaction: envelope.transaction, message: envelope.message))
                isMore = true
            }
        }
        return true
    }

    private func next() async -> [UInt8]? {
        for await bytes in connection.incoming { return bytes }
        return nil
    }
}

extension ReplayPeer.Answer {
    var isError: Bool {
        if case .error = message { true } else { false }
    }
}
