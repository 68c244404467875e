import YAMLTree

/// The rules over deviations: each must be needed, understood by itself, and in doubt with nothing else.
extension GrammarChecker {
    mutating func checkDeviations() {
        for program in grammar.programs where !GrammarName.isUsableForProgram(program.name) {
            error(
                "bad-name", "'\(program.name)' cannot name a program; write it like 'pidgin-2.10'",
                at: program.location)
        }
        for type in grammar.types {
            for entry in type.deviations { check(entry, of: type) }
        }
        for payload in grammar.payloads {
            for entry in payload.deviations { check(entry, of: payload) }
        }
        for command in grammar.commands {
            for form in command.forms {
                for entry in form.deviations where checkNames(entry, of: form) { checkValues(entry, of: form) }
            }
        }
    }

    /// Checked once all else is right, since examples are read.
    mutating func checkDeviantLines() {
        for command in grammar.commands {
            for form in command.forms {
                for entry in form.deviations { checkExamples(entry, of: form) }
            }
            checkDeviantForms(of: command)
        }
    }

    mutating func check(_ deviation: Deviation, from sender: Sender?, in versions: VersionSet) {
        let programs = deviation.programs.compactMap { grammar.programs[$0.name] }
        let spoken = programs.reduce(VersionSet()) { $0.union($1.versions) }
        if programs.count == deviation.programs.count, !programs.isEmpty, spoken.intersection(versions).isEmpty {
            error(
                "unspoken-version", "none of its programs speaks \(grammar.describe(versions))",
                at: deviation.location)
        }
        for reference in deviation.programs {
            guard let program = grammar.programs[reference.name] else {
                diagnostics.unknown(
                    "unknown-program", "no program is named '\(reference.name)'", reference.name,
                    among: grammar.programs.map(\.name), at: reference.location)
                continue
            }
            if let sender, program.side != sender {
                error(
                    "wrong-side", "\(program.title) is a \(program.side.rawValue); a \(sender.rawValue) sends this",
                    at: reference.location)
            }
        }
    }

    // MARK: - Types

    private mutating func check(_ entry: SpellingDeviation, of type: ValueType) {
        check(entry.deviation, from: nil, in: entry.versions)
        let location = entry.deviation.location
        guard entry.spelling.applies(to: type.kind) else {
            error(
                "wrong-spelling", "a value of '\(type.name)' cannot be spelled '\(entry.spelling.rawValue)'",
                at: location)
            return
        }
        for version in entry.versions.numbers {
            let parser = ValueParser(grammar: grammar, version: version)
            let word = Array(entry.example.utf8)
            if parser.accepts(entry.example, type: type) {
                error("needless-deviation", "'\(entry.example)' is a value of '\(type.name)' as it is", at: location)
                return
            }
            let found = parser.respelled(word, type: type, parameter: nil)?.deviations.map(\.location)
            if found != [location] {
                error(
                    "deviation-example",
                    "the spelling '\(entry.spelling.rawValue)' alone does not read '\(entry.example)'", at: location)
                return
            }
        }
    }

    // MARK: - Documents

    private mutating func check(_ entry: DocumentDeviation, of payload: PayloadType) {
        check(entry.deviation, from: nil, in: payload.versions)
        guard case .xml(let content) = payload.content else { return }
        let names = content.all.flatMap(\.children).filter { $0.type != nil }.map(\.element)
        for reference in entry.elements where !names.contains(reference.name) {
            diagnostics.unknown(
                "unknown-element", "'\(payload.name)' has no element '\(reference.name)' with a text",
                reference.name, among: names, at: reference.location)
        }
    }

    // MARK: - Tables

