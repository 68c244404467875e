import MSNP
import MSNPSession
import MSNPTransport
import SampleServer
import TestSupport
import Testing
import WireProtocol

@testable import SampleClient

/// The chat client with the address book of the sample server.
@Suite(.timeLimit(.minutes(10)))
struct AddressBookChatTests {
    /// A user who types lines.
    private struct User: Sendable {
        let screen = Screen()
        let lines: AsyncStream<String>
        let keyboard: AsyncStream<String>.Continuation

        init() { (lines, keyboard) = AsyncStream.makeStream() }

        /// Signs in and stays until the user leaves; true if that was well.
        func run(_ version: UInt8, _ server: SampleServer, book: String? = nil) async throws -> Bool {
            let login = "http://127.0.0.1:\(server.loginPort)"
            var settings = ChatSettings(
                server: ServerAddress(host: server.host, port: server.dispatchPort),
                credentials: Credentials(
                    userHandle: SampleAccount.alice.userHandle, password: SampleAccount.alice.password),
                versions: [ProtocolVersion(version)],
                tickets: try WebTickets(nexus: login + "/rdr/pprdr.asp", service: login + "/RST2.srf"),
                connector: TCPConnector())
            settings.addressBook = try AddressBookService(base: book ?? login, tokens: login + "/RST2.srf")
            settings.quiet = .milliseconds(50)
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
        _ version: UInt8, _ server: SampleServer, book: String? = nil, _ body: (User) async -> Void
    ) async throws {
        let user = User()
        async let isWell = user.run(version, server, book: book)
        await user.screen.see("Type /help")
        await body(user)
        user.keyboard.yield("/quit")
        user.keyboard.finish()
        #expect(try await isWell)
    }

    /// What one version changes, the next session sees, in that and in an older version.
    @Test(arguments: [13, 15, 18] as [UInt8])
    func changesAreThereInTheNextSession(_ version: UInt8) async throws {
        try await SampleServer.withRunning { server in
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
        try await SampleServer.withRunning { server in
            let elsewhere = "http://127.0.0.1:\(server.loginPort)/elsewhere.asmx?"
            try await Self.visit(18, server, book: elsewhere) { alice in
                #expect(alice.shows("The address book cannot be read"))
            }
        }
    }
}
