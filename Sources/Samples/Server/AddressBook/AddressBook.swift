#if Network
import Crypto
import MSNP
import WireProtocol

/// The address book of one user, on the user's roster.
struct AddressBook: Sendable {
    let key: UserKey
    let exchange: Exchange
    let limits: Roster.Limits

    /// The number of every user's own address book.
    static let identifier = "00000000-0000-0000-0000-000000000000"
    /// The kind of all groups of contacts.
    static let groupKind = "c8529ce2-6ead-434d-881f-341e17db3ff8"

    /// What stands around each answer.
    var header: Payload.SoapEnvelope.ServiceHeader {
        get async {
            var header = Payload.SoapEnvelope.ServiceHeader()
            header.version = "15.01.1408.0000"
            header.cacheKey = "12r1:" + Self.digits(of: key).suffix(12)
            header.isCacheKeyChanged = true
            return header
        }
    }

    /// The user's lists.
    func roster() async throws -> Roster {
        guard let roster = await exchange.roster(of: key) else { throw Refusal(.databaseError) }
        return roster
    }

    /// Throws unless a message is about the user's own address book.
    func check(_ identifier: String?) throws {
        guard identifier == nil || identifier == Self.identifier else { throw SOAPFault.notOwnAddressBook }
    }

    /// Throws unless somebody can be added.
    func checkExists(_ userHandle: String) async throws {
        guard UserKey(userHandle).domain != nil else { throw SOAPFault.badEmail }
        guard await exchange.exists(UserKey(userHandle)) else { throw SOAPFault.invalidUser }
    }

    /// A name that can be shown in every version: its percent-coded form fits into a line.
    func checked(name: String) throws -> String {
        guard name.utf8.count <= limits.name else { throw SOAPFault.tooLong("DisplayName") }
        return name
    }

    // MARK: - Identities

    /// The identifier of the owner as a contact.
    static func contactID(of key: UserKey) -> String { Random.identifier(of: digits(of: key)) }

    /// The number of a user in profiles: 64 bits with a sign.
    static func identity(of key: UserKey) -> String {
        let bits = UInt64(digits(of: key).prefix(16), radix: 16) ?? 0
        return String(Int64(bitPattern: bits))
    }

    /// 32 hexadecimal digits that stand for a user.
    private static func digits(of key: UserKey) -> String {
        SHA256.hash(data: Array(key.address.utf8)).prefix(16).map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
    }
}
#endif
