import Foundation
import MSNPSession
import Synchronization
import TestSupport
import Testing

@testable import SampleServer

/// What the address book refuses, and how.
@Suite(.timeLimit(.minutes(30)))
struct AddressBookLimitTests {
    @Test(arguments: [
        ("<a><b></a>", "BadArgument"), ("", "BadArgument"), ("<Envelope/>", "BadArgument"),
        ("<Envelope><Body/></Envelope>", "BadArgument"), ("<!DOCTYPE a><Envelope/>", "BadArgument"),
        (String(repeating: "<a>", count: 100), "BadArgument"),
        ("<Envelope><Body><FindMembership/></Body></Envelope>", "PassportAuthFail"),
        (
            "<Envelope><Header><ABAuthHeader><TicketToken/></ABAuthHeader></Header><Body><Any/></Body></Envelope>",
            "PassportAuthFail"
        ),
    ])
    func aDocumentThatIsNoRequestHasAFault(_ sample: (text: String, name: String)) async throws {
        try await RawScripts.run { scripts in
            let peer = SOAPPeer(scripts, contacts: "", storage: "")
            let (status, text) = await peer.send("/abservice/abservice.asmx", "", sample.text)
            #expect(status == "500 Internal Server Error")
            #expect(SOAPPeer.texts("errorcode", in: text) == [sample.name])
            #expect(text.contains("</soap:Fault></soap:Body></soap:Envelope>"))
        }
    }

