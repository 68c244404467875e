import SampleServer
import Testing

/// What real clients say and need, in their own words; each of these lines once ended a session.
@Suite(.timeLimit(.minutes(30)))
struct RealProgramTests {
    @Test(arguments: ["A54D2E1E-3C40-3C8D-90B8-35445084824B", "f52973b6-c926-4bad-9ba8-7c1e840e4ab0"])
    func aMachineWithoutBracesSignsIn(_ machine: String) async throws {
        try await RawScripts.run { scripts in
            let pidgin = Peer(scripts.server.notificationPort)
            try await scripts.begin(pidgin, .alice, 18, endpoint: machine)
            try await pidgin.expect("USR 4 OK alice@example.com 1 0")
            _ = try await pidgin.settled()
        }
    }

    @Test(arguments: ["CHG 15 NLN 2416181284:00 0", "CHG 11 NLN 49152:00", "CHG 15 NLN 2416181284:00"])
    func capabilitiesThatEndInTwoZerosAreAccepted(_ line: String) async throws {
        try await RawScripts.run { scripts in
            let client = try await scripts.signIn(.alice, 18)
            let bob = try await scripts.online(.bob, 18)
            await client.send(line)
            try await client.expect(line.split(separator: ":")[0] + ":0")
            try await client.expect("NLN NLN 1:bob@example.com Bob ")
            let number = line.split(separator: " ")[3].split(separator: ":")[0]
            try await bob.expect("NLN NLN 1:alice@example.com Alice%20Liddell \(number):0 0")
            _ = try await client.settled()
        }
    }

    @Test(arguments: 14...18)
    func whoHasNoPictureHasAZeroInItsPlace(_ version: Int) async throws {
        try await RawScripts.run { scripts in
            let bob = try await scripts.signIn(.bob, version)
            await bob.send("CHG 11 NLN " + (version < 16 ? "49152" : "49152:00"))
            try await bob.expect("CHG 11 NLN")
            let alice = try await scripts.online(.alice, version)
            let first = try await alice.expect(version < 18 ? "ILN 10 NLN bob@" : "NLN NLN 1:bob@")
            try await scripts.goOnline(bob, version, "BSY", number: 12)
            let later = try await alice.expect("NLN BSY " + (version < 18 ? "bob@" : "1:bob@"))
            for line in [first, later] { #expect(line.hasSuffix(" 0"), "\(line)") }
        }
    }

    @Test(arguments: 10...12)
    func thePaddingOfAnOlderVersionCreatesAndRenamesAGroup(_ version: Int) async throws {
        try await RawScripts.run { scripts in
            let pecan = try await scripts.signIn(.alice, version)
            await pecan.send("SYN 5 0 0")
            _ = try await pecan.settled()
            await pecan.send("ADG 14 Friends 0")
            let answer = try await pecan.expect("ADG 14 Friends ").split(separator: " ")
            #expect(answer.count == 4 && answer.last?.count == 36)
            await pecan.send("REG 20 \(answer.last ?? "") Family 0")
            try await pecan.expect("REG 20 \(answer.last ?? "") Family")
            _ = try await pecan.settled()
        }
    }

    @Test(arguments: 10...12)
    func whoWasAddedWhileAwayTakesTheirPlaceInEachListWithoutAnError(_ version: Int) async throws {
        try await RawScripts.run { scripts in
            let alice = try await scripts.online(.alice, 8)
            await alice.send("ADD 30 FL dave@example.com Dave")
            try await alice.expect("ADD 30 FL")
            let pecan = try await scripts.signIn(.dave, version)
            await pecan.send("SYN 5 0 0")
            #expect(try await pecan.settled().contains { $0.hasPrefix("LST N=alice@example.com F=Alice%20Liddell 16") })
            for line in [
                "ADC 9 AL N=alice@example.com", "ADC 13 RL N=alice@example.com", "REM 14 PL alice@example.com",
            ] {
                await pecan.send(line)
                #expect(try await pecan.settled() == [line])
            }
        }
    }

    @Test(arguments: [
        (5, "QRY 26 PROD0038W!61ZTF9 32\r\n8f2f5a91b72102cd28355e9fc9000d6e"),
        (16, "ADG 20 New%20Group 0\r\n"), (18, "REG 21 e6d8494c-ceef-49e9-8594-9be0aa27d659 Renamed 0\r\n"),
        (13, "RMG 22 e6d8494c-ceef-49e9-8594-9be0aa27d659\r\n"),
    ])
    func aCommandOfAnotherVersionIsRefusedAndTheSessionGoesOn(_ sample: (version: Int, text: String)) async throws {
        try await RawScripts.run { scripts in
            let client = try await scripts.signIn(.alice, sample.version)
            _ = try await client.settled()
            await client.sendRaw(sample.text)
            let number = sample.text.split(separator: " ")[1]
            #expect(try await client.settled() == ["502 \(number)"])
        }
    }

    @Test(arguments: 12...18)
    func aPersonalMessageWithAnOddMachineIsPassedOn(_ version: Int) async throws {
        try await RawScripts.run { scripts in
            let alice = try await scripts.online(.alice, version)
            let bob = try await scripts.online(.bob, version)
            let text = "<Data><PSM>hi</PSM><CurrentMedia></CurrentMedia><MachineGuid>55192CF5-odd</MachineGuid></Data>"
            await alice.send("UUX 8", payload: text)
            try await alice.expect("UUX 8 0")
            #expect(try await bob.settled().contains { $0.hasPrefix("UBX ") && $0.hasSuffix(text) })
        }
    }
}
