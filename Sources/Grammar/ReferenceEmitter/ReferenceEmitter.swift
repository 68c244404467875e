import GrammarReport
import ProtocolGrammar

/// A page of the reference: a path such as `commands/USR.md`, and its Markdown.
public struct ReferenceFile: Sendable, Equatable {
    /// The path below the folder of the reference, with `/` between its parts.
    public var name: String
    /// The whole page.
    public var text: String
}

/// Writes a checked grammar as pages of Markdown for people.
public enum ReferenceEmitter {
    /// All pages, in a stable order: the index, the shared tables, then one page per command, version, payload,
    /// algorithm, conversation and program.
    ///
    /// - Parameter dissector: the name of a dissector for Wireshark that the caller puts beside the index.
    public static func emit(_ grammar: Grammar, dissector: String? = nil) -> [ReferenceFile] {
        let history = VersionHistory(grammar)
        let conversations = ConversationIndex(grammar)
        var files = [
            ReferenceFile(
                name: PageNames.index,
                text: IndexPage(grammar: grammar, conversations: conversations, dissector: dissector).emit()),
            ReferenceFile(name: PageNames.types, text: TypePage(grammar: grammar).emit()),
            ReferenceFile(name: PageNames.payloads, text: PayloadIndexPage(grammar: grammar).emit()),
        ]
        if grammar.versions.count > 1 {
            files.append(
                ReferenceFile(name: PageNames.matrix, text: MatrixPage(grammar: grammar, history: history).emit()))
        }
        if grammar.hasErrors {
            files.append(ReferenceFile(name: PageNames.errors, text: ErrorPage(grammar: grammar).emit()))
        }
        if !grammar.sessions.isEmpty {
            files.append(ReferenceFile(name: PageNames.states, text: StatePage(grammar: grammar).emit()))
        }
        if !grammar.sources.isEmpty {
            files.append(ReferenceFile(name: PageNames.sources, text: SourcePage(grammar: grammar).emit()))
        }
        for command in grammar.sortedCommands {
            let page = CommandPage(
                command: command, grammar: grammar, history: history, conversations: conversations)
            files.append(ReferenceFile(name: PageNames.commandPath(command), text: page.emit()))
        }
        for version in grammar.hasOnlyVersion ? [] : grammar.sortedVersions {
            let page = VersionPage(
                version: version, grammar: grammar, history: history, conversations: conversations)
            files.append(ReferenceFile(name: PageNames.versionPath(version), text: page.emit()))
        }
        for payload in grammar.sortedPayloads {
            let page = PayloadPage(payload: payload, grammar: grammar)
            files.append(ReferenceFile(name: PageNames.payloadPath(payload), text: page.emit()))
        }
        if !grammar.algorithms.isEmpty {
            files.append(ReferenceFile(name: PageNames.algorithms, text: AlgorithmIndexPage(grammar: grammar).emit()))
        }
        for algorithm in grammar.sortedAlgorithms {
            let page = AlgorithmPage(algorithm: algorithm, grammar: grammar)
            files.append(ReferenceFile(name: PageNames.algorithmPath(algorithm.name), text: page.emit()))
        }
        for page in conversations.pages {
            let text = ConversationPage(page: page, grammar: grammar, index: conversations).emit()
            files.append(ReferenceFile(name: PageNames.conversationPath(page, grammar), text: text))
        }
        for program in grammar.programs {
            let page = ProgramPage(program: program, grammar: grammar)
            files.append(ReferenceFile(name: PageNames.programPath(program.name), text: page.emit()))
        }
        return files
    }
}

/// What each version changed, compared with the previous one of which more than the name is known.
struct VersionHistory {
    private var differences: [Int: VersionDifference] = [:]

    init(_ grammar: Grammar) {
        for version in grammar.versions where version.status != .named {
            differences[version.number] = grammar.predecessor(of: version).map {
                VersionDifference(from: $0, to: version, in: grammar)
            }
        }
    }

    /// The difference from the version that it carries on; nil for the first one and for those known by name only.
    func difference(of version: Int) -> VersionDifference? { differences[version] }
}
