#if Network
// Shows: what is refused on the wire by a number is refused here by a name.
import MSNP
import WireProtocol

/// Why a message of the address book or storage service has no answer.
struct SOAPFault: Error, Equatable {
    /// Who is at fault.
    enum Code: String {
        case client = "soap:Client"
        case server = "soap:Server"
        /// Clients ask for a new ticket and try again.
        case ticket = "q0:BadContextToken"
    }

    let code: Code
    /// The name of the error.
    let name: String
    let reason: String

    init(_ name: String, _ reason: String, code: Code = .client) {
        (self.code, self.name, self.reason) = (code, name, reason)
    }

    static let badTicket = SOAPFault("PassportAuthFail", "The ticket is not valid or has expired", code: .ticket)
    static let contactDoesNotExist = SOAPFault("ContactDoesNotExist", "Contact Does Not Exist")
    static let groupDoesNotExist = SOAPFault("GroupDoesNotExist", "Group Does Not Exist")
    static let memberDoesNotExist = SOAPFault("MemberDoesNotExist", "Member does not exist")
    static let invalidUser = SOAPFault("InvalidPassportUser", "The Passport user specified is invalid")
    static let badEmail = SOAPFault("BadEmailArgument", "Malformed email Argument")
    static let fullSyncRequired = SOAPFault(
        "FullSyncRequired",
        "Need to do full sync. Can't sync deltas Client has too old a copy for us to do a delta sync")
    static let notOwnAddressBook = SOAPFault("ABDoesNotExist", "The address book does not exist")

    /// The fault for a value that is too long.
    static func tooLong(_ name: String) -> SOAPFault {
        SOAPFault("BadArgumentLength", "Argument Exceeded Allowed Length \(name) exceeded length")
    }

    /// The fault for a value that is missing or cannot be used.
    static func badArgument(_ reason: String) -> SOAPFault { SOAPFault("BadArgument", reason) }

    /// The fault for what the wire refuses by a number.
    init(_ refusal: Refusal) {
        self =
            switch refusal.code {
            case .listFull, .tooManyGroups: SOAPFault("QuotaLimitReached", "The list is full")
            case .notOnList, .notInGroup: .contactDoesNotExist
            case .unknownGroup, .groupNotRemovable: .groupDoesNotExist
            case .groupExists: SOAPFault("GroupAlreadyExists", "Group Already Exists")
            case .groupNameTooLong: .tooLong("GroupName")
            case .invalidUserHandle, .unknownUser: .invalidUser
            case .databaseError: SOAPFault("InternalServerError", "The change cannot be stored", code: .server)
            default: .badArgument("The change is refused")
            }
    }

    /// The document that says so.
    func envelope(of action: String) -> Payload.SoapEnvelope {
        var error = Payload.SoapEnvelope.ErrorName()
        error.name = name
        var text = Payload.SoapEnvelope.ErrorText()
        text.text = reason
        var fault = Payload.SoapEnvelope.Fault()
        fault.code = code.rawValue
        fault.reason = reason
        if !action.isEmpty { fault.actor = action }
        fault.error = error
        fault.errorText = text
        var content = Payload.SoapEnvelope.Content()
        content.fault = fault
        var envelope = Payload.SoapEnvelope()
        envelope.content = content
        return envelope
    }
}
#endif
