import ProtocolGrammar

extension Links {
    /// How sure a fact is and who says so, such as `observed by hyp, y111`; nothing if no source is named.
    func evidence(_ confidence: String, _ sources: [String]) -> HTML {
        sources.isEmpty ? HTML() : HTML("\(confidence) by ") + self.sources(sources)
    }

    /// Links to sources, with commas between them.
    func sources(_ names: [String]) -> HTML { names.map(source).joined(separator: ", ") }
}
