import Foundation
import MSNP
import MSNPSession
import TestSupport
import Testing
import WireProtocol

@testable import SessionLint

/// Recordings that are given away: nothing of the people, everything of the programs.
struct AnonymiserTests {
    private static func anonymised(_ recording: Recording) throws -> Recording {
        try Anonymiser(random: SeededGenerator(seed: 7)).anonymised(recording)
    }

    private static func findings(_ recording: Recording) -> [String] {
        var lint = RecordingLint()
        return lint.lint(recording, file: "x").map(\.description) + [lint.totals.description]
    }

    // MARK: - Real programs

    @Test(arguments: try RealRecording.all())
    func itLintsAlikeAndHasTheSameLengths(recording: RealRecording) throws {
        let original = Recording(table: recording.bytes)
        let anonymous = try Self.anonymised(original)
        #expect(Self.findings(anonymous) == Self.findings(original))
        var lengths: [Int] = []
        try original.visitCommands { row, _, _ in lengths.append(row.wire.count) }
        #expect(anonymous.rows.map(\.row.wire.count) == lengths)
    }

    @Test(arguments: try RealRecording.all())
    func nothingNamesAPerson(recording: RealRecording) throws {
        let original = Recording(table: recording.bytes)
        let people = try Self.people(in: original)
        #expect(people.count > 3)
        let anonymous = try Self.anonymised(original).rows.flatMap(\.row.wire)
        let found = anonymous.found(of: people)
        #expect(found.isEmpty, "\(found)")
    }

    /// The words of accounts, names and texts; those that the grammar or a font also has do not count.
    private static func people(in recording: Recording) throws -> Set<String> {
        var texts: [String] = []
        try recording.visitCommands { row, part, _ in
            guard let line = part.line, let form = line.form else { return }
            for field in form.fields {
                guard case .text(let text) = field.value else { continue }
                if text.contains("@") || ["friendlyName", "groupName"].contains(field.name) { texts.append(text) }
                if field.isSensitive { texts.append(text) }
            }
            if let message = form as? MSG.Message {
                let bytes = message.payload
                if let text = try? Payload.PlainText(MIMEMessage(reading: bytes)).text { texts.append(text) }
            }
        }
        let words = texts.flatMap { $0.split { !$0.isLetter } }.map { $0.lowercased() }.filter { $0.count > 4 }
        return Set(words).subtracting(["https", "msmsgs", "msnmsgr"])
    }

    // MARK: - By hand

    private static let story = table(
        #"NS1 > VER 1 MSNP15 CVR0\r\n"#, #"NS1 < VER 1 MSNP15\r\n"#,
        #"NS1 > CVR 2 0x0409 winnt 5.1 i386 MSNMSGR 8.1.0178 msmsgs Alice@Example.com\r\n"#,
        #"NS1 < CVR 2 8.1.0178 8.1.0178 8.1.0178 http://example.com/setup http://example.com\r\n"#,
        #"NS1 > USR 3 SSO I alice@example.com\r\n"#,
        #"NS1 < XFR 4 NS 198.51.100.44:1863 0 198.51.100.4:1863\r\n"#,
        #"NS1 < PRP MFN Alice%20%e2%82%ac%20Liddell\r\n"#,
        #"NS1 < CHG 9 NLN 0 %3Cmsnobj%20Creator%3D%22alice%40example.com%22%20Type%3D%223%22%2F%3E\r\n"#,
        #"NS1 < UBX alice@example.com 1 82\r\n<Data><PSM>I &lt;3 Wonderland</PSM><CurrentMedia></CurrentMedia><A>Grin</A></Data>"#,
        #"NS1 < ZZZ alice@example.com Jabberwock 0x0409 12\r\n"#)

    @Test func eachKindOfValueIsReplacedByOneOfItsKind() throws {
        let original = Recording(table: Array(Self.story.utf8))
        let rows = try Self.anonymised(original).rows.map { String(decoding: $0.row.wire, as: UTF8.self) }
        let whole = rows.joined().lowercased()
        for word in ["alice", "liddell", "198.51", "wonderland", "grin", "jabberwock", "YWxpY2"] {
            #expect(!whole.contains(word.lowercased()), "\(word)")
        }
        // One account, one pseudonym, in the case of the original.
        let account = try #require(rows[4].split(separator: " ").last).dropLast()
        #expect(account.contains("@") && rows[2].lowercased().contains(account) && !rows[2].contains(account))
        #expect(rows[8].hasPrefix("UBX \(account) 1 82\r\n<Data><PSM>"))
        #expect(rows[9].hasPrefix("ZZZ \(account) ") && rows[9].hasSuffix(" 0x0409 12\r\n"))
        #expect(
            rows[7].contains(account.replacing("@", with: "%40")) && rows[7].hasSuffix("%20Type%3D%223%22%2F%3E\r\n"))
        // What programs say about themselves stays, and so do ports, words of the grammar and escapes.
        #expect(rows[2].hasPrefix("CVR 2 0x0409 winnt 5.1 i386 MSNMSGR 8.1.0178 msmsgs "))
        #expect(rows[5].hasPrefix("XFR 4 NS 1") && rows[5].contains(":1863 0 ") && rows[5].hasSuffix(":1863\r\n"))
        #expect(rows[6].hasPrefix("PRP MFN ") && rows[6].contains("%20%e"))
        #expect(rows[8].contains(" &lt;3 "))
    }

