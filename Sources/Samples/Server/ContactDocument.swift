// Shows: XML payloads are typed values too, read and written without a tag in sight.
import MSNP
import WireProtocol
import WireXML

/// The documents of ADL, RML and FQY.
enum ContactDocument {
    /// A contact of a client's document.
    struct Entry: Sendable {
        /// The address.
        let userHandle: String
        /// The lists.
        let lists: ListMembership
        /// The network; the home network if nothing else is said.
        let network: NetworkID
    }

    /// What a client sent.
    struct Request: Sendable {
        /// Whether it is the list that comes with the sign-in.
        let isFirst: Bool
        /// The contacts.
        let entries: [Entry]
    }

    /// Reads what a client wants on its lists or off them.
    static func request(_ payload: WireBytes?) throws(Refusal) -> Request {
        let document: Payload.Contacts
        do throws(PayloadError) {
            document = try Payload.Contacts(try WireProtocol.XMLElement(parsing: payload ?? WireBytes()))
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

    /// Reads whom a client asks about.
    static func query(_ payload: WireBytes?) throws(Refusal) -> [String] {
        do throws(PayloadError) {
            let document = try Payload.ContactQuery(try WireProtocol.XMLElement(parsing: payload ?? WireBytes()))
            return document.domains.flatMap { domain in
                domain.contacts.compactMap { contact in
                    contact.name.flatMap { local in domain.name.map { local + "@" + $0 } }
                }
            }
        } catch {
            throw Refusal(.invalidXMLData)
        }
    }

    /// The answer to a question: the account and, if it is known, its network.
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

    /// Word about somebody who has the user as a contact now, or no longer.
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
