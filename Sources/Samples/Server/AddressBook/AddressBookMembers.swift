#if Network
import MSNP
import WireProtocol

extension AddressBook {
    /// Somebody on a list, as a message names them.
    private struct Change: Sendable {
        let role: MemberRole
        /// The address; nil for one named by the identifier.
        let account: String?
        let identifier: String?
    }

    /// Allows or blocks people. Adding those who wait to the reverse list answers them.
    func addMembers(_ request: Payload.AddMember) async throws -> Payload.AddMemberResponse {
        let members = try members(of: request.memberships, in: request.service)
        for member in members {
            guard let account = member.account else { throw SOAPFault.invalidUser }
            try await checkExists(account)
        }
        try await exchange.change(by: key) { editor, draft, _ throws(Refusal) in
            for member in members {
                let account = member.account ?? ""
                if let list = member.role.ownList {
                    try editor.put(account, on: list, in: &draft)
                } else {
                    guard draft[editor.key]?.has(UserKey(account), on: .reverse) == true else {
                        throw Refusal(.notOnList)
                    }
                    try draft.change(editor.key) { roster in roster.settle(account) }
                }
            }
        }
        return Payload.AddMemberResponse()
    }

    /// Allows or blocks people no longer. Deleting those who wait answers them.
    func deleteMembers(_ request: Payload.DeleteMember) async throws -> Payload.DeleteMemberResponse {
        let members = try members(of: request.memberships, in: request.service)
        try await exchange.change(by: key) { editor, draft, _ throws(Refusal) in
            for member in members {
                let roster = draft[editor.key]
                // Who is on no list any more is not there either.
                guard
                    let account = member.account
                        ?? member.identifier.flatMap({ roster?.contact(named: $0)?.userHandle })
                else { continue }
                if let list = member.role.ownList {
                    try editor.clear(account, from: list, in: &draft)
                } else {
                    try draft.change(editor.key) { roster in roster.settle(account) }
                }
            }
        }
        return Payload.DeleteMemberResponse()
    }

    /// The members of a message, all of them with a list that a user can change.
    private func members(
        of memberships: [Payload.AddressBookElements.Membership], in service: Payload.AddressBookElements.ServiceHandle?
    ) throws -> [Change] {
        guard service?.kind == nil || service?.kind == "Messenger" else {
            throw SOAPFault("ServiceDoesNotExist", "Service Does Not Exist")
        }
        return try memberships.flatMap { membership in
            guard let role = membership.role, role.ownList != nil || role == .pending || role == .reverse else {
                throw SOAPFault.badArgument("The list does not exist")
            }
            return try membership.members.map { member in
                let identifier = member.identifier?.split(separator: "/").last.map(String.init)
                guard member.account != nil || identifier != nil else { throw SOAPFault.invalidUser }
                return Change(role: role, account: member.account, identifier: identifier)
            }
        }
    }
}

extension MemberRole {
    /// The list, if users maintain it themselves.
    fileprivate var ownList: ListMembership? {
        switch self {
        case .allow: .allow
        case .block: .block
        default: nil
        }
    }
}
#endif
