import YAMLTree

/// Checks the rules that concern the model as a whole.
public struct GrammarChecker {
    let grammar: Grammar
    /// Remembers how the forms of each context are told apart.
    let matcher: LineMatcher
    var diagnostics = DiagnosticList()
    private let classes: [String: VersionClasses]
    private let errorNames: Set<String>
    private let commandCounts: [String: Int]

    private init(_ grammar: Grammar) {
        self.grammar = grammar
        matcher = LineMatcher(grammar)
        commandCounts = Dictionary(grammar.commands.map { ($0.name, 1) }, uniquingKeysWith: +)
        classes = Dictionary(
            grammar.commands.map { ($0.name, VersionClasses($0, grammar: grammar)) },
            uniquingKeysWith: { first, _ in first })
        errorNames = Set(grammar.errors.map(\.name))
    }

    /// Classes of versions that decode lines of the command in the same way.
    func versionClasses(of command: Command, within versions: VersionSet) -> [VersionSet] {
        classes[command.name]?.classes(within: versions) ?? []
    }

    /// Checks every rule and returns the diagnostics.
    public static func check(_ grammar: Grammar) -> DiagnosticList {
        var checker = GrammarChecker(grammar)
        checker.checkTypes()
        // Values of types without end cannot be read.
        guard checker.checkTypesAreBounded() else { return checker.diagnostics }
        checker.checkErrorCodes()
        checker.checkSharedNames()
        for command in grammar.commands {
            for form in command.forms { checker.checkForm(form) }
            checker.checkReachability(command)
            checker.checkLengths(of: command)
        }
        checker.checkHTTPServices()
        checker.checkClients()
        checker.checkPayloads()
        checker.checkAlgorithms()
        checker.checkSessions()
        checker.checkErrorVersions()
        checker.checkDeviations()
        checker.checkConversations()
        checker.checkQuestions()
        // Matching lines requires a consistent grammar.
        guard !checker.diagnostics.hasErrors else { return checker.diagnostics }
        for command in grammar.commands {
            checker.checkForms(of: command)
        }
        checker.checkTypesAreUsed()
        guard !checker.diagnostics.hasErrors else { return checker.diagnostics }
        for command in grammar.commands { checker.checkExamples(of: command) }
        checker.checkEvidence()
        checker.checkPayloadExamples()
        checker.checkDeviantLines()
        checker.checkConversationLines()
        checker.checkClientLines()
        return checker.diagnostics
    }

    mutating func error(
        _ identifier: String, _ message: String, at location: SourceLocation, notes: [Diagnostic.Note] = []
    ) {
        diagnostics.append(Diagnostic(.error, identifier, message, at: location, notes: notes))
    }

    // MARK: - Types and errors

    private mutating func checkTypes() {
        let names = grammar.types.map(\.name)
        for type in grammar.types {
            checkName(type.name, as: .type, at: type.location)
            switch type.kind {
            case .composite(let parts):
                for part in parts where !names.contains(part.type) {
                    diagnostics.unknown(
                        "unknown-type", "no type is named '\(part.type)'", part.type, among: names,
                        at: part.location)
                }
                for part in parts { checkIsWord(part.type, at: part.location) }
                if let first = parts.first, !first.before.isEmpty, let type = grammar.type(named: first.type),
                    !type.isNumber
                {
                    error(
                        "not-a-number", "a part with 'before' must be a number, but '\(type.name)' has other words",
                        at: first.location)
                }
                checkNames(parts.map { ($0.name, $0.location) }, of: type.name)
            case .enumeration(let values, let isOpen):
                checkNames(values.map { ($0.name, $0.location) }, of: type.name)
                if isOpen, let value = values.first(where: { $0.name == "other" }) {
                    error(
                        "bad-name", "'other' stands for unknown words of an open enumeration; rename this value",
                        at: value.location)
                }
            case .flags(let values, let fields): checkFlags(values, fields, of: type.name)
            default: break
            }
        }
    }

