import MSNP
import MSNPSession
import SampleServer
import WireProtocol
import WireXML

@testable import SampleClient

/// The accounts of a recorded server, and their lists before the recording.
struct ServerPast: Sendable {
    /// A contact, with the names of the groups.
    struct Contact: Sendable {
        var address: String
        var name: String
        var lists: ListMembership
        var groups: [String] = []
    }

    /// What the server kept for an account.
    struct Book: Sendable {
        var name: String?
        var groups: [String] = []
        var contacts: [Contact] = []
        var properties: [String: String] = [:]

        /// Keeps a contact in place of what is known so far.
        mutating func keep(_ contact: Contact) {
            contacts.removeAll { $0.address == contact.address }
            contacts.append(contact)
        }
    }

    static let password = "secret"
    private(set) var books: [String: Book] = [:]
    /// The names of the groups by identifier, of all accounts.
    private var groupNames: [String: String] = [:]
    private var lastContact: [String: String] = [:]
    private var isSynchronized: Set<String> = []
    private let hasPast: Bool

    /// Reads what the recording shows: accounts that the server knows, and with a past, their first lists.
    init(_ recording: Recording) throws {
        hasPast = recording.hasPast
        for connection in recording.connections.values where !connection.account.isEmpty { know(connection.account) }
        for case .said(let line) in recording.events {
            guard let connection = recording.connections[line.connection], !connection.account.isEmpty else { continue }
            switch line.message {
            case .server(let message): learn(message, of: connection.account)
            case .client(.adl(.add(let request))): learn(request, of: connection.account)
            case .client(.chg): isSynchronized.insert(connection.account)
            default: break
            }
        }
        try learn(recording.exchanges)
        learnReverseLists()
    }

    /// Reads what the first answers of an address book show.
    init(_ recording: WebRecording) throws {
        hasPast = true
        try learn(recording.exchanges)
        learnReverseLists()
    }

    /// Learns the lists of the first owner of an address book.
    private mutating func learn(_ exchanges: [WebRecording.Exchange]) throws {
        var (members, all) = (Payload.FindMembershipResponse?.none, Payload.FindAllResponse?.none)
        for exchange in exchanges {
            for text in [exchange.request, exchange.body] + exchange.headers.map(\.value) { know(addressesIn: text) }
            guard !exchange.answer.isEmpty,
                let envelope = try? Payload.SoapEnvelope.read(WireBytes(exchange.answer)).content,
                let message = envelope.content?.element.elements.first
            else { continue }
            if message.isNamed("FindMembershipResponse"), members == nil { members = try .init(message) }
            if message.isNamed("ABFindAllResponse"), all == nil { all = try .init(message) }
            if message.isNamed("ABFindContactsPagedResponse"), all == nil {
                let page = try Payload.FindContactsPagedResponse(message)
                var whole = Payload.FindAllResponse()
                (whole.groups, whole.contacts) = (page.groups, page.contacts)
                all = whole
            }
        }
        guard let all, let owner = all.contacts.first?.info, let account = owner.account else { return }
        let lists = AddressBookLists(all, members ?? Payload.FindMembershipResponse())
        know(account)
        books[account]?.name = owner.displayName
        books[account]?.groups = lists.groups.values.sorted()
        for contact in lists.contacts {
            know(contact.account)
            books[account]?.keep(
                Contact(
                    address: contact.account, name: contact.name, lists: contact.lists,
                    groups: contact.groups.compactMap { lists.groups[$0] }.sorted()))
        }
    }

    /// Notes the accounts in a text, percent-coded or not.
    private mutating func know(addressesIn text: String) {
        for word in text.replacing("%40", with: "@").split(whereSeparator: { "<>=,&' \"".contains($0) }) {
            if word.hasSuffix("@example.com"), word.count > 12 { know(String(word)) }
        }
    }

    /// The accounts of the server.
    var accounts: [SampleAccount] {
        books.sorted { $0.key < $1.key }.map { address, book in
            SampleAccount(userHandle: address, password: Self.password, friendlyName: book.name ?? address)
        }
    }

    private mutating func learn(_ message: ServerMessage, of account: String) {
        let isFirst = hasPast && !isSynchronized.contains(account)
        switch message {
        case .usr(.authenticated(let form)):
            books[account, default: Book()].name = books[account]?.name ?? form.friendlyName?.string
        case .prp(.synchronized(let form)):
            if form.property == .friendlyName {
                books[account, default: Book()].name = books[account]?.name ?? form.value.string
            } else if isFirst {
                books[account, default: Book()].properties[form.property.text] = form.value.string
            }
        case .lsg(.synchronized(let form)) where isFirst:
            books[account, default: Book()].groups.append(form.groupName.string)
            if let id = form.groupID { groupNames[id.text] = form.groupName.string }
        case .lst(.synchronized(let form)):
            books[form.userHandle.string, default: Book()].name =
                books[form.userHandle.string]?.name ?? form.friendlyName?.string
            guard isFirst else { return }
            lastContact[account] = form.userHandle.string
            let contact = Contact(
                address: form.userHandle.string, name: form.friendlyName?.string ?? form.userHandle.string,
                lists: form.lists, groups: (form.groupIDs ?? []).compactMap { groupNames[$0.text] })
            books[account, default: Book()].keep(contact)
            let isKnown = books[contact.address]?.contacts.contains { $0.address == account } ?? false
            guard form.lists.contains(.reverse), !isKnown else { return }
            let other = Contact(address: account, name: account, lists: [.forward, .allow])
            books[contact.address, default: Book()].keep(other)
        case .lst(.entry(let form)) where isFirst:
            learn(form, of: account)
        case .bpr(.synchronized(let form)) where isFirst:
            guard let contact = lastContact[account] else { return }
            books[contact, default: Book()].properties[form.property.text] = form.value.string
        case .add(.added(let form)): know(form.userHandle.string)
        case .adc(.contactAdded(let form)): know(form.userHandle.string)
        case .adc(.addedToList(let form)): know(form.userHandle.string)
        default: break
        }
    }

