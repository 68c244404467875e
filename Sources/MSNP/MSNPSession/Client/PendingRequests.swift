import MSNP
import WireProtocol

/// Names one request of a session, whether or not its command has a transaction ID.
public struct RequestKey: Hashable, Sendable {
    /// Requests are counted from 1.
    let number: UInt64
}

/// The requests that wait for answers, and the rules by which a message finds its request.
///
/// A message with a transaction ID belongs to the request of that number. One without belongs to the oldest
/// request that may be answered by its form.
struct PendingRequests: Sendable {
    /// A request that waits.
    struct Entry: Sendable {
        /// Its name.
        let key: RequestKey
        /// Its number on the wire, if it has one.
        let transaction: TransactionID?
        /// The command word and the form, for errors.
        let command: String
        let form: String
        /// True if each part is wanted; else only the main reply.
        let wantsParts: Bool
        /// True if the main reply is one message.
        let hasMainReply: Bool
        /// Where a message would stand among the answers; nil if it is none of them.
        let place: @Sendable (ServerMessage) -> ReplyPlace?
        /// Counts the answers of a synchronization, which has an end of its own.
        var counter: SynchronizationCounter?
        /// True once what came leaves it open whether more will come.
        var isOpenEnded = false
    }

    /// What a message means for a request.
    enum Claim: Sendable {
        /// An answer; after the last one the request is done.
        case answer(RequestKey, isLast: Bool)
        /// The request has failed.
        case failure(RequestKey, SessionError)
    }

    /// The waiting requests, oldest first.
    private(set) var entries: [Entry] = []
    /// The number of the next key.
    private var nextKey: UInt64 = 1

    /// Adds a request that was sent.
    mutating func add<Request: RequestForm>(
        _ request: Request, transaction: TransactionID?, version: ProtocolVersion, wantsParts: Bool
    ) -> RequestKey where Request.Reply.Message == ServerMessage {
        let key = RequestKey(number: nextKey)
        nextKey &+= 1
        entries.append(
            Entry(
                key: key, transaction: transaction, command: "\(Request.command)", form: "\(Request.form)",
                wantsParts: wantsParts, hasMainReply: Request.Reply.hasMainReply,
                place: { Request.Reply($0)?.place },
                counter: (request as? SYN.Synchronize).map { SynchronizationCounter($0, version: version) }))
        return key
    }

    /// Removes a request; what still comes for it is a message like any other.
    mutating func remove(_ key: RequestKey) -> Entry? {
        guard let index = entries.firstIndex(where: { $0.key == key }) else { return nil }
        return entries.remove(at: index)
    }

    /// Removes all requests.
    mutating func removeAll() -> [Entry] {
        defer { entries = [] }
        return entries
    }

    /// True if a request waits without knowing whether more comes.
    func isOpenEnded(_ key: RequestKey) -> Bool {
        entries.first { $0.key == key }?.isOpenEnded ?? false
    }

    /// Finds the request that a message answers.
    mutating func claim(_ envelope: Envelope<ServerMessage>) -> Claim? {
        if case .error(let reply) = envelope.message {
            guard let number = envelope.transaction, let index = index(of: number) else { return nil }
            return .failure(entries.remove(at: index).key, .refused(reply))
        }
        guard let number = envelope.transaction else {
            guard let index = entries.firstIndex(where: { $0.place(envelope.message) != nil }) else { return nil }
            return admit(envelope.message, at: index)
        }
        guard let index = index(of: number) else { return nil }
        guard entries[index].place(envelope.message) != nil else {
            return .failure(entries.remove(at: index).key, .unexpected(envelope.message))
        }
        return admit(envelope.message, at: index)
    }

    /// Fails the request of a line that cannot be read.
    mutating func fail(transaction: TransactionID, command: String, _ error: SessionError) -> Claim? {
        guard let index = index(of: transaction), entries[index].command == command else { return nil }
        return .failure(entries.remove(at: index).key, error)
    }

    /// The request of a transaction ID.
    private func index(of transaction: TransactionID) -> Int? {
        entries.firstIndex { $0.transaction == transaction }
    }

    /// Takes an answer for a request.
    private mutating func admit(_ message: ServerMessage, at index: Int) -> Claim? {
        guard let place = entries[index].place(message) else { return nil }
        let entry = entries[index]
        guard entry.wantsParts else {
            if place == .part, entry.hasMainReply { return nil }
            entries.remove(at: index)
            return .answer(entry.key, isLast: true)
        }
        var isLast = place == .final
        if var counter = entry.counter {
            isLast = counter.isLast(message)
            entries[index].counter = counter
        } else {
            entries[index].isOpenEnded =
                place == .leading || entry.isOpenEnded || (place == .part && !entry.hasMainReply)
        }
        if isLast { entries.remove(at: index) }
        return .answer(entry.key, isLast: isLast)
    }
}
