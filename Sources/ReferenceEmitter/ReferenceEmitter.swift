import ProtocolDescription
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
    /// All pages, in a stable order: the index, the shared tables, then a page a command, a version and a payload.
    public static func emit(_ grammar: Grammar) -> [ReferenceFile] {
        let history = VersionHistory(grammar)
        var files = [
            ReferenceFile(name: PageNames.index, text: IndexPage(grammar: grammar).emit()),
            ReferenceFile(name: PageNames.matrix, text: MatrixPage(grammar: grammar, history: history).emit()),
            ReferenceFile(name: PageNames.errors, text: ErrorPage(grammar: grammar).emit()),
            ReferenceFile(name: PageNames.types, text: TypePage(grammar: grammar).emit()),
            ReferenceFile(name: PageNames.payloads, text: PayloadIndexPage(grammar: grammar).emit()),
            ReferenceFile(name: PageNames.states, text: StatePage(grammar: grammar).emit()),
        ]
        if !grammar.sources.isEmpty {
            files.append(ReferenceFile(name: PageNames.sources, text: SourcePage(grammar: grammar).emit()))
        }
        for command in grammar.sortedCommands {
            let page = CommandPage(command: command, grammar: grammar, history: history)
            files.append(ReferenceFile(name: PageNames.commandPath(command.name), text: page.emit()))
        }
        for version in grammar.sortedVersions {
            let page = VersionPage(version: version, grammar: grammar, history: history)
            files.append(ReferenceFile(name: PageNames.versionPath(version), text: page.emit()))
        }
        for payload in grammar.sortedPayloads {
            let page = PayloadPage(payload: payload, grammar: grammar)
            files.append(ReferenceFile(name: PageNames.payloadPath(payload), text: page.emit()))
        }
        return files
    }
}

/// What each version changed against the one before it of which more than the name is known.
struct VersionHistory {
    private var differences: [Int: VersionDifference] = [:]

    init(_ grammar: Grammar) {
        let description = DescriptionEmitter.describe(grammar)
        let known = description.versions.filter { $0.status != Version.Status.named.rawValue }
        for (older, newer) in zip(known, known.dropFirst()) {
            differences[newer.number] = VersionDifference(from: older, to: newer, in: description)
        }
    }

    /// The difference to the version before; nil for the first one and for those known by name only.
    func difference(of version: Int) -> VersionDifference? { differences[version] }
}

extension Grammar {
    var sortedCommands: [Command] { commands.sorted { $0.name < $1.name } }

    var sortedVersions: [Version] { versions.sorted { $0.number < $1.number } }

    var sortedPayloads: [PayloadType] { payloads.sorted { $0.name < $1.name } }

    var sortedErrors: [ErrorCode] { errors.sorted { $0.number < $1.number } }

    var sortedSessions: [Session] { sessions.sorted { $0.name < $1.name } }

    /// The forms that `USR` or `USR.challenge` names.
    func forms(named name: String, from sender: Sender? = nil) -> [Form] {
        let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
        guard let first = parts.first, let command = command(named: first) else { return [] }
        return command.forms.filter { form in
            (parts.count == 1 || form.name == parts[1]) && (sender == nil || form.sender == sender)
        }
    }

    /// The codes of an error name that exist in some of the versions.
    func errors(named name: String, in versions: VersionSet) -> [ErrorCode] {
        sortedErrors.filter { $0.name == name && !$0.versions.intersection(versions).isEmpty }
    }

    /// The kinds of content that a form bears.
    func payloads(of form: Form) -> [PayloadType] {
        sortedPayloads.filter { payload in
            payload.commands.contains { $0.name == form.fullName || $0.name == form.command }
                && !payload.versions.intersection(form.versions).isEmpty
        }
    }

    /// Whether a command exists in a version, be it by name only.
    func has(_ command: Command, in version: Int) -> Bool {
        guard command.versions.contains(version) else { return false }
        return command.isNamedOnly || command.forms.contains { $0.versions.contains(version) }
    }

    /// Versions in words, or `all` if none of the whole is missing.
    func describe(_ set: VersionSet, within whole: VersionSet) -> String {
        whole.isSubset(of: set) ? "all" : describe(set.intersection(whole))
    }
}

extension Form {
    /// The command and the name, as references in the grammar spell it.
    var fullName: String { "\(command).\(name)" }
}
