import YAMLTree

/// Something that the sources say differently, or that none of them says.
public struct Question: Named, Sendable {
    /// One of the things that sources say.
    public struct Reading: Sendable {
        public var about: String
        /// Who says so.
        public var sources: [String]
        /// Whether the grammar follows it.
        public var isPreferred: Bool
        public var location: SourceLocation
    }

    /// Something that the question is about, as the file names it.
    public struct StatedSubject: Sendable {
        /// Nil if the name alone says what it stands for.
        public var kind: Subject.Kind?
        public var reference: Reference
    }

    public var name: String
    /// One sentence that asks.
    public var about: String
    public var stated: [StatedSubject]
    /// Where it matters; nil if that is where its subjects exist.
    public var statedVersions: VersionSet?
    public var readings: [Reading]
    /// Why the preferred reading is preferred.
    public var why: String
    public var notes: String
    public var location: SourceLocation

    /// The reading that the grammar follows; nil for an open question.
    public var preferred: Reading? { readings.first(where: \.isPreferred) }

    /// Whether the grammar follows none of the readings.
    public var isOpen: Bool { preferred == nil }
}

extension Question {
    /// A part of the grammar that a question is about.
    public struct Subject: Sendable, Hashable {
        /// What a subject is.
        public enum Kind: String, Sendable, CaseIterable {
            case command, form, parameter, type, value, error, payload, field, session, state, algorithm
            case conversation, version, behaviour, client, program
            case httpService = "http-service"

            /// What owns it, directly or not: the command of a parameter.
            public var owner: Kind {
                switch self {
                case .form, .parameter: .command
                case .value: .type
                case .field: .payload
                case .state: .session
                default: self
                }
            }

            /// The kinds that a file may state.
            static let owners = allCases.filter { $0.owner == $0 }

            /// What it is called in sentences.
            var words: String {
                switch self {
                case .httpService: "HTTP service"
                default: rawValue
                }
            }
        }

        public var kind: Kind
        /// The name with those of its owners in front of it, such as `USR.challenge.nonce`; the number of a version.
        public var name: String
        /// The name of what owns it; its own if nothing does.
        public var owner: String
    }
}

extension Grammar {
    /// Everything that a name such as `USR`, `USR.challenge.nonce` or `listFull` stands for.
    public func subjects(named name: String) -> [Question.Subject] {
        Question.Subject.Kind.allCases.compactMap { subject($0, named: name)?.subject }
    }

    /// What a question is about. The grammar must have been checked: what does not exist is left out.
    public func subjects(of question: Question) -> [Question.Subject] {
        question.stated.compactMap { subjects(of: $0).first }
    }

    /// The versions in which a question matters.
    public func versions(of question: Question) -> VersionSet {
        question.statedVersions
            ?? subjects(of: question).reduce(VersionSet()) { $0.union(versions(of: $1)) }
    }

    /// The versions that have a subject.
    func versions(of subject: Question.Subject) -> VersionSet {
        self.subject(subject.kind, named: subject.name)?.versions ?? allVersions
    }

    /// What a statement can mean.
    func subjects(of stated: Question.StatedSubject) -> [Question.Subject] {
        subjects(named: stated.reference.name).filter { stated.kind == nil || $0.kind.owner == stated.kind }
    }

    /// The subject of a kind, and the versions that have it; nil if there is none.
    private func subject(
        _ kind: Question.Subject.Kind, named name: String
    ) -> (subject: Question.Subject, versions: VersionSet)? {
        let found: (owner: String, versions: VersionSet)? =
            switch kind {
            case .command: commands[name].map { (name, $0.versions) }
            case .form: formSubject(named: name)
            case .parameter: parameterSubject(named: name)
            case .type: types[name].map { _ in (name, allVersions) }
            case .value: valueSubject(named: name)
            case .error: errors.first { $0.name == name }.map { (name, $0.versions) }
            case .payload: payloads.first { $0.name == name }.map { (name, $0.versions) }
            case .field: fieldSubject(named: name)
            case .session: sessions.first { $0.name == name }.map { _ in (name, allVersions) }
            case .state: stateSubject(named: name)
            case .algorithm: algorithms[name].map { (name, $0.versions) }
            case .conversation: conversations[name].map { (name, $0.versions) }
            case .version: versions.first { "\($0.number)" == name }.map { (name, VersionSet([$0.number])) }
            case .behaviour: behaviours[name].map { (name, $0.versions) }
            case .client: clients[name].map { (name, $0.versions) }
            case .program: programs[name].map { (name, $0.versions) }
            case .httpService: httpServices[name].map { (name, $0.versions) }
            }
        return found.map { (Question.Subject(kind: kind, name: name, owner: $0.owner), $0.versions) }
    }

    private func formSubject(named name: String) -> (String, VersionSet)? {
        let (command, form) = commandAndForm(name)
        guard form != nil else { return nil }
        return forms(named: name).first.map { (command, $0.versions) }
    }

    private func parameterSubject(named name: String) -> (String, VersionSet)? {
        guard let (owner, last) = split(name) else { return nil }
        let (command, form) = commandAndForm(owner)
        guard form != nil, let value = forms(named: owner).first?.values.first(where: { $0.name == last })
        else { return nil }
        return (command, value.versions)
    }

    private func valueSubject(named name: String) -> (String, VersionSet)? {
        guard let (owner, last) = split(name), let type = types[owner] else { return nil }
        let members: [(name: String, versions: VersionSet)] =
            switch type.kind {
            case .enumeration(let values, _): values.map { ($0.name, $0.versions) }
            case .flags(let values, let fields):
                values.map { ($0.name, $0.versions) } + fields.map { ($0.name, $0.versions) }
            case .composite(let parts): parts.map { ($0.name, $0.versions) }
            case .token, .text, .integer, .boolean, .guid, .rest: []
            }
        return members.first { $0.name == last }.map { (owner, $0.versions) }
    }

    private func fieldSubject(named name: String) -> (String, VersionSet)? {
        let owner = String(name.prefix { $0 != "." })
        guard let payload = payloads.first(where: { $0.name == owner }) else { return nil }
        if let place = place(named: name), place.payload != nil { return (owner, place.versions) }
        guard case .xml(let content) = payload.content, content.all.contains(where: { "\(owner).\($0.name)" == name })
        else { return nil }
        return (owner, payload.versions)
    }

    private func stateSubject(named name: String) -> (String, VersionSet)? {
        guard let (owner, last) = split(name), let session = sessions.first(where: { $0.name == owner }),
            session.allStates.contains(where: { $0.name == last })
        else { return nil }
        return (owner, allVersions)
    }

    /// What stands in front of the last point of a name, and what behind it.
    private func split(_ name: String) -> (owner: String, last: String)? {
        name.lastIndex(of: ".").map { (String(name[..<$0]), String(name[name.index(after: $0)...])) }
    }
}
