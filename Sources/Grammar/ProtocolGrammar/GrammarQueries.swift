extension Grammar {
    public var sortedCommands: [Command] { commands.sorted { $0.name < $1.name } }

    public var sortedVersions: [Version] { versions.sorted { $0.number < $1.number } }

    public var sortedTypes: [ValueType] { types.sorted { $0.name < $1.name } }

    public var sortedPayloads: [PayloadType] { payloads.sorted { $0.name < $1.name } }

    public var sortedAlgorithms: [Algorithm] { algorithms.sorted { $0.name < $1.name } }

    public var sortedErrors: [ErrorCode] { errors.sorted { $0.number < $1.number } }

    public var sortedSessions: [Session] { sessions.sorted { $0.name < $1.name } }

    /// The version with a name, ignoring case, or a number.
    public func version(named text: String) -> Version? {
        versions.first { $0.name.uppercased() == text.uppercased() || String($0.number) == text }
    }

    /// The version that a version carries on: its base or, without one, the previous one that is more than a name.
    public func predecessor(of version: Version) -> Version? {
        version.base.flatMap { self.version(number: $0) }
            ?? sortedVersions.last { $0.number < version.number && $0.status != .named }
    }

    /// The numbers of a version and of all that it carries on: its base and what that carries on or, without one, all
    /// earlier versions.
    public func lineage(of version: Version) -> Set<Int> {
        let chain = Array(sequence(first: version) { next in next.base.flatMap { self.version(number: $0) } })
        let oldest = chain.last?.number ?? version.number
        return Set(chain.map(\.number) + versions.map(\.number).filter { $0 < oldest })
    }

    /// The first official client that offers a version.
    public func firstClient(of version: Version) -> OfficialClient? {
        clients.first { $0.versions.contains(version.number) }
    }

    /// The forms that `USR` or `USR.challenge` names.
    public func forms(named name: String, from sender: Sender? = nil) -> [Form] {
        let (first, second) = commandAndForm(name)
        guard let command = command(named: first) else { return [] }
        return command.forms.filter { form in
            (second == nil || form.name == second) && (sender == nil || form.sender == sender)
        }
    }

    /// The two names in `USR.challenge`; the second one is nil in `USR`. The word of a command may have a point itself.
    public func commandAndForm(_ name: String) -> (command: String, form: String?) {
        guard commands[name] == nil, let point = name.lastIndex(of: ".") else { return (name, nil) }
        return (String(name[..<point]), String(name[name.index(after: point)...]))
    }

    /// Whether any line has a transaction ID.
    public var hasTransactions: Bool {
        hasErrors
            || commands.contains { command in command.forms.contains { $0.transaction != .absent } }
    }

    /// The forms of the other side that name this one as an answer in one of its versions.
    public func questions(answeredBy form: Form) -> [Form] {
        sortedCommands.flatMap(\.forms).filter { question in
            question.sender != form.sender && !question.versions.intersection(form.versions).isEmpty
                && question.answers.contains { form.isNamed($0.name) }
        }
    }

    /// The codes of an error name that exist in some of the versions.
    public func errors(named name: String, in versions: VersionSet) -> [ErrorCode] {
        sortedErrors.filter { $0.name == name && !$0.versions.intersection(versions).isEmpty }
    }

    /// The kinds of content that a form can carry.
    public func payloads(of form: Form) -> [PayloadType] {
        sortedPayloads.filter { payload in
            payload.commands.contains { form.isNamed($0.name) }
                && !payload.versions.intersection(form.versions).isEmpty
        }
    }

    /// The payloads that may be inside of a payload, each with what must hold there.
    public func payloads(inside bearer: PayloadType) -> [(payload: PayloadType, place: PayloadType.Bearer)] {
        sortedPayloads.flatMap { payload in
            payload.bearers.filter { $0.payload.name == bearer.name }.map { (payload, $0) }
        }
    }

    /// Whether a command exists in a version, even if only its name is known.
    public func has(_ command: Command, in version: Int) -> Bool {
        guard command.versions.contains(version) else { return false }
        return command.isNamedOnly || command.forms.contains { $0.versions.contains(version) }
    }

    /// Whether values of a parameter must not be printed, because they or parts of them are sensitive.
    public func isSensitive(_ parameter: Parameter) -> Bool {
        parameter.isSensitive || isSensitive(typeNamed: parameter.typeName)
    }

    func isSensitive(typeNamed name: String?) -> Bool {
        guard let type = name.flatMap(type) else { return false }
        if case .composite(let parts) = type.kind,
            parts.contains(where: { $0.type != name && isSensitive(typeNamed: $0.type) })
        {
            return true
        }
        return type.isSensitive
    }

    /// Versions in words, or `all` if none of the whole is missing.
    public func describe(_ set: VersionSet, within whole: VersionSet) -> String {
        whole.isSubset(of: set) ? "all" : describe(set.intersection(whole))
    }
}

extension Form {
    /// The command and the name, such as `USR.challenge`.
    public var fullName: String { "\(command).\(name)" }

    /// Whether `USR` or `USR.challenge` names this form.
    public func isNamed(_ name: String) -> Bool { name == fullName || name == command }
}
