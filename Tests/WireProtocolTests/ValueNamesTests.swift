import Testing
@testable import WireProtocol

@Suite("Names of values")
struct ValueNamesTests {
    private func names(_ word: String, _ table: ValueTable, in version: UInt8? = nil) -> ValueNames? {
        table.names(of: WireBytes(word), in: version.map { ProtocolVersion($0) })
    }

    @Test("a word of an enumeration has its name in the versions that have it")
    func words() {
        #expect(names("DN", Samples.mood) == .word("down"))
        #expect(names("DN", Samples.mood, in: 4) == .word("down"))
        #expect(names("DN", Samples.mood, in: 5) == nil)
        #expect(names("other", Samples.openMood) == nil)
    }

    @Test("the bits that are set have names, front to back")
    func bits() {
        let bits = ValueTable(
            "Bits", .flags([NamedBit("one", 1), NamedBit("four", 4, in: 2...3), NamedBit("none", 0)]))
        #expect(names("7", bits) == .bits(["one", "four"]))
        #expect(names("7", bits, in: 1) == .bits(["one"]))
        #expect(names("2", bits) == nil)
        #expect(names("many", bits) == nil)
    }

    @Test("the parts of a composite value have names of their own")
    func parts() {
        let named = ValueNames.parts([ValueNames.Part(name: "mood", value: .word("up"))])
        #expect(names("a://4#UP", Samples.strictPlace) == named)
        #expect(names("a#UP", Samples.strictPlace) == named)
        #expect(names("a://4", Samples.strictPlace) == nil)
    }

    @Test("other values have no names")
    func others() {
        for table in [ValueTable.anyWord, .anyText, .anyNumber, Samples.flag] {
            #expect(names("Y", table) == nil)
        }
    }

    @Test("a form names its values, also those in lists")
    func fields() {
        let offer = Offer(bits: [.four], name: "UP", numbers: ["1"], moods: [.up, .other("DN")])
        let names = Dictionary(uniqueKeysWithValues: offer.fields.map { ($0.name, $0.names) })
        #expect(names == ["bits": .bits(["four"]), "name": nil, "numbers": nil, "moods": .list([.word("up"), nil])])
    }
}
