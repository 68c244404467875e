import MSNPSession
import MSNPTransport
import TestSupport
import Testing

@testable import SampleServer

/// Sign-ins and their failures, in raw lines.
@Suite(.timeLimit(.minutes(30)))
struct SignInTests {
    @Test(arguments: RawScripts.all)
    func everyVersionSignsInAndHearsWhatItExpects(_ version: Int) async throws {
        try await RawScripts.run { scripts in
            let alice = try await scripts.signIn(.alice, version)
            let lines = try await alice.settled()
            let log = await alice.log
            #expect(log.contains("SBS 0 null") == (version >= 11))
            #expect(log.contains { $0.hasPrefix("GCF 0 ") } == (version >= 13))
            #expect(lines.contains { $0.hasPrefix("UBX ") } == (version >= 16))
            let ending =
                version < 6
                ? " Alice%20Liddell"
                : version < 8
                    ? " Alice%20Liddell 1"
                    : version < 10 ? " Alice%20Liddell 1 0" : " 1 0"
            #expect(log.contains("USR 4 OK alice@example.com" + ending))
            try await scripts.goOnline(alice, version)
            #expect(try await alice.settled().contains { $0.hasPrefix("CHL 0 ") } == (version >= 6))
            await alice.send("OUT")
            #expect(await alice.rest() == [])
        }
    }

    @Test(arguments: [(2, ""), (3, " 0"), (7, " 0 "), (13, " U D"), (18, " U D")])
    func theDispatchServerRefersInTheWordsOfTheVersion(_ pair: (Int, String)) async throws {
        try await RawScripts.run { scripts in
            let peer = Peer(scripts.server.dispatchPort)
            await peer.send("VER 1 MSNP\(pair.0) CVR0")
            if pair.0 >= 8 { await peer.send("CVR 2 0x0409 winnt 5.1 i386 MSNMSGR 6.0.0602 MSMSGS alice@example.com") }
            await peer.send("USR 3 \(pair.0 < 8 ? "MD5" : pair.0 < 15 ? "TWN" : "SSO") I alice@example.com")
            let line = await peer.rest().last ?? ""
            #expect(line.hasPrefix("XFR 3 NS 127.0.0.1:\(scripts.server.notificationPort)" + pair.1))
        }
    }

    @Test(arguments: RawScripts.all)
    func aWrongPasswordAndAnUnknownAccountGetTheSameAnswer(_ version: Int) async throws {
        try await RawScripts.run { scripts in
            let stranger = SampleAccount(userHandle: "eve@example.com", password: "x", friendlyName: "Eve")
            for account in [SampleAccount.alice, stranger] {
                let peer = Peer(scripts.server.notificationPort)
                try await scripts.begin(peer, account, version, password: "wrong")
                #expect(await peer.rest() == ["911 4"])
            }
        }
    }

    @Test func aTicketIsGoodOnceAndForItsAccountAlone() async throws {
        try await RawScripts.run { scripts in
            let ticket = scripts.server.tickets.issue(account: "alice@example.com", password: "correct-horse")
            for (user, answer) in [("bob@example.com", "911 4"), ("alice@example.com", "911 4")] {
                let peer = Peer(scripts.server.notificationPort)
                await peer.send("VER 1 MSNP8")
                await peer.send("CVR 2 0x0409 winnt 5.1 i386 MSNMSGR 6.0.0602 MSMSGS \(user)")
                await peer.send("USR 3 TWN I \(user)")
                await peer.send("USR 4 TWN S \(ticket)")
                #expect(await peer.rest().last == answer)
            }
        }
    }

    @Test(arguments: ["", "INF 2\r\n"]) func aProofBeforeTheAccountIsRefused(question: String) async throws {
        try await RawScripts.run { scripts in
            let peer = Peer(scripts.server.notificationPort)
            await peer.sendRaw("VER 1 MSNP5\r\n\(question)USR 3 MD5 S \(String(repeating: "0", count: 32))\r\n")
            #expect(await peer.rest().last == "911 3")
        }
    }

    @Test(arguments: [(31, false), (32, true), (33, false)])
    func aDigestOfAnotherLengthClosesTheConnectionWithoutAnError(count: Int, isAnswered: Bool) async throws {
        try await RawScripts.run { scripts in
            let peer = Peer(scripts.server.notificationPort)
            await peer.send("VER 1 MSNP5")
            await peer.send("USR 2 MD5 I alice@example.com")
            await peer.send("USR 3 MD5 S \(String(repeating: "0", count: count))")
            let last = await peer.rest().last
            #expect(isAnswered ? last == "911 3" : last?.hasPrefix("USR 2 MD5 S ") == true)
        }
    }

    @Test(arguments: [2, 8, 12, 18])
    func aSecondSignInEndsTheFirst(_ version: Int) async throws {
        try await RawScripts.run { scripts in
            let alice = try await scripts.online(.alice, version)
            let again = try await scripts.online(.alice, 8)
            try await alice.expect("OUT OTH")
            #expect(await alice.rest() == [])
            #expect(try await again.settled().contains { $0.hasPrefix("OUT") } == false)
        }
    }

