/// What a grammar calls a value of an enumeration or of flags.
public enum ValueNames: Hashable, Sendable {
    /// A part of a composite value whose value has a name.
    public struct Part: Hashable, Sendable {
        /// The name of the part.
        public let name: String
        /// What its value is called.
        public let value: ValueNames
    }

    /// The name of a word of an enumeration.
    case word(String)
    /// The names of the bits that are set; bits without a name are left out.
    case bits([String])
    /// The parts of a composite value whose values have names, front to back.
    case parts([Part])
    /// What each value of a list is called; `nil` for one that has no name.
    case list([ValueNames?])
}

extension ValueTable {
    /// What the grammar calls a word, in one version if that is given; `nil` if it has no name.
    func names(of wire: WireBytes, in version: ProtocolVersion?) -> ValueNames? {
        switch kind {
        case .enumeration(let values, _):
            return values.first { wire.equals($0.word) && $0.versions.has(version) }.map { .word("\($0.name)") }
        case .flags(let bits):
            guard let number = UInt32(wire.description) else { return nil }
            let names = bits.filter { $0.mask != 0 && number & $0.mask == $0.mask && $0.versions.has(version) }
            return names.isEmpty ? nil : .bits(names.map { "\($0.name)" })
        case .composite(let parts, _):
            var values = CompositeParts(wire, self)
            let named = parts.compactMap { part -> ValueNames.Part? in
                guard let value = values.next(), let names = part.type.names(of: value, in: version) else { return nil }
                return ValueNames.Part(name: "\(part.name)", value: names)
            }
            return named.isEmpty ? nil : .parts(named)
        case .token, .text, .integer, .digits, .boolean, .guid: return nil
        }
    }

    /// What the grammar calls the values of a list; `nil` if none has a name.
    func names(ofListed values: [WireBytes], in version: ProtocolVersion?) -> ValueNames? {
        let names = values.map { self.names(of: $0, in: version) }
        return names.contains { $0 != nil } ? .list(names) : nil
    }
}

extension VersionSet {
    /// Whether a version is in the set; without one every set will do.
    func has(_ version: ProtocolVersion?) -> Bool { version.map(contains) ?? true }
}
