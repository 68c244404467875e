import ProtocolGrammar
import YAMLTree

/// Checks that the Swift of a valid grammar compiles and hides no name that users need.
public struct SwiftChecker {
    let grammar: Grammar
    private var diagnostics = DiagnosticList()

    /// Checks every rule and returns the diagnostics. The grammar must have passed `GrammarChecker`.
    public static func check(_ grammar: Grammar) -> DiagnosticList {
        var checker = SwiftChecker(grammar: grammar)
        checker.checkModule()
        checker.checkProtocol()
        checker.checkTypes()
        for command in grammar.commands { checker.checkForms(of: command) }
        checker.checkPayloads()
        checker.checkFileNames()
        return checker.diagnostics
    }

    private init(grammar: Grammar) { self.grammar = grammar }

    mutating func error(
        _ identifier: String, _ message: String, at location: SourceLocation, notes: [Diagnostic.Note] = []
    ) {
        diagnostics.append(Diagnostic(identifier, message, at: location, notes: notes))
    }

    // MARK: - Names

    /// The names of one scope and what they stand for.
    struct Scope {
        var owner: String
        /// Names that the scope itself declares.
        var reserved: Set<String> = []
        fileprivate var seen: [String: (what: String, location: SourceLocation)] = [:]

        init(_ owner: String, reserved: Set<String> = []) {
            self.owner = owner
            self.reserved = reserved
        }
    }

    /// Adds a name to a scope; reports one that is not an identifier, is reserved or is already taken.
    mutating func add(_ name: String, _ what: String, at location: SourceLocation, to scope: inout Scope) {
        let plain = name.filter { $0 != "`" }
        guard SwiftName.isIdentifier(plain) else {
            return error("swift-name", "\(what) would be '\(plain)' in Swift, which is not an identifier", at: location)
        }
        guard !SwiftReserved.everywhere.contains(plain) else {
            return error(
                "swift-name", "\(what) would be '\(plain)' in Swift, which is reserved", at: location)
        }
        guard !scope.reserved.contains(plain) else {
            return error(
                "swift-name", "\(what) would be '\(plain)' in Swift, a name that \(scope.owner) already has",
                at: location)
        }
        if let twin = scope.seen[plain] {
            return error(
                "swift-name", "\(what) would be '\(plain)' in Swift, like \(twin.what)", at: location,
                notes: [.init(message: "\(twin.what) is here", location: twin.location)])
        }
        scope.seen[plain] = (what, location)
    }

    // MARK: - The module

    /// The name of a command in the module, and where the grammar states it.
    private func moduleName(of command: Command) -> (name: String, location: SourceLocation) {
        let given = command.names.first { $0.target == "swift" }
        return (given?.name ?? command.plainName, given?.location ?? command.location)
    }

    private mutating func checkModule() {
        var module = Scope("the module", reserved: ["ClientMessage", "ServerMessage", "ErrorReply", "ErrorCode"])
        module.reserved.formUnion(["HTTPService", "Payload", "Service", "ServiceRequest", "SessionState", "WireTypes"])
        addTopLevel("\(grammar.name)Framing", "the protocol '\(grammar.name)'", at: grammar.nameLocation, to: &module)
        for type in grammar.types {
            addTopLevel(type.typeName, "the type '\(type.name)'", at: type.location, to: &module)
        }
        for session in grammar.sessions {
            guard let state = session.states.first else { continue }
            let name = SwiftName.type(session.name) + "Session"
            addTopLevel(name, "the session '\(session.name)'", at: state.location, to: &module)
        }
        var messages = Scope("a message", reserved: SwiftReserved.messageMembers)
        for command in grammar.commands {
            let what = "the command '\(command.name)'"
            let (name, location) = moduleName(of: command)
            let before = diagnostics.all.count
            addTopLevel(name, what, at: location, to: &module)
            guard before == diagnostics.all.count else { continue }
            add(grammar.swiftMember(of: command.name), what, at: command.location, to: &messages)
        }
    }

    private mutating func addTopLevel(
        _ name: String?, _ what: String, at location: SourceLocation, to module: inout Scope
    ) {
        guard let name else { return }
        guard !SwiftReserved.wireTypes.contains(name), !SwiftIdentifier.runtimeTypes.contains(name),
            !SwiftReserved.systemTypes.contains(name)
        else {
            let advice = what.contains("command") ? "; give it another with 'names: { swift: ... }'" : ""
            return error("swift-name", "\(what) would hide the type '\(name)' in Swift\(advice)", at: location)
        }
        add(name, what, at: location, to: &module)
    }

