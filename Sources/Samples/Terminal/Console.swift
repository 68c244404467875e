import WireProtocol

/// A screen with output above and one line to type in below, which output never cuts.
///
/// It knows no device: keys come in as bytes, and what must be written to the terminal is taken from it.
public struct Console: Sendable {
    /// What the keys meant.
    public enum Event: Equatable, Sendable {
        /// A line was typed.
        case line(String)
        /// Control-C.
        case interrupt
        /// Control-D in an empty line.
        case end
        /// Control-Z.
        case suspend
    }

    private var keys = KeyReader()
    private var editor = LineEditor()
    private var prompt: String
    private var columns: Int
    private var height: Int
    /// The lines shown last, for drawing them again.
    private var log: [String] = []
    /// The first character of the line that is shown, if it is longer than the row.
    private var offset = 0
    private var output = ""

    private static let logLimit = 500

    /// Creates a console and draws its prompt.
    public init(columns: Int, rows: Int, prompt: String) {
        self.prompt = prompt
        (self.columns, height) = (max(columns, 8), max(rows, 2))
        output = "\u{1B}[?2004h"
        draw()
    }

    /// Returns what must be written to the terminal.
    public mutating func takeOutput() -> [UInt8] {
        defer { output = "" }
        return Array(output.utf8)
    }

    /// Shows a line above the line to type in.
    public mutating func show(_ line: String) {
        write(line)
        draw()
    }

    /// Changes the prompt.
    public mutating func setPrompt(_ text: String) {
        guard text != prompt else { return }
        prompt = text
        draw()
    }

    /// Takes what was typed.
    public mutating func receive(_ bytes: [UInt8]) -> [Event] {
        var events: [Event] = []
        for key in keys.read(bytes) {
            switch key {
            case .enter:
                let line = editor.takeLine()
                offset = 0
                if !line.allSatisfy(\.isWhitespace) { write(prompt + line) }
                events.append(.line(line))
            case .interrupt:
                if editor.text.isEmpty { events.append(.interrupt) } else { editor.clear() }
            case .endOfInput where editor.text.isEmpty: events.append(.end)
            case .endOfInput: editor.press(.delete)
            case .suspend: events.append(.suspend)
            case .redraw: redraw()
            case .text(let scalar) where TerminalText.isUnsafe(scalar): break
            default: editor.press(key)
            }
        }
        draw()
        return events
    }

    /// Adapts to a new size of the terminal.
    public mutating func resize(columns: Int, rows: Int) {
        let isWidthNew = max(columns, 8) != self.columns
        (self.columns, height) = (max(columns, 8), max(rows, 2))
        if isWidthNew { redraw() } else { draw() }
    }

    /// Draws everything again, as after another program used the terminal.
    public mutating func redraw() {
        let rows = log.flatMap { TextColumns.rows($0, columns: columns) }.suffix(height - 1)
        output += "\u{1B}[H\u{1B}[2J" + rows.map { $0 + "\r\n" }.joined()
        draw()
    }

    /// Leaves the terminal as it was found: the line to type in disappears.
    public mutating func close() {
        output += "\r\u{1B}[K\u{1B}[?2004l"
    }

    /// Writes a line and leaves the cursor below it.
    private mutating func write(_ line: String) {
        let line = TerminalText.line(line).replacing("\t", with: "    ")
        log.append(line)
        if log.count > Self.logLimit { log.removeFirst() }
        output += "\r\u{1B}[K" + TextColumns.rows(line, columns: columns).map { $0 + "\r\n" }.joined()
    }

    /// Draws the line to type in: as much of it as one row holds.
    private mutating func draw() {
        let shownPrompt = TextColumns.width(prompt) <= columns / 2 ? prompt : "> "
        let room = columns - TextColumns.width(shownPrompt) - 1
        let left = Array(editor.left)
        let all = left + Array(editor.right)
        if left.count < offset { offset = max(0, left.count - room / 3) }
        while offset < left.count, TextColumns.width(String(left[offset...])) > room { offset += 1 }
        var shown = ""
        var used = 0
        for character in all.dropFirst(offset) {
            let width = TextColumns.width(character)
            guard used + width <= room else { break }
            shown.append(character)
            used += width
        }
        let column = TextColumns.width(shownPrompt) + TextColumns.width(String(left.dropFirst(offset)))
        output += "\r\u{1B}[K" + shownPrompt + shown + "\r" + (column > 0 ? "\u{1B}[\(column)C" : "")
    }
}
