import ProtocolGrammar

/// Prints one command: its namespace, its forms, and an enum of the forms of each side.
struct CommandEmitter {
    let command: Command
    let grammar: Grammar
    let options: GenerationOptions

    func emit() -> String {
        var printer = SwiftPrinter()
        let file = "commands/\(command.plainName).yaml"
        printer.header([file])
        if command.forms.isEmpty, !command.isNamedOnly {
            printer.comment("Does not exist in the versions that this code is for.")
            return printer.text
        }
        printer.line("import WireProtocol")
        printer.line()
        printer.document("`\(command.name)`: \(command.about) From `\(file)`.")
        if !command.changes.isEmpty {
            printer.document("")
            for change in command.changes {
                printer.document("- \(grammar.describe(VersionSet([change.version]))): \(change.text)")
            }
        }
        if command.isNamedOnly { printer.document("\nOnly its name is known; its lines are decoded as `unknown`.") }
        printer.block("public enum \(grammar.swiftName(of: command.name))") { printer in
            var isFirst = true
            for sender in Sender.allCases {
                let forms = command.forms(from: sender)
                guard !forms.isEmpty else { continue }
                if !isFirst { printer.line() }
                isFirst = false
                emitMessage(sender, forms, into: &printer)
            }
            if !isFirst { printer.line() }
            emitTable(into: &printer)
            for form in command.forms {
                printer.line()
                FormEmitter(form: form, grammar: grammar, options: options).emit(into: &printer)
            }
        }
        for form in command.forms {
            FormTableEmitter(form: form, grammar: grammar).emitParameters(into: &printer)
        }
        for form in command.forms where options.writes(form.sender) && options.reads(form.sender.other) {
            ReplyEmitter(form: form, grammar: grammar).emit(into: &printer)
        }
        return printer.text
    }

    private func emitMessage(_ sender: Sender, _ forms: [Form], into printer: inout SwiftPrinter) {
        printer.document("The lines of `\(command.name)` that a \(sender.rawValue) sends.")
        printer.block("public enum \(sender.messageType): Equatable, Sendable") { printer in
            for form in forms {
                printer.document(form.about)
                printer.line("case \(SwiftName.member(form.name))(\(SwiftName.type(form.name)))")
            }
            printer.line()
            printer.block("public var form: any \(options.formProtocol(sender))") { printer in
                printer.line("switch self {")
                for form in forms { printer.line("case .\(SwiftName.member(form.name))(let form): form") }
                printer.line("}")
            }
            CommonParameters(forms: forms, grammar: grammar).emit(into: &printer)
            printer.line()
            printer.line("@inline(__always)")
            printer.block("init(form: Int, words: consuming TakenWords)") { printer in
                let cases = forms.map { form in
                    ".\(SwiftName.member(form.name))(\(SwiftName.type(form.name))(storage: FormStorage(words)))"
                }
                guard cases.count > 1 else {
                    printer.line("self = \(cases.joined())")
                    return
                }
                printer.line("switch form {")
                for (index, value) in cases.enumerated() {
                    printer.line("\(index < cases.count - 1 ? "case \(index)" : "default"): self = \(value)")
                }
                printer.line("}")
            }
        }
    }

    // MARK: - Choosing the form

    private struct Context {
        var services: [String]
        var versions: VersionSet
        var selector: FormSelector
        var key: String
    }

    /// The contexts, grouped by the tests that choose among their forms.
    private func contexts(_ sender: Sender) -> [Context] {
        var perService: [(service: String, contexts: [Context])] = []
        let classes = VersionClasses(command, grammar: grammar).classes(within: command.versions)
        for service in grammar.services.map(\.name) {
            var found: [Context] = []
            for same in classes {
                guard let version = same.first else { continue }
                let forms = grammar.forms(of: command, sender: sender, service: service, version: version)
                guard !forms.isEmpty else { continue }
                let selector = FormSelector(forms, version: version, grammar: grammar)
                let key = selector.choices.map { "\($0.form.name) \($0.tests)" }.joined(separator: ";")
                if let index = found.firstIndex(where: { $0.key == key }) {
                    found[index].versions = found[index].versions.union(same)
                } else {
                    found.append(
                        Context(services: [service], versions: same, selector: selector, key: key))
                }
            }
            perService.append((service, found))
        }
        var result: [Context] = []
        for (service, contexts) in perService {
            for context in contexts {
                if let index = result.firstIndex(where: { $0.key == context.key && $0.versions == context.versions }) {
                    result[index].services.append(service)
                } else {
                    result.append(context)
                }
            }
        }
        return result
    }

