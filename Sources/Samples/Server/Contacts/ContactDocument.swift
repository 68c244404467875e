#if Network
// Shows: XML payloads are typed values too, so no tags appear here.
import MSNP
import WireProtocol
import WireXML

/// The XML payloads of ADL, RML and FQY.
enum ContactDocument {
    /// A contact in a client's document.
    struct Entry: Sendable {
        let userHandle: String
        let lists: ListMembership
        /// The network; by default the home network.
        let network: NetworkID
    }

    struct Request: Sendable {
        /// Whether this is the list that follows the sign-in.
        let isFirst: Bool
        let entries: [Entry]
    }

    /// Parses the payload of ADL or RML.
    static func request(_ payload: WireBytes) throws(Refusal) -> Request {
        let document: Payload.Contacts
        do throws(PayloadError) {
            document = try Payload.Contacts(try WireProtocol.XMLElement(parsing: payload))
        } catch {
            throw Refusal(.invalidXMLData)
        }
        let entries = document.domains.flatMap { domain in
            domain.contacts.compactMap { contact -> Entry? in
                guard let local = contact.name, let domain = domain.name else { return nil }
                return Entry(
                    userHandle: local + "@" + domain, lists: contact.lists ?? [],
                    network: contact.network ?? .windowsLive)
            }
        }
        return Request(isFirst: document.isFirst ?? false, entries: entries)
    }

    /// Parses the payload of FQY.
    static func query(_ payload: WireBytes) throws(Refusal) -> [String] {
        do throws(PayloadError) {
            let document = try Payload.ContactQuery(try WireProtocol.XMLElement(parsing: payload))
            return document.domains.flatMap { domain in
                domain.contacts.compactMap { contact in
                    contact.name.flatMap { local in domain.name.map { local + "@" + $0 } }
                }
            }
        } catch {
            throw Refusal(.invalidXMLData)
        }
    }

    /// The reply to FQY: the account and, if known, its network.
    static func found(_ userHandle: String, isKnown: Bool) -> WireBytes? {
        let key = UserKey(userHandle)
        var contact = Payload.ContactQuery.Contact()
        contact.name = key.local
        if isKnown { contact.network = .windowsLive }
        var domain = Payload.ContactQuery.Domain()
        domain.name = key.domain
        domain.contacts = [contact]
        var document = Payload.ContactQuery()
        document.domains = [domain]
        return (try? document.encoded()).map { WireBytes($0) }
    }

    /// The notice that somebody added or removed the user as a contact.
    static func notice(of userHandle: String, name: String?) -> WireBytes? {
        let key = UserKey(userHandle)
        var contact = Payload.ContactNotice.Contact()
        contact.name = key.local
        contact.network = .windowsLive
        contact.lists = .reverse
        contact.friendlyName = name
        var domain = Payload.ContactNotice.Domain()
        domain.name = key.domain
        domain.contacts = [contact]
        var document = Payload.ContactNotice()
        document.domains = [domain]
        return (try? document.encoded()).map { WireBytes($0) }
    }
}
#endif