    /// A line of one list, as old versions have them.
    private mutating func learn(_ entry: LST.Entry, of account: String) {
        let address = entry.userHandle.string
        let known = books[account]?.contacts.first { $0.address == address }?.lists ?? []
        let list: ListMembership =
            switch entry.list {
            case .forward: .forward
            case .allow: .allow
            case .block: .block
            case .reverse: .reverse
            case .pending: .pending
            }
        know(address)
        books[account, default: Book()].keep(
            Contact(address: address, name: entry.friendlyName.string, lists: known.union(list)))
    }

    /// Whoever is on a reverse list has the account as a contact.
    private mutating func learnReverseLists() {
        for (account, book) in books {
            for contact in book.contacts where contact.lists.contains(.reverse) {
                guard let other = books[contact.address], !other.contacts.contains(where: { $0.address == account })
                else { continue }
                books[contact.address]?.contacts.append(
                    Contact(address: account, name: book.name ?? account, lists: .forward))
            }
        }
    }

    /// Notes that the server has an account.
    private mutating func know(_ address: String) {
        if books[address] == nil { books[address] = Book() }
    }

    /// In newer versions the client has the lists.
    private mutating func learn(_ request: ADL.Add, of account: String) {
        guard let document = try? Payload.Contacts.read(request.payload).content else { return }
        for domain in document.domains {
            for contact in domain.contacts {
                guard let local = contact.name, let domain = domain.name else { continue }
                let address = local + "@" + domain
                know(address)
                guard hasPast, document.isFirst == true else { continue }
                books[account, default: Book()].contacts.append(
                    Contact(address: address, name: address, lists: contact.lists ?? []))
            }
        }
    }

    /// Tells a server what the recorded one knew from before, as clients would; returns the number of connections.
    func retell(_ server: SampleServer) async throws -> Int {
        let version = ProtocolVersion(12)
        let told = books.filter { !$0.value.contacts.isEmpty || !$0.value.properties.isEmpty }.sorted {
            $0.key < $1.key
        }
        var peers: [(account: String, book: Book, peer: ReplayPeer)] = []
        for (account, book) in told {
            let peer = ReplayPeer("the past of \(account)", .notification, version, port: server.notificationPort)
            try await peer.ask(VER.Offer(dialects: [Dialect(version.name ?? "")]), 1)
            try await peer.ask(
                CVR.Describe(
                    localeID: LocaleID("0x0409"), systemType: .windowsNT, systemVersion: SystemVersion("5.1"),
                    architecture: .intel, libraryName: .messenger, clientVersion: ClientVersion("6.0.0602"),
                    clientName: ClientName("MSMSGS"), userHandle: Account(account)), 2)
            try await peer.ask(USR.Initial(package: .passport, userHandle: Account(account)), 3)
            let ticket = server.tickets.issue(account: account, password: Self.password)
            try await peer.ask(USR.Ticket(ticket: Credential(ticket)), 4)
            try await peer.ask(SYN.Synchronize(listStamp: ListStamp("0"), settingsStamp: ListStamp("0")), 5)
            peers.append((account, book, peer))
        }
        // Nobody waits for an answer whom the other one knows already.
        for (_, book, peer) in peers {
            for contact in book.contacts {
                for list in [AccessList.allow, .block] where contact.lists.contains(list == .allow ? .allow : .block) {
                    try await peer.ask(ADC.AddToList(list: list, userHandle: Account(contact.address)), 6)
                }
            }
        }
        for (_, book, peer) in peers { try await tell(book, peer) }
        for (_, _, peer) in peers {
            await peer.send(Array("OUT\r\n".utf8))
            try await peer.end()
        }
        return peers.count
    }

    private func tell(_ book: Book, _ peer: ReplayPeer) async throws {
        var groups: [String: GroupGUID] = [:]
        for name in book.groups {
            if case .adg(.createdWithID(let form)) = try await peer.ask(ADG.Create(groupName: GroupName(name)), 7) {
                groups[name] = form.groupID
            }
        }
        for contact in book.contacts where contact.lists.contains(.forward) {
            let added = try await peer.ask(
                ADC.AddContact(userHandle: Account(contact.address), friendlyName: WireText(contact.name)), 8)
            guard case .adc(.contactAdded(let form)) = added else { continue }
            for group in contact.groups.compactMap({ groups[$0] }) {
                try await peer.ask(ADC.AddToGroupByID(contactID: form.contactID, groupID: group), 9)
            }
        }
        for (name, value) in book.properties.sorted(by: { $0.key < $1.key }) {
            let property = try UserProperty(text: name, version: ProtocolVersion(12))
            try await peer.ask(PRP.Change(property: property, value: WireText(value)), 10)
        }
    }
}
