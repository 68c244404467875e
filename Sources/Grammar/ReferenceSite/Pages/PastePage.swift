import ProtocolGrammar

/// The page that decodes what people paste, by a script and the tables of the grammar.
struct PastePage {
    let site: Site

    private var grammar: Grammar { site.grammar }

    var page: Page {
        let summary = "Decodes a line, lines with their payloads or a hex dump, in the page itself."
        return Page(
            path: PagePath.paste, title: "Decode a line", summary: summary, header: box, sections: [],
            scripts: PageScripts.paste,
            entries: [
                SearchEntry(
                    name: "Decode a line", kind: .page, words: ["paste", "hex dump"], path: PagePath.paste, anchor: nil,
                    about: summary)
            ])
    }

    private var box: HTML {
        tag("div", .class("paste")) {
            tag("noscript") {
                tag("p", .class("note")) {
                    "Decoding runs in the page and needs JavaScript. The command line does the same: "
                    Components.code("grammar-tool explain")
                }
            }
            tag("div", .class("needs-js")) {
                tag("label", Attribute("for", "pasted")) { "What you have" }
                tag(
                    "textarea", .id("pasted"), Attribute("spellcheck", "false"), Attribute("autocapitalize", "off"),
                    Attribute("autocomplete", "off"), Attribute("rows", "5"), Attribute("aria-describedby", "summary")
                ) {}
                choices
                samples
            }
            tag("p", .id("summary"), .class("soft"), Attribute("role", "status")) {}
            tag("div", .id("result")) {}
        }
    }

    // MARK: - Choices

    private var choices: HTML {
        tag("div", .class("samples")) {
            if grammar.versions.count > 1 {
                select(
                    "Version", "paste-version", first: "any",
                    grammar.sortedVersions.map { ("\($0.number)", $0.name) })
            }
            if grammar.services.count > 1 {
                select("Service", "paste-service", first: "any", grammar.services.map { ($0.name, $0.name) })
            }
            select("Sender", "paste-sender", first: "any", Sender.allCases.map { ($0.rawValue, $0.rawValue) })
            select(
                "Read it as", "paste-kind", first: "what it looks like", value: "auto",
                [("text", "text"), ("escaped", "text with escapes"), ("dump", "a hex dump")])
        }
    }

    private func select(
        _ title: String, _ id: String, first: String, value: String = "", _ options: [(value: String, text: String)]
    ) -> HTML {
        group {
            tag("label", Attribute("for", id)) { title }
            tag("select", .class("button"), .id(id)) {
                for option in [(value: value, text: first)] + options {
                    tag("option", Attribute("value", option.value)) { option.text }
                }
            }
        }
    }

    // MARK: - Samples

    /// Lines of the examples of the grammar: one as it is, one with escapes, one as a dump, and one with a payload.
    private var samples: HTML {
        let lines = grammar.sortedCommands.flatMap { command in
            command.examples.flatMap { example in example.lines.map { (command: command, line: $0) } }
        }
        let plain = lines.filter { $0.line.payload == nil && $0.line.form != "error" }
        let flags = plain.first { hasBits($0.command, $0.line) } ?? plain.first
        let composite = plain.first { $0.line.text.contains(":") && $0.line.sender == .server } ?? plain.last
        let error = lines.first { $0.line.form == "error" } ?? plain.last
        let payload = lines.first { entry in
            (entry.line.payload?.utf8.count ?? 0) > 40
                && entry.command.forms.contains { $0.name == entry.line.form && $0.payload?.format == .mime }
        }
        let samples: [(title: String, text: String?)] = [
            ("a line", flags?.line.text),
            ("an escaped line", composite.map { Self.escaped($0.line.text + "\r\n") }),
            ("a hex dump", error.map { AlgorithmValue.bytes(Array(($0.line.text + "\r\n").utf8)).spaced }),
            ("a payload", payload.map { Self.escaped($0.line.text + "\r\n" + ($0.line.payload ?? "")) }),
        ]
        return tag("div", .class("samples")) {
            tag("span", .class("soft")) { "Try" }
            for sample in samples {
                if let text = sample.text {
                    tag("button", .class("button"), Attribute("type", "button"), Attribute("data-sample", text)) {
                        sample.title
                    }
                }
            }
        }
    }

    /// Whether a word of the line is a set of flags other than 0.
    private func hasBits(_ command: Command, _ line: Example.Line) -> Bool {
        let form = command.forms.first { $0.name == line.form && $0.sender == line.sender }
        let flags = form?.parameters.contains { parameter in
            if case .flags = parameter.typeName.flatMap(grammar.type)?.kind { true } else { false }
        }
        return flags == true && line.text.split(separator: " ").contains { $0.count > 4 && UInt32($0) != nil }
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\r", with: "\\r").replacing("\n", with: "\\n")
    }
}

extension AlgorithmValue {
    /// Hexadecimal digits in pairs.
    fileprivate var spaced: String {
        var result = ""
        for (index, digit) in description.enumerated() {
            if index > 0, index.isMultiple(of: 2) { result += " " }
            result.append(digit)
        }
        return result
    }
}
