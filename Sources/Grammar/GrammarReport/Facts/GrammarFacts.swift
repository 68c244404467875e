import ProtocolGrammar

/// The facts of a grammar, in one version or in all of them.
public struct GrammarFacts: Sendable {
    /// The facts, in the order of the grammar.
    public private(set) var all: [GrammarFact] = []
    let grammar: Grammar
    /// Nil for all versions; each fact then says in which of them it holds.
    let version: Int?

    /// Collects the facts of a version, or of all of them.
    public init(of grammar: Grammar, in version: Version? = nil) {
        self.grammar = grammar
        self.version = version?.number
        addProtocol()
        for type in grammar.sortedTypes { add(type) }
        for command in grammar.sortedCommands { add(command) }
        for error in grammar.sortedErrors { add(error) }
        for payload in grammar.sortedPayloads { add(payload) }
        for set in grammar.elementSets { add(set.elements, of: set.name) }
        for session in grammar.sortedSessions { add(session) }
        for algorithm in grammar.sortedAlgorithms {
            let values = algorithm.known.filter { has($0.versions) }.count
            add(
                .algorithm, algorithm.name, algorithm.versions,
                [algorithm.about, "\(algorithm.steps.count) steps", "\(values) known values"])
        }
        // What nobody knows for sure is no difference between versions.
        if version == nil { for question in grammar.questions { add(question) } }
    }

    /// Whether something with these versions is among the facts.
    func has(_ versions: VersionSet) -> Bool {
        version.map(versions.contains) ?? true
    }

    /// Adds a fact, unless the version lacks it; empty words are left out.
    mutating func add(_ kind: GrammarFact.Kind, _ name: String, _ versions: VersionSet?, _ words: [String?]) {
        if let versions, !has(versions) { return }
        var words = words.compactMap(\.self).filter { !$0.isEmpty }
        if version == nil, let versions { words.append("versions \(grammar.spelling(of: versions))") }
        all.append(GrammarFact(kind: kind, name: name, text: words.joined(separator: "; ")))
    }

    // MARK: - The protocol

    private mutating func addProtocol() {
        if version == nil {
            for version in grammar.sortedVersions {
                let base = version.base.map { "based on \($0)" }
                add(.version, version.name, nil, ["\(version.number)", version.status.rawValue, base, version.about])
            }
        }
        for service in grammar.services { add(.service, service.name, nil, [service.about]) }
        let limits = grammar.limits
        for (name, value) in [
            ("line", limits.line), ("parameters", limits.parameters), ("payload", limits.payload),
            ("bufferedBytes", limits.bufferedBytes), ("headers", limits.headers), ("headerBytes", limits.headerBytes),
            ("depth", limits.depth),
        ] {
            add(.limit, name, nil, ["\(value)"])
        }
        if !grammar.trailer.isEmpty {
            add(.limit, "trailer", nil, [grammar.trailer.debugDescription + " behind each payload"])
        }
        for fact in grammar.facts { add(.fact, fact.name, fact.versions, [fact.about]) }
        for behaviour in grammar.behaviours { add(.behaviour, behaviour.name, behaviour.versions, [behaviour.about]) }
        for service in grammar.httpServices {
            let requests = service.requests.map { request in
                let parameters = request.parameters.map { ($0.isOptional ? "optional " : "") + $0.parameter }
                return "request \(request.name)" + (parameters.isEmpty ? "" : " with \(list(parameters))")
            }
            let fields = service.fields.map { "header \($0.header) is \($0.type)" }
            add(
                .httpService, service.name, service.versions,
                [
                    service.about, "\(service.method) \(service.path)", service.scheme,
                    service.hosts.first.map { _ in list(service.hosts) },
                    service.contentType, service.envelope.map { "in \($0.name)" },
                ] + requests + fields)
        }
        for client in grammar.clients {
            add(.client, client.name, client.versions, [client.build, client.date] + client.lines.map(\.name))
        }
        for program in grammar.programs {
            add(.program, program.name, program.versions, [program.title, program.side.rawValue])
        }
    }

