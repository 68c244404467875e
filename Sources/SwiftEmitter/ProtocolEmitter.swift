import ProtocolGrammar

/// Prints services, versions, limits and the framing table.
struct ProtocolEmitter {
    let grammar: Grammar

    func emit() -> String {
        var printer = SwiftPrinter()
        printer.line("// Generated from protocol.yaml and versions.yaml. Edit those instead.")
        printer.line("import WireProtocol")
        printer.line()
        printer.document("A kind of server of \(grammar.name).")
        printer.block("public enum Service: String, CaseIterable, Sendable") { printer in
            for service in grammar.services {
                printer.document(service.about.isEmpty ? "The service `\(service.name)`." : service.about)
                printer.line("case \(SwiftName.member(service.name))")
            }
        }
        printer.line()
        emitVersions(into: &printer)
        printer.line()
        printer.block("extension WireLimits") { printer in
            printer.document("The limits that the grammar of \(grammar.name) states.")
            printer.block("public static var grammar: WireLimits") { printer in
                let limits = grammar.limits
                printer.line("WireLimits(")
                printer.line(
                    "    line: \(limits.line), parameters: \(limits.parameters), payload: \(limits.payload),")
                printer.line("    bufferedBytes: \(limits.bufferedBytes), payloads: .grammar)")
            }
        }
        printer.line()
        printer.block("extension PayloadLimits") { printer in
            printer.document("The limits of payloads that the grammar of \(grammar.name) states.")
            printer.block("public static var grammar: PayloadLimits") { printer in
                let limits = grammar.limits
                printer.line(
                    "PayloadLimits(headers: \(limits.headers), headerBytes: \(limits.headerBytes), depth: \(limits.depth))"
                )
            }
        }
        printer.line()
        emitFraming(into: &printer)
        return printer.text
    }

    private func emitVersions(into printer: inout SwiftPrinter) {
        printer.block("extension ProtocolVersion") { printer in
            for version in grammar.versions {
                printer.document("\(version.name). \(version.about)")
                printer.line(
                    "public static var \(SwiftName.lowered(version.name)): ProtocolVersion { ProtocolVersion(\(version.number)) }"
                )
            }
            printer.line()
            printer.document("Every version in the grammar, in rising order.")
            printer.block("public static var known: [ProtocolVersion]") { printer in
                let names = grammar.versions.map { ".\(SwiftName.lowered($0.name))" }
                printer.array("", names)
            }
            printer.line()
            printer.document("The versions of which all that is known is in the grammar.")
            printer.block("public static var complete: [ProtocolVersion]") { printer in
                let names = grammar.versions.filter { $0.status == .complete }.map { ".\(SwiftName.lowered($0.name))" }
                printer.array("", names)
            }
            printer.line()
            printer.document("The name on the wire (the dialect), or nil for a version that is not in the grammar.")
            printer.block("public var name: String?") { printer in
                printer.line("switch number {")
                for version in grammar.versions {
                    printer.line("case \(version.number): \(SwiftName.literal(version.name))")
                }
                printer.line("default: nil")
                printer.line("}")
            }
            printer.line()
            printer.document("The name for people: the dialect, or the number where the grammar has none.")
            printer.line("public var displayName: String { name ?? \"version \\(number)\" }")
            printer.line()
            printer.document("The version with a name; nil if the grammar has none.")
            printer.block("public init?(name: String)") { printer in
                printer.block("guard let version = Self.known.first(where: { $0.name == name }) else") {
                    $0.line("return nil")
                }
                printer.line("self = version")
            }
        }
    }

    // MARK: - Framing

    private func emitFraming(into printer: inout SwiftPrinter) {
        printer.document("Which lines announce a payload, for the lines of one side in one context.")
        printer.block("public struct \(grammar.name)Framing: FramingTable") { printer in
            printer.document("Who sends the lines.")
            printer.line("public let sender: Sender")
            printer.document("The service at one end.")
            printer.line("public let service: Service")
            printer.document("The version; may change between two commands.")
            printer.line("public var version: ProtocolVersion")
            printer.line()
            printer.document("Makes the table.")
            printer.block("public init(sender: Sender, service: Service, version: ProtocolVersion)") { printer in
                for name in ["sender", "service", "version"] { printer.line("self.\(name) = \(name)") }
            }
            printer.line()
            printer.document("The rule for a command.")
            printer.block("public func rule(for command: CommandCode) -> FramingRule") { printer in
                printer.line("switch command.rawValue {")
                for command in grammar.commands where command.forms.contains(where: { $0.payload != nil }) {
                    emitRules(command, into: &printer)
                }
                printer.line("default:")
                printer.indented { printer in
                    if let condition = grammar.errorPayloadVersions.condition(
                        within: grammar.allVersions, known: grammar.allVersions), !grammar.errorPayloadVersions.isEmpty
                    {
                        printer.line("let version = version.number")
                        printer.block("if sender == .server, \(condition), ErrorReply.isErrorCode(command)") {
                            $0.line("return .lastIfNumber(minimumWords: 3, limit: \(grammar.limits.payload))")
                        }
                    }
                    printer.line("return .none")
                }
                printer.line("}")
            }
        }
    }

    private func emitRules(_ command: Command, into printer: inout SwiftPrinter) {
        var rules: [(rule: String, sender: Sender, service: String, versions: VersionSet)] = []
        for sender in Sender.allCases {
            for service in grammar.services.map(\.name) {
                for version in command.versions.numbers {
                    let forms = grammar.forms(of: command, sender: sender, service: service, version: version)
                    guard let rule = Self.rule(forms, version: version, grammar: grammar) else { continue }
                    if let index = rules.firstIndex(where: {
                        $0.rule == rule && $0.sender == sender && $0.service == service
                    }) {
                        rules[index].versions = rules[index].versions.union(VersionSet([version]))
                    } else {
                        rules.append((rule, sender, service, VersionSet([version])))
                    }
                }
            }
        }
        printer.line("case \(SwiftName.packed(command.name)):  // \(command.name)")
        printer.indented { printer in
            printer.line("switch (sender, service, version.number) {")
            for rule in rules {
                for pattern in rule.versions.patterns(known: grammar.allVersions) {
                    printer.line(
                        "case (.\(rule.sender.rawValue), .\(SwiftName.member(rule.service)), \(pattern)): return \(rule.rule)"
                    )
                }
            }
            printer.line("default: return .none")
            printer.line("}")
        }
    }

    static func rule(_ forms: [Form], version: Int, grammar: Grammar) -> String? {
        let bearing = forms.filter { $0.payload != nil }
        guard !bearing.isEmpty else { return nil }
        let words = bearing.map { form in
            let parameters = form.parameters(in: version).reduce(0) { count, parameter in
                // The framer does not count empty words.
                if parameter.mayBeAbsent || parameter.allowsEmpty { return count }
                if case .words(let minimum) = parameter.repetition { return count + minimum }
                return count + 1
            }
            return parameters + (form.transaction == .none || form.transaction == .optional ? 2 : 3)
        }
        let limit = bearing.compactMap { $0.payload?.limit ?? grammar.limits.payload }.max() ?? 0
        let kind = bearing.count == forms.count ? "last" : "lastIfNumber"
        return ".\(kind)(minimumWords: \(words.min() ?? 2), limit: \(limit))"
    }
}
