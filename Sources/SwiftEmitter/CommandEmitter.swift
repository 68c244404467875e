import ProtocolGrammar

/// Prints one command: its namespace, its forms, and an enum of the forms of each side.
struct CommandEmitter {
    let command: Command
    let grammar: Grammar
    let options: GenerationOptions

    func emit() -> String {
        var printer = SwiftPrinter()
        printer.line("// Generated from commands/\(command.name).yaml. Edit that file instead.")
        if command.forms.isEmpty, !command.isNamedOnly {
            printer.line("// Not in the versions that this code is for.")
            return printer.text
        }
        printer.line("import WireProtocol")
        printer.line()
        printer.document("`\(command.name)`: \(command.about)")
        if !command.changes.isEmpty {
            printer.line("///")
            for change in command.changes {
                printer.document("- \(grammar.describe(VersionSet([change.version]))): \(change.text)")
            }
        }
        if command.isNamedOnly { printer.document("\nOnly its name is known; its lines decode as `unknown`.") }
        printer.block("public enum \(command.name)") { printer in
            var isFirst = true
            for sender in Sender.allCases {
                let forms = command.forms(from: sender)
                guard !forms.isEmpty else { continue }
                if !isFirst { printer.line() }
                isFirst = false
                emitMessage(sender, forms, into: &printer)
            }
            for form in command.forms {
                printer.line()
                FormEmitter(form: form, grammar: grammar, options: options).emit(into: &printer)
            }
        }
        for sender in Sender.allCases where options.reads(sender) && !command.forms(from: sender).isEmpty {
            printer.line()
            emitDecoder(sender, into: &printer)
        }
        for form in command.forms where options.writes(form.sender) && options.reads(form.sender.other) {
            ReplyEmitter(form: form, grammar: grammar).emit(into: &printer)
        }
        return printer.text
    }

    private func emitMessage(_ sender: Sender, _ forms: [Form], into printer: inout SwiftPrinter) {
        printer.document("`\(command.name)` from a \(sender.rawValue).")
        printer.block("public enum \(sender.messageType): Equatable, Sendable") { printer in
            for form in forms {
                printer.document(form.about)
                printer.line("case \(SwiftName.member(form.name))(\(SwiftName.type(form.name)))")
            }
            printer.line()
            printer.document("The form itself.")
            printer.block("public var form: any \(options.formProtocol(sender))") { printer in
                printer.line("switch self {")
                for form in forms { printer.line("case .\(SwiftName.member(form.name))(let form): form") }
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

    /// The contexts in which the same tests choose among the same forms.
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

    private func emitDecoder(_ sender: Sender, into printer: inout SwiftPrinter) {
        let type = "\(command.name).\(sender.messageType)"
        printer.block("extension \(type)") { printer in
            printer.document("Chooses the form of a line and reads it.")
            printer.line("@inline(__always)")
            let signature = "static func decode(_ line: inout LineReader, service: Service)"
            printer.block("\(signature) throws(DecodingError) -> Self") { printer in
                printer.line("switch (service, line.version.number) {")
                for context in contexts(sender) {
                    let patterns = context.services.flatMap { service in
                        context.versions.patterns(known: grammar.allVersions).map {
                            "(.\(SwiftName.member(service)), \($0))"
                        }
                    }
                    printer.lines("case \(patterns.joined(separator: ",\n    ")):")
                    printer.indented { printer in
                        for choice in context.selector.choices { emitChoice(choice, into: &printer) }
                    }
                }
                printer.line("default: throw line.notInVersion()")
                printer.line("}")
            }
        }
    }

    private func emitChoice(_ choice: FormSelector.Choice, into printer: inout SwiftPrinter) {
        let form = "\(command.name).\(SwiftName.type(choice.form.name))"
        let result: (inout SwiftPrinter) -> Void = { printer in
            printer.line("try line.readTransaction(\(form).transactionRule)")
            printer.line("return .\(SwiftName.member(choice.form.name))(try \(form)(decoding: &line))")
        }
        guard !choice.tests.isEmpty else {
            result(&printer)
            return
        }
        printer.block("if \(choice.tests.map(Self.code).joined(separator: ", "))", result)
    }

    private static func code(_ test: FormSelector.Test) -> String {
        switch test {
        case .word(let index, let texts):
            let tests = texts.map { "line.word(at: \(index), is: \(SwiftName.literal($0)))" }
            return tests.count == 1 ? tests[0] : "(\(tests.joined(separator: " || ")))"
        case .wordHasPrefix(let index, let prefix):
            return "line.word(at: \(index), hasPrefix: \(SwiftName.literal(prefix)))"
        case .wordIsNumber(let index): return "line.wordIsNumber(at: \(index))"
        case .wordIsGUID(let index, _): return "line.wordIsGUID(at: \(index))"
        case .atLeast(let count): return "line.wordCount > \(count)"
        case .atMost(let count): return "line.wordCount <= \(count + 1)"
        }
    }
}

extension GenerationOptions {
    /// What the forms of a side conform to.
    func formProtocol(_ sender: Sender) -> String {
        guard reads(sender) else { return "WritableForm" }
        return writes(sender) ? "WireForm" : "ReadableForm"
    }
}

extension Sender {
    var messageType: String { self == .client ? "ClientMessage" : "ServerMessage" }
}
