import ProtocolGrammar
import YAMLTree

/// A file of the site: a path such as `commands/USR.html`, and its text.
public struct SiteFile: Sendable, Equatable {
    /// The path below the folder of the site, with `/` between its parts.
    public var name: String
    /// The whole file.
    public var text: String
}

/// How lines of examples are written in a programming language.
public struct ExampleCode: Sendable {
    /// What the language is called.
    public var language: String
    /// The code for a line with its payload in a version; nil where there is none.
    public var text: @Sendable (_ line: MatchedLine, _ payload: [UInt8]?, _ version: Int) -> String?

    public init(
        language: String,
        text: @escaping @Sendable (_ line: MatchedLine, _ payload: [UInt8]?, _ version: Int) -> String?
    ) {
        self.language = language
        self.text = text
    }
}

/// Writes a checked grammar as a web site for people: plain pages that need no server and nothing from elsewhere.
public enum ReferenceSite {
    /// All files, in a stable order.
    ///
    /// - Parameters:
    ///   - files: the files of the grammar, which get pages of their own.
    ///   - dissector: the name of a dissector for Wireshark that the caller puts beside the start page.
    ///   - code: code in a programming language for a line that was read in a version, to be copied.
    public static func emit(
        _ grammar: Grammar, files: [SourceFile], dissector: String? = nil, code: ExampleCode? = nil
    ) -> [SiteFile] {
        let site = Site(grammar, files: files, dissector: dissector, code: code)
        let frame = PageFrame(site: site)
        let pages = site.pages
        return frame.documents(of: pages) + site.vectorFiles
            + [
                SiteFile(name: "search-index.js", text: SearchIndex(pages.flatMap(\.entries)).script),
                SiteFile(name: "style.css", text: Self.text(PackageResources.style_css)),
                SiteFile(name: "site.js", text: script),
            ] + PageScripts.files(of: site)
    }

    /// The script of all pages: its parts in the order in which they need each other, `base` first.
    private static var script: String {
        [
            PackageResources.base_js, PackageResources.theme_js, PackageResources.versions_js,
            PackageResources.words_js, PackageResources.copy_js, PackageResources.folds_js, PackageResources.search_js,
        ]
        .map(text).joined(separator: "\n")
    }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}

extension Site {
    /// All pages, in the order of the manual.
    var pages: [Page] {
        var pages = [StartPage(site: self).page, PastePage(site: self).page]
        pages += grammar.sortedCommands.map { CommandPage(command: $0, site: self).page }
        if !conversations.pages.isEmpty { pages.append(ConversationListPage(site: self).page) }
        pages += conversations.pages.map { ConversationPage(told: $0, site: self).page }
        pages += grammar.sortedSessions.map { StatePage(session: $0, site: self).page }
        if !grammar.algorithms.isEmpty { pages.append(AlgorithmListPage(site: self).page) }
        pages += grammar.sortedAlgorithms.map { AlgorithmPage(algorithm: $0, site: self).page }
        if !grammar.questions.isEmpty { pages.append(QuestionsPage(site: self).page) }
        pages.append(ServicesPage(site: self).page)
        if !grammar.programs.isEmpty { pages.append(ProgramListPage(site: self).page) }
        pages += grammar.programs.map { ProgramPage(program: $0, site: self).page }
        if !grammar.sources.isEmpty { pages.append(SourcesPage(site: self).page) }
        if grammar.hasErrors { pages.append(ErrorIndexPage(site: self).page) }
        pages += grammar.sortedErrors.map { ErrorPage(code: $0, site: self).page }
        if grammar.versions.count > 1 {
            pages.append(MatrixPage(site: self).page)
            pages += grammar.sortedVersions.map { VersionPage(version: $0, site: self).page }
        }
        if !grammar.payloads.isEmpty { pages.append(PayloadIndexPage(site: self).page) }
        pages += grammar.sortedPayloads.map { PayloadPage(payload: $0, site: self).page }
        if !grammar.types.isEmpty { pages.append(TypeIndexPage(site: self).page) }
        pages += grammar.sortedTypes.map { TypePage(type: $0, site: self).page }
        pages += FieldPages(site: self).pages
        if !files.all.isEmpty { pages.append(FileIndexPage(site: self).page) }
        pages += files.all.map { FilePage(name: $0.name, file: $0.file, site: self).page }
        pages.append(NotationPage(site: self).page)
        return pages
    }

    /// The known answers of algorithms, for programs.
    fileprivate var vectorFiles: [SiteFile] {
        grammar.sortedAlgorithms.filter { !$0.vectors.isEmpty }.map { algorithm in
            let links = Links(site: self, page: PagePath.algorithm(algorithm))
            return SiteFile(
                name: AlgorithmVectors.path(of: algorithm),
                text: AlgorithmVectors(algorithm: algorithm, links: links).json)
        }
    }
}
