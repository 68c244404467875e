import ProtocolGrammar

/// Prints the states of connections and the tables of their rules.
struct SessionEmitter {
    let grammar: Grammar

    func emit() -> String {
        var printer = SwiftPrinter()
        printer.header(["the files in sessions"])
        printer.line("import WireProtocol")
        for session in grammar.sessions {
            printer.line()
            emit(session, into: &printer)
        }
        printer.line()
        emitState(into: &printer)
        return printer.text
    }

    // MARK: - The state of any connection

    /// The rules for connections to some services.
    private struct Rules {
        var member: String
        var type: String
        var services: [String]
    }

    /// The name of the rules of services that no session has.
    static let unruled = "unruled"

    private var rules: [Rules] {
        let rules = grammar.sessions.map { session in
            Rules(
                member: SwiftName.member(session.name), type: SwiftName.type(session.name) + "Session",
                services: session.services)
        }
        let ruled = Set(rules.flatMap(\.services))
        let others = grammar.services.map(\.name).filter { !ruled.contains($0) }
        return others.isEmpty ? rules : rules + [Rules(member: Self.unruled, type: "UnruledSession", services: others)]
    }

    private func emitState(into printer: inout SwiftPrinter) {
        let rules = rules
        printer.document("The state of a connection by the rules of its service.")
        printer.block("public enum SessionState: ConnectionState") { printer in
            for rules in rules {
                let services = rules.services.map { "`\($0)`" }.joined(separator: ", ")
                printer.document("Connections to \(services).")
                printer.line("case \(rules.member)(\(rules.type))")
            }
            printer.line()
            printer.block("public init(_ service: Service)") { printer in
                printer.line("switch service {")
                for rules in rules {
                    let services = rules.services.map { "." + SwiftName.member($0) }.joined(separator: ", ")
                    printer.line("case \(services): self = .\(rules.member)(.initial)")
                }
                printer.line("}")
            }
            printer.line()
            printer.block("public var closed: SessionState") { printer in
                emitCases("", of: rules, into: &printer) { ".\($0.member)(.closed)" }
            }
            printer.line()
            printer.document("The name of the state in the grammar.")
            printer.block("public var description: String") { printer in
                emitCases("(let state)", of: rules, into: &printer) { _ in "state.description" }
            }
            printer.line()
            printer.line("public func step(")
            printer.line("    for form: FormID, in version: ProtocolVersion, mode: ReadingMode")
            printer.line(") -> TolerantStep<SessionState> {")
            printer.indented { printer in
                emitCases("(let state)", of: rules, into: &printer) { rules in
                    "state.step(for: form, in: version, mode: mode).map { .\(rules.member)($0) }"
                }
            }
            printer.line("}")
        }
    }

    private func emitCases(
        _ pattern: String, of rules: [Rules], into printer: inout SwiftPrinter, value: (Rules) -> String
    ) {
        printer.line("switch self {")
        for rules in rules { printer.line("case .\(rules.member)\(pattern): \(value(rules))") }
        printer.line("}")
    }

    // MARK: - Sessions

    private func emit(_ session: Session, into printer: inout SwiftPrinter) {
        let type = SwiftName.type(session.name) + "Session"
        let about = session.about.isEmpty ? "The states of a connection." : session.about
        printer.document("\(about) From `sessions/\(session.name).yaml`.")
        printer.block("public enum \(type): Int, RuledState") { printer in
            for state in session.states {
                if !state.about.isEmpty { printer.document(state.about) }
                printer.line("case \(SwiftName.member(state.name))")
            }
            printer.document("The connection is closed.")
            printer.line("case \(GrammarChecker.closedState)")
            printer.line()
            let first = session.states.first?.name ?? GrammarChecker.closedState
            printer.line("public static var initial: \(type) { .\(SwiftName.member(first)) }")
            printer.line()
            printer.line("public static let table = SessionTable<\(type)>([")
            printer.indented { printer in
                for state in session.allStates { emit(state, into: &printer) }
            }
            printer.line("])")
        }
    }

    private func emit(_ state: Session.State, into printer: inout SwiftPrinter) {
        let lists = Sender.allCases.map { sender in
            ("\(sender.rawValue): ", state.rules.filter { $0.sender == sender }.map { row($0, in: state) })
        }
        let otherwise =
            switch state.otherwise {
            case .close: ".close"
            case .ignore: ".ignore"
            case .allow: ".go(.\(SwiftName.member(state.name)))"
            }
        printer.table(
            ".init", [SwiftName.literal(state.name)], lists.map { (label: $0.0, rows: $0.1) },
            ["otherwise: \(otherwise)"], ",")
    }

    private func row(_ rule: Session.Rule, in state: Session.State) -> String {
        var arguments: [String]
        let kind: String
        switch grammar.commandAndForm(rule.command.name) {
        case ("error", let number):
            kind = "error"
            arguments = number.map { [$0] } ?? []
        case (let command, let form?):
            kind = "form"
            arguments = ["\(grammar.swiftName(of: command)).\(SwiftName.type(form)).table"]
        case (let command, nil):
            kind = "command"
            arguments = [SwiftName.literal(command)]
        }
        if !grammar.openVersions.isSubset(of: rule.versions) {
            let ranges = rule.versions.ranges(among: grammar.openVersions.intersection(grammar.allVersions))
            arguments.append("in: " + ranges.map { "\($0.lowerBound)...\($0.upperBound)" }.joined(separator: ", "))
        }
        arguments.append("then: " + step(rule, in: state))
        if let entry = rule.deviation {
            let programs = DeviationEmitter(grammar: grammar).programs(entry.deviation)
            arguments += ["by: \(programs)", "about: " + SwiftName.literal(entry.deviation.about)]
        }
        return ".\(kind)(\(arguments.joined(separator: ", ")))"
    }

    private func step(_ rule: Session.Rule, in state: Session.State) -> String {
        let next = rule.next?.name ?? state.name
        if let error = rule.error.flatMap({ error in grammar.errors.first { $0.name == error.name } }) {
            let after = rule.closes ? GrammarChecker.closedState : next
            return ".error(\(error.number), closes: \(rule.closes), .\(SwiftName.member(after)))"
        }
        return rule.closes ? ".close" : ".go(.\(SwiftName.member(next)))"
    }
}
