import YAMLTree

extension GrammarChecker {
    mutating func checkExamples(of command: Command) {
        let shown = Set(command.examples.flatMap(\.lines).map(\.form))
        if shown.isEmpty, !command.isNamedOnly {
            diagnostics.append(
                Diagnostic(.warning, "no-example", "'\(command.name)' has no example; add one", at: command.location))
        }
        for form in command.forms where !shown.isEmpty && !shown.contains(form.name) {
            diagnostics.append(
                Diagnostic(
                    .warning, "no-example", "the form '\(form.name)' has no example; add a line of it to 'examples'",
                    at: form.location))
        }
        for example in command.examples {
            for line in example.lines { check(line, of: example) }
        }
        for example in command.invalidExamples { check(example) }
    }

    /// Where a grammar lists its sources, each form and payload names those that say so.
    mutating func checkEvidence() {
        guard !grammar.sources.isEmpty else { return }
        let forms = grammar.commands.flatMap(\.forms).map { ("the form '\($0.name)'", $0.sources, $0.location) }
        let payloads = grammar.payloads.map { ("the payload '\($0.name)'", $0.sources, $0.location) }
        for (what, sources, location) in forms + payloads where sources.isEmpty {
            diagnostics.append(
                Diagnostic(
                    .warning, "no-evidence",
                    "\(what) names no source; add one of the keys 'observed', 'documented' and 'inferred'", at: location
                )
            )
        }
    }

    private mutating func check(_ line: Example.Line, of example: Example) {
        let count = line.payload?.utf8.count
        var versions = example.versions
        let name = line.text.prefix { $0 != " " }
        guard let command = grammar.command(named: String(name)) else {
            // An error reply has no command file.
            if !isErrorReply(line) {
                error("example", "no command is named '\(name)'", at: line.location)
            }
            return
        }
        if let form = command.forms.first(where: { $0.name == line.form && $0.sender == line.sender }) {
            versions = versions.intersection(form.versions)
        }
        for same in versionClasses(of: command, within: versions) {
            guard let version = same.first else { continue }
            var place: String { grammar.describe(VersionSet([version])) }
            do throws(MatchFailure) {
                let found = try matcher.match(
                    Array(line.text.utf8), payloadCount: count, sender: line.sender, service: example.service,
                    version: version)
                if found.form.name != line.form {
                    error(
                        "example", "this line is the form '\(found.form.name)' in \(place), not '\(line.form)'",
                        at: line.location)
                    return
                }
                for (name, node) in line.values {
                    guard let value = found.values.first(where: { $0.name == name })?.value else {
                        error("example", "the line has no value '\(name)' in \(place)", at: node.location)
                        return
                    }
                    if !Self.agrees(value, node, form: found.form, parameter: name, grammar: grammar) {
                        error(
                            "example", "'\(name)' is '\(Self.text(value))' in \(place), not the stated value",
                            at: node.location)
                        return
                    }
                }
            } catch {
                self.error(
                    "example", "this line is not the form '\(line.form)' in \(place)", at: line.location,
                    notes: [.init(message: error.sentence, location: nil)])
                return
            }
        }
        if versions.isEmpty {
            error("example", "no form '\(line.form)' exists in the versions of this example", at: line.location)
        }
    }

    private func isErrorReply(_ line: Example.Line) -> Bool {
        guard line.form == "error", line.sender == .server, let number = Int(line.text.prefix(3)) else { return false }
        return grammar.errors.contains { $0.number == number }
    }

    private mutating func check(_ example: InvalidExample) {
        let name = example.text.prefix { $0 != " " }
        // An unknown command fails the same way in every version.
        let all = grammar.command(named: String(name)).map { versionClasses(of: $0, within: example.versions) }
        for same in all ?? [example.versions] {
            guard let version = same.first else { continue }
            var place: String { grammar.describe(VersionSet([version])) }
            do throws(MatchFailure) {
                let found = try matcher.match(
                    Array(example.text.utf8), payloadCount: example.payload?.utf8.count, sender: example.sender,
                    service: example.service,
                    version: version)
                error(
                    "invalid-example", "this line is valid in \(place): it has the form '\(found.form.name)'",
                    at: example.location)
                return
            } catch {
                if error.kind.rawValue != example.error
                    || (example.parameter != nil && error.parameter != example.parameter)
                {
                    self.error(
                        "invalid-example", "this line fails for another reason in \(place)", at: example.location,
                        notes: [.init(message: "\(error.kind.rawValue): " + error.sentence, location: nil)])
                    return
                }
            }
        }
    }

    private static func text(_ value: MatchedLine.Value) -> String {
        switch value {
        case .one(let readings): readings.last ?? ""
        case .list(let items): items.map(text).joined(separator: " ")
        }
    }

    private static func agrees(
        _ value: MatchedLine.Value, _ node: YAMLNode, form: Form, parameter: String, grammar: Grammar
    ) -> Bool {
        switch value {
        case .one(let readings):
            if let text = node.scalar { return readings.contains(text) }
            // A list of names states the bits of a set of flags.
            guard let names = node.sequence?.map({ $0.scalar ?? "" }),
                let type = form.parameters.first(where: { $0.name == parameter })?.typeName,
                case .flags(let bits, _) = grammar.type(named: type)?.kind, let wire = readings.first
            else { return false }
            let sum = names.reduce(UInt32(0)) { sum, name in
                sum | (bits.first { $0.name == name }.flatMap { UInt32($0.wire) } ?? 0)
            }
            return String(sum) == wire
        case .list(let items):
            guard let nodes = node.sequence, nodes.count == items.count else { return false }
            return zip(items, nodes).allSatisfy {
                agrees($0, $1, form: form, parameter: parameter, grammar: grammar)
            }
        }
    }
}
