import MSNP
import TestSupport
import Testing
import WireProtocol

/// Which overload of `encode` a form has follows from its transaction rule; that these compile is half of the test.
struct TransactionAPITests {
    private func text(_ write: (inout LineWriter) throws -> Void) throws -> String {
        var line = LineWriter(version: .msnp8)
        try write(&line)
        return String(decoding: line.bytes, as: UTF8.self)
    }

    @Test func aListOfVersionsIsOneStepFromAVERLine() throws {
        let line = try text { line in
            try VER.Offer(versions: [.msnp9, .msnp8, .cvr0]).encode(into: &line, transaction: 1)
        }
        #expect(line == "VER 1 MSNP9 MSNP8 CVR0\r\n")
        #expect(VER.Offer(versions: [ProtocolVersion(200), .msnp8]).dialects.map(\.text) == ["MSNP8"])
    }

    @Test func aFormWithoutATransactionIDTakesNone() throws {
        #expect(try text { try PNG.Ping().encode(into: &$0) } == "PNG\r\n")
    }

    @Test func anErrorReplyTakesOneOrNone() throws {
        let lines = try text { line in
            try ErrorReply(code: .notExpected).encode(into: &line)
            try ErrorReply(code: .notExpected).encode(into: &line, transaction: 4)
        }
        #expect(lines == "715\r\n715 4\r\n")
    }

    @Test(arguments: Sender.allCases) func theProtocolOfAFormAgreesWithItsTable(_ sender: Sender)
        throws
    {
        for example in Examples.valid where example.line.isClient == (sender == .client) {
            let line = example.line
            let frame = try #require(try frames([line.bytes], line.framing).first, "\(line)")
            let form = try #require(try line.decoded(frame).form, "\(line)")
            let type: any DescribedForm.Type = type(of: form)
            switch type.transactionRule {
            case .required: #expect(type is any TransactionForm.Type)
            case .absent, .zero: #expect(type is any PlainForm.Type)
            case .optional: #expect(type is any OptionalTransactionForm.Type)
            }
        }
    }
}
