#if Network
// Shows: a typed payload is built like any value and encoded as the exact document that servers expect.
import MSNP
import MSNPTickets
import WireProtocol

/// A contact list in a file, for the versions whose address book is a web service, where there is none.
///
/// Each line is a contact: `account ; name ; group, group ; blocked`; everything but the account is optional. Lines
/// that start with `#` are comments.
public struct ContactListFile: Sendable, Equatable {
    /// A contact.
    public struct Entry: Sendable, Equatable {
        /// The address of the account.
        public var account: String
        /// The name that the user gives the contact, if any.
        public var name: String?
        /// The names of the groups.
        public var groups: [String]
        /// Whether the contact is blocked.
        public var isBlocked: Bool
    }

    /// A mistake in a line.
    public struct Problem: Error, Equatable, CustomStringConvertible {
        /// The line, from 1.
        public let line: Int
        public let description: String
    }

    /// The contacts, in file order.
    public var entries: [Entry] = []

    /// Creates an empty list.
    public init() {}

    /// Parses the text of a file.
    public init(_ text: String) throws(Problem) {
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let columns = line.split(separator: ";", omittingEmptySubsequences: false).map { $0.trimmed }
            guard let account = columns.first, !account.isEmpty, !account.hasPrefix("#") else { continue }
            guard AccountName.isValid(account) else {
                throw Problem(line: index + 1, description: "line \(index + 1): '\(account)' is not an account")
            }
            let groups = columns.dropFirst(2).first?.split(separator: ",").map { $0.trimmed } ?? []
            let mark = columns.dropFirst(3).first ?? ""
            guard mark.isEmpty || mark == "blocked" else {
                throw Problem(line: index + 1, description: "line \(index + 1): '\(mark)' is not 'blocked'")
            }
            let name = columns.dropFirst().first ?? ""
            entries.append(
                Entry(
                    account: account, name: name.isEmpty ? nil : name, groups: groups.filter { !$0.isEmpty },
                    isBlocked: !mark.isEmpty))
        }
    }

    /// The documents to send after the sign-in, each small enough for a server; a single empty one if there are no
    /// contacts.
    func documents() throws -> [WireBytes] {
        try ContactDocument.first(entries.map { ($0.account, [.forward, $0.isBlocked ? .block : .allow]) })
    }
}

/// The payload of ADL and RML.
enum ContactDocument {
    /// Creates the documents that follow the sign-in.
    static func first(_ accounts: [(account: String, lists: ListMembership)]) throws -> [WireBytes] {
        guard !accounts.isEmpty else { return [try of([], isFirst: true)] }
        return try stride(from: 0, to: accounts.count, by: 50).map { start in
            try of(Array(accounts[start..<min(start + 50, accounts.count)]), isFirst: true)
        }
    }

    /// Creates the document for accounts and their lists.
    static func of(_ accounts: [(account: String, lists: ListMembership)], isFirst: Bool = false) throws -> WireBytes {
        var domains: [(name: String, contacts: [Payload.Contacts.Contact])] = []
        for (account, lists) in accounts {
            let parts = account.split(separator: "@", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { throw ChatFailure.noAccount(account) }
            var contact = Payload.Contacts.Contact()
            contact.name = parts[0]
            contact.lists = lists
            contact.network = .windowsLive
            if let index = domains.firstIndex(where: { $0.name == parts[1] }) {
                domains[index].contacts.append(contact)
            } else {
                domains.append((parts[1], [contact]))
            }
        }
        var document = Payload.Contacts()
        if isFirst { document.isFirst = true }
        document.domains = domains.map { name, contacts in
            var domain = Payload.Contacts.Domain()
            domain.name = name
            domain.contacts = contacts
            return domain
        }
        return WireBytes(try document.encoded())
    }
}
#endif
