import YAMLTree

extension GrammarChecker {
    /// Bits and fields must have different names and must not overlap.
    mutating func checkFlags(_ values: [NamedValue], _ fields: [BitField], of owner: String) {
        checkNames(values.map { ($0.name, $0.location) } + fields.map { ($0.name, $0.location) }, of: owner)
        var taken = values.map { (name: $0.name, mask: UInt32($0.wire) ?? 0, location: $0.location) }
        for field in fields {
            if let twin = taken.first(where: { $0.mask & field.mask != 0 }) {
                error(
                    "overlapping-bits", "'\(field.name)' overlaps '\(twin.name)'", at: field.location,
                    notes: [.init(message: "'\(twin.name)' is here", location: twin.location)])
            }
            taken.append((field.name, field.mask, field.location))
            checkType(of: field)
        }
    }

    /// The type of a field must be an enumeration of numbers that fit its bits.
    private mutating func checkType(of field: BitField) {
        guard let type = grammar.type(named: field.type) else {
            diagnostics.unknown(
                "unknown-type", "no type is named '\(field.type)'", field.type, among: grammar.types.map(\.name),
                at: field.location)
            return
        }
        guard case .enumeration(let values, isOpen: true) = type.kind else {
            return error("wrong-kind", "the type of a field of flags must be an open enumeration", at: field.location)
        }
        let most = field.number(in: field.mask)
        for value in values {
            if let number = UInt32(value.wire), number <= most, String(number) == value.wire { continue }
            error(
                "bad-number", "'\(field.name)' holds numbers from 0 to \(most), not '\(value.wire)'",
                at: field.location, notes: [.init(message: "'\(value.name)' is here", location: value.location)])
        }
    }
}
