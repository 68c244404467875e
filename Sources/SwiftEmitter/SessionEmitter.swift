import ProtocolGrammar

/// Prints the states of connections and what each command causes.
struct SessionEmitter {
    let grammar: Grammar

    func emit() -> String {
        var printer = SwiftPrinter()
        printer.line("// Generated from the files in sessions. Edit those instead.")
        printer.line("import WireProtocol")
        for session in grammar.sessions {
            printer.line()
            emit(session, into: &printer)
        }
        return printer.text
    }

    private func emit(_ session: Session, into printer: inout SwiftPrinter) {
        let type = SwiftName.type(session.name) + "Session"
        printer.document(session.about.isEmpty ? "The states of a connection." : session.about)
        printer.block("public enum \(type): String, CaseIterable, Sendable") { printer in
            for state in session.states {
                printer.document(state.about.isEmpty ? "The state `\(state.name)`." : state.about)
                printer.line("case \(SwiftName.member(state.name))")
            }
            printer.document("The connection is closed.")
            printer.line("case \(GrammarChecker.closedState)")
            printer.line()
            printer.document("The state in which a connection starts.")
            let first = session.states.first?.name ?? GrammarChecker.closedState
            printer.line("public static var initial: \(type) { .\(SwiftName.member(first)) }")
            printer.line()
            printer.document(
                "What a message causes in this state.\n\nAn error reply has the command `error` and its code as form.")
            printer.line("public func step(")
            printer.line("    sender: Sender, command: String, form: String, version: ProtocolVersion")
            printer.line(") -> SessionStep<\(type)> {")
            printer.indented { printer in
                if session.states.flatMap(\.rules).contains(where: { !grammar.openVersions.isSubset(of: $0.versions) })
                {
                    printer.line("let version = version.number")
                }
                printer.line("switch self {")
                for state in session.states { emit(state, into: &printer) }
                printer.line("case .\(GrammarChecker.closedState): return .close")
                printer.line("}")
            }
            printer.line("}")
        }
    }

    private func emit(_ state: Session.State, into printer: inout SwiftPrinter) {
        printer.line("case .\(SwiftName.member(state.name)):")
        printer.indented { printer in
            for rule in state.rules {
                let parts = rule.command.name.split(separator: ".", maxSplits: 1).map(String.init)
                var tests = ["sender == .\(rule.sender.rawValue)", "command == \(SwiftName.literal(parts[0]))"]
                if parts.count > 1 { tests.append("form == \(SwiftName.literal(parts[1]))") }
                if let condition = rule.versions.condition(within: grammar.openVersions, known: grammar.allVersions) {
                    tests.append(condition.contains(" || ") ? "(\(condition))" : condition)
                }
                let next = rule.next?.name ?? state.name
                printer.block("if \(tests.joined(separator: ", "))") { printer in
                    if let error = rule.error.flatMap({ error in grammar.errors.first { $0.name == error.name } }) {
                        let after = rule.closes ? GrammarChecker.closedState : next
                        printer.line(
                            "return .error(\(error.number), closes: \(rule.closes), .\(SwiftName.member(after)))")
                    } else if rule.closes {
                        printer.line("return .close")
                    } else {
                        printer.line("return .go(.\(SwiftName.member(next)))")
                    }
                }
            }
            switch state.otherwise {
            case .close: printer.line("return .close")
            case .ignore: printer.line("return .ignore")
            case .allow: printer.line("return .go(.\(SwiftName.member(state.name)))")
            }
        }
    }
}
