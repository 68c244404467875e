#if Network
import MSNP
import WireProtocol

extension AddressBook {
    /// The user's own profile; there is no other.
    func profile(_ request: Payload.GetProfile) async throws -> Payload.GetProfileResponse {
        let identity = Self.identity(of: key)
        guard request.owner == nil || request.owner == identity else {
            throw SOAPFault("ItemDoesNotExist", "The profile does not exist")
        }
        let roster = try await roster()
        var expression = Payload.StorageElements.ExpressionProfile()
        expression.identifier = identity + "!118"
        expression.lastChange = roster.lastChange
        expression.displayName = roster.friendlyName.withoutControls
        expression.personalStatus = roster.personalStatus?.withoutControls ?? ""
        var answer = Payload.GetProfileResponse()
        answer.identifier = identity + "!106"
        answer.lastChange = roster.lastChange
        answer.expression = expression
        return answer
    }

    /// Changes the user's name and personal message, as far as the message has them.
    func updateProfile(_ request: Payload.UpdateProfile) async throws -> Payload.UpdateProfileResponse {
        let name = try request.expression?.displayName.map { try checked(name: $0) }
        let status = request.expression?.personalStatus
        guard (status ?? "").utf8.count <= limits.note else { throw SOAPFault.tooLong("PersonalStatus") }
        try await exchange.change(by: key) { editor, draft, _ throws(Refusal) in
            try draft.change(editor.key) { roster in
                if let name, !name.isEmpty { roster.friendlyName = name }
                if let status { roster.personalStatus = status.isEmpty ? nil : status }
                roster.touch()
            }
        }
        return Payload.UpdateProfileResponse()
    }
}
#endif
