import Testing
@testable import WireProtocol

/// A value of somebody else's making must not begin words or lines of its own inside of its word, nor spoil others.
struct NestedWriteTests {
    /// What a value does to the line besides writing its bytes.
    enum Trick: CaseIterable, Sendable {
        case blank, tab, lineEnd, null, delete, bytes, literal, wire, invalidUTF8, line, payload, clear, take, replace
        case replaceByMore, clearAndWrite

        /// The parameter that is refused: where the values before it are gone, the first of them.
        func refused(_ name: String) -> String {
            switch self {
            case .clear, .take, .replace, .replaceByMore, .clearAndWrite: "first"
            default: name
            }
        }
    }

    struct Sneaky: WireValue {
        static let table = ValueTable("Sneaky", .token([]))

        var trick: Trick?

        init(trick: Trick?) { self.trick = trick }

        init(checked wire: WireBytes) { trick = nil }

        func write(to writer: inout LineWriter) throws(ValueError) {
            writer.append("a" as StaticString)
            switch trick {
            case .blank: writer.append(UInt8(ascii: " "))
            case .tab: writer.append(9)
            case .lineEnd: writer.append([0x0D, 0x0A])
            case .null: writer.append(0)
            case .delete: writer.append(0x7F)
            case .bytes: writer.append(Array("b c".utf8))
            case .literal: writer.append("b\r\nOUT\r\n" as StaticString)
            case .wire: writer.append(WireBytes("b c"))
            case .invalidUTF8: writer.append([0xC3])
            case .line: writer.append(Frame(line: "OUT"))
            case .payload: writer.append(Frame(line: "OUT 3", payload: Array("a b".utf8)))
            case .clear: writer.clear()
            case .take: _ = writer.takeBytes()
            case .replace: writer = LineWriter(version: writer.version)
            case .replaceByMore:
                writer = LineWriter(version: writer.version, buffer: [UInt8](repeating: 0x20, count: 100))
            case .clearAndWrite:
                writer.clear()
                writer.append(Array("OUT\r\nOUT\r\n".utf8))
            case nil: break
            }
            writer.append("c" as StaticString)
        }
    }

    private static let table = form(
        [.value("first", .anyWord), .value("sneaky", Sneaky.table), .value("last", .anyWord)], command: "USR",
        transaction: .required)

    @Test(arguments: Trick.allCases)
    func aValueThatWritesMoreThanItsWordIsRefused(trick: Trick) {
        let sneaky = Given.value(Sneaky(trick: trick))
        let error = writingError(
            Self.table, .value("first" as WireToken), sneaky, .value("last" as WireToken), transaction: 1)
        #expect(error?.parameter == trick.refused("sneaky"))
    }

    @Test(arguments: Trick.allCases)
    func aValueThatWritesMoreThanItsWordIsRefusedInAList(trick: Trick) {
        for separator: UInt8 in [0x20, 0x2C] {
            let table = form([
                .value("first", .anyWord),
                separator == 0x20
                    ? .words("sneaky", Sneaky.table) : .list("sneaky", Sneaky.table, separator: separator),
            ])
            for values in [[trick], [nil, trick], [trick, nil]] {
                let list = Given.list(values.map { Sneaky(trick: $0) }, separator: separator)
                #expect(writingError(table, .value("first" as WireToken), list)?.parameter == trick.refused("sneaky"))
            }
        }
    }

    @Test(arguments: Trick.allCases)
    func aValueThatWritesMoreThanItsWordIsRefusedBehindAPrefix(trick: Trick) {
        let table = form([
            .value("first", .anyWord), .value("sneaky", Sneaky.table, mayBeEmpty: true, prefix: "S="),
        ])
        let error = writingError(table, .value("first" as WireToken), .value(Sneaky(trick: trick)))
        #expect(error?.parameter == trick.refused("sneaky"))
    }

    @Test(arguments: Trick.allCases)
    func aValueThatWritesMoreThanItsWordLeavesItsNeighboursIntact(trick: Trick) {
        var storage = FormStorage<3>(FormBuilder())
        storage.set(0, "first" as WireToken)
        storage.set(1, Sneaky(trick: trick))
        storage.set(2, "last" as WireToken)
        for index in 0..<3 { #expect(storage.bytes(index).array.count <= 120) }
        #expect(storage.value(2) == ("last" as WireToken))
        storage.set(1, nil as Sneaky?)
        #expect(storage.value(2) == ("last" as WireToken))
    }

    @Test func aValueThatOnlyWritesItsBytesIsWritten() throws {
        let sneaky = Given.value(Sneaky(trick: nil))
        let line = try written(
            Self.table, .value("first" as WireToken), sneaky, .value("last" as WireToken), transaction: 1)
        #expect(line == "USR 1 first ac last\r\n")
    }

    /// A composite of two parts, the first of which is not what it seems.
    struct Pair: WireValue {
        static let table = ValueTable(
            "Pair",
            .composite(
                [CompositePart("a", Sneaky.table), CompositePart("b", .anyWord, after: ":")],
                partsMayBeEmpty: false))

        var first: Sneaky

        init(first: Sneaky) { self.first = first }
        init(checked wire: WireBytes) { first = Sneaky(trick: nil) }

        func write(to writer: inout LineWriter) throws(ValueError) {
            var parts = CompositeWriter(Self.table)
            try parts.write(first, to: &writer)
            try parts.write("b" as WireToken, to: &writer)
        }
    }

    @Test(arguments: Trick.allCases)
    func aValueThatWritesMoreThanItsWordIsRefusedInAComposite(trick: Trick) {
        let table = form([.value("first", .anyWord), .value("pair", Pair.table)])
        let error = writingError(table, .value("first" as WireToken), .value(Pair(first: Sneaky(trick: trick))))
        #expect(error?.parameter == trick.refused("pair"))
    }
}
