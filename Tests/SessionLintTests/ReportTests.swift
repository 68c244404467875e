import MSNP
import SessionLint
import Testing
import WireProtocol

struct ReportTests {
    @Test(arguments: [
        // Commands that do not decode.
        (#"NS1 > CHG 5\r\n"#, "error: CHG: parameter 'status' is missing (form 'change', version 8) at byte 5"),
        (#"NS1 < \r\n"#, "error: line is empty at byte 155 of the stream"),
        (#"NS1 < NOT x\r\n"#, "error: NOT: payload length '?' is not a byte count at byte 155 of the stream"),
        (#"NS1 > PNG"#, "error: the recording of NS1 ends inside a command"),
        // Commands at the wrong time.
        (#"NS1 > VER 5 MSNP8\r\n"#, "error: VER: 'offer' is not allowed in the state 'signedIn'"),
        (
            #"NS1 > USR 5 TWN I alice@example.com\r\n"#,
            "error: USR: 'initial' is not allowed in the state 'signedIn': the server answers 207 (alreadySignedIn)"
        ),
        // Payloads.
        (
            #"NS1 < NOT 14\r\n<NOTIFICATION>"#,
            "error: NOT: the XML is not well-formed: it ends inside an element at byte 14 of the payload"
        ),
        (#"NS1 < NOT 4\r\n<a/>"#, "error: NOT: payload has the root 'a' instead of NOTIFICATION"),
        // Commands that may be wrong.
        (#"NS1 > ZZZ 5\r\n"#, "warning: ZZZ: unknown command"),
        (#"NS1 < CHG 9 NLN 0\r\n"#, "warning: CHG: it answers request 9, which was never sent"),
        (#"NS1 < 201 9\r\n"#, "warning: 201: the error answers request 9, which was never sent"),
        // A blank too many is an empty word where a command may have one.
        (#"NS1 > CHG 5 NLN 0 \r\n"#, "error: CHG: line has 1 word too many (form 'change', version 8) at byte 12"),
        // Other spellings.
        (#"NS1 > PNG\n"#, "note: PNG: the line ends with a line feed alone"),
        (#"NS1 > SYN  5 0\r\n"#, "note: SYN: there is more than one blank at byte 3"),
        (#"NS1 > SYN 5 0 \r\n"#, "note: SYN: there is a blank at the end of the line"),
        (#"NS1 > CHG 05 NLN 0\r\n"#, "note: CHG: the transaction ID has leading zeros"),
        (
            #"NS1 < NLN NLN bob@example.com B%C3%96b%c3%96 0\r\n"#,
            "note: NLN: a percent code has lower-case digits at byte 32"
        ),
    ])
    func eachMistakeIsOneReport(row: String, report: String) {
        #expect(lint(signedIn(row)).dropLast() == ["x.tsv:10: " + report])
    }

    @Test(arguments: [
        #"NS1 < CHG 0 NLN 0\r\n"#, #"NS1 < NLN NLN bob@example.com B%C3%96b 0\r\n"#, #"NS1 < 913\r\n"#,
        #"NS1 > CHG 5 NLN 0\r\n"#, #"NS1 < FLN bob@example.com\r\n"#,
    ])
    func nothingIsSaidWithoutReason(row: String) {
        #expect(lint(signedIn(row)).dropLast() == [])
    }

    @Test func oneMistakeDoesNotMakeOthers() {
        let lines = lint(
            signedIn(
                #"NS1 > USR 5 TWN I alice@example.com\r\n"#, #"NS1 < 207 5\r\n"#, #"NS1 > CHG 6 ???\r\n"#,
                #"NS1 < CHG 6 NLN 0\r\n"#, #"NS1 > ZZZ 7\r\n"#, #"NS1 < 200 7\r\n"#))
        #expect(lines.map { $0.prefix(16) }.dropLast() == ["x.tsv:10: error:", "x.tsv:12: error:", "x.tsv:14: warnin"])
        #expect(lines.last == "14 commands, 1 unknown, 2 errors, 1 warnings")
    }

    @Test func aCommandThatDoesNotDecodeMayHaveHadItsEffect() {
        let hello = [#"NS1 > VER 1 MSNP8\r\n"#, #"NS1 < VER 1 MSNP8\r\n"#]
        let describe = #"NS1 > CVR 2 0x0409 winnt\r\n"#
        let ask = #"NS1 > USR 3 TWN I alice@example.com\r\n"#
        // The server went on, or it did not.
        for next in [ask, #"NS1 > INF 3\r\n"#] {
            let lines = lint(table(hello[0], hello[1], describe, next))
            #expect(lines.count == (next == ask ? 2 : 3))
            #expect(lines.first?.hasPrefix("x.tsv:4: error: CVR: ") == true)
        }
    }

    @Test func nothingIsAllowedAfterTheEnd() {
        #expect(
            lint(signedIn(#"NS1 > OUT\r\n"#, #"NS1 > PNG\r\n"#)).dropLast() == [
                "x.tsv:11: error: PNG: 'ping' is not allowed after the end of the session"
            ])
    }

    @Test func aGoodbyeThatCrossesThatOfTheServerIsAKnownDeviation() {
        let text =
            "known deviation of Pidgin 2.10: the client also says goodbye when the server has ended the session "
            + "(at byte 0)"
        let recording = signedIn(#"NS1 < OUT OTH\r\n"#, #"NS1 > OUT\r\n"#, #"NS1 > PNG\r\n"#)
        let after = "x.tsv:12: error: PNG: 'ping' is not allowed after the end of the session"
        #expect(lint(recording).dropLast() == ["x.tsv:11: warning: OUT: \(text)", after])
        #expect(lint(recording, isStrict: true).dropLast() == ["x.tsv:11: error: OUT: \(text)", after])
    }

    @Test func aGoodbyeThatIsAnsweredIsAKnownDeviation() {
        let text = "known deviation of msn-server: the goodbye of the client is answered (at byte 0)"
        let recording = signedIn(#"NS1 > OUT\r\n"#, #"NS1 < OUT\r\n"#)
        #expect(lint(recording).dropLast() == ["x.tsv:11: warning: OUT: \(text)"])
        #expect(lint(recording, isStrict: true).dropLast() == ["x.tsv:11: error: OUT: \(text)"])
    }

    @Test func secretsAreNotShown() {
        let secret = "t=topsecret"
        let lines = lint(
            signedIn(
                #"NS1 > USR 5 TWN S \#(secret)\r\n"#, #"NS1 > USR 6  TWN S \#(secret)\n"#,
                #"NS1 > USR 7 TWN S \#(secret) \#(secret)\r\n"#))
        #expect(lines.count > 3)
        #expect(!lines.joined().contains("topsecret"))
    }
}

struct VersionTests {
    @Test func theServerChoosesTheVersion() {
        // Capabilities came with MSNP8.
        let change = #"NS1 < FLN bob@example.com 0:0\r\n"#
        for (version, isRight) in [(8, false), (14, true)] {
            let lines = lint(
                table(#"NS1 > VER 0 MSNP14 MSNP8\r\n"#, #"NS1 < VER 0 MSNP\#(version) MSNP2\r\n"#, change))
            #expect(lines.contains { $0.contains("version \(version)") } != isRight)
        }
    }

    @Test func aVersionThatWasNotOfferedIsStrange() {
        #expect(
            lint(table(#"DS1 > VER 1 MSNP8\r\n"#, #"DS1 < VER 1 MSNP9\r\n"#)).first
                == "x.tsv:3: warning: VER: the server chose MSNP9, which was not offered")
        #expect(
            lint(table(#"DS1 > VER 1 MSNP99\r\n"#, #"DS1 < VER 1 MSNP99\r\n"#)).first
                == "x.tsv:3: warning: VER: the version MSNP99 is not known")
    }

    @Test func noCommonVersionEndsTheSession() {
        #expect(
            lint(table(#"DS1 > VER 1 MSNP8\r\n"#, #"DS1 < VER 1 0\r\n"#, #"DS1 > VER 2 MSNP8\r\n"#)).dropLast() == [
                "x.tsv:4: error: VER: 'offer' is not allowed after the end of the session"
            ])
    }

    @Test func aSwitchboardIsSpokenInTheVersionOfItsNotificationServer() {
        // The second parameter came with MSNP9.
        let signIn = #"SB1 < USR 1 OK alice@example.com Alice\r\n"#
        let ask = #"SB1 > USR 1 alice@example.com 1.2\r\n"#
        #expect(lint(table(ask, signIn)).last == "0 commands, 0 unknown, 1 errors, 0 warnings")
        #expect(lint(table(ask, signIn), version: .msnp12).last == "2 commands, 0 unknown, 0 errors, 0 warnings")
        #expect(
            lint(table(#"NS1 > VER 1 MSNP8\r\n"#, #"NS1 < VER 1 MSNP8\r\n"#, ask, signIn)).last
                == "4 commands, 0 unknown, 0 errors, 0 warnings")
    }

    @Test func eachUserOfARecordingHasAVersionOfTheirOwn() {
        let endpoint = "{b171be3e-1402-4fbc-b017-36f5a52d2c11}"
        func begin(_ name: String, _ account: String, _ version: Int) -> [String] {
            [
                "\(name) > VER 1 MSNP\(version)\\r\\n", "\(name) < VER 1 MSNP\(version)\\r\\n",
                "\(name) > CVR 2 0x0409 winnt 5.1 i386 MSNMSGR 8.5 MSMSGS \(account)\\r\\n",
                "\(name) < CVR 2 8.5 8.5 8.5\\r\\n",
            ]
        }
        let rows =
            begin("NS1", "alice@example.com", 18) + [
                #"NS1 > USR 3 SSO I alice@example.com\r\n"#, #"NS1 < USR 3 SSO S MBI_KEY_OLD 0\r\n"#,
                "NS1 > USR 4 SSO S t=0 0 \(endpoint)\\r\\n", #"NS1 < USR 4 OK alice@example.com 1 0\r\n"#,
            ] + begin("NS2", "bob@example.com", 12) + [
                #"NS2 > USR 3 TWN I bob@example.com\r\n"#, #"NS2 < USR 3 TWN S 0\r\n"#,
                #"NS2 > USR 4 TWN S 0\r\n"#, #"NS2 < USR 4 OK bob@example.com 1 0\r\n"#,
                "SB1 > USR 1 alice@example.com;\(endpoint) 0\\r\\n",
                "SB1 < USR 1 OK alice@example.com;\(endpoint) Alice\\r\\n",
                #"SB2 > ANS 1 bob@example.com 0 1\r\n"#,
                #"SB2 < IRO 1 1 1 alice@example.com Alice 0\r\nANS 1 OK\r\n"#,
            ]
        #expect(lint(table(rows)).last == "21 commands, 0 unknown, 0 errors, 0 warnings")
    }
}

struct FileTests {
    @Test(arguments: [
        ([0, 2, 0, 7, 7, 1, 0, 0, 66], true, [66]), ([0, 2, 0, 7, 7], true, []), ([0, 2, 0, 7], false, []),
        ([0, 2], false, []), ([66, 89], true, [66, 89]), ([0, 0, 0, 66], true, [66]), ([], true, []),
    ])
    func blocksOfAFileAreNoLines(bytes: [UInt8], isComplete: Bool, rest: [UInt8]) {
        var whole = FileBlocks()
        #expect(whole.take(bytes) == rest)
        #expect(whole.isComplete == isComplete)
        var pieces = FileBlocks()
        #expect(bytes.flatMap { pieces.take([$0]) } == rest)
        #expect(pieces == whole)
    }

    @Test(.enabled(if: Service(rawValue: "fileTransfer") != nil))
    func aFileIsNotReadAsCommands() {
        let before = [
            #"FT1 > VER MSNFTP\r\n"#, #"FT1 < VER MSNFTP\r\n"#, #"FT1 > USR alice@example.com 123456\r\n"#,
            #"FT1 < FIL 11\r\n"#, #"FT1 > TFR\r\n"#, #"FT1 < \x00\x0b\x00hello"#,
        ]
        let after = [#"FT1 <  world"#, #"FT1 < \x01\x00\x00"#, #"FT1 > BYE 16777989\r\n"#]
        #expect(lint(table(before + after)) == ["6 commands, 0 unknown, 0 errors, 0 warnings"])
        #expect(
            lint(table(before)).first == "x.tsv:7: error: the recording of FT1 ends inside a block of a file")
    }
}