    private mutating func checkTypesAreUsed() {
        let used = grammar.usedTypes(among: grammar.types)
        for type in grammar.types where !used.contains(type.name) {
            error("unused-type", "nothing uses the type '\(type.name)'; remove it", at: type.location)
        }
    }

    /// A number whose values have names is an enumeration of numbers.
    mutating func checkNumberType(_ name: String, at location: SourceLocation) {
        guard let type = grammar.type(named: name) else {
            let names = grammar.types.map(\.name)
            return diagnostics.unknown("unknown-type", "no type is named '\(name)'", name, among: names, at: location)
        }
        if case .enumeration(_, isOpen: true) = type.kind, type.isNumber { return }
        error("not-a-number", "'\(name)' is not an open enumeration of numbers", at: location)
    }

    /// Reports composites that contain themselves, or else those with too many parts; whether there are none.
    private mutating func checkTypesAreBounded() -> Bool {
        let recursive = grammar.types.filter { contains($0, $0.name) }
        for type in recursive { error("recursive-type", "'\(type.name)' contains itself", at: type.location) }
        guard recursive.isEmpty else { return false }
        var isBounded = true
        for type in grammar.types {
            let count = partCount(of: type)
            guard count > GrammarLimit.innerParts else { continue }
            isBounded = false
            diagnostics.append(
                .tooMany(
                    count, in: "'\(type.name)' with the parts of its parts", GrammarLimit.innerParts, at: type.location)
            )
        }
        return isBounded
    }

    /// Whether a type is among the parts of another, at any depth.
    private func contains(_ type: ValueType, _ name: String) -> Bool {
        var seen: Set<String> = []
        var pending = [type]
        while case .composite(let parts) = pending.popLast()?.kind {
            for part in parts where seen.insert(part.type).inserted {
                if part.type == name { return true }
                if let type = grammar.type(named: part.type), case .composite = type.kind { pending.append(type) }
            }
        }
        return false
    }

    /// The number of parts at any depth, or one more than allowed.
    private func partCount(of type: ValueType) -> Int {
        var count = 0
        var pending = [type]
        while case .composite(let parts) = pending.popLast()?.kind, count <= GrammarLimit.innerParts {
            count += parts.count
            for part in parts {
                if let type = grammar.type(named: part.type), case .composite = type.kind { pending.append(type) }
            }
        }
        return min(count, GrammarLimit.innerParts + 1)
    }

    private mutating func checkErrorCodes() {
        var seen: [String: ErrorCode] = [:]
        for code in grammar.errors {
            if let twin = seen[code.name] {
                error(
                    "duplicate-name", "the errors \(twin.number) and \(code.number) have the same name '\(code.name)'",
                    at: code.location)
            }
            seen[code.name] = code
        }
        checkNames(grammar.errors.map { ($0.name, $0.location) }, of: "errors.yaml", mayRepeat: true)
    }

    // MARK: - One form

    private mutating func checkForm(_ form: Form) {
        checkName(form.name, as: .form, at: form.location)
        for root in form.payload?.roots ?? [] { checkXMLName(root, at: form.payload?.location ?? form.location) }
        if form.services.isEmpty {
            error("no-service", "the form '\(form.name)' has no service; name one under 'services'", at: form.location)
        }
        var seen: Set<SourceLocation> = []
        for (index, parameter) in form.parameters.enumerated() {
            if let type = parameter.typeName, grammar.types[type] == nil, seen.insert(parameter.typeLocation).inserted {
                diagnostics.unknown(
                    "unknown-type", "no type is named '\(type)'", type, among: grammar.types.map(\.name),
                    at: parameter.typeLocation)
            }
            if case .words = parameter.repetition, form.parameters.last?.location != parameter.location,
                seen.insert(parameter.location).inserted
            {
                error(
                    "repeated-not-last", "'\(parameter.name)' is repeated and must be the last parameter",
                    at: parameter.location)
            }
            if let condition = parameter.condition, seen.insert(condition.location).inserted {
                checkCondition(condition, of: index, in: form)
            }
        }
        checkRest(of: form)
        checkPayloadWords(of: form)
        checkParameterNames(of: form)
        for value in form.values {
            checkTypes(of: value)
            for row in value.rows { checkLimits(of: row) }
            if value.main.isIgnorable, !value.rows.contains(where: { $0.condition != nil }),
                form.versions.isSubset(of: value.versions)
            {
                error(
                    "unused-ignorable", "every version of '\(form.name)' has '\(value.name)'; remove 'ignorable'",
                    at: value.main.location)
            }
        }
        if form.payload != nil, form.parameters.contains(where: { $0.name == "payload" }) {
            error("duplicate-name", "a form with a payload cannot have a parameter named 'payload'", at: form.location)
        }
        checkReferences(of: form)
    }

