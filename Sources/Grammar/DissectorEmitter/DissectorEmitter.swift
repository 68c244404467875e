import ProtocolGrammar

/// Writes a checked grammar as a dissector for Wireshark: tables in Lua, and the interpreter that reads them.
public enum DissectorEmitter {
    /// The dissector as one file.
    public static func emit(_ grammar: Grammar) -> String {
        var text = """
            -- A dissector for Wireshark 4.0 and later, made from the grammar of \(grammar.name) by grammar-tool.
            -- It belongs in the folder of personal Lua plugins: Help > About Wireshark > Folders.


            """
        text += "local grammar = " + tables(of: grammar).source + "\n"
        for source in Interpreter.sources(for: grammar) { text += "\n" + source }
        return text
    }

    private static func tables(of grammar: Grammar) -> LuaValue {
        let writer = TableWriter(grammar: grammar)
        let limits = grammar.limits
        let usual = grammar.versions.last { $0.status == .complete } ?? grammar.versions.last
        return .sections([
            ("name", .text(grammar.name)), ("prefix", .text(grammar.name.lowercased())),
            ("title", .text(grammar.name)), ("about", .text(grammar.about)),
            (
                "limits",
                .record([
                    ("line", .number(limits.line)), ("parameters", .number(limits.parameters)),
                    ("payload", .number(limits.payload)), ("headers", .number(limits.headers)),
                    ("headerBytes", .number(limits.headerBytes)), ("depth", .number(limits.depth)),
                ])
            ),
            (
                "versions",
                .list(
                    grammar.sortedVersions.map {
                        .record([("number", .number($0.number)), ("name", .text($0.name))])
                    })
            ),
            ("services", .record(grammar.services.map { ($0.name, .flag(true)) })),
            (
                "contentTypes",
                .list(Set(grammar.httpServices.compactMap(\.contentType)).sorted().map { .text($0) })
            ),
            ("usual", .number(usual?.number ?? 0)),
            ("trailer", .text(grammar.trailer)), ("transactions", .flag(grammar.hasTransactions)),
            ("errorPayload", .text(ranges(grammar.errorPayloadVersions, in: grammar))),
            (
                "errors",
                .rows(
                    grammar.sortedErrors.map { error in
                        .record([
                            ("number", .number(error.number)), ("name", .text(error.name)),
                            ("about", .text(error.about)),
                        ])
                    })
            ),
            ("types", TypeTables(writer: writer).emit()),
            ("commands", CommandTables(writer: writer).emit()),
            ("payloads", PayloadTables(writer: writer).emit()),
            ("sessions", SessionTables(writer: writer).emit()),
        ])
    }

    private static func ranges(_ set: VersionSet, in grammar: Grammar) -> String {
        set.ranges(among: grammar.allVersions).map { "\($0.lowerBound)-\($0.upperBound)" }.joined(separator: ",")
    }
}

/// The part of the dissector that is the same for every grammar: Lua, in files of Swift, because resources would cost
/// the builds of everybody who uses the generator several seconds.
enum Interpreter {
    /// The files in the order in which they need each other.
    static func sources(for grammar: Grammar) -> [String] {
        [
            model, values, words, forms, framing, particulars(of: grammar), session, connections, skimming, fields,
            blobs, tree,
            findings, headers, markup, binary, documents, payloads, commands, dissector,
        ]
    }
}
