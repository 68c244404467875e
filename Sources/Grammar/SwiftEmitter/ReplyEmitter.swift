import ProtocolGrammar

/// Prints the replies to one form: an enum of the possible forms and their number.
struct ReplyEmitter {
    let form: Form
    let grammar: Grammar

    /// A reply that exists in the versions of the code.
    private struct Case {
        var form: Form
        var command: String
        /// The name of the command among messages.
        var member: String
        var count: Answer.Count
        var condition: Answer.Condition?

        var name: String { SwiftName.member(member.filter { $0 != "`" } + SwiftName.type(form.name)) }
        var type: String { "\(command).\(SwiftName.type(form.name))" }
        var pattern: String { ".\(member)(.\(SwiftName.member(form.name))(let form))" }
        /// Whether each line carries its index and the total.
        var isNumbered: Bool {
            ["index", "total"].allSatisfy { name in form.parameters.contains { $0.name == name && !$0.mayBeAbsent } }
        }
    }

    /// The replies in the order of the grammar; a command stands for all its forms.
    private var cases: [Case] {
        form.answers.flatMap { answer -> [Case] in
            grammar.forms(named: answer.name, from: form.sender.other).map {
                Case(
                    form: $0, command: grammar.swiftName(of: $0.command), member: grammar.swiftMember(of: $0.command),
                    count: answer.count, condition: answer.condition)
            }
        }
    }

    func emit(into printer: inout SwiftPrinter) {
        let cases = cases
        guard !cases.isEmpty else { return }
        printer.line()
        printer.block("extension \(grammar.swiftName(of: form.command)).\(SwiftName.type(form.name)): RequestForm") {
            printer in
            printer.document("The replies to `\(form.command).\(form.name)`.")
            printer.block("public enum Reply: ReplyForm") { printer in
                for item in cases {
                    printer.document(item.form.about)
                    printer.line("case \(item.name)(\(item.type))")
                }
                printer.line()
                emitInitializer(cases, into: &printer)
                printer.line()
                emitForm(cases, into: &printer)
                printer.line()
                emitPlace(cases, into: &printer)
                let many: Set<Answer.Count> = [.any, .some]
                let isSeries = cases.contains { many.contains($0.count) } || places(cases).contains("leading")
                printer.line("public static var hasMainReply: Bool { \(cases.contains { $0.count == .one }) }")
                printer.line("public static var isSeries: Bool { \(isSeries) }")
            }
            emitConditions(cases, into: &printer)
        }
    }

    /// Prints which replies the values of the request allow.
    private func emitConditions(_ cases: [Case], into printer: inout SwiftPrinter) {
        guard cases.contains(where: { $0.condition != nil }) else { return }
        printer.line()
        printer.block("public func allows(_ reply: Reply) -> Bool") { printer in
            printer.line("switch reply {")
            for item in cases {
                printer.line("case .\(item.name): \(item.condition.map(test) ?? "true")")
            }
            printer.line("}")
        }
        var all: [Answer.Condition] = []
        for item in cases {
            guard let condition = item.condition else { return }
            if let index = all.firstIndex(where: { $0.parameter.name == condition.parameter.name }) {
                let known = all[index].values.map(\.name)
                all[index].values += condition.values.filter { !known.contains($0.name) }
            } else {
                all.append(condition)
            }
        }
        printer.line("public var mayBeAnswered: Bool { \(all.map(test).joined(separator: " || ")) }")
    }

    private func test(_ condition: Answer.Condition) -> String {
        let property = SwiftName.member(condition.parameter.name)
        let type = form.values.first { $0.name == condition.parameter.name }?.main.typeName
        if case .boolean = type.flatMap({ grammar.type(named: $0) })?.kind {
            return condition.values.map { $0.name == "true" ? property : "!\(property)" }.joined(separator: " || ")
        }
        let values = condition.values.map { "." + SwiftName.member($0.name) }.joined(separator: ", ")
        return "[\(values)].contains(\(property))"
    }

    private func emitInitializer(_ cases: [Case], into printer: inout SwiftPrinter) {
        printer.block("public init?(_ message: \(form.sender.other.messageType))") { printer in
            printer.line("switch message {")
            for item in cases { printer.line("case \(item.pattern): self = .\(item.name)(form)") }
            printer.line("default: return nil")
            printer.line("}")
        }
    }

    private func emitForm(_ cases: [Case], into printer: inout SwiftPrinter) {
        printer.block("public var form: any ReadableForm") { printer in
            printer.line("switch self {")
            for item in cases { printer.line("case .\(item.name)(let form): form") }
            printer.line("}")
        }
    }

    private func emitPlace(_ cases: [Case], into printer: inout SwiftPrinter) {
        let places = places(cases)
        if Set(places).count == 1, let place = places.first, place != "numbered" {
            printer.line("public var place: ReplyPlace { .\(place) }")
            return
        }
        printer.block("public var place: ReplyPlace") { printer in
            printer.line("switch self {")
            for (item, place) in zip(cases, places) where place == "numbered" {
                printer.line("case .\(item.name)(let form): form.index == form.total ? .final : .part")
            }
            for place in ["leading", "final"] where places.contains(place) {
                let names = zip(cases, places).filter { $0.1 == place }.map { ".\($0.0.name)" }
                printer.line("case \(names.joined(separator: ", ")): .\(place)")
            }
            if places.contains("part") { printer.line("default: .part") }
            printer.line("}")
        }
    }

    /// The place of each reply. A reply that comes once ends the ones that the grammar names before it and leads the ones
    /// that it names after it. Without such a reply, numbered lines end by themselves.
    private func places(_ cases: [Case]) -> [String] {
        let hasMainReply = cases.contains { $0.count == .one }
        return cases.enumerated().map { index, item in
            switch item.count {
            case .one: cases[index...].contains { $0.count != .one } ? "leading" : "final"
            case .atMostOne: hasMainReply ? "part" : "final"
            case .any, .some: hasMainReply || !item.isNumbered ? "part" : "numbered"
            }
        }
    }
}
