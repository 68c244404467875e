/// A line that is being typed, and those typed before.
public struct LineEditor: Sendable {
    /// What is left of the cursor, and what is right of it.
    public private(set) var left = ""
    public private(set) var right = ""
    /// The lines typed before, the oldest first.
    public private(set) var history: [String] = []
    /// The line of the history that is shown; `nil` for the line being typed.
    private var place: Int?
    /// The line being typed, while one of the history is shown.
    private var draft = ""
    /// What was cut last.
    private var cut = ""

    /// The most characters of a line; further ones are ignored.
    static let lengthLimit = 4096
    /// The most lines to remember.
    static let historyLimit = 500

    public init() {}

    /// The whole line.
    public var text: String { left + right }

    /// Changes the line.
    public mutating func press(_ key: Key) {
        switch key {
        case .text(let scalar): insert(String(scalar))
        case .backspace: if !left.isEmpty { left.removeLast() }
        case .delete: if !right.isEmpty { right.removeFirst() }
        case .left: if let character = left.popLast() { right.insert(character, at: right.startIndex) }
        case .right: if !right.isEmpty { left.append(right.removeFirst()) }
        case .wordLeft: right = takeWord() + right
        case .wordRight: moveRightOverWord()
        case .home: (left, right) = ("", text)
        case .end: (left, right) = (text, "")
        case .killToStart: (cut, left) = (left, "")
        case .killToEnd: (cut, right) = (right, "")
        case .killWord: cut = takeWord()
        case .yank: insert(cut)
        case .up: recall(by: -1)
        case .down: recall(by: 1)
        case .enter, .tab, .redraw, .interrupt, .endOfInput, .suspend: break
        }
    }

    /// Empties the line and remembers it.
    public mutating func takeLine() -> String {
        let line = text
        if !line.allSatisfy(\.isWhitespace), line != history.last { history.append(line) }
        if history.count > Self.historyLimit { history.removeFirst() }
        clear()
        return line
    }

    /// Empties the line.
    public mutating func clear() {
        (left, right, place, draft) = ("", "", nil, "")
    }

    private mutating func insert(_ new: String) {
        guard left.unicodeScalars.count + right.unicodeScalars.count + new.unicodeScalars.count <= Self.lengthLimit
        else { return }
        left.append(new)
    }

    /// Removes the word left of the cursor, with the space behind it.
    private mutating func takeWord() -> String {
        let spaces = left.reversed().prefix(while: \.isWhitespace).count
        let letters = left.dropLast(spaces).reversed().prefix { !$0.isWhitespace }.count
        let word = String(left.suffix(spaces + letters))
        left.removeLast(spaces + letters)
        return word
    }

    private mutating func moveRightOverWord() {
        while let first = right.first, first.isWhitespace { left.append(right.removeFirst()) }
        while let first = right.first, !first.isWhitespace { left.append(right.removeFirst()) }
    }

    private mutating func recall(by step: Int) {
        let next = (place ?? history.count) + step
        guard next >= 0, next <= history.count else { return }
        if place == nil { draft = text }
        place = next == history.count ? nil : next
        (left, right) = (place.map { history[$0] } ?? draft, "")
    }
}
