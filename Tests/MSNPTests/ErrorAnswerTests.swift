import MSNP
import ProtocolGrammar
import Testing
import WireProtocol

/// Which error answers a line that cannot be read.
struct ErrorAnswerTests {
    private static func answer(_ kind: WireDecodingError.Kind, _ command: String) -> MSNP.ErrorCode? {
        .answer(to: WireDecodingError(kind: kind, command: command, version: .msnp8))
    }

    @Test func theGrammarAndTheRuntimeHaveTheSameNames() {
        #expect(WireDecodingError.Kind.Name.allCases.map(\.rawValue) == MatchFailure.Kind.allCases.map(\.rawValue))
    }

    @Test func theLowestNumberAnswers() {
        #expect(Self.answer(.noMatchingForm(expected: ""), "SYN") == .syntaxError)
        #expect(Self.answer(.invalidValue(.empty), "SYN") == .invalidParameter)
        #expect(Self.answer(.notInVersion, "SYN") == .commandDisabled)
        #expect(Self.answer(.unknownCommand, "ZZZ") == .syntaxError)
    }

    @Test func anErrorThatTheCommandNamesComesFirst() {
        #expect(Self.answer(.noMatchingForm(expected: ""), "XFR") == .invalidParameter)
        #expect(Self.answer(.invalidValue(.empty), "PRP") == .notExpected)
        #expect(Self.answer(.missingParameter, "PRP") == .syntaxError)
        #expect(Self.answer(.invalidValue(.empty), "IMS") == .invalidParameter)
    }

    @Test func whatNoErrorListsGetsNoAnswer() {
        #expect(Self.answer(.missingTransactionID, "BLP") == nil)
    }
}
