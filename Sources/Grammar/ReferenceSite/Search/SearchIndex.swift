import ProtocolGrammar

/// What search knows, as a script, because pages in a folder cannot load anything else.
struct SearchIndex {
    private let entries: [SearchEntry]

    init(_ entries: [SearchEntry]) { self.entries = entries }

    var script: String {
        let rows = entries.map { entry in
            let target = entry.path + (entry.anchor.map { "#" + $0 } ?? "")
            let texts = [entry.name, entry.kind.rawValue, target, entry.about, entry.words.joined(separator: " ")]
            return "[" + texts.map(JSONValue.quoted).joined(separator: ",") + "]"
        }
        return "window.searchIndex=[\n" + rows.joined(separator: ",\n") + "];\n"
    }
}
