import MSNP
import MSNPSession
import MSNPTickets
import MSNPTransport
import SampleServer
import TestSupport
import Testing
import WireProtocol

@testable import SampleClient

/// The chat client with the address book of the sample server.
@Suite(.timeLimit(.minutes(30)))
struct AddressBookChatTests {
    /// A user who types lines.
    private struct User: Sendable {
        let screen = Screen()
        let lines: AsyncStream<String>
        let keyboard: AsyncStream<String>.Continuation

        init() { (lines, keyboard) = AsyncStream.makeStream() }

        /// Signs in and stays until the user leaves; true if that was well.
        func run(
            _ version: UInt8, _ server: SampleServer, as account: SampleAccount, book: String? = nil
        ) async throws -> Bool {
            let login = "http://127.0.0.1:\(server.loginPort)"
            let tickets = try WebTickets(
                nexus: login + "/rdr/pprdr.asp", service: login + "/RST2.srf", clock: PatientClock())
            var settings = ChatSettings(
                server: ServerAddress(host: server.host, port: server.dispatchPort),
                credentials: Credentials(userHandle: account.userHandle, password: account.password),
                versions: [ProtocolVersion(version)],
                tickets: tickets, connector: TCPConnector())
            settings.addressBook = try AddressBookService(base: book ?? login, tickets: tickets)
            (settings.clock, settings.quiet) = (PatientClock(), .milliseconds(50))
            return await ChatClient(settings) { [screen] in screen.show($0) }.run(lines)
        }

        /// Whether a line has these words in it.
        func shows(_ words: String) -> Bool { screen.all.contains { $0.contains(words) } }

        /// Types a line and waits until it is done.
        func command(_ line: String) async {
            keyboard.yield(line)
            await screen.see("Done.")
        }
    }

    /// One session of a user.
    private static func visit(
        _ version: UInt8, _ server: SampleServer, as account: SampleAccount = .alice, book: String? = nil,
        _ body: (User) async throws -> Void
    ) async throws {
        let user = User()
        async let isWell = user.run(version, server, as: account, book: book)
        await user.screen.see("Type /help")
        try await body(user)
        user.keyboard.yield("/quit")
        user.keyboard.finish()
        #expect(try await isWell)
    }

