import GrammarReport
import ProtocolGrammar

/// A line of the wire, each word with its parameter beneath, and its payload.
struct WireLine {
    var sender: Sender
    var text: String
    var payload: [UInt8]?
    /// How the line is read; nil for a line that is shown as it is.
    var reading: MatchedLine?
    /// The version that it is read in.
    var version: Int
    /// What its payload is; nil for any content.
    var payloadName: String?
    /// The error that the line is; nil for a command.
    var error: ErrorCode?

    /// The line as the matcher reads it in the first of the versions that it is right in.
    init(_ line: Example.Line, in example: Example, site: Site) {
        let payload = line.payload.map { Array($0.utf8) }
        self.init(
            sender: line.sender, text: line.text, payload: payload, service: example.service,
            versions: example.versions, site: site, form: line.form)
    }

    /// - Parameter form: the form that it must have; nil for any.
    init(
        sender: Sender, text: String, payload: [UInt8]?, service: String, versions: VersionSet, site: Site,
        form: String? = nil
    ) {
        self.sender = sender
        self.text = text
        self.payload = payload
        version = versions.first ?? 0
        for number in versions.numbers {
            let found = try? site.matcher.match(
                Array(text.utf8), payloadCount: payload?.count, sender: sender, service: service, version: number,
                isStrict: false)
            guard let found, form == nil || found.form.name == form else { continue }
            (reading, version) = (found, number)
            return
        }
        if sender == .server, let number = Int(text.prefix { $0 != " " }) {
            error = site.grammar.sortedErrors.first {
                $0.number == number && !$0.versions.intersection(versions).isEmpty
            }
        }
    }

    func html(_ links: Links) -> HTML {
        let sent = text + "\r\n"
        var attributes: [Attribute] = [
            .class("wl \(sender.rawValue)"), Attribute("data-raw", EscapedText.of(Array(sent.utf8) + (payload ?? []))),
        ]
        if let reading {
            attributes += [
                Attribute("data-form", reading.form.fullName), Attribute("data-version", "\(version)"),
            ]
            if let code = links.site.code, let text = code.text(reading, payload, version) {
                attributes += [Attribute("data-code", text), Attribute("data-language", code.language)]
            }
        }
        return tag("div", attributes) {
            tag("span", .class("who")) { tag("span", .class("sr")) { "\(sender.rawValue): " } }
            tag("div", .class("words")) {
                for (index, word) in words(links.site.grammar).enumerated() { self.word(word, index, links) }
            }
            if let payload, !payload.isEmpty { PayloadText.html(payload) }
        }
    }

    /// The words of the line; the last one is all that is left if it is the rest.
    private func words(_ grammar: Grammar) -> [String] {
        let keepsEmpty = reading.flatMap { grammar.command(named: $0.form.command) }?.keepsEmptyWords == true
        var words = text.split(separator: " ", omittingEmptySubsequences: !keepsEmpty).map(String.init)
        if let count = reading?.roles.count, words.count > count, count > 0 {
            words = Array(words[..<(count - 1)]) + [words[(count - 1)...].joined(separator: " ")]
        }
        return words
    }

    private func word(_ text: String, _ index: Int, _ links: Links) -> HTML {
        let grammar = links.site.grammar
        let shown = tag("span", .class("t")) { EscapedText.of(text.utf8) }
        let role = reading.flatMap { $0.roles.indices.contains(index) ? $0.roles[index] : nil }
        if let error { return word(shown, index, of: error, links) }
        switch role {
        case nil: return tag("span", .class(index == 0 ? "w cmd" : "w")) { shown }
        case .command: return tag("span", .class("w cmd")) { shown }
        case .literal: return tag("span", .class("w lit")) { shown }
        case .transaction:
            return gloss(shown, "TrID", "transaction ID", "The answer repeats that of its request.", nil)
        case .length:
            return gloss(shown, "length", "number", "The number of bytes of the payload.", nil)
        case .parameter(let name):
            guard let reading, let parameter = reading.form.parameters(in: version).first(where: { $0.name == name })
            else { return tag("span", .class("w")) { shown } }
            return gloss(
                shown, name, parameter.typeName ?? "", about(text, parameter, grammar),
                links.place(of: name, in: reading.form).map { links.href($0.path, anchor: $0.anchor) })
        }
    }

    /// A word of an error: its number, then the transaction ID of the refused request.
    private func word(_ shown: HTML, _ index: Int, of error: ErrorCode, _ links: Links) -> HTML {
        switch index {
        case 0:
            let target = links.href(PagePath.error(error))
            return gloss(shown, error.name, "error", error.about, target, class: "w cmd")
        case 1: return gloss(shown, "TrID", "transaction ID", "That of the request that is refused.", nil)
        default: return tag("span", .class("w")) { shown }
        }
    }

    /// What the word means, then what the parameter means.
    private func about(_ text: String, _ parameter: Parameter, _ grammar: Grammar) -> String {
        let type = parameter.typeName.flatMap(grammar.type)
        let prose = ValueProse(grammar: grammar, version: version)
        let word = text.hasPrefix(parameter.prefix) ? String(text.dropFirst(parameter.prefix.count)) : text
        var items = [word]
        if case .separated(let separator) = parameter.repetition, let character = separator.first {
            items = word.split(separator: character, omittingEmptySubsequences: false).map(String.init)
        }
        let meanings = items.flatMap { [prose.meaning(of: $0, as: type)] + prose.parts(of: $0, as: type) }
            .filter { !$0.isEmpty }
        let sentences = [
            meanings.isEmpty ? "" : meanings.joined(separator: "; ") + ".",
            FormProse.meaning(of: parameter, grammar: grammar),
        ]
        return sentences.filter { !$0.isEmpty }.joined(separator: " ")
    }

    private func gloss(
        _ shown: HTML, _ name: String, _ type: String, _ about: String, _ href: Attribute?, class names: String = "w"
    ) -> HTML {
        let content = shown + tag("span", .class("g")) { name }
        let attributes: [Attribute] = [
            .class(names), Attribute("data-name", name), Attribute("data-type", type), Attribute("data-about", about),
        ]
        return href.map { .element("a", attributes + [$0], content) } ?? .element("span", attributes, content)
    }
}

/// Several lines in one figure, with the links to copy them.
struct WireFigure {
    var title: String
    var lines: [WireLine]

    func html(_ links: Links) -> HTML {
        tag("figure", .class("wire"), .label(title)) {
            for line in lines { line.html(links) }
        }
    }
}
