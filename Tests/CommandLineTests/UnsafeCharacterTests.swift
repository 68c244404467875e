import Testing
import WireProtocol
import YAMLTree

/// The grammar tool and the runtime never import each other, so each has its own list of characters that no terminal and
/// no generated file may get.
struct UnsafeCharacterTests {
    @Test func theGrammarAndTheTerminalRefuseTheSameCharactersButTheLineFeed() {
        let scalars = (0...0x10FFFF).compactMap { Unicode.Scalar($0 as UInt32) }
        let different = scalars.filter { UnsafeCharacter.isUnsafe($0) != TerminalText.isUnsafe($0) }
        // A text of the grammar may have lines; a name or message from the network is one line.
        #expect(different == ["\n"])
        #expect(!UnsafeCharacter.isUnsafe("\n"))
    }

    @Test(arguments: [UnsafeCharacter.isUnsafe, TerminalText.isUnsafe])
    func whatIsInvisibleOrReordersTextIsUnsafe(_ isUnsafe: @Sendable (Unicode.Scalar) -> Bool) {
        let unsafe: [ClosedRange<UInt32>] = [
            0...8, 0xB...0x1F, 0x7F...0x9F, 0xAD...0xAD, 0x61C...0x61C, 0x200B...0x200B, 0x200E...0x200F,
            0x2028...0x202E, 0x2060...0x2064, 0x2066...0x206F, 0xFEFF...0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE007F,
        ]
        for scalar in unsafe.joined().compactMap({ Unicode.Scalar($0) }) {
            #expect(isUnsafe(scalar), "\(scalar.value)")
        }
        for scalar in "\t ~a\u{E9}\u{200C}\u{200D}\u{5D0}\u{4E2D}\u{FE0F}\u{1F600}".unicodeScalars {
            #expect(!isUnsafe(scalar), "\(scalar.value)")
        }
    }
}
