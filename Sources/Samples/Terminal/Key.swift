/// What a person does on the keyboard.
public enum Key: Equatable, Sendable {
    case text(Unicode.Scalar)
    case enter, backspace, delete, tab
    case left, right, wordLeft, wordRight, home, end
    case up, down
    case killToStart, killToEnd, killWord, yank
    case redraw, interrupt, endOfInput, suspend
}

/// Turns the bytes that a terminal sends into keys, in whatever pieces they come.
public struct KeyReader: Sendable {
    /// An escape sequence or a character that has begun.
    private var pending: [UInt8] = []
    /// Whether the bytes were pasted: then a line break does not send anything.
    private var isPasting = false
    /// The longest sequence to wait for; a longer one is skipped.
    private static let limit = 32

    public init() {}

    /// The keys that are complete with these bytes.
    public mutating func read(_ bytes: some Sequence<UInt8>) -> [Key] {
        bytes.compactMap { next($0) }
    }

    private mutating func next(_ byte: UInt8) -> Key? {
        pending.append(byte)
        let first = pending[0]
        if first == 0x1B { return escape() }
        if first < 0x80 {
            pending = []
            return single(first)
        }
        return character(first)
    }

    /// A character of several bytes, once it is whole; what is not UTF-8 is skipped.
    private mutating func character(_ first: UInt8) -> Key? {
        let length =
            switch first {
            case 0xC2...0xDF: 2
            case 0xE0...0xEF: 3
            case 0xF0...0xF4: 4
            default: 1
            }
        if let last = pending.dropFirst().last, last & 0xC0 != 0x80 {
            pending = []
            return next(last)
        }
        guard pending.count >= length else { return nil }
        defer { pending = [] }
        let text = String(decoding: pending, as: UTF8.self)
        guard let scalar = text.unicodeScalars.first, scalar != "\u{FFFD}" else { return nil }
        return .text(scalar)
    }

    private func single(_ byte: UInt8) -> Key? {
        switch byte {
        case 0x0A, 0x0D: isPasting ? .text(" ") : .enter
        case 0x20...0x7E: .text(Unicode.Scalar(byte))
        case _ where isPasting: byte == 0x09 ? .text(" ") : nil
        case 0x01: .home
        case 0x02: .left
        case 0x03: .interrupt
        case 0x04: .endOfInput
        case 0x05: .end
        case 0x06: .right
        case 0x08, 0x7F: .backspace
        case 0x09: .tab
        case 0x0B: .killToEnd
        case 0x0C: .redraw
        case 0x0E: .down
        case 0x10: .up
        case 0x15: .killToStart
        case 0x17: .killWord
        case 0x19: .yank
        case 0x1A: .suspend
        default: nil
        }
    }

    /// A key from an escape sequence, once it is whole; unknown sequences are skipped.
    private mutating func escape() -> Key? {
        guard pending.count > 1, let last = pending.last else { return nil }
        if pending.count == 2 {
            if last == UInt8(ascii: "[") || last == UInt8(ascii: "O") { return nil }
            pending = last == 0x1B ? [0x1B] : []
            switch last {
            case UInt8(ascii: "b"): return .wordLeft
            case UInt8(ascii: "f"): return .wordRight
            case 0x7F: return .killWord
            // Escape alone means nothing; a control byte behind it means itself.
            default: return last < 0x20 && last != 0x1B ? single(last) : nil
            }
        }
        let isFinal = 0x40...0x7E ~= last
        guard isFinal || pending.count >= Self.limit || last < 0x20 else { return nil }
        let sequence = String(decoding: pending.dropFirst(2), as: UTF8.self)
        pending = []
        guard isFinal else { return nil }
        return named(sequence)
    }

    private mutating func named(_ sequence: String) -> Key? {
        switch sequence {
        case "A": return .up
        case "B": return .down
        case "C": return .right
        case "D": return .left
        case "H", "1~", "7~": return .home
        case "F", "4~", "8~": return .end
        case "3~": return .delete
        case "1;5C", "1;3C", "5C": return .wordRight
        case "1;5D", "1;3D", "5D": return .wordLeft
        case "200~": isPasting = true
        case "201~": isPasting = false
        default: break
        }
        return nil
    }
}