    private mutating func checkReferences(of form: Form) {
        for reference in form.errors where !errorNames.contains(reference.name) {
            diagnostics.unknown(
                "unknown-error", "no error is named '\(reference.name)'", reference.name,
                among: grammar.errors.map(\.name) + grammar.errorGroups.map(\.name), at: reference.location)
        }
        checkAnswers(of: form)
    }

    /// The forms that `USR` or `USR.challenge` names.
    func forms(_ name: String, from sender: Sender) -> [Form] {
        grammar.forms(named: name, from: sender)
    }

    private mutating func checkReachability(_ command: Command) {
        if command.forms.isEmpty != command.isNamedOnly {
            let fault =
                command.isNamedOnly
                ? "is 'named', but has forms" : "has no form; if only its name is known, write 'status: named'"
            error("no-form", "the command '\(command.name)' \(fault)", at: command.location)
        }
        if commandCounts[command.name, default: 0] > 1 {
            error("duplicate-command", "'\(command.name)' is described twice", at: command.location)
        }
        for parameter in command.forms.flatMap(\.parameters) where parameter.versions.isEmpty {
            error("versions-empty", "'\(parameter.name)' exists in no version", at: parameter.location)
        }
    }

    // MARK: - Forms against each other

    private mutating func checkForms(of command: Command) {
        var reported: [String: (first: Form, second: Form, versions: VersionSet, example: String)] = [:]
        var order: [String] = []
        for sender in Sender.allCases {
            for same in versionClasses(of: command, within: command.versions) {
                guard let version = same.first else { continue }
                let forms = command.forms(from: sender).filter { $0.versions.contains(version) }
                guard forms.count > 1 else { continue }
                let tests = FormSelector.Tests(forms, version: version, grammar: grammar)
                // Services mostly have the same forms.
                var seen: Set<[Int]> = []
                for service in grammar.services.map(\.name) {
                    let own = forms.indices.filter { forms[$0].services.contains(service) }
                    guard own.count > 1, seen.insert(own).inserted else { continue }
                    let selector = FormSelector(own, of: tests)
                    for (first, second) in selector.ambiguities {
                        let key = "\(sender) \(first.name) \(second.name)"
                        if reported[key] == nil {
                            order.append(key)
                            let line = FormSelector.commonLine(first, second, version: version, grammar: grammar)
                            reported[key] = (first, second, VersionSet(), line)
                        }
                        let known = reported[key]?.versions ?? VersionSet()
                        reported[key]?.versions = known.union(same)
                    }
                }
            }
        }
        for key in order {
            guard let pair = reported[key] else { continue }
            let place = grammar.describe(pair.versions)
            error(
                "ambiguous-forms", "'\(pair.second.name)' and '\(pair.first.name)' accept the same line",
                at: pair.second.location,
                notes: [
                    .init(
                        message: "'\(pair.first.name)' is here; both accept '\(pair.example)' in \(place)",
                        location: pair.first.location)
                ])
        }
    }
}
