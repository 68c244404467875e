import MSNP
import WireProtocol

/// Finds the end of the answer to `SYN`, which no line marks.
///
/// Where the answer may announce numbers of groups and contacts, it ends when so many came; the properties of the last
/// contact may still follow, as messages of their own. Where it may not, it ends with the last of the four lists.
struct SynchronizationCounter: Sendable {
    /// What the client already has.
    private let known: SYN.Synchronize
    /// True if the version has announced numbers.
    private let announces: Bool
    /// Groups and contacts that are still to come, once announced.
    private var missing: UInt32?

    /// Begins with a request.
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