    /// The name and the text of a file are inside of packets, in two bytes a character and in Base64.
    @Test func textsInsidePacketsAreReplaced() throws {
        let invitation = """
            INVITE MSNMSGR:bob@example.com MSNSLP/1.0\r\nTo: <msnmsgr:bob@example.com>\r\n\
            From: <msnmsgr:alice@example.com>\r\nVia: MSNSLP/1.0/TLP ;branch={11111111-2222-3333-4444-555555555555}\r\n\
            CSeq: 0 \r\nCall-ID: {11111111-2222-3333-4444-555555555556}\r\nMax-Forwards: 0\r\n\
            Content-Type: application/x-msnmsgr-sessionreqbody\r\nContent-Length: 60\r\n\r\n\
            SessionID: 123\r\nAppID: 2\r\nContext: QWxpY2VBbGljZUFsaWNl\r\n\r\n\0
            """
        let data = Array(invitation.utf8)
        var packet: [UInt8] = Array(repeating: 0, count: 48)
        packet[16] = UInt8(truncatingIfNeeded: data.count)
        packet[17] = UInt8(truncatingIfNeeded: data.count >> 8)
        (packet[24], packet[25]) = (packet[16], packet[17])
        for body in [packet + data + [0, 0, 0, 0], packet.dropLast() + [0xFF] + Array("s\0e\0c\0r\0e\0t\0".utf8)] {
            let message =
                Array(
                    "MIME-Version: 1.0\r\nContent-Type: application/x-msnmsgrp2p\r\nP2P-Dest: bob@example.com\r\n\r\n"
                        .utf8)
                + body
            let wire = Array("MSG 1 D \(message.count)\r\n".utf8) + message
            var recording = Recording(table: Array(table(#"SB1 > ANS 1 bob@example.com 1.2 3\r\n"#).utf8))
            recording.rows.append((try RecordingRow(connection: "SB1", sender: .client, wire: wire), 3))
            let anonymous = try Anonymiser(version: ProtocolVersion(12), random: SeededGenerator(seed: 1))
                .anonymised(recording).rows[1].row.wire
            #expect(anonymous.count == wire.count)
            #expect(anonymous.found(of: ["alice", "example", "secret", "QWxpY2"]).isEmpty)
            #expect(anonymous.prefix(14).elementsEqual(wire.prefix(14)))
        }
    }

    @Test func aVersionThatNothingSaysIsAnError() throws {
        let recording = Recording(table: Array(table(#"SB1 > ANS 1 bob@example.com 1.2 3\r\n"#).utf8))
        let error = #expect(throws: UnknownVersion.self) { try Self.anonymised(recording) }
        #expect(error?.description == "the version of SB1 is not known; name it with --version")
    }

    @Test func blocksOfAFileKeepTheirLengths() throws {
        let rows = [
            #"FT1 > VER MSNFTP\r\n"#, #"FT1 < VER MSNFTP\r\n"#, #"FT1 > USR bob@example.com 123\r\n"#,
            #"FT1 < FIL 6\r\n"#, #"FT1 > TFR\r\n"#, #"FT1 < \x00AAsecret"#,
        ]
        let wire = "secret" + String(repeating: "x", count: 0x4141 - 6)
        let original = table(
            rows.dropLast() + [#"FT1 < \x00AA"# + wire + #"\x01\x02\x00AB"#, #"FT1 > BYE 16777989\r\n"#])
        let anonymous = try Self.anonymised(Recording(table: Array(original.utf8)))
        #expect(Self.findings(anonymous) == Self.findings(Recording(table: Array(original.utf8))))
        let blocks = anonymous.rows.filter { $0.row.sender == .server }.flatMap(\.row.wire)
        #expect(blocks.found(of: ["secret"]).isEmpty)
    }

    // MARK: - Words

    @Test(arguments: [
        ("http://example.com/a?b=123456", "http://"), ("https://alice", "https://"), ("YWxpY2U=", ""), ("Ab-09 c", ""),
    ])
    func aTokenKeepsItsSchemeAndItsKinds(_ text: String, _ start: String) {
        var pseudonyms = Pseudonyms(random: SeededGenerator(seed: 3))
        let new = String(decoding: pseudonyms.token(Array(text.utf8)), as: UTF8.self)
        #expect(new != text && new.hasPrefix(start) && new.utf8.count == text.utf8.count)
        for (old, new) in zip(text, new) {
            #expect(old.isLetter == new.isLetter && old.isNumber == new.isNumber && old.isUppercase == new.isUppercase)
        }
    }

    @Test func numbersStayWithinTheirRange() {
        var pseudonyms = Pseudonyms(random: SeededGenerator(seed: 5))
        for number in ["4294967295", "9223372036854775807", "-9223372036854775808", "100000000", "1000000001"] {
            let new = String(decoding: pseudonyms.number(Array(number.utf8)), as: UTF8.self)
            #expect(new.count == number.count && abs(Double(new) ?? .infinity) <= abs(Double(number) ?? 0))
            #expect(number == "100000000" || new != number)
        }
        #expect(pseudonyms.number(Array("12345678".utf8)) == Array("12345678".utf8))
    }

    @Test func addressesAndIdentifiersKeepTheirShape() {
        var pseudonyms = Pseudonyms(random: SeededGenerator(seed: 5))
        for _ in 0..<50 {
            let address = String(decoding: pseudonyms.token(Array("255.9.10.200".utf8)), as: UTF8.self)
            #expect(address.split(separator: ".").compactMap { UInt8($0) }.count == 4)
        }
        let text = "{A1B2C3D4-0000-1111-2222-abcdefABCDEF} and more"
        let new = String(decoding: pseudonyms.text(Array(text.utf8)), as: UTF8.self)
        #expect(UUID(uuidString: String(new.dropFirst().prefix(36))) != nil && !new.contains("more"))
    }
}

extension [UInt8] {
    /// The words that are in the bytes, in any case: as they are, in two bytes a character, in percent codes or in Base64.
    fileprivate func found(of words: some Sequence<String>) -> [String] {
        let (text, lower) = (Data(self), Data(map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }))
        return words.filter { word in
            let plain = Array(word.lowercased().utf8)
            let wide: [UInt8] = plain.flatMap { [$0, 0] as [UInt8] }
            let codes = plain.flatMap { Array("%\(String($0, radix: 16))".utf8) }
            return [plain, wide, codes].contains { lower.range(of: Data($0)) != nil }
                || Self.base64(word).contains { text.range(of: Data($0.utf8)) != nil }
        }
    }

    /// The middle of a word in Base64, whatever stands before it.
    private static func base64(_ word: String) -> [String] {
        [word.lowercased(), word.capitalized].flatMap { word in
            (0..<3).map { shift in
                let data = Data(Array(repeating: 0x20, count: shift) + Array(word.utf8))
                return String(data.base64EncodedString().dropFirst(4).dropLast(4))
            }
        }.filter { $0.count >= 8 }
    }
}
