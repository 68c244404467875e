import Testing
@testable import WireProtocol

struct ValueNamesTests {
    private func names(_ word: String, _ table: ValueTable, in version: UInt8? = nil) -> ValueNames? {
        table.names(of: WireBytes(word), in: version.map { ProtocolVersion($0) })
    }

    @Test func aWordOfAnEnumerationHasItsNameInTheVersionsThatHaveIt() {
        #expect(names("DN", Samples.mood) == .word("down"))
        #expect(names("DN", Samples.mood, in: 4) == .word("down"))
        #expect(names("DN", Samples.mood, in: 5) == nil)
        #expect(names("other", Samples.openMood) == nil)
    }

    @Test func bitsThatAreSetHaveNamesInOrder() {
        let bits = ValueTable(
            "Bits", .flags([NamedBit("one", 1), NamedBit("four", 4, in: 2...3), NamedBit("none", 0)]))
        #expect(names("7", bits) == .bits(["one", "four"]))
        #expect(names("7", bits, in: 1) == .bits(["one"]))
        #expect(names("2", bits) == nil)
        #expect(names("many", bits) == nil)
    }

    @Test func theNumbersInSomeBitsHaveNamesUnlessTheyAreZero() {
        let level = ValueTable(
            "Level", .enumeration([NamedWord("low", "1"), NamedWord("high", "2", in: 3...9)], isOpen: true))
        let bits = ValueTable("Bits", .flags([NamedBit("one", 1)], fields: [BitField("level", level, bits: 28...31)]))
        func part(_ name: String) -> ValueNames.Part { ValueNames.Part(name: "level", value: .word(name)) }
        #expect(names("268435457", bits) == .bits(["one"], fields: [part("low")]))
        #expect(names("536870912", bits, in: 3) == .bits([], fields: [part("high")]))
        #expect(names("536870912", bits, in: 2) == nil)
        #expect(names("4026531841", bits) == .bits(["one"]))
        #expect(names("0", bits) == nil)
    }

    @Test func thePartsOfACompositeValueHaveNamesOfTheirOwn() {
        let named = ValueNames.parts([ValueNames.Part(name: "mood", value: .word("up"))])
        #expect(names("a://4#UP", Samples.strictPlace) == named)
        #expect(names("a#UP", Samples.strictPlace) == named)
        #expect(names("a://4", Samples.strictPlace) == nil)
    }

    @Test func otherValuesHaveNoNames() {
        for table in [ValueTable.anyWord, .anyText, .anyNumber, Samples.flag] {
            #expect(names("Y", table) == nil)
        }
    }

    @Test func aFormNamesItsValuesAlsoThoseInLists() {
        let offer = Offer(bits: [.four], name: "UP", numbers: ["1"], moods: [.up, .other("DN")])
        let names = Dictionary(uniqueKeysWithValues: offer.fields.map { ($0.name, $0.names) })
        #expect(names == ["bits": .bits(["four"]), "name": nil, "numbers": nil, "moods": .list([.word("up"), nil])])
    }
}
