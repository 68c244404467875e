#if Network
// Shows: groups have a number or an identifier; a version with both forms gets the newer one.
import MSNP
import MSNPSession
import WireProtocol

extension ServerSession {
    /// Answers the requests about groups.
    func groups(_ message: ClientMessage, _ transaction: TransactionID?, _ handle: Exchange.SignInHandle) async throws {
        switch message {
        case .adg(.create(let request)): try await create(request, transaction, handle)
        case .rmg(.removeByNumber(let request)):
            let number = request.groupNumber.number
            let changes = try await edit(handle) { roster throws(Refusal) in try roster.removeGroup(number) }
            try say(
                RMG.RemovedByNumber(listVersion: ListVersion(changes), groupNumber: request.groupNumber), transaction)
        case .rmg(.removeByID(let request)):
            let number = try await group(request.groupID, handle)
            _ = try await edit(handle) { roster throws(Refusal) in try roster.removeGroup(number) }
            try say(RMG.RemovedByID(groupID: request.groupID), transaction)
        case .reg(.renameByNumber(let request)):
            let changes = try await rename(request.groupNumber.number, request.groupName, handle)
            try say(
                REG.RenamedByNumber(
                    listVersion: ListVersion(changes), groupNumber: request.groupNumber,
                    groupName: GroupName(request.groupName.string)), transaction)
        case .reg(.renameByID(let request)):
            _ = try await rename(try await group(request.groupID, handle), request.groupName, handle)
            try say(
                REG.RenamedByID(groupID: request.groupID, groupName: GroupName(request.groupName.string)), transaction)
        default: try fail(.commandDisabled, transaction)
        }
    }

    /// Creates a group.
    private func create(_ request: ADG.Create, _ transaction: TransactionID?, _ handle: Exchange.SignInHandle)
        async throws
    {
        let (name, limits) = (request.groupName.string, context.limits.roster)
        let (group, changes) = try await context.exchange.edit(by: handle, full: .tooManyGroups) {
            roster throws(Refusal) in
            try roster.addGroup(name, id: Random.identifier, limits: limits)
        }
        if ADG.CreatedWithID.versions.contains(connection.version), let id = try? GroupGUID(group.id) {
            try say(ADG.CreatedWithID(groupName: GroupName(name), groupID: id), transaction)
        } else {
            try say(
                ADG.CreatedWithNumber(
                    listVersion: ListVersion(changes), groupName: GroupName(name),
                    groupNumber: GroupNumber(group.number)),
                transaction)
        }
    }

    /// Renames a group.
    private func rename(_ number: UInt32, _ name: GroupName, _ handle: Exchange.SignInHandle) async throws -> UInt32 {
        let (name, limits) = (name.string, context.limits.roster)
        return try await edit(handle, full: .groupNameTooLong) { roster throws(Refusal) in
            try roster.renameGroup(number, to: name, limits: limits)
        }
    }
}
#endif
