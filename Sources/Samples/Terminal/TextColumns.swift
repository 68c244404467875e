/// The columns that text takes on a terminal, and its division into rows.
public enum TextColumns {
    /// The columns of a text without line breaks.
    public static func width(_ text: some StringProtocol) -> Int {
        text.reduce(0) { $0 + width($1) }
    }

    /// The columns of a character: none for one that only changes its neighbour, two for wide ones.
    public static func width(_ character: Character) -> Int {
        guard let first = character.unicodeScalars.first else { return 0 }
        if first.value < 0x300 { return 1 }
        switch first.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: break
        }
        if first.properties.isEmojiPresentation { return 2 }
        // U+FE0F asks for the picture of a character that also has a plain form.
        if first.properties.isEmoji, character.unicodeScalars.contains("\u{FE0F}") { return 2 }
        return wide.contains { $0.contains(first.value) } ? 2 : 1
    }

    /// The rows of a text, broken between words; a word that is too long for a row is broken itself.
    public static func rows(_ text: String, columns: Int) -> [String] {
        let columns = max(columns, 1)
        // The rows after the first stand a little to the right, if there is room.
        let indent = columns >= 40 ? "    " : ""
        var rows: [String] = []
        var row = ""
        var used = 0
        var isEmpty = true
        func start() {
            rows.append(row)
            (row, used, isEmpty) = (indent, indent.count, true)
        }
        for word in text.split(separator: " ", omittingEmptySubsequences: false) {
            if !isEmpty {
                if used + 1 + width(word) > columns {
                    start()
                } else {
                    row += " "
                    used += 1
                }
            }
            for character in word {
                let next = Self.width(character)
                if used + next > columns, used > 0 { start() }
                row.append(character)
                used += next
            }
            isEmpty = false
        }
        return rows + [row]
    }

    /// East Asian wide and full-width characters.
    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
        0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
        0x1B000...0x1B16F, 0x1F200...0x1F2FF, 0x20000...0x2FFFD, 0x30000...0x3FFFD,
    ]
}
