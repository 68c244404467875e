import GrammarReport
import ProtocolGrammar
import YAMLTree

/// What all pages are made from.
struct Site: Sendable {
    let grammar: Grammar
    /// What each version changed.
    let history: VersionHistory
    let conversations: ConversationIndex
    /// What the sources say differently, or do not say.
    let questions: QuestionIndex
    /// In which versions types occur.
    let typeUses: TypeUses
    let matcher: LineMatcher
    /// The files of the grammar, by their paths below its folder.
    let files: GrammarFiles
    /// The name of a dissector for Wireshark that stands beside the start page.
    let dissector: String?
    /// How lines of examples are written in a programming language.
    let code: ExampleCode?

    init(_ grammar: Grammar, files: [SourceFile], dissector: String?, code: ExampleCode? = nil) {
        self.grammar = grammar
        history = VersionHistory(grammar)
        conversations = ConversationIndex(grammar)
        questions = QuestionIndex(grammar)
        typeUses = TypeUses(grammar)
        matcher = LineMatcher(grammar)
        self.files = GrammarFiles(files, of: grammar)
        self.dissector = dissector
        self.code = code
    }

    /// What pages call the site.
    var title: String { "\(grammar.name) reference" }
}

/// What each version changed, compared with the one that it carries on.
struct VersionHistory: Sendable {
    private var differences: [Int: VersionDifference] = [:]
    private var changes: [Int: [GrammarDifference.Change]] = [:]

    init(_ grammar: Grammar) {
        let known = grammar.versions.filter { $0.status != .named }
        let facts = Dictionary(known.map { ($0.number, GrammarFacts(of: grammar, in: $0)) }) { first, _ in first }
        for version in known {
            guard let older = grammar.predecessor(of: version) else { continue }
            differences[version.number] = VersionDifference(from: older, to: version, in: grammar)
            guard let before = facts[older.number], let after = facts[version.number] else { continue }
            changes[version.number] =
                GrammarDifference(from: before, named: older.name, to: after, named: version.name).changesOfParts
        }
    }

    /// The difference from the version that it carries on; nil for the first one and for those known by name only.
    func difference(of version: Int) -> VersionDifference? { differences[version] }

    /// Every fact that differs from the version that it carries on, without parts of what is new or gone as a whole.
    func changes(of version: Int) -> [GrammarDifference.Change] { changes[version] ?? [] }
}

/// The files of a grammar, each with a page of its own, so that a fact can be followed to the line that states it.
struct GrammarFiles: Sendable {
    /// The files by their paths below the folder of the grammar, in order.
    let all: [(name: String, file: SourceFile)]
    private let names: Set<String>
    /// What stands in front of these paths in locations.
    private let prefix: String

    init(_ files: [SourceFile], of grammar: Grammar) {
        let root = grammar.nameLocation.file
        let prefix = root.lastIndex(of: "/").map { String(root[...$0]) } ?? ""
        self.prefix = prefix
        all = files.filter { $0.path.hasPrefix(prefix) }
            .map { (String($0.path.dropFirst(prefix.count)), $0) }
            .sorted { $0.0 < $1.0 }
        names = Set(all.map(\.name))
    }

    /// The page and the anchor of a place in the grammar; nil for a place in no file of it.
    func page(of location: SourceLocation) -> (path: String, anchor: String)? {
        guard location.file.hasPrefix(prefix) else { return nil }
        let name = String(location.file.dropFirst(prefix.count))
        guard names.contains(name) else { return nil }
        return (PagePath.file(name), "L\(location.line)")
    }
}
