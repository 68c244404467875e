import Testing
@testable import WireProtocol

/// A number in front of the other parts of a composite value, with its mark behind it.
struct LeadingPartTests {
    struct Home: WireValue, Equatable {
        static var table: ValueTable { Samples.home }

        var network: WireToken?
        var user: WireToken
        var way: WireToken?

        init(_ network: WireToken?, _ user: WireToken, _ way: WireToken? = nil) {
            self.network = network
            self.user = user
            self.way = way
        }

        init(checked wire: WireBytes) {
            var parts = CompositeParts(wire, Self.table)
            network = parts.optional(of: wire)
            user = parts.value(of: wire)
            way = parts.optional(of: wire)
        }

        func write(to writer: inout LineWriter) throws(ValueError) {
            var parts = CompositeWriter(Self.table)
            try parts.write(network, to: &writer)
            try parts.write(user, to: &writer)
            try parts.write(way, to: &writer)
        }
    }

    private func failure(_ word: String, _ version: UInt8) -> ValueError? {
        Samples.home.failure(of: Array(word.utf8).span, in: ProtocolVersion(version))
    }

    @Test(arguments: [
        ("1:a@b", Home("1", "a@b")), ("a@b", Home(nil, "a@b")), ("tel:+1", Home(nil, "tel:+1")),
        ("1:tel:+1", Home("1", "tel:+1")), ("12", Home(nil, "12")), ("1:a;way=9:c", Home("1", "a", "9:c")),
    ])
    func theDigitsBeforeTheMarkAreThePart(_ word: String, _ home: Home) throws {
        #expect(Home(checked: WireBytes(word)) == home)
        var writer = LineWriter(version: ProtocolVersion(5))
        try home.write(to: &writer)
        #expect(String(decoding: writer.bytes, as: UTF8.self) == word)
    }

    @Test func aVersionHasThePartOrRefusesIt() {
        #expect(failure("1:a", 4) == nil)
        #expect(failure("a", 3) == nil)
        #expect(failure("tel:+1", 3) == nil)
        #expect(failure("1:a", 3) == ValueError(.notInVersion))
        #expect(failure("a", 4) == ValueError(.badShape(expected: "a number and ':'")))
        #expect(failure("tel:+1", 4) == ValueError(.badShape(expected: "a number and ':'")))
        #expect(failure("01:a", 4) == ValueError(.badShape(expected: "a decimal number without leading zeros")))
        #expect(failure("1:", 4) == ValueError(.empty, offset: 2))
    }

    @Test func aWriterThatFitsLeavesThePartOut() {
        #expect(Samples.home.fitted(WireBytes("1:a;way=c"), to: ProtocolVersion(3)) == WireBytes("a"))
        #expect(Samples.home.fitted(WireBytes("1:a;way=c"), to: ProtocolVersion(4)) == WireBytes("1:a"))
        #expect(Samples.home.fitted(WireBytes("1:a;way=c"), to: ProtocolVersion(5)) == WireBytes("1:a;way=c"))
    }

    @Test(arguments: [Home("x", "a"), Home("", "a"), Home(nil, "1:a")])
    func aValueThatWouldBeReadOtherwiseIsNotWritten(_ home: Home) {
        var writer = LineWriter(version: ProtocolVersion(5))
        #expect(throws: ValueError.self) { try home.write(to: &writer) }
    }

    @Test func aShapeHoldsInItsVersions() {
        func failure(_ word: String, _ version: UInt8) -> ValueError? {
            Samples.versionedShape.failure(of: Array(word.utf8).span, in: ProtocolVersion(version))
        }
        #expect(failure("12", 3) == nil)
        #expect(failure("a@b", 3) == ValueError(.badShape(expected: "digits")))
        #expect(failure("a@b", 6) == nil)
        #expect(failure("12", 5) == nil)
        #expect(failure("12", 6) == ValueError(.badShape(expected: "characters with '@'")))
    }
}
