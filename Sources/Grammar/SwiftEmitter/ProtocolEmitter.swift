import ProtocolGrammar

/// Prints services, versions, limits and the framing table.
struct ProtocolEmitter {
    let grammar: Grammar

    func emit() -> String {
        var printer = SwiftPrinter()
        printer.header(["protocol.yaml", "versions.yaml"])
        printer.line("import WireProtocol")
        printer.line()
        printer.document("A kind of \(grammar.name) server. From `protocol.yaml`.")
        printer.block("public enum Service: String, CaseIterable, ProtocolService") { printer in
            for service in grammar.services {
                printer.document(service.about.isEmpty ? "The service `\(service.name)`." : service.about)
                printer.line("case \(SwiftName.member(service.name))")
            }
            printer.line()
            printer.block("public var number: Int") { printer in
                printer.line("switch self {")
                for (number, service) in grammar.services.enumerated() {
                    printer.line("case .\(SwiftName.member(service.name)): \(number)")
                }
                printer.line("}")
            }
        }
        printer.line()
        printer.block("extension ServiceSet") { printer in
            for (number, service) in grammar.services.enumerated() {
                printer.line(
                    "static var \(SwiftName.member(service.name)): ServiceSet { ServiceSet(number: \(number)) }")
            }
        }
        printer.line()
        emitVersions(into: &printer)
        printer.line()
        emitFacts(into: &printer)
        DeviationEmitter(grammar: grammar).emitPrograms(into: &printer)
        printer.block("extension WireLimits") { printer in
            printer.document("The limits of \(grammar.name).")
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
            printer.document("The limits of \(grammar.name) for payloads.")
            printer.block("public static var grammar: PayloadLimits") { printer in
                let limits = grammar.limits
                printer.line(
                    "PayloadLimits(headers: \(limits.headers), headerBytes: \(limits.headerBytes), depth: \(limits.depth))"
                )
            }
        }
        printer.line()
        emitFraming(into: &printer)
        emitOnlyContext(into: &printer)
        emitHTTPServices(into: &printer)
        return printer.text.trimmingEnd
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
            printer.document("All known versions, in ascending order.")
            printer.block("public static var known: [ProtocolVersion]") { printer in
                let names = grammar.versions.map { ".\(SwiftName.lowered($0.name))" }
                printer.array("", names)
            }
            printer.line()
            printer.document("The versions that the grammar describes completely.")
            printer.block("public static var complete: [ProtocolVersion]") { printer in
                let names = grammar.versions.filter { $0.status == .complete }.map { ".\(SwiftName.lowered($0.name))" }
                printer.array("", names)
            }
            printer.line()
            printer.document("The name on the wire (the dialect); nil for an unknown version.")
            printer.block("public var name: String?") { printer in
                printer.line("switch number {")
                for version in grammar.versions {
                    printer.line("case \(version.number): \(SwiftName.literal(version.name))")
                }
                printer.line("default: nil")
                printer.line("}")
            }
            printer.line()
            printer.document("The name for people: the dialect, or the number of an unknown version.")
            printer.line("public var displayName: String { name ?? \"version \\(number)\" }")
            printer.line()
            printer.document("The version with a name; nil if there is none.")
            printer.block("public init?(name: String)") { printer in
                printer.block("guard let version = Self.known.first(where: { $0.name == name }) else") {
                    $0.line("return nil")
                }
                printer.line("self = version")
            }
        }
    }

    private func emitFacts(into printer: inout SwiftPrinter) {
        if grammar.facts.isEmpty { return }
        printer.block("extension VersionFact") { printer in
            for fact in grammar.facts {
                let versions = fact.versions.isEmpty ? "No version" : grammar.describe(fact.versions)
                printer.document("\(fact.about) \(versions).")
                let set = fact.versions.expression(known: grammar.allVersions)
                printer.line("public static let \(SwiftName.member(fact.name)) = VersionFact(\(set))")
            }
        }
        printer.line()
    }

    // MARK: - HTTP services

    private func emitHTTPServices(into printer: inout SwiftPrinter) {
        if grammar.httpServices.isEmpty { return }
        printer.line()
        printer.document("A service that clients reach over HTTP. From `protocol.yaml`.")
        printer.block("public enum HTTPService: String, CaseIterable, Sendable") { printer in
            for service in grammar.httpServices {
                printer.document(service.about + " " + grammar.describe(service.versions) + ".")
                printer.line("case \(SwiftName.member(service.name))")
            }
            printer.line()
            emitCases("The path, with its first slash.", "path: String", &printer) { SwiftName.literal($0.path) }
            printer.line()
            emitCases(
                "The host names that are built into clients, the usual one first.", "hosts: [String]", &printer
            ) { service in "[\(service.hosts.map(SwiftName.literal).joined(separator: ", "))]" }
            printer.line()
            let read = grammar.httpServices.filter { $0.method == "GET" }.map { "." + SwiftName.member($0.name) }
            let list = "[\(read.joined(separator: ", "))] as Set<Self>"
            let plain = grammar.httpServices.filter { $0.scheme == "http" }.map { "." + SwiftName.member($0.name) }
            let withoutTLS = "[\(plain.joined(separator: ", "))] as Set<Self>"
            printer.document("`https`, or `http` for a service without TLS.")
            printer.line("public var scheme: String { (\(withoutTLS)).contains(self) ? \"http\" : \"https\" }")
            printer.line()
            printer.document("The address at a host, or at the usual one.")
            printer.block("public func address(at host: String? = nil) -> String") { printer in
                printer.line("scheme + \"://\" + (host ?? hosts.first ?? \"\") + path")
            }
            printer.line()
            printer.document("`GET` or `POST`.")
            printer.line("public var method: String { (\(list)).contains(self) ? \"GET\" : \"POST\" }")
        }
        printer.line()
        printer.document("A message that asks an HTTP service; it has one kind of answer.")
        printer.block("public protocol ServiceRequest: XMLPayload") { printer in
            printer.document("The message that answers.")
            printer.line("associatedtype Answer: XMLPayload")
            printer.document("The service that answers.")
            printer.line("static var httpService: HTTPService { get }")
        }
        for payload in grammar.payloads.sorted(by: { $0.name < $1.name }) {
            guard let request = payload.serviceRequest else { continue }
            printer.line()
            printer.block("extension Payload.\(SwiftName.type(payload.name)): ServiceRequest") { printer in
                printer.line("public typealias Answer = Payload.\(SwiftName.type(request.answer.name))")
                printer.line(
                    "public static var httpService: HTTPService { .\(SwiftName.member(request.service.name)) }")
            }
        }
    }

    private func emitCases(
        _ about: String, _ property: String, _ printer: inout SwiftPrinter, value: (HTTPService) -> String
    ) {
        printer.document(about)
        printer.block("public var \(property)") { printer in
            printer.line("switch self {")
            for service in grammar.httpServices {
                printer.line("case .\(SwiftName.member(service.name)): \(value(service))")
            }
            printer.line("}")
        }
    }

    // MARK: - Framing

    private func emitFraming(into printer: inout SwiftPrinter) {
        let framing = Self.framing.replacing("PROTOCOL", with: grammar.name)
        printer.lines(framing.replacing("TABLE", with: SwiftName.lowered(grammar.name)))
    }

    /// Spares readers of a protocol with one service and one version to name these.
    private func emitOnlyContext(into printer: inout SwiftPrinter) {
        guard grammar.services.count == 1, let service = grammar.services.first, grammar.hasOnlyVersion else { return }
        printer.line()
        printer.block("extension MessageDecoder where Message.MessageService == Service") { printer in
            printer.document("Creates a decoder without input, for the only service and version.")
            printer.block("public init(mode: ReadingMode = .checked, limits: WireLimits = .grammar)") { printer in
                let version = SwiftName.lowered(grammar.versions[0].name)
                let service = SwiftName.member(service.name)
                printer.line("self.init(service: .\(service), version: .\(version), mode: mode, limits: limits)")
            }
        }
    }

    private static let framing = """
        /// Says which lines announce a payload, for one side in one context.
        public struct PROTOCOLFraming: FramingTable {
            /// Who sends the lines.
            public let sender: Sender
            /// The service at one end.
            public let service: Service
            /// The version. It can change between two commands.
            public var version: ProtocolVersion {
                didSet { table = Self.table(sender, service, version) }
            }
            private var table: LineTable

            /// Makes the table.
            public init(sender: Sender, service: Service, version: ProtocolVersion) {
                self.sender = sender
                self.service = service
                self.version = version
                table = Self.table(sender, service, version)
            }

            private static func table(_ sender: Sender, _ service: Service, _ version: ProtocolVersion) -> LineTable {
                ProtocolTable.TABLE.lines(from: sender, service: service.number, version: version)
            }

            /// The rule for a command.
            public func rule(for command: CommandCode) -> FramingRule { table.rule(for: command) }
        }
        """
}