    @Test(arguments: [2, 8, 18])
    func everyClientIsToldWhenTheServerStops(_ version: Int) async throws {
        let alice = try await SampleServer.withRunning(.patient) { server in
            try await RawScripts(server: server).online(.alice, version)
        }
        try await alice.expect("OUT SSD")
        #expect(await alice.rest() == [])
    }

    @Test(arguments: [
        (8, "USR 9 TWN I alice@example.com\r\n", ["207 9"], false), (11, "GCF 9 Shields.xml\r\n", ["715 9"], false),
        (8, "CAL 9 bob@example.com\r\n", ["502 9"], false), (13, "SYN 9 0 0\r\n", ["502 9"], false),
        (8, "CHG 9 XYZ\r\n", ["201 9"], false), (12, "ADC 9 PL N=bob@example.com\r\n", ["201 9"], false),
        (8, "VER 9 MSNP8\r\n", [], true),
        (8, "QRY 9 msmsgs@msnmsgr.com 32\r\n00000000000000000000000000000000", ["540 9"], true),
    ])
    func aCommandAtTheWrongTimeGetsWhatTheRulesSay(
        _ sample: (version: Int, text: String, answer: [String], closes: Bool)
    ) async throws {
        try await RawScripts.run { scripts in
            let alice = try await scripts.signIn(.alice, sample.version)
            _ = try await alice.settled()
            await alice.sendRaw(sample.text)
            if sample.closes {
                #expect(await alice.rest() == sample.answer)
            } else {
                #expect(try await alice.settled() == sample.answer)
            }
        }
    }

    @Test(arguments: [(8, "MSG 9 U 5\r\nabc\r\n", ["502 9"]), (8, "ADL 9 6\r\n<ml>\r\n", ["502 9"])])
    func aPayloadOfAnotherServiceIsALineOfItsOwn(_ sample: (version: Int, text: String, answer: [String])) async throws
    {
        try await RawScripts.run { scripts in
            let alice = try await scripts.signIn(.alice, sample.version)
            _ = try await alice.settled()
            await alice.sendRaw(sample.text)
            #expect(try await alice.settled() == sample.answer)
        }
    }

    @Test(arguments: [(7, "CHG 9 NLN"), (8, "CHG 9 NLN 0"), (18, "CHG 9 NLN 0:0")])
    func aStatusWithoutCapabilitiesIsAnsweredWithThoseThatClientsExpect(version: Int, answer: String) async throws {
        try await RawScripts.run { scripts in
            let alice = try await scripts.signIn(.alice, version)
            await alice.send("CHG 9 NLN")
            #expect(try await alice.expect("CHG") == answer)
        }
    }

    @Test func aTransactionIDComesBackAsItWasSpelled() async throws {
        try await RawScripts.run { scripts in
            let alice = try await scripts.signIn(.alice, 8)
            await alice.sendRaw("CHG 007 NLN\n")
            #expect(try await alice.expect("CHG") == "CHG 007 NLN 0")
            await alice.send("BLP 0008 AL")
            await alice.send("BLP 0009 AL")
            #expect(try await alice.expect("BLP 0008").hasSuffix(" AL"))
            #expect(try await alice.expect("BLP 0009").hasSuffix(" AL"))
        }
    }

    @Test func withHashesOnlyOldVersionsAreNotOffered() async throws {
        var configuration = SampleConfiguration()
        configuration.servesDigest = false
        try await RawScripts.run(configuration) { scripts in
            let peer = Peer(scripts.server.notificationPort)
            await peer.send("VER 1 MSNP7 MSNP2 CVR0")
            #expect(await peer.rest() == ["VER 1 0"])
            _ = try await scripts.signIn(.alice, 8)
        }
    }

    /// Clients could not be told to connect there, whatever name leads to it; the ports stay free.
    @Test(arguments: ["::1", "::"])
    func aHostThatNoAddressCanHoldIsRefusedAtTheStart(_ host: String) async throws {
        var configuration = SampleConfiguration()
        configuration.host = host
        let refused = configuration
        await #expect(throws: HostError(host: host)) { try await RawScripts.run(refused) { _ in } }
        #expect(throws: HostError(host: host)) { try SampleConfiguration().checkHosts(bound: host) }
        configuration.publicHost = "chat.example"
        #expect(throws: Never.self) { try configuration.checkHosts(bound: host) }
    }

    @Test func addressesOfIPv6StandInBrackets() {
        #expect(ServerAddress(host: "::1", port: 1863).description == "[::1]:1863")
        #expect(ServerAddress(host: "10.0.0.1", port: 1863).description == "10.0.0.1:1863")
        let error = TransportError.timedOut(host: "::1", port: 80)
        #expect(error.description == "[::1]:80 did not answer in time")
    }
}
