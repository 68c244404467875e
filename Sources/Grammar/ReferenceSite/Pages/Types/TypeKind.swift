import ProtocolGrammar

/// What the values of a type look like, in words.
struct TypeKind {
    /// One or two words, such as `set of bits`.
    let name: String
    /// The rule for its values, as a sentence.
    let sentence: String

    init(_ type: ValueType) {
        (name, sentence) =
            switch type.kind {
            case .token(let limit, let shapes):
                (
                    "word",
                    shapes.isEmpty
                        ? "A word of at most \(limit) bytes."
                        : "A word of at most \(limit) bytes in one of these shapes."
                )
            case .text(let limit): ("text", "Percent-coded UTF-8 of at most \(limit) bytes on the wire.")
            case .integer(let minimum, let maximum): ("number", "A decimal number from \(minimum) to \(maximum).")
            case .boolean(let no, let yes): ("Boolean", "\(no) for false and \(yes) for true.")
            case .guid(let braces):
                ("GUID", "An identifier of 32 hexadecimal digits with hyphens\(braces ? ", in braces" : "").")
            case .enumeration(_, let isOpen):
                ("enumeration", isOpen ? "One of the words below, or any other." : "One of the words below.")
            case .flags: ("set of bits", "A decimal number, the sum of the bits that are set.")
            case .rest(let limit):
                (
                    "rest of a line",
                    "All that is left of a line, with the spaces inside it, at most \(limit) bytes."
                )
            case .composite(let parts): ("word with parts", "A word with parts: \(CompositePart.syntax(of: parts)).")
            }
    }
}