    /// Whether all names lead somewhere.
    private mutating func checkNames(_ entry: FormDeviation, of form: Form) -> Bool {
        check(entry.deviation, from: form.sender, in: entry.versions)
        var isSound = true
        let names = form.parameters.map(\.name)
        for patch in entry.patches {
            if !names.contains(patch.name), patch.content == nil {
                isSound = false
                diagnostics.unknown(
                    "unknown-parameter", "'\(form.name)' has no parameter '\(patch.name)'", patch.name,
                    among: names.filter { !$0.isEmpty }, at: patch.location)
            } else if names.contains(patch.name), patch.literal != nil {
                error("duplicate-name", "'\(form.name)' already has '\(patch.name)'", at: patch.location)
            }
            if !names.contains(patch.name), grammar.isSensitive(typeNamed: patch.type?.name) {
                error(
                    "nameless-secret",
                    "'\(form.name)' has no parameter '\(patch.name)', so nothing would keep its value out of logs",
                    at: patch.location)
            }
            if let type = patch.type, grammar.types[type.name] == nil {
                isSound = false
                diagnostics.unknown(
                    "unknown-type", "no type is named '\(type.name)'", type.name, among: grammar.types.map(\.name),
                    at: type.location)
            }
        }
        let all = Set(names + entry.patches.map(\.name))
        for reference in entry.order where !all.contains(reference.name) {
            isSound = false
            diagnostics.unknown(
                "unknown-parameter", "'\(form.name)' has no parameter '\(reference.name)'", reference.name,
                among: Array(all).filter { !$0.isEmpty }.sorted(), at: reference.location)
        }
        return checkOrder(entry, of: form) && isSound
    }

    /// Whether an order has each word once.
    private mutating func checkOrder(_ entry: FormDeviation, of form: Form) -> Bool {
        guard !entry.order.isEmpty else { return true }
        var isSound = true
        var seen: Set<String> = []
        for reference in entry.order where !seen.insert(reference.name).inserted {
            isSound = false
            error("duplicate-name", "'\(reference.name)' has two places in the order", at: reference.location)
        }
        var unordered = entry
        unordered.order = []
        for row in form.patched(by: unordered).parameters where !seen.contains(row.name) {
            isSound = false
            let word = row.name.isEmpty ? "the literal '\(row.literal ?? "")', which needs a name" : "'\(row.name)'"
            error("lost-parameter", "the order leaves out \(word)", at: entry.order[0].location)
            break
        }
        return isSound
    }

    /// Whether each value that the form always has is there, or something stands for it.
    private mutating func checkValues(_ entry: FormDeviation, of form: Form) {
        let patched = form.patched(by: entry)
        let location = entry.deviation.location
        for value in form.values where form.versions.isSubset(of: value.versions) && !value.mayBeAbsent {
            let rows = patched.parameters.filter { $0.name == value.name }
            let present = rows.filter { !$0.mayBeAbsent || $0.absent != nil }
                .reduce(VersionSet()) { $0.union($1.versions) }
            if !entry.versions.isSubset(of: present) {
                error(
                    "lost-parameter",
                    "nothing stands for '\(value.name)' in \(grammar.describe(entry.versions.subtracting(present)))",
                    at: location, notes: [.init(message: "say what does with the key 'absent', or 'as-in' a version")])
            }
        }
        var seen: Set<SourceLocation> = []
        for (index, row) in patched.parameters.enumerated() {
            guard let condition = row.condition, seen.insert(condition.location).inserted else { continue }
            checkCondition(condition, of: index, in: patched)
        }
        for row in patched.parameters {
            guard let absent = row.absent, let type = row.typeName.flatMap({ grammar.types[$0] }) else { continue }
            for version in row.versions.numbers
            where !ValueParser(grammar: grammar, version: version).accepts(absent, type: type) {
                error("bad-value", "'\(absent)' is no value of '\(type.name)'", at: location)
                break
            }
        }
        checkNames(patched.values.map { ($0.name, $0.main.location) }, of: form.name)
        for patch in entry.patches {
            guard let type = patch.type, form.parameters.contains(where: { $0.name == patch.name }) else { continue }
            let kinds = (form.parameters.filter { $0.name == patch.name }.map(\.typeName) + [type.name])
                .compactMap { $0.flatMap { grammar.types[$0]?.representation } }
            if Set(kinds).count > 1 {
                error(
                    "mixed-types", "'\(type.name)' has values of another kind than '\(patch.name)'", at: type.location)
            }
        }
    }

    // MARK: - Lines