    @Test func unknownOperationsAndActionsHaveAFault() async throws {
        try await RawScripts.run { scripts in
            let peer = try await SOAPPeer(scripts, .alice)
            #expect(await peer.fault("CreateContact") == "Forbidden")
            // Each service has operations of its own.
            #expect(await peer.fault("GetProfile") == "Forbidden")
            #expect(
                await peer.fault("ABFindAll", action: "http://www.msn.com/webservices/AddressBook/ABGroupAdd")
                    == "BadArgument")
            #expect(await peer.fault("ABFindAll", action: "\"\"") == "200 OK")
            #expect(
                await peer.fault("ABFindAll", "<abId>00000000-0000-0000-0009-000000000001</abId>") == "ABDoesNotExist")
            #expect(await peer.fault("ABFindAll", "<deltasOnly>perhaps</deltasOnly>") == "BadArgument")
            let lines = await LoginTests.ask(scripts, ["GET /abservice/abservice.asmx HTTP/1.1"])
            #expect(lines.first == "HTTP/1.1 405 Method Not Allowed")
            #expect(
                await LoginTests.ask(scripts, ["POST /abservice/other.asmx HTTP/1.1"]).first == "HTTP/1.1 404 Not Found"
            )
        }
    }

    @Test func aRequestThatIsTooLongIsNotRead() async throws {
        try await RawScripts.run { scripts in
            let peer = try await SOAPPeer(scripts, .alice)
            let (status, text) = await peer.ask("ABFindAll", String(repeating: " ", count: 65536))
            #expect(status == "413 Payload Too Large" && text.isEmpty)
        }
    }

    /// Pidgin asks for a new ticket when it reads this code, with this prefix.
    @Test func otherTicketsAreRefusedAndExpire() async throws {
        let clock = ManualClock()
        var configuration = SampleConfiguration()
        configuration.limits.idleTime = .seconds(100_000)
        try await RawScripts.run(configuration, clock: clock) { scripts in
            let peer = try await SOAPPeer(scripts, .alice)
            let asked = { (contacts: String) in
                await SOAPPeer(scripts, contacts: contacts, storage: contacts).ask("ABFindAll").text
            }
            let answer = await SOAPPeer.tokens(scripts, .alice, ["messengerclear.live.com"])
            let signIn = try #require(SOAPPeer.texts("wsse:BinarySecurityToken", in: answer).first)
            #expect(answer.contains("Id=\"Compact1\""))
            for ticket in ["t=0&amp;p=", signIn, peer.contacts.dropFirst().description] {
                #expect(await asked(ticket).contains("<faultcode>q0:BadContextToken</faultcode>"))
            }
            #expect(
                !scripts.server.tickets.redeem(
                    peer.contacts.replacing("&amp;", with: "&"), of: "alice@example.com", proof: nil))
            clock.advance(by: .seconds(3600))
            #expect(await peer.ask("ABFindAll").status == "200 OK")
            clock.advance(by: .seconds(1))
            #expect(await asked(peer.contacts).contains("xmlns:q0=\"http://schemas.xmlsoap.org/ws/2003/06/secext\""))
            clock.advance(by: .seconds(200_000))
        }
    }

    /// Each token of an answer has a secret of its own, and that for Passport comes first.
    @Test func tokensComeInTheOrderThatClientsCount() async throws {
        try await RawScripts.run { scripts in
            let addresses = ["messengerclear.live.com", "http://Passport.NET/tb", "contacts.msn.com"]
            let answer = await SOAPPeer.tokens(scripts, .alice, addresses)
            #expect(
                SOAPPeer.texts("wsa:Address", in: answer) == [addresses[1], addresses[0], addresses[2]])
            let numbers = answer.matches(of: /Id="Compact(\d)"/).map { String($0.1) }
            #expect(numbers == ["0", "1", "2"])
            #expect(Set(SOAPPeer.texts("wst:BinarySecret", in: answer)).count == 3)
        }
    }

    @Test func fullListsAndLongNamesAreRefused() async throws {
        var configuration = RawScripts.young
        configuration.limits.contacts = 2
        try await RawScripts.run(configuration) { scripts in
            let peer = try await SOAPPeer(scripts, .alice)
            #expect(await peer.fault("ABContactAdd", SOAPPeer.contact("dave@example.com")) == "QuotaLimitReached")
            #expect(await peer.fault("ABContactAdd", SOAPPeer.contact("eve@example.com")) == "InvalidPassportUser")
            #expect(await peer.fault("ABContactAdd", SOAPPeer.contact("eve")) == "BadEmailArgument")
            #expect(await peer.fault("ABContactAdd") == "BadArgument")
            let group = { (name: String) in "<groupInfo><GroupInfo><name>\(name)</name></GroupInfo></groupInfo>" }
            #expect(await peer.fault("ABGroupAdd", group("")) == "BadArgument")
            #expect(await peer.fault("ABGroupAdd", group(String(repeating: "a", count: 62))) == "BadArgumentLength")
            for number in 1..<30 { #expect(await peer.fault("ABGroupAdd", group("\(number)")) == "200 OK") }
            #expect(await peer.fault("ABGroupAdd", group("29")) == "GroupAlreadyExists")
            #expect(await peer.fault("ABGroupAdd", group("30")) == "QuotaLimitReached")
            let zeros = "00000000-0000-0000-0000-000000000000"
            #expect(await peer.fault("ABGroupDelete", SOAPPeer.groups(zeros)) == "GroupDoesNotExist")
            let own = { (info: String, changed: String) in
                "<contacts><Contact><contactInfo><contactType>Me</contactType>\(info)</contactInfo>"
                    + "<propertiesChanged>\(changed)</propertiesChanged></Contact></contacts>"
            }
            let long = "<displayName>\(String(repeating: "☃", count: 44))</displayName>"
            #expect(await peer.fault("ABContactUpdate", own(long, "DisplayName")) == "BadArgumentLength")
            let notes = (0..<33).map { "<Annotation><Name>n\($0)</Name><Value>1</Value></Annotation>" }.joined()
            #expect(
                await peer.fault("ABContactUpdate", own("<annotations>\(notes)</annotations>", "Annotation"))
                    == "QuotaLimitReached")
            let note = "<Annotation><Name>n</Name><Value>\(String(repeating: "a", count: 1025))</Value></Annotation>"
            #expect(
                await peer.fault("ABContactUpdate", own("<annotations>\(note)</annotations>", "Annotation"))
                    == "BadArgumentLength")
        }
    }

    /// All of a message is done, or nothing.
    @Test func aMessageThatFailsInTheMiddleChangesNothing() async throws {
        try await RawScripts.run { scripts in
            let peer = try await SOAPPeer(scripts, .alice)
            let id = try SOAPPeer.identifier(of: "bob@example.com", "contactId", in: await peer.ask("ABFindAll").text)
            let renamed = { (id: String) in
                "<Contact><contactInfo><displayName>Rob</displayName></contactInfo>"
                    + "<propertiesChanged>DisplayName</propertiesChanged><contactId>\(id)</contactId></Contact>"
            }
            let both = "<contacts>\(renamed(id))\(renamed("1"))</contacts>"
            #expect(await peer.fault("ABContactUpdate", both) == "ContactDoesNotExist")
            #expect(SOAPPeer.texts("displayName", in: await peer.ask("ABFindAll").text).dropFirst().first == "Bob")
        }
    }

    @Test func whoAsksTooOftenHasToWait() async throws {
        var configuration = RawScripts.young
        configuration.limits.commandBurst = 3
        configuration.limits.commandRate = 1
        let clock = ManualClock()
        try await RawScripts.run(configuration, clock: clock) { scripts in
            let (alice, bob) = (try await SOAPPeer(scripts, .alice), try await SOAPPeer(scripts, .bob))
            for _ in 0..<3 { #expect(await alice.ask("FindMembership").status == "200 OK") }
            #expect(await alice.ask("FindMembership").status == "503 Service Unavailable")
            #expect(await bob.ask("FindMembership").status == "200 OK")
            clock.advance(by: .seconds(1))
            #expect(await alice.ask("FindMembership").status == "200 OK")
            clock.advance(by: .seconds(100_000))
        }
    }

    /// The name that somebody goes by cannot spoil the documents of others.
    @Test func namesThatADocumentCannotHaveAreWrittenWithoutTheirControls() async throws {
        try await RawScripts.run { scripts in
            let dave = try await scripts.signIn(.dave, 7)
            await dave.send("REA 5 dave@example.com Da%01%1Bve%20%3C%26")
            try await dave.expect("REA 5")
            await dave.send("ADD 6 FL alice@example.com Alice 0")
            try await dave.expect("ADD 6")
            let peer = try await SOAPPeer(scripts, .alice)
            #expect(await peer.fault("ABContactAdd", SOAPPeer.contact("dave@example.com")) == "200 OK")
            let text = await peer.ask("ABFindAll").text
            #expect(SOAPPeer.texts("displayName", in: text).last == "Dave &lt;&amp;")
            let own = try await SOAPPeer(scripts, .dave).ask("ABFindAll").text
            #expect(SOAPPeer.texts("displayName", in: own).first == "Dave &lt;&amp;")
        }
    }

    /// Who has blocked the user does not learn that the user adds them, and does not wait with the user.
    @Test func blockedUsersDoNotWait() async throws {
        try await RawScripts.run { scripts in
            let (alice, dave) = (try await SOAPPeer(scripts, .alice), try await SOAPPeer(scripts, .dave))
            #expect(await alice.fault("AddMember", SOAPPeer.member("dave@example.com", "Block")) == "200 OK")
            let peer = try await scripts.online(.alice, 18)
            #expect(await dave.fault("ABContactAdd", SOAPPeer.contact("alice@example.com")) == "200 OK")
            #expect(try await peer.settled().contains { $0.hasPrefix("ADL 0") } == false)
            #expect(!(await alice.ask("FindMembership").text).contains("Pending/"))
        }
    }

    /// Settings with a state file in a folder of its own.
    private static func withState(_ body: (SampleConfiguration) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var configuration = RawScripts.young
        configuration.stateFile = folder.resolvingSymlinksInPath().appendingPathComponent("state").path
        try await body(configuration)
    }

    @Test func aChangeThatCannotBeStoredNeverHappened() async throws {
        try await Self.withState { configuration in
            let disk = SmallDisk()
            var configuration = configuration
            configuration.diskCalls = disk.calls
            try await RawScripts.run(configuration) { scripts in
                let dave = try await scripts.online(.dave, 18)
                let peer = try await SOAPPeer(scripts, .alice)
                disk.room.withLock { $0 = 0 }
                #expect(await peer.fault("ABContactAdd", SOAPPeer.contact("dave@example.com")) == "InternalServerError")
                #expect(try await dave.settled().contains { $0.hasPrefix("ADL 0") } == false)
                #expect(!(await peer.ask("ABFindAll").text).contains("dave@example.com"))
                disk.room.withLock { $0 = .max }
                #expect(await peer.fault("ABContactAdd", SOAPPeer.contact("dave@example.com")) == "200 OK")
            }
        }
    }

    @Test func changesAreKept() async throws {
        try await Self.withState(Self.checkKept)
    }

    private static func checkKept(_ configuration: SampleConfiguration) async throws {
        let profile = "<profile><ExpressionProfile><PersonalStatus>here</PersonalStatus></ExpressionProfile></profile>"
        try await RawScripts.run(configuration) { scripts in
            let peer = try await SOAPPeer(scripts, .alice)
            #expect(await peer.fault("ABContactAdd", SOAPPeer.contact("dave@example.com")) == "200 OK")
            #expect(await peer.store("UpdateProfile", profile).status == "200 OK")
            let note =
                "<contacts><Contact><contactInfo><annotations><Annotation><Name>MSN.IM.Sound</Name><Value>1</Value>"
                + "</Annotation></annotations><contactType>Me</contactType></contactInfo>"
                + "<propertiesChanged>Annotation</propertiesChanged></Contact></contacts>"
            #expect(await peer.fault("ABContactUpdate", note) == "200 OK")
        }
        try await RawScripts.run(configuration) { scripts in
            let peer = try await SOAPPeer(scripts, .alice)
            let text = await peer.ask("ABFindAll").text
            #expect(text.contains("dave@example.com") && text.contains("<Name>MSN.IM.Sound</Name><Value>1</Value>"))
            #expect(await peer.store("GetProfile", "").text.contains("<PersonalStatus>here</PersonalStatus>"))
        }
    }
}