    private mutating func checkProtocol() {
        var tables = Scope("a table of protocols", reserved: ["services", "commands", "errorReply", "lines"])
        let name = SwiftName.lowered(grammar.name)
        add(name, "the protocol '\(grammar.name)'", at: grammar.nameLocation, to: &tables)
        var facts = Scope("a fact", reserved: ["versions"])
        for fact in grammar.facts {
            add(SwiftName.member(fact.name), "the fact '\(fact.name)'", at: fact.location, to: &facts)
        }
        var services = Scope("a service", reserved: ["number", "rawValue", "allCases", "hashValue"])
        for service in grammar.services {
            add(SwiftName.member(service.name), "the service '\(service.name)'", at: service.location, to: &services)
        }
        var programs = Scope("a program", reserved: ["name", "title", "description", "hashValue"])
        for program in grammar.programs {
            let name = DeviationEmitter.member(program.name)
            add(name, "the program '\(program.name)'", at: program.location, to: &programs)
        }
        var versions = Scope("a version", reserved: ["known", "complete", "name", "number", "displayName"])
        for version in grammar.versions {
            let name = SwiftName.lowered(version.name)
            add(name, "the version '\(version.name)'", at: version.location, to: &versions)
        }
        let codeMembers: Set<String> = ["number", "name", "about", "closesConnection", "table", "row", "rows"]
        var codes = Scope("an error code", reserved: codeMembers)
        for code in grammar.errors {
            add(SwiftName.member(code.name), "the error \(code.number)", at: code.location, to: &codes)
        }
        var sessions = Scope(
            "the state of a connection", reserved: ["closed", "description", "hashValue", "isClosed", "step"])
        sessions.reserved.insert(SessionEmitter.unruled)
        for session in grammar.sessions {
            add(SwiftName.member(session.name), "the session '\(session.name)'", at: session.location, to: &sessions)
            var states = Scope("a session", reserved: ["initial", "table", "rawValue"])
            for state in session.states {
                add(SwiftName.member(state.name), "the state '\(state.name)'", at: state.location, to: &states)
            }
        }
    }

    // MARK: - Types

    private mutating func checkTypes() {
        var tables = Scope("the table of types")
        for type in grammar.types {
            add(SwiftName.tableMember(type.name), "the type '\(type.name)'", at: type.location, to: &tables)
            switch type.kind {
            case .enumeration(let values, let isOpen):
                let own: Set<String> = isOpen || values.isEmpty ? ["other", "index"] : ["rawValue"]
                checkValues(values.map { ($0.name, $0.location) }, reserved: own.union(["table"]))
            case .flags(let values, let fields):
                let names = values.map { ($0.name, $0.location) } + fields.map { ($0.name, $0.location) }
                checkValues(names, reserved: ["table", "rawValue"])
            case .composite(let parts): checkParts(parts)
            case .token, .text, .integer, .boolean, .guid, .rest: break
            }
        }
    }

    private mutating func checkValues(_ values: [(name: String, location: SourceLocation)], reserved: Set<String>) {
        var scope = Scope("every value", reserved: reserved)
        for (name, location) in values {
            add(SwiftName.member(name), "the value '\(name)'", at: location, to: &scope)
        }
    }

    private mutating func checkParts(_ parts: [CompositePart]) {
        var scope = Scope(
            "every composite", reserved: ["table", "text", "wireForm", "write", "parts", "wire", "writer"])
        for part in parts {
            add(SwiftName.member(part.name), "the part '\(part.name)'", at: part.location, to: &scope)
            if case .boolean = grammar.type(named: part.type)?.kind {
                error(
                    "swift-boolean",
                    "the part '\(part.name)' is a boolean, which Swift composites cannot hold; use an enumeration",
                    at: part.location)
            }
        }
    }

    // MARK: - Forms

    /// Whether generated code refers to a type that a form or payload of this name would hide.
    private func isVisibleType(_ name: String) -> Bool {
        SwiftIdentifier.runtimeTypes.contains(name) || grammar.types.contains { $0.typeName == name }
            || grammar.commands.contains { moduleName(of: $0).name == name }
    }

    private mutating func checkForms(of command: Command) {
        var types = Scope("the command", reserved: ["ClientMessage", "ServerMessage"])
        var cases = Scope("a message", reserved: ["form"])
        for form in command.forms {
            let what = "the form '\(form.name)'"
            let type = SwiftName.type(form.name)
            if isVisibleType(type) {
                error("swift-name", "\(what) would hide the type '\(type)' in Swift", at: form.location)
            } else {
                add(type, what, at: form.location, to: &types)
                add(SwiftName.member(form.name), what, at: form.location, to: &cases)
            }
            checkParameters(of: form)
        }
    }

