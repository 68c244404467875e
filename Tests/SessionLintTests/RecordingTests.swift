import MSNP
import SessionLint
import Testing
import WireProtocol

struct RecordingTests {
    @Test func nothingIsSaidAboutAGoodRecording() throws {
        #expect(lint(try recording("sign-in-msnp8.tsv")) == ["29 commands, 0 unknown, 0 errors, 0 warnings"])
    }

    @Test func everyMistakeIsReportedAtTheRowWhereItsCommandBegins() throws {
        #expect(
            lint(try recording("mistakes-msnp8.tsv")) == [
                "x.tsv:6: error: USR: 'initial' is not allowed in the state 'negotiated'",
                "x.tsv:7: note: CVR: the line ends with a line feed alone",
                "x.tsv:7: note: CVR: there is more than one blank at byte 18",
                "x.tsv:9: error: USR: parameter 'package' is not in this version (form 'initial', version 8) at byte 6",
                "x.tsv:10: note: USR: the transaction ID has leading zeros",
                "x.tsv:13: note: USR: a percent code has lower-case digits at byte 32",
                "x.tsv:15: warning: CHG: it answers request 7, which was never sent",
                "x.tsv:16: warning: ZZZ: unknown command",
                "x.tsv:17: error: NLN: parameter 'capabilities' is missing (form 'changed', version 8) at byte 27",
                "x.tsv:18: warning: 201: the error answers request 9, which was never sent",
                "x.tsv:19: error: USR: 'initial' is not allowed in the state 'online': the server answers 207 "
                    + "(alreadySignedIn)",
                "x.tsv:21: error: NOT: the XML is not well-formed: a tag is not closed",
                "x.tsv:23: error: PNG: 'ping' is not allowed after the end of the session",
                "x.tsv:24: error: unknown direction 'S>>C', expected C>S or S>C",
                "x.tsv:25: error: unknown escape in the wire column",
                "x.tsv:26: error: three columns are needed, here are 2",
                "x.tsv:27: error: unknown service 'XX'",
                "20 commands, 1 unknown, 10 errors, 3 warnings",
            ])
    }

    @Test(arguments: [Sender.client, .server])
    func aRecordingCanBeJudgedForOneEnd(sender: Sender) throws {
        let all = try lint(recording("mistakes-msnp8.tsv")).dropLast()
        let some = try lint(recording("mistakes-msnp8.tsv"), sender: sender).dropLast()
        let other = try lint(recording("mistakes-msnp8.tsv"), sender: sender == .client ? .server : .client).dropLast()
        #expect(!some.isEmpty && some.count < all.count)
        #expect(Set(some).union(other) == Set(all))
        // What no end sent is said in any case.
        #expect(Set(some).intersection(other).count == 4)
    }

    @Test func totalsAreThoseOfAllFiles() throws {
        var lint = RecordingLint()
        for _ in 0..<3 { _ = lint.lint(try recording("sign-in-msnp8.tsv"), file: "x.tsv") }
        #expect(lint.totals.description == "87 commands, 0 unknown, 0 errors, 0 warnings")
    }

    @Test func howTheBytesAreCutMakesNoDifference() throws {
        let rows = [
            "VER 1 MSNP8 CVR0", "VER 1 MSNP8", "CVR 2 0x0409 winnt 5.1 i386 MSNMSGR 5.0.0575 MSMSGS a@b.c", "ZZZ",
        ]
        let whole = table(
            #"NS1 > \#(rows[0])\r\n"#, #"NS1 < \#(rows[1])\r\n"#, #"NS1 > \#(rows[2])\r\n\#(rows[3])\r\n"#)
        let pieces = (rows[2] + "\r\n" + rows[3] + "\r\n").map { character in
            "NS1 > " + String(character).replacing("\r\n", with: #"\r\n"#)
        }
        let cut = table([#"NS1 > \#(rows[0])\r\n"#, #"NS1 < \#(rows[1])\r\n"#] + pieces)
        #expect(lint(whole).last == "4 commands, 1 unknown, 0 errors, 1 warnings")
        #expect(lint(cut).last == lint(whole).last)
        let first = 4 + rows[2].count + 1
        #expect(lint(cut).first == "x.tsv:\(first): warning: ZZZ: unknown command")
    }
}

struct RowTests {
    private let heading = "connection\tdirection\twire\n"

    @Test(arguments: [
        ("NS1\tC>S", "three columns are needed, here are 2"),
        ("NS1\tC>S\tOUT\\r\\n\tx", "three columns are needed, here are 4"),
        ("NS1\tC<S\tOUT\\r\\n", "unknown direction 'C<S', expected C>S or S>C"),
        ("NS\tC>S\tOUT\\r\\n", "unknown connection 'NS', expected a service and a number, such as NS1"),
        ("QQ1\tC>S\tOUT\\r\\n", "unknown service 'QQ'"),
        ("NS1\tC>S\tOUT\\q", "unknown escape in the wire column"),
        ("NS1\tC>S\tOUT\\", "unknown escape in the wire column"),
        ("NS1\tC>S\tOUT\\x+1", "unreadable escape '\\x+1'"),
        ("NS1\tC>S\tOUT\\x0", "unreadable escape '\\x0'"),
        ("NS1\tC>S\t", "the wire column is empty"),
        ("SB1\tC>S\tOUT\\r\\n", "the version of SB1 is not known; name it with --version"),
    ])
    func aRowThatIsNoneIsAnError(row: String, reason: String) {
        #expect(
            lint("# remark\n" + heading + "\n" + row + "\n") == [
                "x.tsv:4: error: \(reason)", "0 commands, 0 unknown, 1 errors, 0 warnings",
            ])
    }

    @Test func theHeadingHasToBeThere() {
        #expect(
            lint("NS1\tC>S\tOUT\\r\\n\r\n") == [
                "x.tsv:1: error: the first row has to be the heading: connection, direction, wire",
                "1 commands, 0 unknown, 1 errors, 0 warnings",
            ])
        #expect(lint("") == ["0 commands, 0 unknown, 0 errors, 0 warnings"])
    }

    @Test func bytesThatAreNoTextAreRead() {
        let row = Array((heading + "NS1\tC>S\tOUT ").utf8) + [0xFF] + Array("\\xff\\r\\n".utf8)
        #expect(lint(row).first?.hasPrefix("x.tsv:2: error: OUT: ") == true)
    }
}