    /// What one version changes, the next session sees, in that and in an older version.
    @Test(arguments: [13, 15, 18] as [UInt8])
    func changesAreThereInTheNextSession(_ version: UInt8) async throws {
        try await SampleServer.withRunning(.patient) { server in
            try await Self.visit(version, server) { alice in
                #expect(alice.shows("Bob <bob@example.com> - offline"))
                await alice.command("/group add Family")
                await alice.command("/group add Work")
                await alice.command("/add dave@example.com Family")
                await alice.command("/group put bob@example.com Work")
                await alice.command("/group rename Family Friends")
                await alice.command("/rename bob@example.com Bobby")
                await alice.command("/block dave@example.com")
                await alice.command("/remove carol@example.com")
            }
            for next in [version, 12] {
                try await Self.visit(next, server) { alice in
                    #expect(alice.shows("Friends:"))
                    #expect(alice.shows("Work:"))
                    #expect(alice.shows("dave@example.com - offline, blocked"))
                    #expect(!alice.shows("carol@example.com"))
                    if next == version { #expect(alice.shows("Bobby <bob@example.com>")) }
                }
            }
            try await Self.visit(version, server) { alice in
                await alice.command("/unblock dave@example.com")
                await alice.command("/group take bob@example.com Work")
                await alice.command("/group remove Work")
                alice.keyboard.yield("/group add Friends")
                await alice.screen.see("The address book refused: Group Already Exists (GroupAlreadyExists).")
            }
        }
    }

    /// In each version, whoever adds the user is told at once, or once at the next sign-in, until the user answers.
    @Test(arguments: Array(2...18) as [UInt8])
    func theUserHearsWhoAddedThem(_ version: UInt8) async throws {
        try await SampleServer.withRunning(.patient) { server in
            let news = "added you to their list; /add or /block them."
            try await Self.visit(12, server, as: .dave) { await $0.command("/add alice@example.com") }
            try await Self.visit(version, server) { alice in
                #expect(alice.screen.all.filter { $0.contains(news) } == ["* Dave <dave@example.com> \(news)"])
                await alice.command("/block dave@example.com")
            }
            try await Self.visit(version, server, as: .dave) { dave in
                #expect(!dave.shows(news))
                try await Self.visit(15, server) { alice in
                    #expect(!alice.shows(news))
                    await alice.command("/unblock dave@example.com")
                    await alice.command("/add dave@example.com")
                }
                await dave.screen.see("* Alice Liddell <alice@example.com> \(news)")
            }
        }
    }

    /// The presence of somebody new comes before the answer of the address book, and says the name.
    @Test(arguments: [13, 15, 18] as [UInt8])
    func theNameOfANewContactStays(_ version: UInt8) async throws {
        try await SampleServer.withRunning(.patient) { server in
            try await Self.visit(12, server, as: .dave) { dave in
                await dave.command("/unblock alice@example.com")
                try await Self.visit(version, server) { alice in
                    await alice.command("/add dave@example.com")
                    await alice.command("/message x")
                    alice.keyboard.yield("/contacts")
                    await alice.screen.see("  Dave <dave@example.com> - online")
                }
            }
        }
    }

    /// The name that the user gives stays in front of that which the contact has.
    @Test(arguments: [13, 15, 18] as [UInt8])
    func aGivenNameWins(_ version: UInt8) async throws {
        try await SampleServer.withRunning(.patient) { server in
            try await Self.visit(version, server) { alice in
                await alice.command("/rename bob@example.com Bobby")
                try await Self.visit(12, server, as: .bob) { bob in
                    await alice.screen.see("* Bobby is online.")
                    await bob.command("/name Robert")
                    await bob.command("/status busy")
                    await alice.screen.see("* Bobby is busy.")
                    alice.keyboard.yield("/chat bobby")
                    alice.keyboard.yield("Hello")
                    await alice.screen.see("[1] Bobby is here.")
                    bob.keyboard.yield("Hi")
                    await alice.screen.see("[1] Bobby: Hi")
                }
                await alice.screen.see("* Bobby is offline.")
                await alice.command("/rename bob@example.com Bobo")
                alice.keyboard.yield("/contacts")
                await alice.screen.see("  Bobo <bob@example.com> - offline")
            }
        }
    }

    /// A service may say anything; what no line can name is left out.
    @Test func oddEntriesAreLeftOut() throws {
        let entry = { (account: String?, kind: ContactKind) in
            var info = Payload.AddressBookElements.ContactInfo()
            info.account = account
            info.kind = kind
            info.displayName = "Name"
            var contact = Payload.AddressBookElements.Contact()
            contact.identifier = "1"
            contact.info = info
            return contact
        }
        var book = Payload.FindAllResponse()
        let long = String(repeating: "a", count: 200) + "@example.com"
        book.contacts = [
            entry("alice@example.com", .owner), entry("nobody", .regular), entry("", .regular), entry(nil, .regular),
            entry("a@b@c", .regular), entry(long, .regular), entry("bob@example.com", .regular),
        ]
        var member = Payload.AddressBookElements.Member()
        member.account = "nobody"
        var membership = Payload.AddressBookElements.Membership()
        membership.role = .allow
        membership.members = [member]
        var service = Payload.FindMembershipResponse.MemberService()
        service.memberships = [membership]
        var members = Payload.FindMembershipResponse()
        members.services = [service]
        let lists = AddressBookLists(book, members)
        #expect(lists.contacts.map(\.account) == ["bob@example.com"])
        #expect(try lists.documents().count == 1)
    }

    @Test func aServerWithoutAnAddressBookIsSaidToHaveNone() async throws {
        try await SampleServer.withRunning(.patient) { server in
            let elsewhere = "http://127.0.0.1:\(server.loginPort)/elsewhere.asmx?"
            try await Self.visit(18, server, book: elsewhere) { alice in
                #expect(alice.shows("The address book cannot be read"))
            }
        }
    }
}
