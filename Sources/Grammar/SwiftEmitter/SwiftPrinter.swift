/// Collects lines of Swift and indents them.
struct SwiftPrinter {
    private(set) var text = ""
    private var depth = 0 {
        didSet { margin = String(repeating: "    ", count: depth) }
    }
    private var margin = ""

    /// Adds the lines of a text with line breaks.
    mutating func lines(_ content: String) {
        for part in content.split(separator: "\n", omittingEmptySubsequences: false) { line(String(part)) }
    }

    /// Adds one line; an empty one stays empty.
    mutating func line(_ content: String = "") {
        if !content.isEmpty {
            text += margin
            text += content
        }
        text += "\n"
    }

    /// Adds a block in braces.
    mutating func block(_ head: String, _ body: (inout SwiftPrinter) -> Void) {
        if head.hasPrefix("else"), text.hasSuffix("}\n") {
            text.removeLast()
            text += " \(head) {\n"
        } else {
            line(head + " {")
        }
        depth += 1
        body(&self)
        depth -= 1
        line("}")
    }

    /// Adds the lines of a `switch` case.
    mutating func indented(_ body: (inout SwiftPrinter) -> Void) {
        depth += 1
        body(&self)
        depth -= 1
    }

    /// Adds a documentation comment, wrapped.
    mutating func document(_ content: String) {
        if content.utf8.count + depth * 4 <= 110, !content.isEmpty, !content.utf8.contains(0x0A) {
            line("/// " + content)
            return
        }
        for paragraph in content.split(separator: "\n", omittingEmptySubsequences: false) {
            guard !paragraph.isEmpty else {
                line("///")
                continue
            }
            var current = ""
            let room = 110 - depth * 4
            for word in paragraph.split(separator: " ", omittingEmptySubsequences: paragraph.first != " ") {
                if !current.isEmpty, current.utf8.count + word.utf8.count > room {
                    line("/// " + current)
                    current = ""
                }
                if !current.isEmpty { current += " " }
                current += word
            }
            line("/// " + current)
        }
    }

    /// Adds a call or declaration with its arguments on one line, or each on its own where they do not fit.
    mutating func call(_ head: String, _ arguments: [String], _ tail: String) {
        let single = "\(head)(\(arguments.joined(separator: ", ")))\(tail)"
        if single.utf8.count + depth * 4 <= 118 || arguments.isEmpty {
            line(single)
            return
        }
        line(head + "(")
        depth += 1
        for (index, argument) in arguments.enumerated() {
            line(argument + (index < arguments.count - 1 ? "," : ""))
        }
        depth -= 1
        line(")" + tail)
    }

    /// Adds a list in brackets on one line, or each element on its own where they do not fit.
    mutating func array(_ head: String, _ elements: [String], _ tail: String = "") {
        let single = "\(head)[\(elements.joined(separator: ", "))]\(tail)"
        if single.utf8.count + depth * 4 <= 118 {
            line(single)
            return
        }
        rows(head, elements, tail)
    }

    /// Adds a list in brackets with each element on a line of its own.
    mutating func rows(_ head: String, _ elements: [String], _ tail: String = "") {
        line(head + "[")
        depth += 1
        for element in elements { line(element + (elements.count > 1 ? "," : "")) }
        depth -= 1
        line("]" + tail)
    }

    /// Adds a call with lists of rows among its arguments; each row stands on a line of its own.
    mutating func table(
        _ head: String, _ first: [String], _ lists: [(label: String, rows: [String])], _ last: [String] = [],
        _ tail: String = ""
    ) {
        let lists = lists.filter { !$0.rows.isEmpty }
        guard !lists.isEmpty else {
            call(head, first + last, tail)
            return
        }
        let start = first.joined(separator: ", ")
        line(head + "(")
        depth += 1
        for part in start.utf8.count + depth * 4 < 118 ? [start] : first where !part.isEmpty { line(part + ",") }
        for (index, list) in lists.enumerated() {
            line(list.label + "[")
            indented { printer in
                for row in list.rows { printer.line(row + (list.rows.count > 1 ? "," : "")) }
            }
            line("]" + (index == lists.count - 1 && last.isEmpty ? ")" + tail : ","))
        }
        if !last.isEmpty { line(last.joined(separator: ", ") + ")" + tail) }
        depth -= 1
    }
}