    private mutating func checkExamples(_ entry: FormDeviation, of form: Form) {
        let location = entry.deviation.location
        let covered = entry.examples.reduce(VersionSet()) { $0.union($1.versions) }
        let rest = entry.versions.subtracting(covered)
        if !rest.isEmpty {
            error("deviation-example", "the deviation has no example in \(grammar.describe(rest))", at: location)
        }
        for example in entry.examples {
            for version in example.versions.numbers {
                let place = grammar.describe(VersionSet([version]))
                let line = Array(example.text.utf8)
                let count = example.payload?.utf8.count
                let service = form.services.first ?? ""
                let strict = try? matcher.match(
                    line, payloadCount: count, sender: form.sender, service: service, version: version)
                if let strict {
                    error(
                        "needless-deviation", "this line is the form '\(strict.form.name)' in \(place) as it is",
                        at: example.location)
                    break
                }
                let found = matcher.deviantReadings(
                    line, payloadCount: count, sender: form.sender, service: service, version: version)
                guard let first = found.first, first.deviations.map(\.location) == [location] else {
                    let other = found.first.map { line in
                        line.deviations.map { $0.about }.joined(separator: " ")
                    }
                    error(
                        "deviation-example", "the deviation alone does not read this line in \(place)",
                        at: example.location,
                        notes: other.map { [.init(message: "what reads it is: \($0)")] } ?? [])
                    break
                }
                if let second = found.dropFirst().first(where: { $0.deviations.map(\.location) != [location] }) {
                    error(
                        "ambiguous-deviations", "another deviation reads this line in \(place), too",
                        at: example.location,
                        notes: [
                            .init(
                                message: "the other is here",
                                location: second.deviations.first?.location)
                        ])
                    break
                }
            }
        }
    }

    /// Whether no two deviations, and no deviation and another form, accept one line, and a payload is never in doubt.
    private mutating func checkDeviantForms(of command: Command) {
        var reported: Set<String> = []
        guard command.forms.contains(where: { !$0.deviations.isEmpty }) else { return }
        for sender in Sender.allCases {
            let versions = command.forms(from: sender).flatMap(\.deviations).reduce(VersionSet()) {
                $0.union($1.versions)
            }
            for service in grammar.services.map(\.name) {
                for same in versionClasses(of: command, within: versions) {
                    guard let version = same.first else { continue }
                    checkDeviantForms(
                        of: command, sender: sender, service: service, version: version, reported: &reported)
                }
            }
        }
    }

    private mutating func checkDeviantForms(
        of command: Command, sender: Sender, service: String, version: Int, reported: inout Set<String>
    ) {
        let place = grammar.describe(VersionSet([version]))
        let forms = grammar.forms(of: command, sender: sender, service: service, version: version)
        let deviant = grammar.deviantForms(of: command, sender: sender, service: service, version: version)
        let context = ["\(sender)", "\(version)"] + forms.map(\.name) + deviant.map { "\($0.0.deviation.location)" }
        guard !deviant.isEmpty, reported.insert(context.joined(separator: " ")).inserted else { return }
        let all = forms + deviant.map(\.form)
        let layouts = all.map { FormLayout($0, version: version, grammar: grammar) }
        for (index, (entry, form)) in deviant.enumerated() {
            let own = forms.count + index
            for (number, other) in all[..<own].enumerated() where number >= forms.count || other.name != form.name {
                guard
                    FormSelector.areAmbiguous(layouts[own], layouts[number], version: version, grammar: grammar),
                    reported.insert("\(entry.deviation.location) \(other.name)").inserted
                else { continue }
                let line = FormSelector.commonLine(form, other, version: version, grammar: grammar)
                error(
                    "ambiguous-deviations",
                    "this deviation of '\(form.name)' and '\(other.name)' accept one line in \(place): '\(line)'",
                    at: entry.deviation.location)
            }
        }
        guard all.contains(where: { $0.payload != nil }) else { return }
        for (form, layout) in zip(all, layouts) where form.payload == nil && layout.mayEndInNumber {
            let location = deviant.first?.deviation.deviation.location ?? form.location
            guard reported.insert("payload \(location)").inserted else { continue }
            error(
                "ambiguous-payload",
                "whether a payload follows a line of '\(command.name)' is in doubt in \(place): "
                    + "'\(form.name)' has none and may end in a number",
                at: location)
        }
    }
}
