import MSNPDescription
import ProtocolDescription
import Testing

/// The text form of a description.
struct DescriptionTextTests {
    @Test func aDescriptionSurvivesItsTextForm() throws {
        let description = smallDescription()
        #expect(try ProtocolDescription(text: description.text) == description)
    }

    @Test func emptyLinesAreSkipped() throws {
        let description = smallDescription()
        let text = description.text.split(separator: "\n").joined(separator: "\n\n")
        #expect(try ProtocolDescription(text: text) == description)
    }

    @Test func theGeneratedDescriptionReads() throws {
        let description = try ProtocolDescription.msnp()
        #expect(description.name == "MSNP")
        #expect(description.version(named: "msnp8")?.number == 8)
        #expect(description.form(named: "USR.ticket")?.line(in: 8) == "USR TrID TWN S ticket")
    }

    @Test(arguments: [
        ("", 1, DescriptionError.Kind.empty),
        ("protocol\tT\t\nwhat\t1", 2, .unknownRecord("what")),
        ("protocol\tT", 1, .wrongFieldCount(record: "protocol", expected: 2, found: 1)),
        ("protocol\tT\t\nversion\t1\tA\tb\tc\td", 2, .wrongFieldCount(record: "version", expected: 4, found: 5)),
        ("service\ta\tb", 1, .misplaced(record: "service")),
        ("protocol\tT\t\nprotocol\tT\t", 2, .misplaced(record: "protocol")),
        ("protocol\tT\t\nvalue\ta\tb\t1\t", 2, .misplaced(record: "value")),
        ("protocol\tT\t\nform\ta\tclient\t\t1\t\t\t\t\t", 2, .misplaced(record: "form")),
        ("protocol\tT\t\nchange\t1\tx", 2, .misplaced(record: "change")),
        ("protocol\tT\t\ncommand\tA\t\t\t1\tno\nline\t1\tA", 3, .misplaced(record: "line")),
        ("protocol\tT\t\ncommand\tA\t\t\t1\tperhaps", 2, .invalidField("perhaps")),
        ("protocol\tT\t\ncommand\tA\t\t\t1\tno\nform\ta\tnobody\t\t1\t\t\t\t\t", 3, .invalidField("nobody")),
        ("protocol\tT\t\nversion\t128\tA\t\t", 2, .invalidField("128")),
        ("protocol\tT\t\nversion\t-1\tA\t\t", 2, .invalidField("-1")),
        ("protocol\tT\t\npayload\ta\t\t7-2\t", 2, .invalidField("7-2")),
        ("protocol\tT\t\npayload\ta\t\t2-99999999999999999999\t", 2, .invalidField("99999999999999999999")),
        ("protocol\tT\t\npayload\ta\t\t3,2\t", 2, .invalidField("2")),
        ("protocol\tT\t\npayload\ta\t\t1-2-3\t", 2, .invalidField("1-2-3")),
        ("protocol\tT\tbad \\x escape", 1, .invalidField("bad \\x escape")),
        ("protocol\tT\tend \\", 1, .invalidField("end \\")),
    ])
    func badTextIsRefusedWithItsLine(_ text: String, _ line: Int, _ kind: DescriptionError.Kind) {
        #expect(throws: DescriptionError(line: line, kind: kind)) { try ProtocolDescription(text: text) }
    }

    @Test func aTextBeyondTheLimitIsRefused() {
        let text = String(repeating: "\n", count: (16 << 20) + 1)
        #expect(throws: DescriptionError(line: 1, kind: .tooLong(limit: 16 << 20))) {
            try ProtocolDescription(text: text)
        }
    }

    @Test func everyCutOfATextIsReadOrRefusedAndNeverTraps() {
        let text = Array(smallDescription().text.utf8)
        for end in text.indices {
            _ = try? ProtocolDescription(text: String(decoding: text[..<end], as: UTF8.self))
        }
    }
}
