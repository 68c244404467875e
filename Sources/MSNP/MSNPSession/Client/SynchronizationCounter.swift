import MSNP
import WireProtocol

/// Finds the end of the answer to `SYN`, which has no end mark.
///
/// An answer that announces the numbers of groups and contacts ends once that many have arrived; properties of the last
/// contact may follow as separate messages. Otherwise the answer ends with the last of the four lists.
struct SynchronizationCounter: Sendable {
    private let known: SYN.Synchronize
    /// Whether the version announces numbers.
    private let announces: Bool
    /// The groups and contacts still to come, once announced.
    private var missing: UInt32?

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
            return entry.list == .reverse && entry.index == entry.total
        case .lst(.empty(let empty)):
            return empty.list == .reverse
        default: break
        }
        return missing == 0
    }
}
