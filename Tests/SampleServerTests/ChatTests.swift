import MSNP
import TestSupport
import Testing

@testable import SampleServer

/// Chats between versions.
@Suite(.timeLimit(.minutes(30)))
struct ChatTests {
    private static let text = "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=UTF-8\r\n\r\nhello \u{1F642}"
    private static let typing =
        "MIME-Version: 1.0\r\nContent-Type: text/x-msmsgscontrol\r\nTypingUser: alice@example.com\r\n\r\n\r\n"
    private static let invitation =
        "MIME-Version: 1.0\r\nContent-Type: text/x-msmsgsinvite; charset=UTF-8\r\n\r\nApplication-Name: File Transfer\r\n"
        + "Application-GUID: {5D3E02AB-6190-11d3-BBBB-00C04F795683}\r\nInvitation-Command: INVITE\r\n"
        + "Invitation-Cookie: 58273\r\nApplication-File: notes.txt\r\nApplication-FileSize: 12\r\n\r\n"

    @Test(arguments: RawScripts.mixed, RawScripts.mixed)
    func messagesGoBothWaysBetweenAnyTwoVersions(_ first: Int, _ second: Int) async throws {
        try await RawScripts.run { scripts in
            let alice = try await scripts.online(.alice, first)
            let bob = try await scripts.online(.bob, second)
            let (caller, callee) = try await scripts.chat(alice, .alice, first, bob, .bob, second)
            await caller.send("MSG 3 U", payload: Self.typing)
            await caller.send("MSG 0004 A", payload: Self.text)
            try await caller.expect("ACK 0004")
            #expect(
                try await callee.expect("MSG ")
                    == "MSG alice@example.com Alice%20Liddell \(Self.typing.utf8.count)|" + Self.typing)
            #expect(
                try await callee.expect("MSG ")
                    == "MSG alice@example.com Alice%20Liddell \(Self.text.utf8.count)|" + Self.text)
            await callee.send("MSG 5 N", payload: Self.invitation)
            #expect(try await caller.expect("MSG bob@example.com Bob ").hasSuffix("|" + Self.invitation))
            await callee.send("OUT")
            try await caller.expect("BYE bob@example.com")
            await caller.send("MSG 6 U", payload: Self.text)
            await caller.send("MSG 7 N", payload: Self.text)
            try await caller.expect("NAK 7")
            await caller.send("MSG 8 A", payload: Self.text)
            try await caller.expect("NAK 8")
            #expect(await caller.log.contains { $0.hasPrefix("NAK 6") || $0.hasPrefix("ACK 6") } == false)
        }
    }

    @Test func onlyNewerClientsHearOfEndpoints() async throws {
        try await RawScripts.run { scripts in
            let alice = try await scripts.online(.alice, 18)
            let bob = try await scripts.online(.bob, 16)
            let (caller, callee) = try await scripts.chat(alice, .alice, 18, bob, .bob, 16)
            #expect(await callee.log.filter { $0.hasPrefix("IRO") }.map { $0.split(separator: " ")[3] } == ["2", "2"])
            #expect(await callee.log.contains { $0.contains("alice@example.com;\(RawScripts.endpoint) ") })
            try await caller.expect("JOI bob@example.com Bob 32:0")
            await caller.send("CAL 9 alice@example.com")
            try await caller.expect("CAL 9 RINGING")
            try await caller.expect("JOI alice@example.com;\(RawScripts.endpoint)")
            try await caller.expect("JOI alice@example.com Alice")
            await callee.send("OUT")
            try await caller.expect("BYE bob@example.com;\(RawScripts.endpoint)")
            #expect(try await caller.expect("BYE ") == "BYE bob@example.com")
        }
    }

    @Test func threeInAChatHearEachOtherInOrder() async throws {
        try await RawScripts.run { scripts in
            let alice = try await scripts.online(.alice, 12)
            let bob = try await scripts.online(.bob, 8)
            let dave = try await scripts.online(.dave, 2)
            let (caller, callee) = try await scripts.chat(alice, .alice, 12, bob, .bob, 8)
            await callee.send("CAL 4 dave@example.com")
            try await callee.expect("CAL 4 RINGING")
            let ring = try await dave.expect("RNG ").split(separator: " ")
            let third = Peer(scripts.server.switchboardPort)
            await third.send("ANS 1 dave@example.com \(ring[4]) \(ring[1])")
            #expect(try await third.expect("IRO 1 1 2") == "IRO 1 1 2 alice@example.com Alice%20Liddell")
            #expect(try await third.expect("IRO 1 2 2") == "IRO 1 2 2 bob@example.com Bob")
            try await third.expect("ANS 1 OK")
            try await caller.expect("JOI dave@example.com Dave 0")
            try await callee.expect("JOI dave@example.com Dave")
            for number in 1...50 { await caller.send("MSG \(number) U", payload: "\r\n\r\n\(number)") }
            for peer in [callee, third] {
                for number in 1...50 { #expect(try await peer.expect("MSG ").hasSuffix("|\r\n\r\n\(number)")) }
            }
        }
    }

    /// Who may not be called: nobody who is away, hides, blocks or is there already.
    @Test func usersWhoCannotBeCalledAreRefusedByNumber() async throws {
        try await RawScripts.run { scripts in
            let alice = try await scripts.online(.alice, 8)
            let bob = try await scripts.online(.bob, 8)
            let (caller, _) = try await scripts.chat(alice, .alice, 8, bob, .bob, 8)
            await caller.send("CAL 5 bob@example.com")
            try await caller.expect("215 5")
            await caller.send("CAL 6 dave@example.com")
            try await caller.expect("217 6")
            await caller.send("CAL 7 nobody")
            try await caller.expect("208 7")
            await caller.send("CAL 8 alice@example.com")
            try await caller.expect("215 8")
            let dave = try await scripts.online(.dave, 8)
            await dave.send("ADD 9 BL alice@example.com Alice")
            try await dave.expect("ADD 9 BL")
            await caller.send("CAL 10 dave@example.com")
            try await caller.expect("217 10")
        }
    }

    /// Whoever is invited is not invited again, by anybody, until they come and go, sign in anew, or the time is over.
    @Test func anInvitationThatWaitsIsNotRepeated() async throws {
        let clock = ManualClock()
        try await RawScripts.run(SampleConfiguration(), clock: clock) { scripts in
            let alice = try await scripts.online(.alice, 2)
            let bob = try await scripts.online(.bob, 2)
            let dave = try await scripts.online(.dave, 2)
            let (caller, callee) = try await scripts.chat(alice, .alice, 2, bob, .bob, 2)
            await caller.send("CAL 3 dave@example.com")
            try await caller.expect("CAL 3 RINGING")
            for peer in [caller, callee] {
                for number in 10..<30 {
                    await peer.send("CAL \(number) dave@example.com")
                    try await peer.expect("215 \(number)")
                }
            }
            #expect(try await dave.settled().count { $0.hasPrefix("RNG") } == 1)
            let again = try await scripts.online(.dave, 2)
            await caller.send("CAL 4 dave@example.com")
            try await caller.expect("CAL 4 RINGING")
            clock.advance(by: .seconds(121))
            await caller.send("CAL 5 dave@example.com")
            try await caller.expect("CAL 5 RINGING")
            #expect(try await again.settled().count { $0.hasPrefix("RNG") } == 2)
            clock.advance(by: .seconds(100_000))
        }
    }

    /// One user is in a chat once, however many cookies they have for it.
    @Test func nobodyIsTwiceInAChat() async throws {
        let configuration = SampleConfiguration()
        let exchange = try await Exchange(
            configuration: configuration, accounts: Accounts(configuration.accounts, servesDigest: true),
            journal: Journal())
        let mailbox = Mailbox(limits: configuration.limits, budget: Budget(1 << 20))
        let (alice, bob) = (UserKey("alice@example.com"), UserKey("bob@example.com"))
        let start = ChatClaim(key: alice, version: .msnp2, room: nil)
        let room = try await exchange.enterChat(start, endpoint: nil, mailbox: mailbox).membership.room
        let claim = ChatClaim(key: bob, version: .msnp2, room: room)
        #expect(try await exchange.enterChat(claim, endpoint: nil, mailbox: mailbox).others.count == 1)
        await #expect(throws: Refusal(.authenticationFailed)) {
            try await exchange.enterChat(claim, endpoint: nil, mailbox: mailbox)
        }
    }

    @Test func aCookieOpensOneChatOnceForItsOwner() async throws {
        try await RawScripts.run { scripts in
            let alice = try await scripts.online(.alice, 8)
            await alice.send("XFR 20 SB")
            let cookie = try await alice.expect("XFR 20 SB ").split(separator: " ")[5]
            for user in ["bob@example.com", "alice@example.com"] {
                let thief = Peer(scripts.server.switchboardPort)
                await thief.send("USR 1 \(user) \(cookie)")
                #expect(await thief.rest() == ["911 1"])
            }
            let guesser = Peer(scripts.server.switchboardPort)
            await guesser.send("ANS 1 alice@example.com 1 1")
            #expect(await guesser.rest() == ["911 1"])
        }
    }

    /// Before a status there is no chat, and hidden users of the older versions have none either.
    @Test func chatsNeedAStatus() async throws {
        try await RawScripts.run { scripts in
            let alice = try await scripts.signIn(.alice, 12)
            await alice.send("XFR 5 SB")
            try await alice.expect("913 5")
            try await scripts.goOnline(alice, 12, "HDN")
            await alice.send("XFR 6 SB")
            try await alice.expect("913 6")
            let bob = try await scripts.signIn(.bob, 13)
            try await scripts.goOnline(bob, 13, "HDN")
            await bob.send("XFR 6 SB")
            try await bob.expect("XFR 6 SB ")
        }
    }

    @Test func aConnectionCutInAPayloadIsADeparture() async throws {
        try await RawScripts.run { scripts in
            let alice = try await scripts.online(.alice, 8)
            let bob = try await scripts.online(.bob, 8)
            let (caller, callee) = try await scripts.chat(alice, .alice, 8, bob, .bob, 8)
            await callee.sendRaw("MSG 9 A 100\r\nMIME-Version")
            await callee.close()
            #expect(try await caller.expect("BYE") == "BYE bob@example.com")
            await bob.sendRaw("UUX")
            await bob.close()
            try await alice.expect("FLN bob@example.com")
        }
    }

    /// Peer-to-peer data has a letter of its own, and nothing else may have it.
    @Test func onlyPeerToPeerDataHasItsAcknowledgementLetter() async throws {
        try await RawScripts.run { scripts in
            let alice = try await scripts.online(.alice, 9)
            let bob = try await scripts.online(.bob, 9)
            let (caller, callee) = try await scripts.chat(alice, .alice, 9, bob, .bob, 9)
            let data =
                "MIME-Version: 1.0\r\nContent-Type: application/x-msnmsgrp2p\r\nP2P-Dest: bob@example.com\r\n\r\n\0\0\0\0"
            await caller.send("MSG 4 D", payload: data)
            try await caller.expect("ACK 4")
            #expect(try await callee.expect("MSG ").hasSuffix("|" + data))
            await caller.send("MSG 5 D", payload: Self.text)
            #expect(await caller.rest() == ["282 5"])
        }
    }

    @Test func messagesWithoutAChatPassBetweenVersionsThatHaveThem() async throws {
        try await RawScripts.run { scripts in
            let alice = try await scripts.online(.alice, 18)
            let bob = try await scripts.online(.bob, 14)
            await alice.send("UUN 5 bob@example.com 3", payload: "data")
            try await alice.expect("UUN 5 OK")
            #expect(try await bob.expect("UBN") == "UBN alice@example.com 3 4|data")
            await alice.send("UUM 6 bob@example.com 1 1", payload: "\r\n\r\nhi")
            #expect(try await bob.expect("UBM").hasPrefix("UBM alice@example.com 1 1 "))
            await bob.send("UUM 6 alice@example.com 1 1", payload: "\r\n\r\nhi")
            #expect(try await alice.expect("UBM").hasPrefix("UBM bob@example.com 1 alice@example.com 1 1 "))
            _ = try await scripts.online(.dave, 8)
            await alice.send("UUN 7 dave@example.com 3", payload: "data")
            try await alice.expect("217 7")
        }
    }
}
