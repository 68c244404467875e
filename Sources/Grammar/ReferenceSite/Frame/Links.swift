import ProtocolGrammar
import YAMLTree

/// Links to the pages of a site, as seen from one of them.
struct Links {
    let site: Site
    /// The path of the page that the links stand on.
    let page: String

    var grammar: Grammar { site.grammar }

    func href(_ path: String, anchor: String? = nil) -> Attribute {
        .href(PagePath.relative(path, from: page, anchor: anchor))
    }

    /// A link to a page, or to a place on it.
    func link(_ text: String, to path: String, anchor: String? = nil, _ attributes: Attribute...) -> HTML {
        .element("a", [href(path, anchor: anchor)] + attributes, HTML(text))
    }

    /// The same with a word of the protocol as its text.
    func code(_ text: String, to path: String, anchor: String? = nil) -> HTML {
        .element("a", [href(path, anchor: anchor)], .element("code", [], HTML(text)))
    }

    private func plain(_ text: String) -> HTML { .element("code", [], HTML(text)) }

    func command(_ name: String) -> HTML {
        guard let command = grammar.command(named: name) else { return plain(name) }
        return code(name, to: PagePath.command(command))
    }

    /// A link to `USR` or `USR.challenge`.
    func form(_ name: String) -> HTML {
        guard let place = place(ofForm: name) else { return command(name) }
        return code(name, to: place.path, anchor: place.anchor)
    }

    /// The page and the anchor of a form; nil if `name` names no form.
    func place(ofForm name: String) -> (path: String, anchor: String)? {
        let (first, second) = grammar.commandAndForm(name)
        guard second != nil, let command = grammar.command(named: first),
            let form = grammar.forms(named: name).first
        else { return nil }
        return (PagePath.command(command), anchor(of: form))
    }

    /// The anchor of a form on the page of its command.
    func anchor(of form: Form) -> String {
        "\(grammar.command(named: form.command)?.plainName ?? form.command).\(form.name)"
    }

    /// The page and the anchor of a parameter of a form.
    func place(of parameter: String, in form: Form) -> (path: String, anchor: String)? {
        grammar.command(named: form.command).map { (PagePath.command($0), "\(anchor(of: form)).\(parameter)") }
    }

    func type(_ name: String) -> HTML {
        grammar.type(named: name).map { code(name, to: PagePath.type($0)) } ?? plain(name)
    }

    func error(_ error: ErrorCode) -> HTML { link("\(error.number) \(error.name)", to: PagePath.error(error)) }

    func version(_ version: Version) -> HTML { link(version.name, to: PagePath.version(version)) }

    func payload(_ payload: PayloadType) -> HTML { code(payload.name, to: PagePath.payload(payload)) }

    func payload(named name: String) -> HTML {
        grammar.payloads.first { $0.name == name }.map { payload($0) } ?? plain(name)
    }

    func algorithm(_ name: String) -> HTML {
        grammar.algorithms[name].map { code(name, to: PagePath.algorithm($0)) } ?? plain(name)
    }

    func program(_ name: String) -> HTML {
        grammar.programs[name].map { link($0.title, to: PagePath.program($0)) } ?? HTML(name)
    }

    func session(_ name: String) -> HTML {
        grammar.sessions.first { $0.name == name }.map { code(name, to: PagePath.session($0)) } ?? plain(name)
    }

    func service(_ name: String) -> HTML {
        guard grammar.services.contains(where: { $0.name == name }) else { return plain(name) }
        return link(name, to: PagePath.services, anchor: Self.anchor(ofService: name))
    }

    func httpService(_ name: String) -> HTML {
        guard grammar.httpServices[name] != nil else { return plain(name) }
        return link(name, to: PagePath.services, anchor: Self.anchor(ofHTTPService: name))
    }

    // Names of a grammar stand behind a word in anchors, so that none is an anchor that every page has.
    static func anchor(ofService name: String) -> String { "service-\(name)" }
    static func anchor(ofHTTPService name: String) -> String { "http-\(name)" }
    static func anchor(ofSource name: String) -> String { "source-\(name)" }

    /// A link to a source, if the grammar describes it.
    func source(_ name: String) -> HTML {
        grammar.sources[name] == nil
            ? HTML(name) : link(name, to: PagePath.sources, anchor: Self.anchor(ofSource: name))
    }

    /// A link to a conversation; a short one has the versions alone.
    func conversation(_ page: ConversationIndex.Page, short isShort: Bool = false) -> HTML {
        let title = isShort ? grammar.describe(page.versions) : page.conversation.title
        return link(title, to: PagePath.conversation(page, grammar))
    }

    /// What a rule of a session names: a form, `error` or `error.NUMBER`.
    func ruleCommand(_ name: String) -> HTML {
        if name == "error" { return link("any error", to: PagePath.errors) }
        if name.hasPrefix("error."), let code = grammar.errors.first(where: { "error.\($0.number)" == name }) {
            return error(code)
        }
        return form(name)
    }

    /// A link to the line of the grammar that states a fact; nothing for a place in no file.
    ///
    /// - Parameter isShort: whether the line alone is shown, where the file is clear.
    func line(_ location: SourceLocation, short isShort: Bool = false) -> HTML {
        guard let place = site.files.page(of: location) else { return HTML() }
        let name = location.file.split(separator: "/").last.map(String.init) ?? location.file
        return .element(
            "a",
            [
                .class("src"), href(place.path, anchor: place.anchor),
                .label("\(name), line \(location.line): the grammar's own words"),
            ], HTML(isShort ? "line \(location.line)" : "\(name):\(location.line)"))
    }
}
