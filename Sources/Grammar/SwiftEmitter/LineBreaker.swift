/// Breaks lines of code that are too long.
struct LineBreaker {
    /// The available columns.
    let room: Int

    private static let indent = "    "

    /// The line itself, or its arguments on further lines, as many on each as fit.
    func lines(of code: String) -> [String] {
        guard code.utf8.count > room else { return [code] }
        let whole = Self.items(of: code, from: 0)
        if whole.items.count > 1 { return filled(whole.items, behind: "", before: "") }
        guard let open = Self.firstBracket(of: code) else { return literal(code) ?? [code] }
        let inner = Self.items(of: code, from: open + 1)
        let head = String(code.prefix(open + 1))
        return [head] + filled(inner.items, behind: Self.indent, before: String(code.dropFirst(inner.end)))
    }

    /// Fills lines with items separated by commas, and ends them with `tail`.
    private func filled(_ items: [String], behind indent: String, before tail: String) -> [String] {
        let inner = LineBreaker(room: room - indent.utf8.count)
        var lines: [String] = []
        var current = ""
        for (index, item) in items.enumerated() {
            let word = item + (index == items.count - 1 ? tail : ",")
            if !current.isEmpty, current.utf8.count + 1 + word.utf8.count > inner.room {
                lines.append(indent + current)
                current = ""
            }
            if current.isEmpty, word.utf8.count > inner.room {
                let parts = inner.lines(of: word)
                lines += parts.dropLast().map { indent + $0 }
                current = parts.last ?? ""
            } else {
                current += (current.isEmpty ? "" : " ") + word
            }
        }
        return lines + [indent + current]
    }

    /// The characters outside of string literals, with their positions.
    private static func symbols(of code: String) -> [(place: Int, character: Character)] {
        var result: [(place: Int, character: Character)] = []
        var isText = false
        var isEscaped = false
        for (place, character) in code.enumerated() {
            if isText {
                isText = isEscaped || character != "\""
                isEscaped = !isEscaped && character == "\\"
            } else if character == "\"" {
                isText = true
            } else {
                result.append((place, character))
            }
        }
        return result
    }

    private static func firstBracket(of code: String) -> Int? {
        symbols(of: code).first { $0.character == "(" || $0.character == "[" }?.place
    }

    /// The items between commas from a position to the closing bracket, and the position of the bracket.
    private static func items(of code: String, from start: Int) -> (items: [String], end: Int) {
        let letters = Array(code)
        var items: [String] = []
        var begin = start
        var depth = 0
        func item(_ end: Int) -> String {
            String(letters[begin..<end].drop { $0 == " " })
        }
        for (place, character) in symbols(of: code) where place >= start {
            switch character {
            case "(", "[": depth += 1
            case ")", "]":
                if depth == 0, start > 0 { return (items + [item(place)], place) }
                depth = max(0, depth - 1)
            case ",":
                guard depth == 0, place < letters.count - 1 else { continue }
                items.append(item(place))
                begin = place + 1
            default: break
            }
        }
        return (items + [item(letters.count)], letters.count)
    }

    /// A long string literal, possibly with a label, as a multiline literal; nil for other code.
    private func literal(_ code: String) -> [String]? {
        guard let start = code.firstIndex(of: "\""), let end = code.lastIndex(of: "\""), end > start else { return nil }
        var lines = [String(code[..<start]) + "\"\"\""]
        var current = ""
        for word in code[code.index(after: start)..<end].split(separator: " ", omittingEmptySubsequences: false) {
            if !current.isEmpty, current.utf8.count + word.utf8.count + 3 > room {
                lines.append(current + " \\")
                current = ""
            }
            current += (current.isEmpty ? "" : " ") + word
        }
        return lines + [current, "\"\"\"" + code[code.index(after: end)...]]
    }
}
