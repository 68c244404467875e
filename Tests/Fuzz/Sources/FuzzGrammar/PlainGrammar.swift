import YAMLTree

/// A grammar file whose texts could not become code, or Markdown, in any generator: they are letters.
///
/// Names stay as they are. If the rest of a text mattered to more than comments, literals and cells, the generated files
/// would be different ones.
enum PlainGrammar {
    /// Keys whose lines have to fit the texts of the grammar.
    private static let examples: Set<String> = ["examples", "invalid"]
    /// Keys of texts for people alone.
    private static let prose: Set<String> = ["about", "notes", "changes", "title"]

    /// The file; nil if it is no different.
    static func of(_ file: SourceFile, onlyProse: Bool) -> SourceFile? {
        var diagnostics = DiagnosticList()
        guard let tree = YAMLParser.parse(file, lineKeys: ["payload", "text", "trailer"], into: &diagnostics) else {
            return nil
        }
        var isChanged = false
        let plain = plain(tree, isText: !onlyProse, keepsExamples: onlyProse, &isChanged)
        guard isChanged else { return nil }
        return SourceFile(path: file.path, bytes: Array(PoisonedGrammar.text(of: plain).utf8))
    }

    private static func plain(
        _ node: YAMLNode, isText: Bool, keepsExamples: Bool, _ isChanged: inout Bool
    ) -> YAMLNode {
        let content: YAMLNode.Content
        switch node.content {
        case .scalar(let text, let isQuoted):
            let changed = isText ? letters(of: text) : text
            if changed != text { isChanged = true }
            content = .scalar(changed, isQuoted: isQuoted)
        case .sequence(let items):
            content = .sequence(
                items.map { plain($0, isText: isText, keepsExamples: keepsExamples, &isChanged) })
        case .mapping(let entries):
            content = .mapping(
                entries.filter { keepsExamples || !examples.contains($0.key) }.map { entry in
                    let isText = isText || prose.contains(entry.key)
                    return YAMLEntry(
                        key: entry.key, keyLocation: entry.keyLocation,
                        value: plain(entry.value, isText: isText, keepsExamples: keepsExamples, &isChanged))
                })
        }
        return YAMLNode(location: node.location, content: content)
    }

    /// Whether a text is a name of XML with its prefix, whose namespace the code declares.
    private static func isQualifiedName(_ text: String) -> Bool {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count == 2
            && parts.allSatisfy { part in
                !part.isEmpty && part.utf8.allSatisfy { UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 | 0x20 }
            }
    }

    /// The text with a letter for each character of syntax; sets of versions and single characters stay.
    private static func letters(of text: String) -> String {
        let isSet = text.unicodeScalars.allSatisfy { "0123456789,+- ".unicodeScalars.contains($0) }
        guard !isSet, text.unicodeScalars.count > 1, !isQualifiedName(text) else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "A"..."Z", "a"..."z", "0"..."9", "_", ".", "-", "/": result.unicodeScalars.append(scalar)
            default: result += "x"
            }
        }
        return result
    }
}
