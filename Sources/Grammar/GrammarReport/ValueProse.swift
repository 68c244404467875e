import ProtocolGrammar
import YAMLTree

/// Describes single words of a line in words.
public struct ValueProse: Sendable {
    let grammar: Grammar
    let version: Int

    /// - Parameter version: the version that the words are of.
    public init(grammar: Grammar, version: Int) {
        self.grammar = grammar
        self.version = version
    }

    /// What a word says beyond its spelling: the name of a value, the bits of flags, the parts of a composite. Empty
    /// for a word that says no more than itself.
    public func meaning(of word: String, as type: ValueType?) -> String {
        switch type?.kind {
        case .enumeration(let values, _):
            guard let value = value(word, of: values) else { return "unnamed value" }
            return value.name + (value.about.isEmpty ? "" : ": " + value.about)
        case .boolean(let falseWord, let trueWord):
            return word == falseWord ? "false" : word == trueWord ? "true" : "unnamed value"
        case .flags(let values, let fields):
            guard let number = UInt32(word) else { return "" }
            let names = names(of: number, values, fields)
            return names.isEmpty ? "none" : names.joined(separator: " + ")
        case .composite(let parts): return CompositePart.syntax(of: parts)
        case .token, .text, .integer, .guid, .rest, nil: return ""
        }
    }

    /// The parts of a composite word that have named values, each with its name; empty for any other word.
    public func parts(of word: String, as type: ValueType?) -> [String] {
        guard case .composite(let parts) = type?.kind else { return [] }
        return grammar.pieces(of: word, parts, in: version).compactMap { namedText(of: $0.word, $0.part) }
    }

    /// The word itself, and what it means.
    func text(of word: String, as type: ValueType?) -> String {
        if word.isEmpty { return "(empty)" }
        let meaning = meaning(of: word, as: type)
        let text = Self.visible(word) + (meaning.isEmpty ? "" : " (\(meaning))")
        return ([text] + parts(of: word, as: type)).joined(separator: "; ")
    }

    private func value(_ word: String, of values: [NamedValue]) -> NamedValue? {
        values.first { $0.wire == word && $0.versions.contains(version) }
    }

    /// The bits that are set and the fields other than 0.
    private func names(of number: UInt32, _ values: [NamedValue], _ fields: [BitField]) -> [String] {
        let bits = values.filter { bit in UInt32(bit.wire).map { $0 & number != 0 } ?? false }
        return bits.map(\.name)
            + fields.compactMap { field in
                let part = field.number(in: number)
                guard part != 0, field.versions.contains(version),
                    case .enumeration(let values, _) = grammar.type(named: field.type)?.kind
                else { return nil }
                return "\(field.name) \(value(String(part), of: values)?.name ?? String(part))"
            }
    }

    /// A part of a composite word with a named value; nil for any other part.
    private func namedText(of word: String, _ part: CompositePart) -> String? {
        guard let type = grammar.type(named: part.type), !type.isSensitive else { return nil }
        switch type.kind {
        case .enumeration, .flags, .boolean: return "\(part.name) \(text(of: word, as: type))"
        case .composite, .token, .text, .integer, .guid, .rest: return nil
        }
    }

    /// The text with visible escapes of characters that could drive a terminal or mislead its reader.
    private static func visible(_ text: String) -> String {
        UnsafeCharacter.removed(from: text, isOneLine: true) { "\\u{\(String($0.value, radix: 16))}" }
    }
}