    private mutating func add(_ error: ErrorCode) {
        let closes = error.closesConnection.map { $0 ? "closes the connection" : "leaves the connection open" }
        add(
            .error, "\(error.number)", error.versions,
            [
                error.name, error.about, closes, error.retry.map { "retry \($0.rawValue)" },
                error.hasPayload ? "has a payload" : nil,
                error.failures.isEmpty ? nil : "answers \(list(error.failures.map(\.rawValue)))",
                error.aliases.isEmpty ? nil : "also \(list(error.aliases))",
                error.shown.isEmpty ? nil : "shown as \(error.shown)",
            ])
    }

    private mutating func add(_ question: Question) {
        let readings = question.readings.map { reading in
            "\(reading.about) (\(list(reading.sources))\(reading.isPreferred ? ", preferred" : ""))"
        }
        add(
            .question, question.name, grammar.versions(of: question),
            [question.about, "of \(list(grammar.subjects(of: question).map(\.name)))"] + readings + [question.why])
    }

    private mutating func add(_ session: Session) {
        add(.session, session.name, nil, [list(session.services)])
        for state in session.allStates {
            let name = "\(session.name).\(state.name)"
            add(.state, name, nil, ["otherwise \(state.otherwise.rawValue)"])
            for rule in state.rules {
                let programs = rule.deviation.map { "deviation of \(list($0.deviation.programs.map(\.name)))" }
                add(
                    .rule, "\(name) \(rule.sender.rawValue) \(rule.command.name)", rule.versions,
                    [
                        rule.next.map { "then \($0.name)" }, rule.error.map { "error \($0.name)" },
                        rule.closes ? "closes" : nil, programs,
                    ])
            }
        }
    }

    // MARK: - Types

    private mutating func add(_ type: ValueType) {
        let secret = type.isSensitive ? "sensitive" : nil
        var words: [String?]
        switch type.kind {
        case .token(let limit, let shapes):
            let shapes = shapes.filter { has($0.versions) }.map { shape in
                shape.literal.map { "'\($0)'" }
                    ?? [
                        "'\(shape.prefix)", "\(shape.characters.rawValue)", shape.length > 0 ? "\(shape.length)" : "",
                        shape.infix.isEmpty ? "" : "with \(shape.infix)", "\(shape.suffix)'",
                    ].filter { !$0.isEmpty }.joined(separator: " ")
            }
            words = ["token of at most \(limit) bytes", shapes.isEmpty ? nil : "shapes \(list(shapes))"]
        case .text(let limit): words = ["text of at most \(limit) bytes"]
        case .integer(let minimum, let maximum): words = ["integer from \(minimum) to \(maximum)"]
        case .boolean(let no, let yes): words = ["boolean", "'\(no)' or '\(yes)'"]
        case .guid(let braces): words = ["GUID", braces ? "in braces" : nil]
        case .enumeration(_, let isOpen): words = [isOpen ? "open enumeration" : "enumeration"]
        case .flags: words = ["flags"]
        case .rest(let limit): words = ["rest of a line of at most \(limit) bytes"]
        case .composite(let parts):
            let parts = parts.filter { has($0.versions) }.map { part in
                let word = part.after + part.name + ": " + part.type + part.before
                let ignorable = part.isIgnorable ? " (ignorable)" : ""
                let versions = version == nil ? " (\(grammar.spelling(of: part.versions)))" : ""
                return (part.isOptional ? "[\(word)]" : word) + ignorable + versions
            }
            words = ["composite", parts.joined(separator: " ")]
        }
        add(.type, type.name, nil, words + [secret, type.about])
        switch type.kind {
        case .enumeration(let values, _), .flags(let values, _):
            for value in values {
                add(.value, "\(type.name).\(value.name)", value.versions, [value.wire, value.about])
            }
        default: break
        }
        if case .flags(_, let fields) = type.kind {
            for field in fields {
                let bits = "bits \(field.bits.lowerBound) to \(field.bits.upperBound)"
                add(.bits, "\(type.name).\(field.name)", field.versions, [bits, field.type, field.about])
            }
        }
        for entry in type.deviations {
            add(
                .deviation, "\(type.name) \(entry.spelling.rawValue)", entry.versions,
                [entry.deviation.about, list(entry.deviation.programs.map(\.name))])
        }
    }

    func list(_ words: [String]) -> String { words.joined(separator: ", ") }
}
