extension ValueTable {
    /// The readable text of a word, decoded if it is percent-coded.
    @usableFromInline
    func text(of wire: WireBytes) -> String {
        if isReadAsWritten { return wire.description }
        switch kind {
        case .text: return WireText(checked: wire).string
        case .boolean(let falseWord, let trueWord):
            return wire.equals(trueWord) ? "true" : wire.equals(falseWord) ? "false" : wire.description
        case .digits:
            let text = wire.description
            let zeros = text.utf8.prefix { $0 == 0x30 }.count
            return String(text.dropFirst(min(zeros, text.utf8.count - 1)))
        case .composite(let parts, _):
            var result = ""
            var values = CompositeParts(wire, self)
            for part in parts {
                guard let value = values.next(of: wire) else { continue }
                result += "\(part.mark)" + part.type.text(of: value) + "\(part.endMark)"
            }
            return result
        case .token, .integer, .guid, .enumeration, .flags, .rest: return wire.description
        }
    }

    /// The wire form of a readable text, which need not be a value of this type.
    func wire(ofText text: String) -> WireBytes {
        switch kind {
        case .text: WireBytes(WireText.encoded(text))
        case .digits(let count): WireBytes(String(repeating: "0", count: max(0, count - text.utf8.count)) + text)
        case .boolean(let falseWord, let trueWord):
            text == "true" ? WireBytes("\(trueWord)") : WireBytes(text == "false" ? "\(falseWord)" : text)
        default: WireBytes(text)
        }
    }
}
