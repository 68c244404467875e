import Foundation
import SampleServer
import TestSupport
import Testing

/// The address book, sharing and storage services, asked as Pidgin and BitlBee ask.
@Suite(.timeLimit(.minutes(30)))
struct AddressBookTests {
    @Test func theListsAreThoseOfTheWire() async throws {
        try await RawScripts.run { scripts in
            let peer = try await SOAPPeer(scripts, .alice)
            let (status, text) = await peer.ask(
                "FindMembership", "<serviceFilter><Types><ServiceType>Messenger</ServiceType></Types></serviceFilter>")
            #expect(status == "200 OK")
            #expect(text.hasPrefix("<?xml version=\"1.0\" encoding=\"utf-8\"?><soap:Envelope xmlns:soap="))
            // Pidgin takes white space between elements for an element.
            #expect(text.firstMatch(of: />\s+</) == nil)
            #expect(SOAPPeer.texts("MemberRole", in: text) == ["Allow", "Block", "Reverse", "Pending"])
            #expect(
                SOAPPeer.texts("PassportName", in: text) == ["bob@example.com", "carol@example.com", "bob@example.com"])
            #expect(text.contains("<Member xsi:type=\"PassportMember\"><MembershipId>Allow/"))
            #expect(text.contains("xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""))
        }
    }

    @Test(arguments: ["ABFindAll", "ABFindContactsPaged"])
    func theContactsBeginWithTheOwner(_ name: String) async throws {
        try await RawScripts.run { scripts in
            let peer = try await SOAPPeer(scripts, .alice)
            let (status, text) = await peer.ask(name, SOAPPeer.book + "<abView>Full</abView>")
            #expect(status == "200 OK")
            #expect(
                SOAPPeer.texts("passportName", in: text) == [
                    "alice@example.com", "bob@example.com", "carol@example.com",
                ])
            #expect(SOAPPeer.texts("contactType", in: text) == ["Me", "Regular", "Regular"])
            #expect(
                SOAPPeer.texts("displayName", in: text) == ["Alice Liddell", "Bob", "Carol (always here)"])
            // BitlBee signs in with the number of the owner.
            let identity = SOAPPeer.texts("CID", in: text).first.flatMap { Int64($0) }
            #expect(identity != nil)
            #expect(Set(SOAPPeer.texts("contactId", in: text)).count == 3)
        }
    }

    /// What one message changes is seen by the wire, and by the other messages.
    @Test func groupsAreAddedFilledRenamedAndRemoved() async throws {
        try await RawScripts.run { scripts in
            let peer = try await SOAPPeer(scripts, .alice)
            let made = await peer.ask(
                "ABGroupAdd",
                SOAPPeer.book
                    + "<groupInfo><GroupInfo><name>Pals</name><fMessenger>false</fMessenger></GroupInfo></groupInfo>")
            let group = try #require(SOAPPeer.texts("guid", in: made.text).first)
            let filled = await peer.ask(
                "ABGroupContactAdd",
                SOAPPeer.book + SOAPPeer.groups(group.uppercased()) + SOAPPeer.contact("dave@example.com")
                    + "<groupContactAddOptions><EnableAllowListManagement>true</EnableAllowListManagement></groupContactAddOptions>"
            )
            let dave = try #require(SOAPPeer.texts("guid", in: filled.text).first)
            let bob = try SOAPPeer.identifier(
                of: "bob@example.com", "contactId", in: await peer.ask("ABFindAll").text)
            #expect(
                await peer.fault("ABGroupContactAdd", SOAPPeer.groups(group) + SOAPPeer.contact(id: bob)) == "200 OK")
            #expect(
                await peer.fault("ABGroupContactDelete", SOAPPeer.contact(id: bob) + SOAPPeer.groups(group)) == "200 OK"
            )
            let renamed =
                "<groups><Group><groupId>\(group)</groupId><groupInfo><name>Buddies</name></groupInfo>"
                + "<propertiesChanged>GroupName </propertiesChanged></Group></groups>"
            #expect(await peer.fault("ABGroupUpdate", renamed) == "200 OK")
            let text = await peer.ask("ABFindAll").text
            #expect(try SOAPPeer.identifier(of: "Buddies", "groupId", in: text) == group)
            #expect(SOAPPeer.texts("groupIds", in: text) == ["<guid>\(group)</guid>"])
            let alice = try await scripts.signIn(.alice, 12)
            await alice.send("SYN 5 0 0")
            let lines = try await alice.settled()
            #expect(lines.contains("LSG Buddies \(group)"))
            #expect(lines.contains("LST N=dave@example.com F=dave@example.com C=\(dave) 3 1 \(group)"))
            #expect(await peer.fault("ABGroupDelete", SOAPPeer.book + SOAPPeer.groups(group)) == "200 OK")
            #expect(SOAPPeer.texts("groupId", in: await peer.ask("ABFindAll").text) == [])
            #expect(await peer.fault("ABContactDelete", SOAPPeer.contact(id: dave)) == "200 OK")
            #expect(!(await peer.ask("ABFindAll").text).contains("dave@example.com"))
        }
    }

    @Test(arguments: RawScripts.mixed)
    func whoIsAddedAndRemovedIsToldAsByTheWire(_ version: Int) async throws {
        try await RawScripts.run { scripts in
            let dave = try await scripts.online(.dave, version)
            // Who is not there is not said to be gone.
            let alice = try await scripts.online(.alice, 18)
            let peer = try await SOAPPeer(scripts, .alice)
            let added = await peer.ask("ABContactAdd", SOAPPeer.contact("dave@example.com"))
            let id = try #require(SOAPPeer.texts("guid", in: added.text).first)
            let line = try await dave.expect(version < 10 ? "ADD 0 RL" : version < 13 ? "ADC 0 RL" : "ADL 0 ")
            #expect(line.contains(version < 13 ? "alice@example.com" : "alice"))
            let waiting = try await SOAPPeer(scripts, .dave).ask("FindMembership").text
            #expect(waiting.contains("<MembershipId>Pending/"))
            // A repeated message changes nothing.
            #expect(
                SOAPPeer.texts("guid", in: await peer.ask("ABContactAdd", SOAPPeer.contact("dave@example.com")).text)
                    == [id])
            #expect(await peer.fault("ABContactDelete", SOAPPeer.contact(id: id)) == "200 OK")
            try await dave.expect(version < 13 ? "REM 0 RL" : "RML 0 ")
            await alice.close()
            #expect(await peer.fault("ABContactDelete", SOAPPeer.contact(id: id)) == "200 OK")
        }
    }

    /// Clients change the list of the service first and that of the session second.
    @Test func aContactOfTheAddressBookIsSeenOnceTheClientSaysSo() async throws {
        try await RawScripts.run { scripts in
            let dave = try await scripts.online(.dave, 18)
            let alice = try await scripts.online(.alice, 18)
            let peer = try await SOAPPeer(scripts, .alice)
            let id = try #require(
                SOAPPeer.texts("guid", in: await peer.ask("ABContactAdd", SOAPPeer.contact("dave@example.com")).text)
                    .first)
            #expect(try await alice.settled().contains { $0.contains("dave") } == false)
            let entry = { (lists: Int) in "<ml><d n=\"example.com\"><c n=\"dave\" l=\"\(lists)\" t=\"1\"/></d></ml>" }
            await alice.send("ADL 20", payload: entry(3))
            try await alice.expect("ADL 20 OK")
            try await alice.expect("NLN NLN 1:dave@example.com")
            #expect(await peer.fault("ABContactDelete", SOAPPeer.contact(id: id)) == "200 OK")
            await alice.send("RML 21", payload: entry(1))
            try await alice.expect("RML 21 OK")
            await dave.close()
        }
    }

    @Test func blockingHidesTheUserAndIsOnTheOtherList() async throws {
        try await RawScripts.run { scripts in
            let bob = try await scripts.online(.bob, 12)
            let alice = try await scripts.online(.alice, 18)
            try await bob.expect("NLN NLN alice@example.com")
            let peer = try await SOAPPeer(scripts, .alice)
            #expect(await peer.fault("DeleteMember", SOAPPeer.member("bob@example.com", "Allow")) == "200 OK")
            #expect(await peer.fault("AddMember", SOAPPeer.member("bob@example.com", "Block")) == "200 OK")
            try await bob.expect("FLN alice@example.com")
            let text = await peer.ask("FindMembership").text
            let block = text.components(separatedBy: "<MemberRole>Block").last?.components(separatedBy: "<MemberRole>")
                .first
            #expect(block?.contains("<PassportName>bob@example.com</PassportName>") == true)
            // Allowing takes somebody from the block list.
            #expect(await peer.fault("AddMember", SOAPPeer.member("bob@example.com", "Allow")) == "200 OK")
            try await bob.expect("NLN NLN alice@example.com")
            #expect(await peer.fault("DeleteMember", SOAPPeer.member("bob@example.com", "Block")) == "200 OK")
            await alice.close()
            #expect(await peer.fault("AddMember", SOAPPeer.member("eve@example.com", "Allow")) == "InvalidPassportUser")
            #expect(await peer.fault("AddMember", SOAPPeer.member("bob@example.com", "Admin")) == "BadArgument")
        }
    }

    /// Who waits is answered by moving them from the one list to the other.
    @Test func whoWaitsIsAnswered() async throws {
        try await RawScripts.run { scripts in
            _ = try await SOAPPeer(scripts, .dave).ask("ABContactAdd", SOAPPeer.contact("alice@example.com"))
            let peer = try await SOAPPeer(scripts, .alice)
            let pending = SOAPPeer.texts("MembershipId", in: await peer.ask("FindMembership").text).last ?? ""
            #expect(pending.hasPrefix("Pending/"))
            let member =
                "<memberships><Membership><MemberRole>Pending</MemberRole><Members><Member>"
                + "<MembershipId>\(pending)</MembershipId></Member></Members></Membership></memberships>"
            #expect(await peer.fault("DeleteMember", member) == "200 OK")
            #expect(await peer.fault("AddMember", SOAPPeer.member("dave@example.com", "Reverse")) == "200 OK")
            let text = await peer.ask("FindMembership").text
            #expect(!text.contains("Pending/"))
            #expect(text.components(separatedBy: "dave@example.com").count == 2)
            #expect(
                await peer.fault("AddMember", SOAPPeer.member("carol@example.com", "Reverse")) == "ContactDoesNotExist")
        }
    }

    @Test func namesNotesAndSettingsAreKept() async throws {
        try await RawScripts.run { scripts in
            let bob = try await scripts.online(.bob, 8)
            let alice = try await scripts.online(.alice, 18)
            try await bob.expect("NLN NLN alice@example.com")
            let peer = try await SOAPPeer(scripts, .alice)
            let own = { (info: String, changed: String) in
                "<contacts><Contact><contactInfo>\(info)<contactType>Me</contactType></contactInfo>"
                    + "<propertiesChanged>\(changed)</propertiesChanged></Contact></contacts>"
            }
            #expect(
                await peer.fault("ABContactUpdate", own("<displayName>Alicia ☃</displayName>", "DisplayName"))
                    == "200 OK")
            try await bob.expect("NLN NLN alice@example.com Alicia%20%E2%98%83")
            let note = { (name: String, value: String) in
                "<annotations><Annotation><Name>\(name)</Name><Value>\(value)</Value></Annotation></annotations>"
            }
            await alice.close()
            // The setting decides about people on no list.
            #expect(await peer.fault("ABContactUpdate", own(note("MSN.IM.BLP", "0"), "Annotation ")) == "200 OK")
            let id = try SOAPPeer.identifier(of: "bob@example.com", "contactId", in: await peer.ask("ABFindAll").text)
            let nickname =
                "<contacts><Contact><contactInfo>\(note("AB.NickName", "Bobby &lt;3"))<displayName>Rob</displayName></contactInfo>"
                + "<propertiesChanged>Annotation DisplayName</propertiesChanged><contactId>\(id)</contactId></Contact></contacts>"
            #expect(await peer.fault("ABContactUpdate", nickname) == "200 OK")
            let text = await peer.ask("ABFindContactsPaged").text
            #expect(text.contains("<Name>MSN.IM.BLP</Name><Value>0</Value>"))
            #expect(text.contains("<Name>AB.NickName</Name><Value>Bobby &lt;3</Value>"))
            #expect(SOAPPeer.texts("displayName", in: text).prefix(2) == ["Alicia ☃", "Rob"])
            let unknown = own("<isMessengerUser>false</isMessengerUser>", "IsMessengerUser")
            #expect(await peer.fault("ABContactUpdate", unknown) == "BadArgument")
        }
    }

    /// Those of a contact are the user's notes; telephone numbers of the user are the properties of the wire.
    @Test func mailAddressesAndTelephoneNumbersAreKept() async throws {
        try await RawScripts.run { scripts in
            let bob = try await scripts.online(.bob, 8)
            let alice = try await scripts.online(.alice, 8)
            try await bob.expect("NLN NLN alice@example.com")
            let peer = try await SOAPPeer(scripts, .alice)
            let phone = { (kind: String, number: String) in
                "<phones><ContactPhone><contactPhoneType>\(kind)</contactPhoneType><number>\(number)</number>"
                    + "<propertiesChanged>Number</propertiesChanged></ContactPhone></phones>"
            }
            let email = { (kind: String, address: String) in
                "<emails><ContactEmail><contactEmailType>\(kind)</contactEmailType><email>\(address)</email>"
                    + "<propertiesChanged>Email</propertiesChanged></ContactEmail></emails>"
            }
            let update = { (id: String, info: String, changed: String) in
                "<contacts><Contact><contactId>\(id)</contactId><contactInfo>\(info)</contactInfo><propertiesChanged>"
                    + "\(changed)</propertiesChanged></Contact></contacts>"
            }
            let all = await peer.ask("ABFindAll").text
            let own = try SOAPPeer.identifier(of: "alice@example.com", "contactId", in: all)
            let id = try SOAPPeer.identifier(of: "bob@example.com", "contactId", in: all)
            let details = email("ContactEmailPersonal", "bob@example.net") + phone("ContactPhoneFax", "555 &lt;1>")
            #expect(
                await peer.fault("ABContactUpdate", update(id, details, "ContactEmail ContactPhone ")) == "200 OK")
            #expect(
                await peer.fault(
                    "ABContactUpdate", update(own, phone("ContactPhoneMobile", "555 0100"), "ContactPhone")) == "200 OK"
            )
            try await bob.expect("BPR 1 alice@example.com PHM 555%200100")
            let text = await peer.ask("ABFindContactsPaged").text
            #expect(SOAPPeer.texts("email", in: text) == ["bob@example.net"])
            #expect(
                SOAPPeer.texts("contactPhoneType", in: text) == ["ContactPhoneMobile", "ContactPhoneFax"])
            #expect(SOAPPeer.texts("number", in: text) == ["555 0100", "555 &lt;1&gt;"])
            // The wire sees the same number, and nothing of the notes.
            await alice.send("SYN 5 0")
            let lines = try await alice.settled()
            #expect(lines.contains("PRP PHM 555%200100"))
            #expect(!lines.contains { $0.contains("PHW 555") || $0.contains("555%20<1>") })
            // What is not said to change stays, and an empty value is removed.
            let changes = email("ContactEmailPersonal", "other@example.net") + phone("ContactPhoneFax", "")
            #expect(await peer.fault("ABContactUpdate", update(id, changes, "ContactPhone")) == "200 OK")
            #expect(
                await peer.fault(
                    "ABContactUpdate", update(own, phone("ContactPhoneMobile", ""), "ContactPhone")) == "200 OK")
            let rest = await peer.ask("ABFindAll").text
            #expect(SOAPPeer.texts("email", in: rest) == ["bob@example.net"])
            #expect(SOAPPeer.texts("number", in: rest) == [])
            try await bob.expect("BPR 1 alice@example.com PHM")
            // Only so much is kept: one value for each kind that is known.
            for (kind, number) in [("Fax", "1"), ("", "1"), ("ContactPhoneFax", String(repeating: "1", count: 130))] {
                let fault = await peer.fault("ABContactUpdate", update(id, phone(kind, number), "ContactPhone"))
                #expect(fault == (number.count > 1 ? "BadArgumentLength" : "BadArgument"))
            }
            let long = email("ContactEmailOther", String(repeating: "a", count: 130))
            #expect(await peer.fault("ABContactUpdate", update(id, long, "ContactEmail")) == "BadArgumentLength")
        }
    }

    /// Who has seen news of a contact says so; the server has no news, and keeps nothing.
    @Test func newsAreAcknowledgedForThoseWhoAreThere() async throws {
        try await RawScripts.run { scripts in
            let peer = try await SOAPPeer(scripts, .alice)
            let before = SOAPPeer.texts("lastChange", in: await peer.ask("ABFindAll").text)
            let seen = { (userHandle: String) in
                SOAPPeer.book + "<dynamicItems><DynamicItem xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' "
                    + "xsi:type='PassportDynamicItem'><Type>Passport</Type><PassportName>\(userHandle)</PassportName>"
                    + "<Changes>Notifications</Changes></DynamicItem></dynamicItems>"
            }
            let answer = await peer.ask("UpdateDynamicItem", seen("bob@example.com"))
            #expect(answer.status == "200 OK")
            #expect(answer.text.contains("<UpdateDynamicItemResponse "))
            #expect(await peer.fault("UpdateDynamicItem", seen("alice@example.com")) == "200 OK")
            #expect(await peer.fault("UpdateDynamicItem", seen("eve@example.com")) == "ContactDoesNotExist")
            #expect(await peer.fault("UpdateDynamicItem", "<abId>1</abId>") == "ABDoesNotExist")
            #expect(SOAPPeer.texts("lastChange", in: await peer.ask("ABFindAll").text) == before)
        }
    }

    /// A session without an address book learns what its version can be told: that a contact was removed.
    @Test(arguments: [
        (2, "REM 0 FL 2 bob@example.com"), (7, "REM 0 FL 2 bob@example.com"), (9, "REM 0 FL 2 bob@example.com"),
        (10, "REM 0 FL ID"), (12, "REM 0 FL ID"), (13, nil), (18, nil),
    ])
    func anOlderSessionIsToldThatAContactIsRemoved(_ version: Int, _ line: String?) async throws {
        try await RawScripts.run { scripts in
            let alice = try await scripts.online(.alice, version)
            let peer = try await SOAPPeer(scripts, .alice)
            let id = try SOAPPeer.identifier(of: "bob@example.com", "contactId", in: await peer.ask("ABFindAll").text)
            #expect(await peer.fault("ABContactDelete", SOAPPeer.contact(id: id)) == "200 OK")
            let lines =
                version > 2
                ? try await alice.settled().filter { $0.contains("FL ") }
                : [try await alice.expect("REM 0 FL")]
            #expect(lines == [line?.replacing("ID", with: id)].compactMap(\.self))
        }
    }

    @Test func theProfileHasTheNameAndThePersonalMessage() async throws {
        try await RawScripts.run { scripts in
            let peer = try await SOAPPeer(scripts, .alice)
            let identity = SOAPPeer.texts("CID", in: await peer.ask("ABFindAll").text).first ?? ""
            let handle = { (number: String) in
                "<profileHandle><Alias><Name>\(number)</Name><NameSpace>MyCidStuff</NameSpace></Alias>"
                    + "<RelationshipName>MyProfile</RelationshipName></profileHandle>"
            }
            let first = await peer.store("GetProfile", handle(identity))
            #expect(first.status == "200 OK")
            #expect(SOAPPeer.texts("DisplayName", in: first.text) == ["Alice Liddell"])
            let profile =
                "<profile><ResourceID>r!1</ResourceID><ExpressionProfile><DisplayName>Al B</DisplayName>"
                + "<PersonalStatus>here</PersonalStatus></ExpressionProfile></profile>"
            #expect(await peer.store("UpdateProfile", profile).status == "200 OK")
            let second = await peer.store("GetProfile", handle(identity)).text
            #expect(SOAPPeer.texts("DisplayName", in: second) == ["Al B"])
            #expect(SOAPPeer.texts("PersonalStatus", in: second) == ["here"])
            let other = await peer.store("GetProfile", handle("1"))
            #expect(SOAPPeer.texts("errorcode", in: other.text) == ["ItemDoesNotExist"])
        }
    }

    /// A client that has the latest gets nothing, and one that has something older everything.
    @Test(arguments: ["ABFindAll", "FindMembership"])
    func aClientAsksForChanges(_ name: String) async throws {
        try await RawScripts.run { scripts in
            let peer = try await SOAPPeer(scripts, .alice)
            let element = name == "ABFindAll" ? "lastChange" : "LastChange"
            let last = SOAPPeer.texts(element, in: await peer.ask(name).text).last ?? ""
            let changes = { (last: String) in "<deltasOnly>true</deltasOnly><lastChange>\(last)</lastChange>" }
            let same = await peer.ask(name, changes(last))
            #expect(same.status == "200 OK")
            #expect(!same.text.contains("bob@example.com"))
            #expect(
                (await peer.ask(name, changes("0001-01-01T00:00:00.0000000-08:00"))).text.contains("bob@example.com"))
            _ = await peer.ask("AddMember", SOAPPeer.member("dave@example.com", "Block"))
            #expect(await peer.fault(name, changes(last)) == "FullSyncRequired")
        }
    }
}
