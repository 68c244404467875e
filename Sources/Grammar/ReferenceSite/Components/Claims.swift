import ProtocolGrammar

/// How the pages say what is known of something, and how sure it is.
extension Links {
    /// How sure a fact is and who says so, such as `observed by hyp, y111`; nothing if no source is named.
    func evidence(_ confidence: String, _ sources: [String]) -> HTML {
        sources.isEmpty ? HTML() : HTML("\(confidence) by ") + self.sources(sources)
    }

    /// Links to sources, with commas between them.
    func sources(_ names: [String]) -> HTML { names.map(source).joined(separator: ", ") }

    /// The sources with what each is worth.
    func sourceList(_ names: [String]) -> HTML {
        tag("ul", .class("list")) {
            for name in names {
                tag("li") {
                    source(name)
                    site.grammar.sources[name].map { $0.about.isEmpty ? "" : ": " + $0.about } ?? ""
                }
            }
        }
    }
}

extension Grammar {
    /// Versions in a cell of a table; nothing where there is only one, so that the column is left out.
    func versionCell(_ set: VersionSet) -> HTML { versions.count > 1 ? HTML(describe(set)) : HTML() }

    /// The same, and nothing for something that is there as long as the whole.
    func versionCell(_ set: VersionSet, within whole: VersionSet) -> HTML {
        whole.isSubset(of: set) ? HTML() : versionCell(set.intersection(whole))
    }
}

extension Components {
    /// A remark below the facts; nothing for an empty one.
    static func note(_ text: String) -> HTML {
        if text.isEmpty { return HTML() }
        return tag("p", .class("note")) {
            tag("b") { "Note" }
            " " + text
        }
    }

    static func codes(_ words: [String]) -> HTML { words.map(code).joined(separator: ", ") }

    /// Several parts of a cell, one below the other; empty ones are left out.
    static func stack(_ parts: HTML...) -> HTML {
        parts.filter { !$0.isEmpty }.map { part in tag("div") { part } }.joined()
    }
}
