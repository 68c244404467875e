import Terminal

/// What a terminal shows after the bytes that were written to it: enough of one for these tests.
package struct ScreenGrid: Sendable {
    package private(set) var rows: [String] = [""]
    private var row = 0
    package private(set) var column = 0
    /// The rows that left the screen at the top are kept, as a terminal does.
    private var top = 0
    private let columns: Int
    private let height: Int
    /// Sequences that this terminal does not know.
    package private(set) var unknown: [String] = []

    package init(columns: Int, height: Int = 24) {
        (self.columns, self.height) = (columns, height)
    }

    package mutating func write(_ bytes: [UInt8]) {
        var rest = Array(String(decoding: bytes, as: UTF8.self))[...]
        while let character = rest.popFirst() {
            switch character {
            case "\r\n": (column, row) = (0, row + 1)
            case "\r": column = 0
            case "\n": row += 1
            case "\u{1B}":
                guard rest.popFirst() == "[" else { return unknown.append("\\e") }
                var sequence = ""
                while let next = rest.popFirst() {
                    sequence.append(next)
                    if next.isLetter { break }
                }
                obey(sequence)
            default: put(character)
            }
            while rows.count <= row { rows.append("") }
        }
    }

    private mutating func obey(_ sequence: String) {
        switch sequence {
        case "K": rows[row] = fitted(rows[row], to: column)
        case "H": (row, column) = (max(0, rows.count - height), 0)
        case "2J": for index in max(0, rows.count - height)..<rows.count { rows[index] = "" }
        case "?2004h", "?2004l": break
        case _ where sequence.hasSuffix("C"): column += Int(sequence.dropLast()) ?? 0
        default: unknown.append(sequence)
        }
    }

    private mutating func put(_ character: Character) {
        let width = TextColumns.width(character)
        if column + width > columns { (column, row) = (0, row + 1) }
        while rows.count <= row { rows.append("") }
        rows[row] = fitted(rows[row], to: column) + String(character)
        column += width
    }

    /// The beginning of a row, filled with spaces if it is shorter.
    private func fitted(_ text: String, to columns: Int) -> String {
        var result = ""
        var used = 0
        for character in text {
            guard used < columns else { break }
            result.append(character)
            used += TextColumns.width(character)
        }
        return result + String(repeating: " ", count: max(0, columns - used))
    }

    /// The rows, without blanks at their ends and empty rows at the end.
    package var shown: [String] {
        var result = rows.map { row in String(row.reversed().drop { $0 == " " }.reversed()) }
        while result.last == "" { result.removeLast() }
        return result
    }
}
