import ModelEmitter
import ProtocolGrammar

/// The scripts that decode lines and run algorithms, and the pages that load them.
enum PageScripts {
    private static let (model, interpreter, reading) = ("model.js", "interpreter.js", "reading.js")
    private static let (pasteBox, algorithmForm) = ("paste.js", "algorithm.js")

    /// What a page with the paste box loads.
    static let paste = [model, interpreter, reading, pasteBox]

    /// What a page with a form that runs an algorithm loads.
    static let algorithm = [model, interpreter, reading, algorithmForm]

    static func files(of site: Site) -> [SiteFile] {
        [
            SiteFile(name: model, text: tables(of: site)),
            SiteFile(name: interpreter, text: joined(interpreterFiles)),
            SiteFile(name: reading, text: joined([PackageResources.reading_js])),
            SiteFile(name: pasteBox, text: joined([PackageResources.paste_js])),
            SiteFile(name: algorithmForm, text: joined([PackageResources.algorithm_js])),
        ]
    }

    /// The files of the interpreter in the order in which they need each other.
    private static var interpreterFiles: [[UInt8]] {
        [
            PackageResources.bytes_js, PackageResources.grammar_js, PackageResources.values_js,
            PackageResources.spellings_js, PackageResources.lines_js, PackageResources.framing_js,
            PackageResources.markup_js, PackageResources.headers_js, PackageResources.documents_js,
            PackageResources.payloads_js, PackageResources.input_js, PackageResources.meanings_js,
            PackageResources.decoder_js, PackageResources.digests_js, PackageResources.algorithms_js,
        ]
    }

    private static func joined(_ files: [[UInt8]]) -> String {
        files.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\n")
    }

    /// The model, and where the pages of its parts are: a script, because pages in a folder cannot load anything else.
    private static func tables(of site: Site) -> String {
        "globalThis.GrammarModel = \(ModelEmitter.emit(site.grammar, isForReading: true).dropLast());\n"
            + "globalThis.GrammarPages = \(pages(of: site));\n"
    }

    private static func pages(of site: Site) -> String {
        let grammar = site.grammar
        let links = Links(site: site, page: PagePath.paste)
        let forms = grammar.sortedCommands.flatMap(\.forms).compactMap { form -> (String, String)? in
            links.place(ofForm: form.fullName).map { (form.fullName, $0.path + "#" + $0.anchor) }
        }
        let kinds: [(name: String, pages: [(String, String)])] = [
            ("commands", grammar.sortedCommands.map { ($0.name, PagePath.command($0)) }), ("forms", forms),
            ("types", grammar.sortedTypes.map { ($0.name, PagePath.type($0)) }),
            ("payloads", grammar.sortedPayloads.map { ($0.name, PagePath.payload($0)) }),
            ("programs", grammar.programs.map { ($0.name, PagePath.program($0)) }),
            ("errors", grammar.sortedErrors.map { ("\($0.number)", PagePath.error($0)) }),
        ]
        let rows = kinds.map { kind in
            // Two errors, or two forms of different senders, may have one name.
            var seen: Set<String> = []
            let entries = kind.pages.filter { seen.insert($0.0).inserted }
            return JSONValue.quoted(kind.name) + ":{"
                + entries.map { JSONValue.quoted($0.0) + ":" + JSONValue.quoted($0.1) }.joined(separator: ",") + "}"
        }
        return "{\n" + rows.joined(separator: ",\n") + "}"
    }
}
