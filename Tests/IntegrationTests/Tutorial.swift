/// A page of instructions that a program can follow: edits of files, commands, and what these print.
///
/// The paragraph before a block of code says what to do with it. There is nothing in a block that is not followed.
struct Tutorial {
    enum Step: Equatable {
        case create(path: String, text: String)
        case replace(path: String, old: String, new: String)
        case run(script: String, expected: Expectation)
    }

    /// How a script ends, and what it prints.
    struct Expectation: Equatable {
        var fails = false
        /// All of the output.
        var output: String?
        /// Lines, or parts of lines, in this order.
        var parts: [String] = []
    }

    struct Misunderstanding: Error, Equatable {
        var line: Int
        var reason: String
    }

    private(set) var steps: [Step] = []
    private var path: String?
    private var old: String?

    init(_ page: String) throws(Misunderstanding) {
        var block: (language: String, line: Int, lines: [Substring])?
        var paragraph: [Substring] = []
        for (index, line) in page.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if let open = block {
                if line == "```" {
                    let text = open.lines.map { $0 + "\n" }.joined()
                    try add(open.language, text, paragraph.joined(separator: " "), open.line)
                    (block, paragraph) = (nil, [])
                } else {
                    block?.lines.append(line)
                }
            } else if line.hasPrefix("```") {
                block = (String(line.dropFirst(3)), index + 1, [])
            } else if !line.isEmpty {
                paragraph.append(line)
            } else if !paragraph.isEmpty, paragraph.last?.isEmpty == false {
                paragraph.append("")
            }
        }
        if let block { throw Misunderstanding(line: block.line, reason: "the block has no end") }
        if old != nil { throw Misunderstanding(line: 0, reason: "nothing says by what to replace it") }
    }

    private mutating func add(
        _ language: String, _ text: String, _ before: String, _ line: Int
    ) throws(Misunderstanding) {
        let before = before.hasSuffix(" ") ? String(before.dropLast()) : before
        if let old {
            guard before == "by", let path else {
                throw Misunderstanding(line: line, reason: "this is not what replaces the block before")
            }
            steps.append(.replace(path: path, old: old, new: text))
            self.old = nil
        } else if language == "sh" {
            steps.append(.run(script: text, expected: Expectation()))
        } else if language == "text" {
            try expect(text, before, line)
        } else if let match = before.firstMatch(of: /In `([^`]+)`, replace$/) {
            (path, old) = (String(match.1), text)
        } else if before.hasSuffix("In the same file, replace"), path != nil {
            old = text
        } else if let match = before.firstMatch(of: /Create `([^`]+)`:$/) {
            path = String(match.1)
            steps.append(.create(path: String(match.1), text: text))
        } else {
            throw Misunderstanding(line: line, reason: "nothing says what to do with this block")
        }
    }

    private mutating func expect(_ text: String, _ before: String, _ line: Int) throws(Misunderstanding) {
        guard case .run(let script, _) = steps.last else {
            throw Misunderstanding(line: line, reason: "there is no command that prints this")
        }
        let lines = text.split(separator: "\n").map(String.init)
        let expected: Expectation
        switch before {
        case "It prints:": expected = Expectation(output: text)
        case "It fails and prints:": expected = Expectation(fails: true, output: text)
        case "The output contains:": expected = Expectation(parts: lines)
        case "It fails, and the output contains:": expected = Expectation(fails: true, parts: lines)
        default: throw Misunderstanding(line: line, reason: "nothing says how this is printed")
        }
        steps[steps.count - 1] = .run(script: script, expected: expected)
    }
}
