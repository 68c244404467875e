import MSNP
import Testing

/// Each named type of the grammar is a type in Swift that keeps its own limits.
struct NamedTypeTests {
    @Test(arguments: [
        ("", ValueError(.empty)), ("a b@c.d", ValueError(.forbiddenCharacter(0x20), offset: 1)),
        ("a\r\n", ValueError(.forbiddenCharacter(0x0D), offset: 1)),
        (String(repeating: "a", count: 130), ValueError(.tooLong(limit: 129), offset: 129)),
    ])
    func anAccountIsCheckedWhenItIsMade(_ text: String, _ failure: ValueError) {
        #expect(throws: failure) { try Account(text) }
    }

    @Test func anAccountOfTheMostBytesIsMade() throws {
        let text = String(repeating: "a", count: 129)
        #expect(try Account(text).string == text)
    }

    @Test func aTextIsCheckedAsItStandsOnTheWire() throws {
        let name = try GroupName("Old friends")
        #expect(name.wire == WireBytes("Old%20friends"))
        #expect(name.string == "Old friends")
        #expect(throws: ValueError(.tooLong(limit: 127), offset: 127)) {
            try GroupName(String(repeating: " ", count: 43))
        }
    }

    @Test func aNumberIsCheckedWhenItIsMade() throws {
        #expect(try GroupNumber(29).number == 29)
        #expect(throws: ValueError(.outOfRange("0...29"))) { try GroupNumber(30) }
        #expect(throws: ValueError(.outOfRange("-2147483648...4294967295"))) { try SignedNumber(-2_147_483_649) }
        #expect(try SignedNumber(-2_147_483_648).text == "-2147483648")
    }

    @Test(arguments: [(-1, 0), (0, 0), (1863, 1863), (65535, 65535), (65536, 65535), (Int.max, 65535)])
    func aNumberIsClampedToTheLimits(_ number: Int, _ port: Int) {
        #expect(PortNumber(clamping: number).text == "\(port)")
    }

    @Test func aTypeThatAllowsEveryNumberTakesLiterals() {
        let version: ListVersion = 4_294_967_295
        #expect(version == ListVersion(.max))
        #expect(version > 0)
    }

    @Test func valuesAreKeys() throws {
        let accounts: Set = [try Account("a@b.c"), try Account("a@b.c"), try Account("d@e.f")]
        #expect(accounts.count == 2)
    }

    @Test func aSecretIsShownByNameOnly() throws {
        let ticket = try Credential("t=abc&p=xyz")
        var dumped = ""
        dump(ticket, to: &dumped)
        #expect("\(ticket)" == "<redacted>" && String(reflecting: ticket) == "<redacted>")
        #expect(!dumped.contains("abc"))
        #expect(ticket.string == "t=abc&p=xyz")
    }

    @Test func aValueOfALineIsOfTheNamedType() throws {
        var decoder = MessageDecoder<ServerMessage>(service: .notification, version: .msnp8)
        decoder.append(Array("LSG 0 Friends 0\r\nXFR 3 SB 10.0.0.5:1863 CKI 1.2\r\n".utf8))
        guard case .lsg(.synchronized(let group)) = try decoder.next()?.message,
            case .xfr(.switchboard(let board)) = try decoder.next()?.message
        else {
            Issue.record("other forms")
            return
        }
        #expect(try group.group == GroupNumber(0) && group.groupName == GroupName("Friends"))
        #expect(try board.address.port == PortNumber(1863) && board.cookie == Credential("1.2"))
    }

    @Test func capabilitiesHaveBitsAndAGeneration() throws {
        var capabilities: ClientCapabilities = [.inkGIF, .winks]
        capabilities.generation = .version75
        #expect(capabilities.rawValue == 0x5000_8004)
        #expect(capabilities.contains(.winks) && capabilities.generation == .version75)
        capabilities.generation = .unstated
        #expect(capabilities == [.inkGIF, .winks])
    }

    @Test(arguments: ["16", "many", ""])
    func aNumberThatDoesNotFitLeavesTheBitsAsTheyAre(_ word: String) {
        var capabilities: ClientCapabilities = .winks
        capabilities.generation = .wave3
        let before = capabilities
        capabilities.generation = .other(WireToken(word))
        #expect(capabilities == before)
    }

    @Test func aGenerationWithoutANameIsKept() {
        #expect(ClientCapabilities(rawValue: 0xF000_0000).generation == .other("15"))
    }
}
