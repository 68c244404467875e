import Testing
import WireProtocol

/// A value of somebody else's making must not begin words or lines of its own inside of its word.
struct NestedWriteTests {
    /// What a value does to the line besides writing its bytes.
    enum Trick: CaseIterable {
        case literal, word, emptyWord, list, repeated, begin, end, payload
    }

    struct Sneaky: WireValue {
        var trick: Trick

        init(trick: Trick) { self.trick = trick }

        init(wire: WireBytes, version: ProtocolVersion) throws(ValueError) { throw ValueError(.empty) }

        func write(to writer: inout LineWriter) throws(ValueError) {
            writer.append("a" as StaticString)
            do throws(EncodingError) {
                switch trick {
                case .literal: writer.literal("b")
                case .word: try writer.write(WireToken("b"), "b")
                case .emptyWord: try writer.write(WireToken(""), "b", emptyAllowed: true)
                case .list: try writer.writeList([WireToken("b")], "b", separator: UInt8(ascii: ","))
                case .repeated: try writer.writeRepeated([WireToken("b"), WireToken("c")], "b")
                case .begin: try writer.begin(command: "ABC", form: "nested", rule: .required, transaction: 2)
                case .end: try writer.end()
                case .payload: try writer.end(payload: WireBytes("b"))
                }
            } catch {
                throw ValueError(.empty)
            }
            writer.append("c" as StaticString)
        }

        var text: String { "" }
    }

    @Test(arguments: Trick.allCases)
    func isRefused(trick: Trick) throws {
        var line = LineWriter(version: ProtocolVersion(8))
        try line.begin(command: "USR", form: "initial", rule: .required, transaction: 1)
        #expect(throws: EncodingError.self) { try line.write(Sneaky(trick: trick), "sneaky") }
        var other = LineWriter(version: ProtocolVersion(8))
        try other.begin(command: "USR", form: "initial", rule: .required, transaction: 1)
        #expect(throws: EncodingError.self) { try other.writeRepeated([Sneaky(trick: trick)], "sneaky") }
    }
}
