/// What is different between two versions of a protocol.
public struct VersionDifference: Sendable, Equatable {
    /// What only one of the versions has.
    public struct Side: Sendable, Equatable {
        /// Commands; their forms are not listed again.
        public var commands: [ProtocolDescription.Command] = []
        /// Forms of commands that both versions have.
        public var forms: [ProtocolDescription.Form] = []
        /// Words and bits with names.
        public var values: [Value] = []
        /// Error replies.
        public var errors: [ProtocolDescription.ErrorReply] = []
        /// Kinds of payload content.
        public var payloads: [ProtocolDescription.Payload] = []

        /// Whether it has nothing.
        public var isEmpty: Bool {
            commands.isEmpty && forms.isEmpty && values.isEmpty && errors.isEmpty && payloads.isEmpty
        }
    }

    /// A word or a bit with the type it belongs to.
    public struct Value: Sendable, Equatable {
        /// The name of the type.
        public var type: String
        /// The word or the bit.
        public var value: ProtocolDescription.NamedValue
    }

    /// A form that both versions have with different lines.
    public struct FormChange: Sendable, Equatable {
        /// The form.
        public var form: ProtocolDescription.Form
        /// The line in the older version.
        public var before: String
        /// The line in the newer version.
        public var after: String
        /// Words of the newer version only, with their types; fixed words in quotes.
        public var newWords: [String]
        /// Words of the older version only.
        public var goneWords: [String]
    }

    /// What a command says about a version in words.
    public struct Remark: Sendable, Equatable {
        /// The name of the command.
        public var command: String
        /// The words.
        public var text: String
    }

    /// The version compared with.
    public var older: ProtocolDescription.Version
    /// The version compared.
    public var newer: ProtocolDescription.Version
    /// What only the newer version has.
    public var new = Side()
    /// What only the older version has.
    public var gone = Side()
    /// Forms that both have.
    public var changedForms: [FormChange] = []
    /// What the commands say about the versions after the older one, up to the newer one.
    public var remarks: [Remark] = []

    /// Compares two versions.
    public init(
        from older: ProtocolDescription.Version, to newer: ProtocolDescription.Version,
        in description: ProtocolDescription
    ) {
        self.older = older
        self.newer = newer
        for command in description.commands {
            switch (command.exists(in: older.number), command.exists(in: newer.number)) {
            case (true, true): compare(command)
            case (true, false): gone.commands.append(command)
            case (false, true): new.commands.append(command)
            case (false, false): break
            }
            for change in command.changes where change.version > older.number && change.version <= newer.number {
                remarks.append(Remark(command: command.name, text: change.text))
            }
        }
        for type in description.types {
            for value in type.values {
                sort(Value(type: type.name, value: value), by: value.versions, into: \.values)
            }
        }
        for error in description.errors { sort(error, by: error.versions, into: \.errors) }
        for payload in description.payloads { sort(payload, by: payload.versions, into: \.payloads) }
    }

    /// Whether nothing is different.
    public var isEmpty: Bool { new.isEmpty && gone.isEmpty && changedForms.isEmpty && remarks.isEmpty }

    private mutating func sort<Item>(_ item: Item, by versions: [Int], into list: WritableKeyPath<Side, [Item]>) {
        switch (versions.contains(older.number), versions.contains(newer.number)) {
        case (true, false): gone[keyPath: list].append(item)
        case (false, true): new[keyPath: list].append(item)
        default: break
        }
    }

    private mutating func compare(_ command: ProtocolDescription.Command) {
        for form in command.forms {
            sort(form, by: form.versions, into: \.forms)
            guard let before = form.line(in: older.number), let after = form.line(in: newer.number) else { continue }
            let oldWords = form.parameters(in: older.number).map(\.label)
            let newWords = form.parameters(in: newer.number).map(\.label)
            if before == after, oldWords == newWords { continue }
            changedForms.append(
                FormChange(
                    form: form, before: before, after: after, newWords: Self.items(of: newWords, notIn: oldWords),
                    goneWords: Self.items(of: oldWords, notIn: newWords)))
        }
    }

    /// The items without those of the other list, each taken away once.
    private static func items(of first: [String], notIn second: [String]) -> [String] {
        var rest = second
        return first.filter { item in
            guard let index = rest.firstIndex(of: item) else { return true }
            rest.remove(at: index)
            return false
        }
    }
}

extension VersionDifference {
    /// The difference as plain text, one line an item: `+` for what is new and `-` for what is gone.
    public var text: String {
        var lines = ["\(older.name) to \(newer.name)"]
        if isEmpty { lines.append("Nothing is different.") }
        func section(_ title: String, _ items: (Side) -> [(name: String, about: String)]) {
            let (gone, new) = (items(gone), items(new))
            if gone.isEmpty && new.isEmpty { return }
            let width = (gone + new).map(\.name.count).max() ?? 0
            func row(_ sign: String, _ item: (name: String, about: String)) -> String {
                if item.about.isEmpty { return "  \(sign) \(item.name)" }
                return "  \(sign) \(item.name)\(String(repeating: " ", count: width - item.name.count))  \(item.about)"
            }
            lines += ["", title] + gone.map { row("-", $0) } + new.map { row("+", $0) }
        }
        if !remarks.isEmpty { lines += ["", "In words"] + remarks.map { "  \($0.command)  \($0.text)" } }
        section("Commands") { $0.commands.map { ($0.name, $0.about) } }
        section("Forms") { $0.forms.map { ($0.fullName, $0.about) } }
        if !changedForms.isEmpty {
            lines += ["", "Lines"]
            for change in changedForms {
                lines.append("  " + change.form.fullName)
                if change.before == change.after {
                    // The same words with other types.
                    lines.append("    " + change.after)
                    lines += change.goneWords.map { "    - " + $0 } + change.newWords.map { "    + " + $0 }
                } else {
                    lines += ["    - " + change.before, "    + " + change.after]
                }
            }
        }
        section("Values") { $0.values.map { ("\($0.type).\($0.value.name) = \($0.value.wire)", $0.value.about) } }
        section("Errors") { $0.errors.map { ("\($0.number) \($0.name)", $0.about) } }
        section("Payloads") { $0.payloads.map { ($0.name, $0.about) } }
        return lines.joined(separator: "\n") + "\n"
    }
}
