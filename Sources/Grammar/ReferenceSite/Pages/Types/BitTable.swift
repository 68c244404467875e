import ProtocolGrammar

/// The bits of a set of flags: drawn from the highest to the lowest, then each with its meaning.
struct BitTable {
    /// The name of the type.
    let type: String
    let values: [NamedValue]
    let fields: [BitField]
    let links: Links

    private var grammar: Grammar { links.site.grammar }

    /// A bit, or several that belong together.
    private struct Item {
        var name: String
        var bits: ClosedRange<Int>
        var mask: UInt64
        var isField: Bool
    }

    private var items: [Item] {
        let flags = values.compactMap { value -> Item? in
            guard let mask = UInt64(value.wire), mask > 0 else { return nil }
            let bits = mask.trailingZeroBitCount...(63 - mask.leadingZeroBitCount)
            return Item(name: value.name, bits: bits, mask: mask, isField: false)
        }
        let numbers = fields.map { Item(name: $0.name, bits: $0.bits, mask: UInt64($0.mask), isField: true) }
        return flags + numbers
    }

    var html: HTML {
        group {
            picture
            Components.table(
                ["Bit", "Number", "Name", "Versions", "Meaning", "Grammar"],
                values.map(row) + fields.map(row))
            if !fields.isEmpty {
                Components.prose(
                    "Several bits together hold a number of their type: shift the value right by the lower bit.")
            }
        }
    }

    // MARK: - The picture

    /// A row of cells for each eight bits; the table below says the same to those who do not see it.
    private var picture: HTML {
        let items = self.items
        let highest = items.map(\.bits.upperBound).max() ?? 0
        let count = (highest / 8 + 1) * 8
        return tag("div", .class("bitmap"), Attribute("aria-hidden", "true")) {
            for bit in (0..<count).reversed() { cell(bit, items) }
        }
    }

    private func cell(_ bit: Int, _ items: [Item]) -> HTML {
        let item = items.first { $0.mask >> UInt64(bit) & 1 == 1 }
        let style = item.map { $0.isField ? "field" : "flag" } ?? ""
        return tag("span", .class(style), Attribute("title", item?.name ?? "unnamed")) {
            tag("i") { "\(bit)" }
            tag("b") { item?.name ?? "" }
        }
    }

    // MARK: - The table

    private func row(_ value: NamedValue) -> Components.Row {
        let item = items.first { $0.name == value.name && !$0.isField }
        return Components.Row(
            HTML(item.map { Self.text($0.bits) } ?? ""),
            Components.stack(
                Components.code(value.wire), Components.code(item.map { Self.hexadecimal($0.mask) } ?? "")),
            Components.code(value.name),
            grammar.versionCell(value.versions, within: grammar.openVersions),
            HTML(value.about) + Questions(links: links).mark(.value, "\(type).\(value.name)"),
            links.line(value.location, short: true),
            attributes: [.class("row"), .id(TypePage.anchor(ofValue: value.name))] + grammar.shown(in: value.versions))
    }

    private func row(_ field: BitField) -> Components.Row {
        Components.Row(
            HTML(Self.text(field.bits)), Components.code(Self.hexadecimal(UInt64(field.mask))),
            Components.stack(Components.code(field.name), links.type(field.type)),
            grammar.versionCell(field.versions, within: grammar.openVersions), HTML(field.about),
            links.line(field.location, short: true),
            attributes: [.class("row"), .id(TypePage.anchor(ofValue: field.name))] + grammar.shown(in: field.versions))
    }

    private static func text(_ bits: ClosedRange<Int>) -> String {
        bits.count == 1 ? "\(bits.lowerBound)" : "\(bits.lowerBound) to \(bits.upperBound)"
    }

    private static func hexadecimal(_ mask: UInt64) -> String { "0x" + String(mask, radix: 16, uppercase: true) }
}