    /// Prints the table of the command: its forms and the tests that tell them apart.
    private func emitTable(into printer: inout SwiftPrinter) {
        var arguments = [SwiftName.literal(command.name)]
        for sender in Sender.allCases {
            let forms = command.forms(from: sender)
            guard !forms.isEmpty else { continue }
            let tables = forms.map { "\(SwiftName.type($0.name)).table" }.joined(separator: ", ")
            arguments.append("\(sender.rawValue): [\(tables)]")
        }
        if command.isNamedOnly { arguments.append("isNamedOnly: true") }
        let choices = Sender.allCases.map { ($0, self.choices($0)) }.filter { !$0.1.isEmpty }
        let deviant = Sender.allCases.filter { sender in
            command.forms(from: sender).contains { !$0.deviations.isEmpty }
        }
        guard !choices.isEmpty || !deviant.isEmpty else {
            printer.call("static let table = CommandTable", arguments, "")
            return
        }
        printer.line("static let table = CommandTable(")
        printer.indented { printer in
            for argument in arguments { printer.line(argument + ",") }
            for (index, (sender, rows)) in choices.enumerated() {
                let isLast = index == choices.count - 1 && deviant.isEmpty
                printer.rows("\(sender.rawValue)Choices: ", rows, isLast ? ")" : ",")
            }
            for (index, sender) in deviant.enumerated() {
                DeviationEmitter(grammar: grammar)
                    .emit(command, from: sender, tail: index == deviant.count - 1 ? ")" : ",", into: &printer)
            }
        }
    }

    /// The tests that tell forms apart, for each context with several forms.
    private func choices(_ sender: Sender) -> [String] {
        let forms = command.forms(from: sender)
        return contexts(sender).filter { $0.selector.choices.count > 1 }.flatMap { context in
            context.selector.choices.map { choice in
                let form = forms.firstIndex { $0.name == choice.form.name } ?? 0
                let services = context.services.map { ".\(SwiftName.member($0))" }.joined(separator: ", ")
                var parts = ["\(form)", "on: [\(services)]"]
                parts += SwiftName.ranges(context.versions, of: grammar.allVersions)
                if !choice.tests.isEmpty {
                    parts.append("if: [\(choice.tests.map(Self.code).joined(separator: ", "))]")
                }
                return ".init(\(parts.joined(separator: ", ")))"
            }
        }
    }

    private static func code(_ test: FormSelector.Test) -> String {
        switch test {
        case .word(let index, let texts):
            ".word(\(index), isOneOf: [\(texts.map(SwiftName.literal).joined(separator: ", "))])"
        case .wordHasPrefix(let index, let prefix): ".wordHasPrefix(\(index), \(SwiftName.literal(prefix)))"
        case .wordIsNumber(let index): ".wordIsNumber(\(index))"
        case .wordIsGUID(let index, let braces): ".wordIsGUID(\(index), braces: \(braces))"
        case .atLeast(let count): ".atLeast(\(count))"
        case .atMost(let count): ".atMost(\(count))"
        }
    }
}

extension GenerationOptions {
    /// The protocol that forms of a side conform to.
    func formProtocol(_ sender: Sender) -> String {
        guard reads(sender) else { return "WritableForm" }
        return writes(sender) ? "WireForm" : "ReadableForm"
    }
}

extension Sender {
    var messageType: String { self == .client ? "ClientMessage" : "ServerMessage" }
}