    private mutating func checkParameters(of form: Form) {
        var scope = Scope("every form", reserved: SwiftReserved.formMembers)
        if form.payload != nil { scope.reserved.insert("payload") }
        for parameter in form.values.map(\.main) {
            let what = "the parameter '\(parameter.name)'"
            add(SwiftName.member(parameter.name), what, at: parameter.location, to: &scope)
            if parameter.repetition != .once, case .boolean = parameter.typeName.flatMap(grammar.type(named:))?.kind {
                error(
                    "swift-boolean", "\(what) is a list of booleans, which has no Swift type; use an enumeration",
                    at: parameter.typeLocation)
            }
        }
    }

    // MARK: - Payloads

    private mutating func checkPayloads() {
        var types = Scope("the namespace of payloads", reserved: ["Message"])
        var cases = Scope("a message", reserved: ["other", "encoded", "payloadBytes"])
        for payload in grammar.payloads {
            let what = "the payload '\(payload.name)'"
            addNested(payload.name, what, at: payload.location, to: &types)
            switch payload.content {
            case .mime(let content):
                add(SwiftName.member(payload.name), what, at: payload.location, to: &cases)
                let own: Set<String> = MIMEPayloadEmitter.isText(content) ? ["text"] : []
                checkMembers(content.fields.map { ($0.name, $0.location) }, reserved: own)
            case .blocks(let content):
                var nested = Scope(what)
                for block in content.blocks {
                    addNested(block.name, "the block '\(block.name)'", at: payload.location, to: &nested)
                    let line = block.startLine.map { [($0.name, $0.location)] } ?? []
                    checkMembers(line + block.fields.map { ($0.name, $0.location) })
                }
            case .binary(let content):
                checkMembers((content.numbers + content.footer).map { ($0.name, $0.location) })
            case .xml(let content):
                checkElements(content.elements, except: content.root, in: what)
            }
        }
        for set in grammar.elementSets {
            let what = "the payload '\(set.name)'"
            addNested(set.name, what, at: set.location, to: &types)
            checkElements(set.elements, in: what)
        }
    }

    private mutating func checkElements(_ elements: [PayloadType.Element], except root: String? = nil, in what: String)
    {
        var nested = Scope(what)
        for element in elements {
            if element.name != root {
                addNested(element.name, "the element '\(element.name)'", at: element.location, to: &nested)
            }
            checkMembers(
                element.attributes.map { ($0.name, $0.location) } + element.children.map { ($0.name, $0.location) }
                    + (element.text.map { [($0, element.location)] } ?? []))
        }
    }

    /// Files must have different names where file systems ignore the case of letters.
    private mutating func checkFileNames() {
        let shared = Set(SwiftEmitter.sharedFiles.map { $0.lowercased() })
        var seen = shared
        for command in grammar.commands {
            let name = command.plainName + ".swift"
            seen.insert(name.lowercased())
            // Commands whose names differ in case alone have one name in code, too, which is reported.
            guard shared.contains(name.lowercased()) else { continue }
            error(
                "swift-name",
                "the command '\(command.name)' would have the file '\(name)', a name already in use; it needs a file with "
                    + "another name", at: command.location)
        }
        for payload in grammar.payloadFiles {
            let name = PayloadEmitter.fileName(payload.name)
            if seen.insert(name.lowercased()).inserted { continue }
            error(
                "swift-name", "the payload '\(payload.name)' would have the file '\(name)', a name already in use",
                at: payload.location)
        }
    }

    private mutating func addNested(
        _ name: String, _ what: String, at location: SourceLocation, to scope: inout Scope
    ) {
        let type = SwiftName.type(name)
        guard !isVisibleType(type), !SwiftReserved.wireTypes.contains(type) else {
            return error("swift-name", "\(what) would hide the type '\(type)' in Swift", at: location)
        }
        add(type, what, at: location, to: &scope)
    }

    private mutating func checkMembers(_ names: [(String, SourceLocation)], reserved: Set<String> = []) {
        var scope = Scope("every payload", reserved: reserved.union(SwiftReserved.payloadMembers))
        for (name, location) in names { add(SwiftName.member(name), "'\(name)'", at: location, to: &scope) }
    }
}

extension ValueType {
    /// The generated type; nil if the runtime has the type.
    var typeName: String? {
        if case .boolean = kind { return booleanWord }
        return isOwnType ? swiftType : nil
    }
}
