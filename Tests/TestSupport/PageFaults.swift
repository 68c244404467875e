/// What a page of the reference must not have, because only a text of the grammar that became Markdown can bring it.
package enum PageFaults {
    /// A line with HTML, a link out of the reference, a heading of its own or a row of another width; nil if none.
    package static func first(in page: String) -> String? {
        var fence: Substring?
        var width: Int?
        for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
            if let open = fence {
                if line == open { fence = nil }
                continue
            }
            if line.hasPrefix("```") {
                fence = line.prefix { $0 == "`" }
                continue
            }
            let text = plain(line)
            if text.hasPrefix("# evil") { return String(line) }
            if text.contains(/<[A-Za-z!\/]/) || text.contains("`") { return String(line) }
            for link in text.matches(of: /\]\(([^)]*)\)/) where link.1.contains(/[^A-Za-z0-9.\/#_-]/) {
                return String(line)
            }
            let cells = text.hasPrefix("|") ? text.count { $0 == "|" } : nil
            if let width, let cells, cells != width { return String(line) }
            width = cells
        }
        return fence == nil ? nil : "a code block does not end"
    }

    /// A line without its escapes, its code spans and the anchors that the emitter writes.
    private static func plain(_ line: Substring) -> String {
        var result = ""
        var rest = line.replacing(/<a id="[A-Za-z0-9.-]+"><\/a>/, with: "").replacing(/<\/?code>/, with: "")[...]
        while let first = rest.first {
            if first == "\\" {
                rest = rest.dropFirst(2)
            } else if first == "`" {
                let run = rest.prefix { $0 == "`" }
                rest = rest.dropFirst(run.count)
                var span = rest
                while !span.isEmpty {
                    let next = span.prefix { $0 == "`" }
                    if next.count == run.count { break }
                    span = span.dropFirst(max(1, next.count))
                }
                guard !span.isEmpty else {
                    result += run
                    continue
                }
                rest = span.dropFirst(run.count)
            } else {
                result.append(first)
                rest = rest.dropFirst()
            }
        }
        return result
    }
}
