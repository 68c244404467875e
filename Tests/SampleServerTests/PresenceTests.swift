import SampleServer
import Testing

/// What users see of each other.
@Suite(.timeLimit(.minutes(30)))
struct PresenceTests {
    @Test(arguments: RawScripts.mixed, RawScripts.mixed)
    func usersOfAnyTwoVersionsSeeEachOtherComeChangeAndGo(_ first: Int, _ second: Int) async throws {
        try await RawScripts.run { scripts in
            let alice = try await scripts.online(.alice, first)
            let bob = try await scripts.online(.bob, second)
            try await alice.expect(Self.presence("NLN", "bob@example.com", first) + "Bob")
            try await bob.expect(Self.initial("NLN", "alice@example.com", second) + "Alice%20Liddell")
            try await scripts.goOnline(alice, first, "BSY", number: 11)
            try await bob.expect(Self.presence("BSY", "alice@example.com", second) + "Alice%20Liddell")
            await alice.send("OUT")
            try await bob.expect("FLN " + (second >= 18 ? "1:" : "") + "alice@example.com")
        }
    }

    /// The first presence line of a contact, as that version has it.
    private static func initial(_ status: String, _ address: String, _ version: Int) -> String {
        version >= 18 ? presence(status, address, version) : "I" + "LN 10 \(status) \(address)" + network(version) + " "
    }

    /// A later presence line.
    private static func presence(_ status: String, _ address: String, _ version: Int) -> String {
        version >= 18 ? "NLN \(status) 1:\(address) " : "NLN \(status) \(address)" + network(version) + " "
    }

    private static func network(_ version: Int) -> String { version >= 14 ? " 1" : "" }

    @Test(arguments: RawScripts.mixed)
    func aHiddenUserIsNotSeen(_ version: Int) async throws {
        try await RawScripts.run { scripts in
            let alice = try await scripts.online(.alice, version)
            let bob = try await scripts.signIn(.bob, version)
            try await scripts.goOnline(bob, version, "HDN")
            #expect(try await bob.settled().contains { $0.contains("alice@example.com") })
            #expect(try await alice.settled().allSatisfy { !$0.contains("bob@example.com") })
            try await scripts.goOnline(bob, version, "NLN", number: 11)
            try await alice.expect("NLN NLN")
            try await scripts.goOnline(bob, version, "HDN", number: 12)
            try await alice.expect("FLN ")
        }
    }

    @Test(arguments: [(11, 12), (12, 18), (18, 11), (18, 8)])
    func aPersonalMessageReachesOnlyVersionsThatHaveOne(_ pair: (Int, Int)) async throws {
        try await RawScripts.run { scripts in
            let alice = try await scripts.online(.alice, pair.0)
            let bob = try await scripts.online(.bob, pair.1)
            await alice.send("UUX 7", payload: "<Data><PSM>hi &amp; ho</PSM><CurrentMedia></CurrentMedia></Data>")
            try await alice.expect("UUX 7 0")
            let lines = try await bob.settled()
            #expect(
                lines.contains { $0.hasPrefix("UBX") && $0.contains("alice@") && $0.contains("hi &amp; ho") }
                    == (pair.1 >= 11))
        }
    }

    @Test(arguments: [
        "<Data><PSM>a <b> &c</PSM></Data>", "<Data><PSM>x</PSM><MachineGuid>55192CF5</MachineGuid></Data>",
        " <?xml version=\"1.0\"?><!-- <x> --><Data/>", "<Data x>",
    ])
    func anOddPersonalMessageIsPassedOnAsItIs(_ text: String) async throws {
        try await RawScripts.run { scripts in
            let alice = try await scripts.online(.alice, 12)
            let bob = try await scripts.online(.bob, 12)
            await alice.send("UUX 7", payload: "<EndpointData><Capabilities>0:0</Capabilities></EndpointData>")
            await alice.send("UUX 8", payload: text)
            try await alice.expect("UUX 8 0")
            #expect(
                try await bob.settled().filter { $0.hasPrefix("UBX") }.map { $0.split(separator: "|")[1] } == [
                    text[...]
                ])
        }
    }

    @Test(arguments: RawScripts.all)
    func aNewNameIsSpelledCanonically(_ version: Int) async throws {
        try await RawScripts.run { scripts in
            let alice = try await scripts.online(.alice, version)
            let bob = try await scripts.online(.bob, 8)
            if version < 10 {
                await alice.send("REA 30 alice@example.com Zo%c3%ab%20the%201st")
                let answer = try await alice.expect("REA 30 ")
                #expect(answer.hasSuffix("alice@example.com Zo%C3%AB%20the%201st"))
            } else {
                await alice.send("PRP 30 MFN Zo%c3%ab%20the%201st")
                #expect(try await alice.expect("PRP 30 ") == "PRP 30 MFN Zo%C3%AB%20the%201st")
            }
            try await bob.expect("NLN NLN alice@example.com Zo%C3%AB%20the%201st")
        }
    }

    @Test func aWrongAnswerToTheChallengeEndsTheConnection() async throws {
        try await RawScripts.run { scripts in
            let alice = try await scripts.online(.alice, 8)
            try await alice.expect("CHL 0 ")
            await alice.send("QRY 12 msmsgs@msnmsgr.com", payload: String(repeating: "0", count: 32))
            try await alice.expect("540 12")
            #expect(await alice.rest() == [])
        }
    }
}
