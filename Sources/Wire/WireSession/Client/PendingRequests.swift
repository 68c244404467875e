import WireProtocol

/// Identifies a request of a session, whether or not its command has a transaction ID.
public struct RequestKey: Hashable, Sendable {
    /// Requests are counted from 1.
    @usableFromInline let number: UInt64

    @usableFromInline
    init(number: UInt64) { self.number = number }
}

/// The requests that wait for answers, and the rules that match a message to its request.
///
/// A message with a transaction ID answers the request with that ID; a message without one answers the oldest request
/// that its form may answer.
@usableFromInline
struct PendingRequests<Message: SessionMessage>: Sendable {
    /// A request that waits for its answer.
    @usableFromInline
    struct Entry: Sendable {
        @usableFromInline let key: RequestKey
        /// The transaction ID, if it has one.
        @usableFromInline let transaction: TransactionID?
        /// The command and form, for errors.
        let command: StaticString
        let form: StaticString
        /// Whether the caller wants every part, or only the main reply.
        @usableFromInline let wantsParts: Bool
        /// Whether the main reply is a single message.
        @usableFromInline let hasMainReply: Bool
        /// Whether more than one message may come.
        let isSeries: Bool
        /// The place of a message among the answers; nil if it is not an answer.
        @usableFromInline let place: @Sendable (Message) -> ReplyPlace?
        /// Finds the end of an answer that is counted.
        @usableFromInline var counter: (any ReplyCounter<Message>)?
        /// Whether more answers may follow the ones so far.
        @usableFromInline var isOpenEnded = false

        @usableFromInline
        init(
            key: RequestKey, transaction: TransactionID?, command: StaticString, form: StaticString, wantsParts: Bool,
            hasMainReply: Bool, isSeries: Bool, place: @escaping @Sendable (Message) -> ReplyPlace?,
            counter: (any ReplyCounter<Message>)?
        ) {
            self.key = key
            self.transaction = transaction
            self.command = command
            self.form = form
            self.wantsParts = wantsParts
            self.hasMainReply = hasMainReply
            self.isSeries = isSeries
            self.place = place
            self.counter = counter
        }
    }

    @usableFromInline
    enum Claim: Sendable {
        /// An answer; after the last one the request is done.
        case answer(RequestKey, isLast: Bool)
        /// The request has failed.
        case failure(RequestKey, SessionError<Message>)
    }

    /// The open requests, oldest first.
    @usableFromInline var entries: [Entry] = []
    @usableFromInline var nextKey: UInt64 = 1

    @usableFromInline
    init() {}

    @inlinable
    mutating func add<Request: RequestForm>(
        _ request: Request, transaction: TransactionID?, version: ProtocolVersion, wantsParts: Bool
    ) -> RequestKey where Request.Reply.Message == Message {
        let key = RequestKey(number: nextKey)
        nextKey &+= 1
        entries.append(
            Entry(
                key: key, transaction: transaction, command: Request.command, form: Request.form,
                wantsParts: wantsParts, hasMainReply: Request.Reply.hasMainReply, isSeries: Request.Reply.isSeries,
                place: { Request.Reply($0).flatMap { request.allows($0) ? $0.place : nil } },
                counter: request.replyCounter(in: version)))
        return key
    }

    /// Removes a request; a late answer is then a message like any other.
    @usableFromInline
    mutating func remove(_ key: RequestKey) -> Entry? {
        guard let index = entries.firstIndex(where: { $0.key == key }) else { return nil }
        return entries.remove(at: index)
    }

    @usableFromInline
    mutating func removeAll() -> [Entry] {
        defer { entries = [] }
        return entries
    }

    /// Whether more answers may follow the ones so far.
    @usableFromInline
    func isOpenEnded(_ key: RequestKey) -> Bool {
        entries.first { $0.key == key }?.isOpenEnded ?? false
    }

    /// Finds the request that a message answers.
    @inlinable
    mutating func claim(_ envelope: Envelope<Message>) -> Claim? {
        if entries.isEmpty { return nil }
        if let reply = envelope.message.errorReply {
            guard let number = envelope.transaction, let index = index(of: number) else { return nil }
            return .failure(entries.remove(at: index).key, .refused(reply))
        }
        guard let number = envelope.transaction else {
            guard let index = entries.firstIndex(where: { $0.place(envelope.message) != nil }) else { return nil }
            return admit(envelope.message, at: index)
        }
        guard let index = index(of: number) else {
            // A part of a counted answer counts even with a number that no request has.
            let counting = entries.firstIndex {
                $0.wantsParts && $0.counter != nil && $0.place(envelope.message) != nil
            }
            return counting.flatMap { admit(envelope.message, at: $0) }
        }
        guard entries[index].place(envelope.message) != nil else {
            return .failure(entries.remove(at: index).key, .unexpected(envelope.message))
        }
        return admit(envelope.message, at: index)
    }

    /// What a line that cannot be read is to the open requests.
    @usableFromInline
    enum Oddity {
        /// A part of an answer; the caller hears that it is one line short.
        case part(RequestKey, isLast: Bool)
        /// The only answer to a request, which has failed.
        case failure(RequestKey)
    }

    /// Finds the request that an unreadable line would have answered: by its place in a counted answer, or by its
    /// transaction ID and command.
    @usableFromInline
    mutating func skip(_ frame: Frame) -> Oddity? {
        for index in entries.indices where entries[index].wantsParts {
            guard let oddity = entries[index].counter?.skip(frame.command) else { continue }
            switch oddity {
            case .uncounted: continue
            case .counted(let isLast):
                let key = entries[index].key
                if isLast { entries.remove(at: index) }
                return .part(key, isLast: isLast)
            case .perhapsCounted:
                entries[index].isOpenEnded = true
                return .part(entries[index].key, isLast: false)
            }
        }
        guard let number = frame.secondNumber, let index = index(of: number),
            CommandCode(entries[index].command) == frame.command
        else { return nil }
        guard entries[index].wantsParts, entries[index].isSeries else {
            return .failure(entries.remove(at: index).key)
        }
        entries[index].isOpenEnded = true
        return .part(entries[index].key, isLast: false)
    }

    @inlinable
    func index(of transaction: TransactionID) -> Int? {
        entries.firstIndex { $0.transaction == transaction }
    }

    /// Records an answer to a request.
    @inlinable
    mutating func admit(_ message: Message, at index: Int) -> Claim? {
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
