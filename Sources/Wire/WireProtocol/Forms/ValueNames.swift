/// The grammar's names for a value of an enumeration or a set of flags.
public enum ValueNames: Hashable, Sendable {
    /// A part of a value, if the part has a named value.
    public struct Part: Hashable, Sendable {
        /// The name of the part.
        public let name: String
        /// The names for the value of the part.
        public let value: ValueNames
    }

    /// The name of a word of an enumeration.
    case word(String)
    /// The names of the bits that are set, and of the numbers inside that are not 0; those without a name are left out.
    case bits([String], fields: [Part] = [])
    /// The parts of a composite value that have named values, in order.
    case parts([Part])
    /// The names for each value of a list; `nil` for a value without a name.
    case list([ValueNames?])
}

extension ValueTable {
    /// The grammar's names for a word, in one version if given; `nil` if it has none.
    func names(of wire: WireBytes, in version: ProtocolVersion?) -> ValueNames? {
        switch kind {
        case .enumeration(let values, _):
            return values.first { wire.equals($0.word) && $0.versions.has(version) }.map { .word("\($0.name)") }
        case .flags(let bits, let fields):
            guard let number = UInt32(wire.description) else { return nil }
            let names = bits.filter { $0.mask != 0 && number & $0.mask == $0.mask && $0.versions.has(version) }
            let numbers = fields.compactMap { field -> ValueNames.Part? in
                let part = number.number(inBits: field.bits)
                guard part != 0, field.versions.has(version),
                    let name = field.type.names(of: WireBytes(String(part)), in: version)
                else { return nil }
                return ValueNames.Part(name: "\(field.name)", value: name)
            }
            return names.isEmpty && numbers.isEmpty ? nil : .bits(names.map { "\($0.name)" }, fields: numbers)
        case .composite(let parts, _):
            var values = CompositeParts(wire, self)
            let named = parts.compactMap { part -> ValueNames.Part? in
                guard let value = values.next(of: wire), let names = part.type.names(of: value, in: version) else {
                    return nil
                }
                return ValueNames.Part(name: "\(part.name)", value: names)
            }
            return named.isEmpty ? nil : .parts(named)
        case .token, .text, .integer, .digits, .boolean, .guid, .rest: return nil
        }
    }

    /// The grammar's names for the values of a list; `nil` if no value has one.
    func names(ofListed values: [WireBytes], in version: ProtocolVersion?) -> ValueNames? {
        let names = values.map { self.names(of: $0, in: version) }
        return names.contains { $0 != nil } ? .list(names) : nil
    }
}

extension VersionSet {
    /// Whether a version is in the set; true if no version is given.
    func has(_ version: ProtocolVersion?) -> Bool { version.map(contains) ?? true }
}
