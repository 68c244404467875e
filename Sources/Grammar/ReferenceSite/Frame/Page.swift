import ProtocolGrammar

/// A page before the frame is put around it.
struct Page {
    /// Its path below the folder of the site.
    var path: String
    var title: String
    /// Whether the title is a word of the protocol.
    var titleIsCode = false
    /// What search engines and the lede say.
    var summary: String
    /// The pages above it: titles and paths; no path for a title that is no page.
    var crumbs: [(title: String, path: String?)] = []
    /// What stands between the lede and the first section.
    var header = HTML()
    var sections: [PageSection] = []
    /// Whether its content needs the width that the list of contents would have.
    var isWide = false
    /// Scripts of the site that only this page needs, by their names.
    var scripts: [String] = []
    /// What search finds on this page, the page itself first.
    var entries: [SearchEntry] = []
}

/// A part of a page, with a heading that can be linked to.
struct PageSection {
    var id: String
    var title: String
    var content: HTML
    /// The parts of it that the list of contents names.
    var parts: [Part] = []

    struct Part {
        var id: String
        var title: String
        /// The versions that have it; nil if it stands in all.
        var versions: VersionSet?
    }
}

/// Something that search finds.
struct SearchEntry: Sendable, Hashable {
    enum Kind: String, Sendable, CaseIterable {
        case command, form, parameter, error, version, type, value, bit, payload, header, element, field
        case state, algorithm, conversation, program, service, source, question, page
    }

    /// What people look for, such as `USR.ticket` or `911`.
    var name: String
    var kind: Kind
    /// Other words that find it, such as the name of an error.
    var words: [String] = []
    var path: String
    var anchor: String?
    /// A sentence about it.
    var about: String
}
