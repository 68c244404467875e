import WireProtocol

/// Finds the end of the answer to `SYN`, which has no end mark.
///
/// An answer that announces the numbers of groups and contacts ends once that many have arrived; properties of the last
/// contact may follow as separate messages. Otherwise the answer ends with the last of the four lists.
struct SynchronizationCounter: ReplyCounter {
    private let known: SYN.Synchronize
    /// Whether the version announces numbers.
    private let announces: Bool
    /// The groups and contacts still to come, once announced.
    private var missing: UInt32?
    /// Whether the next line of a list is the last of the answer.
    private var isLastNext = false

    init(_ request: SYN.Synchronize, version: ProtocolVersion) {
        known = request
        announces = SYN.Announced.versions.contains(version)
    }

    /// Whether this is the last message of the answer.
    mutating func isLast(_ message: ServerMessage) -> Bool {
        switch message {
        case .syn(.current(let current)):
            return announces || (current.listVersion == known.listVersion && current.listVersion != nil)
        case .syn(.announced(let numbers)):
            missing = numbers.contactCount.addingReportingOverflow(numbers.groupCount).partialValue
        case .lst(.synchronized), .lsg(.synchronized):
            if let left = missing, left > 0 { missing = left - 1 }
        case .lst(.entry(let entry)):
            isLastNext = entry.list == .reverse && entry.total.subtractingReportingOverflow(entry.index) == (1, false)
            return entry.list == .reverse && entry.index == entry.total
        case .lst(.empty(let empty)):
            return empty.list == .reverse
        default: break
        }
        return missing == 0
    }

    /// Counts a line that cannot be read.
    mutating func skip(_ command: CommandCode) -> SkippedReply {
        switch command {
        case CommandCode(SYN.Current.command): return .perhapsCounted
        case CommandCode(LST.Entry.command), CommandCode(LSG.Entry.command):
            guard announces else { return isLastNext ? .counted(isLast: true) : .perhapsCounted }
            guard let left = missing, left > 0 else { return .perhapsCounted }
            missing = left - 1
            return .counted(isLast: left == 1)
        default:
            let isKnown = ServerMessage.protocolTable.commands.contains { $0.code == command }
            return isKnown ? .uncounted : .perhapsCounted
        }
    }
}

extension SYN.Synchronize {
    /// Counts the groups and contacts of the answer, or waits for the last of the four lists.
    public func replyCounter(in version: ProtocolVersion) -> (any ReplyCounter<ServerMessage>)? {
        SynchronizationCounter(self, version: version)
    }
}
