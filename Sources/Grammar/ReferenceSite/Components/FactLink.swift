import GrammarReport
import ProtocolGrammar

extension Links {
    /// The name of a fact that differs, with a link to the page that has it.
    func subject(of change: GrammarDifference.Change) -> HTML {
        switch change.kind {
        case .command: command(change.name)
        case .form: form(change.name)
        case .parameter: parameter(change.name)
        case .answer, .deviation: owner(of: change.name)
        case .type: type(change.name)
        case .value, .bits: value(change.name)
        case .error: site.grammar.errors.first { "\($0.number)" == change.name }.map(error) ?? HTML(change.name)
        case .payload, .block, .field, .number, .element, .attribute, .child: payloadPart(change.name)
        case .session, .state, .rule: sessionPart(change.name)
        case .httpService: httpService(change.name)
        case .algorithm: algorithm(change.name)
        case .question: link(change.name, to: PagePath.questions, anchor: Questions.anchor(ofQuestion: change.name))
        case .version, .service, .limit, .fact, .behaviour, .client, .program: HTML(change.name)
        }
    }

    /// What something is that only one side has, in the words of its own page; nil if it has no such words.
    func meaning(of change: GrammarDifference.Change) -> HTML? {
        let grammar = site.grammar
        switch change.kind {
        case .parameter:
            guard let found = formAndParameter(change.name), let value = found.value else { return nil }
            let type = value.main.typeName.map { self.type($0) + HTML(" ") } ?? HTML()
            return type + HTML(FormProse.meaning(of: value.main, grammar: grammar))
        case .error: return grammar.errors.first { "\($0.number)" == change.name }.map { HTML($0.about) }
        case .payload: return grammar.payloads.first { $0.name == change.name }.map { HTML($0.about) }
        case .algorithm: return grammar.algorithms[change.name].map { HTML($0.about) }
        case .httpService: return grammar.httpServices[change.name].map { HTML($0.about) }
        case .deviation: return HTML(String(change.text.prefix { $0 != ";" }))
        default: return nil
        }
    }

    /// `USR.challenge.nonce`: the parameter of a form.
    private func parameter(_ name: String) -> HTML {
        guard let found = formAndParameter(name) else { return HTML(name) }
        guard found.value != nil, let place = place(of: found.rest, in: found.form) else {
            return form(found.form.fullName) + HTML(" \(found.rest)")
        }
        return code(name, to: place.path, anchor: place.anchor)
    }

    /// The form that the name begins with, what is left of it, and the parameter that is called so; none for a literal.
    private func formAndParameter(_ name: String) -> (form: Form, rest: String, value: FormValue?)? {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        for count in (1..<max(2, parts.count)).reversed() {
            let owner = parts[..<count].joined(separator: ".")
            guard place(ofForm: owner) != nil, let form = site.grammar.forms(named: owner).first else { continue }
            let rest = parts[count...].joined(separator: ".")
            return (form, rest, form.values.first { $0.name == rest })
        }
        return nil
    }

    /// `USR.initial to USR.challenge`: a form, payload or type, and what is said of it.
    private func owner(of name: String) -> HTML {
        let first = String(name.prefix { $0 != " " })
        let rest = HTML(String(name.dropFirst(first.count)))
        if !site.grammar.forms(named: first).isEmpty { return form(first) + rest }
        if site.grammar.type(named: first) != nil { return type(first) + rest }
        return payload(named: first) + rest
    }

    private func value(_ name: String) -> HTML {
        let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
        guard parts.count == 2, let type = site.grammar.type(named: parts[0]) else { return HTML(name) }
        return code(name, to: PagePath.type(type), anchor: TypePage.anchor(ofValue: parts[1]))
    }

    private func payloadPart(_ name: String) -> HTML {
        let owner = String(name.prefix { $0 != "." })
        return payload(named: owner) + HTML(String(name.dropFirst(owner.count)))
    }

    private func sessionPart(_ name: String) -> HTML {
        let owner = String(name.prefix { $0 != "." })
        return session(owner) + HTML(String(name.dropFirst(owner.count)))
    }
}

extension GrammarDifference.Change {
    /// What the side that has it says of it.
    fileprivate var text: String { new ?? old ?? "" }
}
