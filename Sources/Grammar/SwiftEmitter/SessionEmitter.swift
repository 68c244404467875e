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
        return printer.text
    }

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
