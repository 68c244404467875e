import ProtocolGrammar

/// The difference between two versions of a protocol.
public struct VersionDifference: Sendable {
    /// What only one of two versions has.
    public struct Side: Sendable {
        /// Commands; their forms are not listed again.
        public var commands: [Command] = []
        /// Forms of commands that both versions have.
        public var forms: [Form] = []
        /// Named words and bits.
        public var values: [Value] = []
        /// Error replies.
        public var errors: [ErrorCode] = []
        /// Kinds of payload content.
        public var payloads: [PayloadType] = []

        /// Whether it is empty.
        public var isEmpty: Bool {
            commands.isEmpty && forms.isEmpty && values.isEmpty && errors.isEmpty && payloads.isEmpty
        }
    }

    /// A named word or bit, with its type.
    public struct Value: Sendable {
        /// The name of the type.
        public var type: String
        /// The word or the bit.
        public var value: NamedValue
    }

    /// A form whose lines differ between the versions.
    public struct FormChange: Sendable {
        /// The form.
        public var form: Form
        /// The line in the older version.
        public var before: String
        /// The line in the newer version.
        public var after: String
        /// Words of the newer version only, with their types; literals in quotes.
        public var newWords: [String]
        /// Words of the older version only.
        public var goneWords: [String]
    }

    /// A remark of a command about a version.
    public struct Remark: Sendable {
        /// The name of the command.
        public var command: String
        /// The remark.
        public var text: String
    }

    /// The older version.
    public var older: Version
    /// The newer version.
    public var newer: Version
    /// What only the newer version has.
    public var new = Side()
    /// What only the older version has.
    public var gone = Side()
    /// Forms that both versions have.
    public var changedForms: [FormChange] = []
    /// The remarks of commands about the newer version and those between it and the older one that it carries on.
    public var remarks: [Remark] = []

    /// Compares two versions.
    public init(from older: Version, to newer: Version, in grammar: Grammar) {
        self.older = older
        self.newer = newer
        let news =
            older.number < newer.number ? grammar.lineage(of: newer).subtracting(grammar.lineage(of: older)) : []
        for command in grammar.sortedCommands {
            switch (grammar.has(command, in: older.number), grammar.has(command, in: newer.number)) {
            case (true, true): compare(command)
            case (true, false): gone.commands.append(command)
            case (false, true): new.commands.append(command)
            case (false, false): break
            }
            let changes = command.changes.sorted { $0.version < $1.version }
            for change in changes where news.contains(change.version) {
                remarks.append(Remark(command: command.name, text: change.text))
            }
        }
        for type in grammar.sortedTypes {
            for value in type.namedValues {
                sort(Value(type: type.name, value: value), by: value.versions, into: \.values)
            }
        }
        for error in grammar.sortedErrors { sort(error, by: error.versions, into: \.errors) }
        for payload in grammar.sortedPayloads { sort(payload, by: payload.versions, into: \.payloads) }
    }

    /// Whether there is no difference.
    public var isEmpty: Bool { new.isEmpty && gone.isEmpty && changedForms.isEmpty && remarks.isEmpty }

    private mutating func sort<Item>(_ item: Item, by versions: VersionSet, into list: WritableKeyPath<Side, [Item]>) {
        switch (versions.contains(older.number), versions.contains(newer.number)) {
        case (true, false): gone[keyPath: list].append(item)
        case (false, true): new[keyPath: list].append(item)
        default: break
        }
    }

    private mutating func compare(_ command: Command) {
        for form in command.forms {
            sort(form, by: form.versions, into: \.forms)
            guard let before = form.syntax(in: older.number), let after = form.syntax(in: newer.number)
            else { continue }
            let oldWords = form.parameters(in: older.number).map(\.label)
            let newWords = form.parameters(in: newer.number).map(\.label)
            if before == after, oldWords == newWords { continue }
            changedForms.append(
                FormChange(
                    form: form, before: before, after: after, newWords: Self.items(of: newWords, notIn: oldWords),
                    goneWords: Self.items(of: oldWords, notIn: newWords)))
        }
    }

    /// The items without those of the other list, counting duplicates.
    private static func items(of first: [String], notIn second: [String]) -> [String] {
        var rest = second
        return first.filter { item in
            guard let index = rest.firstIndex(of: item) else { return true }
            rest.remove(at: index)
            return false
        }
    }
}

extension ValueType {
    /// The named words or bits.
    fileprivate var namedValues: [NamedValue] {
        switch kind {
        case .enumeration(let values, _), .flags(let values, _): values
        case .token, .text, .integer, .boolean, .guid, .composite, .rest: []
        }
    }
}

extension Parameter {
    /// The name with the type, or the literal in quotes.
    fileprivate var label: String {
        typeName.map { "\(name): \($0)" } ?? "'\(literal ?? name)'"
    }
}
