#if Network
import MSNP
import WireProtocol
import WireXML

/// A contact and its current presence.
struct Contact: Sendable, Equatable {
    /// The address of the account.
    var account: String
    /// What the contact, or a server that keeps names, says.
    var ownName: String
    /// What the user calls the contact, where names are notes in the address book.
    var nickname: String?
    /// The identifier in the address book, in versions with one.
    var identifier: String?
    var lists: ListMembership = []
    var groups: Set<String> = []
    /// The status; nil if offline.
    var status: Status?
    /// The personal message.
    var personalMessage = ""

    /// What is shown.
    var name: String { nickname ?? ownName }
    /// Whether the contact is on the user's contact list.
    var isContact: Bool { lists.contains(.forward) }
    /// Whether the contact is blocked.
    var isBlocked: Bool { lists.contains(.block) }
    /// Whether the contact has added the user, who has not answered yet.
    var isAsking: Bool {
        !lists.isDisjoint(with: [.reverse, .pending]) && lists.isDisjoint(with: [.forward, .allow, .block])
    }
}

extension Payload.ContactNotice {
    /// The people whom lines can name, with the lists on which they put the user or from which they took them.
    var people: [(account: String, name: String?, lists: ListMembership)] {
        domains.flatMap { domain in
            domain.contacts.compactMap { contact in
                let account = (contact.name ?? "") + "@" + (domain.name ?? "")
                guard AccountName.isValid(account), let lists = contact.lists?.intersection([.reverse, .pending])
                else { return nil }
                // Some servers percent-code the name, as in a line.
                let name = contact.friendlyName.map { (try? WireText(wire: WireBytes($0)))?.string ?? $0 }
                return (account, name, lists)
            }
        }
    }
}

/// The address of an account as people type it.
public enum AccountName {
    /// Whether this is an account: a name, an at sign and a domain, in one word.
    public static func isValid(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && !text.contains(where: \.isWhitespace)
            && (try? Account(text)) != nil
    }
}
#endif
